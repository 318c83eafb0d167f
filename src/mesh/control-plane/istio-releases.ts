import { IstioDeliveryProps } from './istio-delivery';
import { IstioChart } from './istio-helm';
import { overlayValues } from './istio-helm-values';
import { DataPlane } from '../../istio/data-plane';
import { IstioVersion } from '../../semantics/istio-version';
import { checkUnique } from '../../semantics/lists';
import { checkDnsLabel } from '../../semantics/names';

/** One release of a chart. */
export interface ChartRelease {
  readonly chart: IstioChart;
  readonly name: string;
  readonly namespace: string;
  readonly values: { [key: string]: unknown };
  /** The version of the chart, or a range. */
  readonly version: string;
  /** What is installed before. */
  readonly turn: number;
}

const NAMES = { [IstioChart.BASE]: 'istio-base', [IstioChart.ISTIOD]: 'istiod', [IstioChart.CNI]: 'istio-cni', [IstioChart.ZTUNNEL]: 'ztunnel' };
const TURNS = { [IstioChart.BASE]: 0, [IstioChart.ISTIOD]: 1, [IstioChart.CNI]: 2, [IstioChart.ZTUNNEL]: 2 };
const LAST = 3;

/** The releases that make up an installation, in their order. A promoted control plane comes after the former one, which has to let go of the tag before. */
export function istioReleases(delivery: IstioDeliveryProps): ChartRelease[] {
  const { mesh, chartVersion, gateways, ...options } = delivery;
  const ambient = mesh.dataPlane === DataPlane.AMBIENT;
  if (ambient && options.cni === false) {
    throw new Error('an ambient mesh needs the chart cni, got cni: false: leave it out');
  }
  const version = chartVersion ?? newestOf(mesh.version);
  const newer = mesh.upgrade?.version && newestOf(mesh.upgrade.version);
  const nodes = ambient ? [IstioChart.CNI, IstioChart.ZTUNNEL] as const : options.cni ? [IstioChart.CNI] as const : [];
  const known = mesh.upgrade?.promoted ? newer ?? version : version;
  const former = formerRelease(delivery, version);
  const later = former.length;
  const charts = [IstioChart.BASE, IstioChart.ISTIOD, ...nodes] as const;
  const releases = [
    ...former,
    ...charts.map(chart => {
      const values = mesh.helmValues(chart, options);
      // Definitions come first: the older control plane knows them too.
      return chart === IstioChart.BASE ?
        { chart, name: nameOf(chart, values), namespace: mesh.rootNamespace, values, version: newer ?? version, turn: TURNS[chart] } :
        { chart, name: nameOf(chart, values), namespace: mesh.rootNamespace, values, version: known, turn: TURNS[chart] + later };
    }),
    ...takingOver(delivery, newer ?? version),
    ...(gateways ?? []).map(({ name, namespace, values = {} }) => ({
      chart: IstioChart.GATEWAY,
      name: checkDnsLabel(name, 'name of a gateway'),
      namespace: checkDnsLabel(namespace, 'namespace of a gateway'),
      values: mesh.helmValues(IstioChart.GATEWAY, {
        ...options, values: { ...options.values, [IstioChart.GATEWAY]: overlayValues(options.values?.[IstioChart.GATEWAY] ?? {}, values) },
      }),
      version: known,
      turn: LAST + later,
    })),
  ];
  checkUnique(releases.map(({ name }) => name), 'names of releases');
  return releases.sort((a, b) => a.turn - b.turn);
}

/** Each revision has a release of its own, so that one can come before the other goes. */
function nameOf(chart: keyof typeof NAMES, values: { [key: string]: unknown }): string {
  return chart === IstioChart.ISTIOD && typeof values.revision === 'string' ? `${NAMES[chart]}-${values.revision}` : NAMES[chart];
}

/** The control plane to which the mesh is being upgraded, beside the other one. */
function takingOver({ mesh, chartVersion, gateways, ...options }: IstioDeliveryProps, version: string): ChartRelease[] {
  const { to, promoted } = mesh.upgrade ?? {};
  if (to === undefined || to.channel !== undefined || promoted) {
    return [];
  }
  const chart = IstioChart.ISTIOD;
  const values = mesh.helmValues(chart, { ...options, revision: to.installedRevision, revisionTags: undefined });
  return [{ chart, name: nameOf(chart, values), namespace: mesh.rootNamespace, values, version, turn: TURNS[chart] }];
}

/** The control plane that proxies use until their pods restart; the tags of the mesh are those of the promoted one. */
function formerRelease({ mesh, chartVersion, gateways, ...options }: IstioDeliveryProps, version: string): ChartRelease[] {
  const former = mesh._former;
  if (former === undefined || former.channel !== undefined) {
    return [];
  }
  const chart = IstioChart.ISTIOD;
  const { revision, revisionTags, ...others } = mesh.helmValues(chart, options);
  const values = former.installedRevision === undefined ?
    // Without revision, it would inject what the default tag of the promoted one injects too.
    { ...others, global: { ...others.global, operatorManageWebhooks: true } } :
    { ...others, revision: former.installedRevision };
  return [{ chart, name: nameOf(chart, values), namespace: mesh.rootNamespace, values, version, turn: TURNS[chart] }];
}

/** The newest charts of a release. */
function newestOf(release: IstioVersion): string {
  return `${release}.x`;
}
