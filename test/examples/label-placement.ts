import { isIstioConfig, isPodTemplate, KeyValues, kindOf, KubeObject, nameOf, partsWithMetadata } from './kube-object';

/** Where a key may stand, and with which values. A key may have several rows. */
export interface PlacementRow {
  /** The key; with `*` at its end, all that start so. */
  readonly key: string;
  /** An option is a key of a listener's `tls.options`. */
  readonly type: 'label' | 'annotation' | 'option';
  /** Kinds; `Pod` means pod templates too, `IstioConfig` every kind of Istio, `Any` every kind. */
  readonly objects: string[];
  readonly values?: string[];
  readonly pattern?: string;
  /** Who writes it: then no manifest may. */
  readonly writtenBy?: string;
}

/** A place where keys stand. */
interface Place {
  readonly where: string;
  readonly kinds: string[];
  readonly labels?: KeyValues;
  readonly annotations?: KeyValues;
  readonly options?: KeyValues;
}

/** What a gateway's controller puts the keys of `spec.infrastructure` on. */
const MADE_FOR_A_GATEWAY = ['Infrastructure', 'Deployment', 'Pod', 'Service', 'ServiceAccount'];

/** Keys that Istio and Linkerd read; `istio` alone is a custom by which gateways are told apart. */
export function isMeshKey(key: string): boolean {
  return /istio|linkerd/.test(key) && key !== 'istio';
}

/** Keys that stand where they mean nothing or something else, and values that are none. */
export function misplacedKeys(objects: KubeObject[], table: PlacementRow[]): string[] {
  return objects.flatMap(placesOf).flatMap(place => [
    ...Object.entries(place.labels ?? {}).flatMap(entry => check(place, 'label', entry, table)),
    ...Object.entries(place.annotations ?? {}).flatMap(entry => check(place, 'annotation', entry, table)),
    ...Object.entries(place.options ?? {}).flatMap(entry => check(place, 'option', entry, table)),
  ]);
}

export function rowsOf(key: string, table: PlacementRow[]): PlacementRow[] {
  return table.filter(row => row.key.endsWith('*') ? key.startsWith(row.key.slice(0, -1)) : row.key === key);
}

function placesOf(object: KubeObject): Place[] {
  const places: Place[] = partsWithMetadata(object).map(({ path, part }) => ({
    where: [nameOf(object), ...path].join(' '),
    kinds: kindsAt(object, path.join('.'), isPodTemplate(part)),
    labels: part.metadata.labels,
    annotations: part.metadata.annotations,
  }));
  if (kindOf(object) === 'Gateway') {
    const { infrastructure, listeners = [] } = object.spec;
    places.push({ where: `${nameOf(object)} infrastructure`, kinds: MADE_FOR_A_GATEWAY, ...infrastructure });
    for (const { name, tls } of listeners) {
      places.push({ where: `${nameOf(object)} listener ${name}`, kinds: ['Listener'], options: tls?.options });
    }
  }
  return places;
}

function kindsAt(object: KubeObject, path: string, podTemplate: boolean): string[] {
  if (podTemplate) {
    return ['Pod'];
  }
  if (path === '') {
    return [kindOf(object), ...isIstioConfig(object) ? ['IstioConfig'] : []];
  }
  // A group's metadata is that of the entries which register with it.
  return kindOf(object) === 'WorkloadGroup' && path === 'spec' ? ['WorkloadEntry'] : [];
}

function check(place: Place, type: PlacementRow['type'], [key, value]: [string, unknown], table: PlacementRow[]): string[] {
  const rows = rowsOf(key, table);
  if (rows.length === 0) {
    return isMeshKey(key) ? [`${place.where}: ${type} ${key} is unknown`] : [];
  }
  const writer = (rows.find(({ objects }) => objects.some(kind => place.kinds.includes(kind))) ?? rows[0]).writtenBy;
  if (writer !== undefined) {
    return [`${place.where}: ${type} ${key} is written by ${writer} alone`];
  }
  const typed = rows.filter(row => row.type === type);
  if (typed.length === 0) {
    return [`${place.where}: ${key} is ${rows[0].type}, not ${type}`];
  }
  const placed = typed.filter(({ objects }) => objects.includes('Any') || objects.some(kind => place.kinds.includes(kind)));
  if (placed.length === 0) {
    return [`${place.where}: ${type} ${key} may stand on ${typed.flatMap(({ objects }) => objects).join(', ')} only`];
  }
  if (typeof value !== 'string') {
    return [`${place.where}: ${type} ${key} must be text, got ${typeof value} ${value}`];
  }
  return placed.some(row => allows(row, value)) ? [] : [`${place.where}: ${type} ${key} may not be '${value}'`];
}

function allows({ values, pattern }: PlacementRow, value: string): boolean {
  return values?.includes(value) ?? (pattern === undefined || new RegExp(pattern).test(value));
}
