/** Labels, or annotations, or a selector: what was written there, text or not. */
export interface KeyValues {
  readonly [key: string]: unknown;
}

/** Any part of an object. */
export interface Part {
  readonly [name: string]: any;
}

/** An object of a manifest. */
export interface KubeObject extends Part {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A pod template, or a pod. */
export interface PodTemplate {
  readonly where: string;
  readonly namespace: string;
  readonly labels: KeyValues;
  readonly annotations: KeyValues;
  readonly containers: Part[];
  readonly spec: Part;
}

/** The kind, told apart where two groups have the same. */
export function kindOf({ apiVersion, kind }: KubeObject): string {
  if (kind === 'Gateway' && isIstioConfig({ apiVersion, kind })) {
    return 'IstioGateway';
  }
  return groupOf(apiVersion).endsWith('linkerd.io') ? `Linkerd${kind}` : kind;
}

export function isIstioConfig({ apiVersion }: KubeObject): boolean {
  return groupOf(apiVersion).endsWith('.istio.io');
}

export function nameOf(object: KubeObject): string {
  const { name, namespace } = object.metadata ?? {};
  return `${kindOf(object)} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

export function namespaceOf(object: KubeObject): string {
  return object.metadata?.namespace ?? 'default';
}

/** Every part of an object that has metadata, the object itself first, with its path. */
export function partsWithMetadata(part: Part, path: string[] = []): { path: string[]; part: Part }[] {
  const own = isPart(part.metadata) ? [{ path, part }] : [];
  return [...own, ...Object.entries(part).flatMap(([name, value]) =>
    name !== 'metadata' && isPart(value) ? partsWithMetadata(value, [...path, name]) : [])];
}

export function isPodTemplate(part: Part): boolean {
  return Array.isArray(part.spec?.containers);
}

/** The pods that an object makes or is. */
export function podTemplatesOf(object: KubeObject): PodTemplate[] {
  return partsWithMetadata(object).filter(({ part }) => isPodTemplate(part)).map(({ path, part }) => ({
    where: [nameOf(object), ...path].join(' '),
    namespace: namespaceOf(object),
    labels: part.metadata.labels ?? {},
    annotations: part.metadata.annotations ?? {},
    containers: part.spec.containers,
    spec: part.spec,
  }));
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
