import { IstioDeliveryProps } from './istio-delivery';
import { IstioChart } from './istio-helm';
import { overlayValues } from './istio-helm-values';
import { DataPlane } from '../istio/data-plane';
import { checkUnique } from '../semantics/lists';
import { checkDnsLabel } from '../semantics/names';

/** One release of a chart. */
export interface ChartRelease {
  readonly chart: IstioChart;
  readonly name: string;
  readonly namespace: string;
  readonly values: { [key: string]: unknown };
  /** What is installed before. */
  readonly turn: number;
}

const NAMES = { [IstioChart.BASE]: 'istio-base', [IstioChart.ISTIOD]: 'istiod', [IstioChart.CNI]: 'istio-cni', [IstioChart.ZTUNNEL]: 'ztunnel' };
const TURNS = { [IstioChart.BASE]: 0, [IstioChart.ISTIOD]: 1, [IstioChart.CNI]: 2, [IstioChart.ZTUNNEL]: 2 };
const LAST = 3;

/** The releases that make up an installation, in their order. */
export function istioReleases({ mesh, chartVersion, gateways, ...options }: IstioDeliveryProps): ChartRelease[] {
  const ambient = mesh.dataPlane === DataPlane.AMBIENT;
  if (ambient && options.cni === false) {
    throw new Error('an ambient mesh needs the chart cni, got cni: false: leave it out');
  }
  const nodes = ambient ? [IstioChart.CNI, IstioChart.ZTUNNEL] as const : options.cni ? [IstioChart.CNI] as const : [];
  const charts = [IstioChart.BASE, IstioChart.ISTIOD, ...nodes] as const;
  checkUnique([...Object.values(NAMES), ...(gateways ?? []).map(({ name }) => name)], 'names of releases');
  return [
    ...charts.map(chart => ({
      chart,
      name: NAMES[chart],
      namespace: mesh.rootNamespace,
      values: mesh.helmValues(chart, options),
      turn: TURNS[chart],
    })),
    ...(gateways ?? []).map(({ name, namespace, values = {} }) => ({
      chart: IstioChart.GATEWAY,
      name: checkDnsLabel(name, 'name of a gateway'),
      namespace: checkDnsLabel(namespace, 'namespace of a gateway'),
      values: mesh.helmValues(IstioChart.GATEWAY, {
        ...options, values: { ...options.values, [IstioChart.GATEWAY]: overlayValues(options.values?.[IstioChart.GATEWAY] ?? {}, values) },
      }),
      turn: LAST,
    })),
  ];
}

/** The newest charts of the mesh's release. */
export function chartVersionOf({ mesh, chartVersion }: IstioDeliveryProps): string {
  return chartVersion ?? `${mesh.version}.x`;
}
