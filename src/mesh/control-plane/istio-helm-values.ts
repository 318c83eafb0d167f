import { ControlPlane } from './control-plane';
import { IstioChart, IstioHelmOptions } from './istio-helm';
import { IstioUpgrade } from './istio-upgrade';
import { DataPlane } from '../../istio/data-plane';
import { checkDnsLabel } from '../../semantics/names';
import { IstioCertificateAuthority } from '../authority/istio-certificate-authority';

type Values = { [key: string]: unknown };

/** The name that Istio and istio-csr give a cluster that is told none. */
const UNNAMED_CLUSTER = 'Kubernetes';

/** What of a mesh the values of charts say. */
export interface InstalledMesh {
  readonly dataPlane: DataPlane;
  readonly rootNamespace: string;
  readonly controlPlane: ControlPlane;
  readonly upgrade?: IstioUpgrade;
  readonly certificateAuthority: IstioCertificateAuthority;
  readonly meshConfig: Values;
  readonly _clusterName?: string;
}

/** The values of a chart. */
export function istioHelmValues(mesh: InstalledMesh, chart: IstioChart, options: IstioHelmOptions): Values {
  const charts: string[] = Object.values(IstioChart);
  const unknown = Object.keys(options.values ?? {}).find(name => !charts.includes(name));
  if (unknown !== undefined) {
    throw new Error(`values must be for charts of Istio, ${charts.join(', ')}, got some for '${unknown}'`);
  }
  const own = JSON.parse(JSON.stringify(chartValues(mesh, chart, options, installedOf(mesh, options)))) as Values;
  const authority = JSON.parse(JSON.stringify(mesh.certificateAuthority._values(chart))) as Values;
  const values = mergeValues(own, withoutEmptyEnv(authority), (at, given) => {
    throw new Error(`options of chart '${chart}' say ${at}: ${JSON.stringify(given)}, which the authority of the mesh says: leave it out`);
  });
  const all = mergeValues(values, (options.values?.[chart] ?? {}) as Values, (at, known, value) => {
    throw new Error(`values of chart '${chart}' say ${at}: ${JSON.stringify(value)}, and the mesh says ${JSON.stringify(known)}: say it once, on the mesh`);
  });
  checkClusterName(mesh, chart, all);
  return all;
}

/** istio-csr signs for proxies of the cluster whose name it was told, and the mesh tells it that of a MeshCluster only. */
function checkClusterName({ certificateAuthority, _clusterName: known = UNNAMED_CLUSTER }: InstalledMesh, chart: IstioChart, values: Values): void {
  const { multiCluster } = (chart === IstioChart.ISTIOD ? values.global : values) as { multiCluster?: { clusterName?: string } };
  const name = multiCluster?.clusterName;
  if (certificateAuthority._authority.csr !== undefined && name !== undefined && name !== known) {
    throw new Error(`istio-csr would refuse the proxies of cluster '${name}', of which only the chart '${chart}' is told: use a MeshCluster with clusterName: '${name}'`);
  }
}

/** An authority of which istiod need not be told changes no values. */
function withoutEmptyEnv({ env, ...values }: Values): Values {
  return isMap(env) && Object.keys(env).length > 0 ? { env, ...values } : values;
}

/** Puts values over others, as Helm does with several files. */
export function overlayValues(common: Values, own: Values): Values {
  return mergeValues(common, own, (_, __, value) => value);
}

/** What is installed: a revision, and the tags that point to it. */
interface Installed {
  readonly revision?: string;
  readonly tags?: string[];
}

function installedOf({ controlPlane, upgrade }: InstalledMesh, { revision, revisionTags }: IstioHelmOptions): Installed {
  const { revisionName: enrolled, tagName, installedRevision, channel } = controlPlane;
  const asked = revision === undefined ? undefined : checkDnsLabel(revision, 'revision');
  revisionTags?.forEach(tag => checkDnsLabel(tag, 'tag of a revision'));
  if (asked !== undefined && asked === upgrade?.to.installedRevision && upgrade.to.channel === undefined && !upgrade.promoted) {
    // What is to take over is enrolled by its revision until it is promoted.
    return { revision: asked, tags: revisionTags };
  }
  if (channel !== undefined || enrolled?.startsWith('asm-managed')) {
    throw new Error(`the charts install no managed control plane, got '${enrolled}': pass another controlPlane to the mesh`);
  }
  if (tagName !== undefined && installedRevision !== undefined) {
    if (asked !== undefined && asked !== installedRevision) {
      throw new Error(`tag '${tagName}' of the mesh points to revision '${installedRevision}', got revision '${asked}' for a chart: say it once, on the mesh`);
    }
    return { revision: installedRevision, tags: [...new Set([tagName, ...revisionTags ?? []])] };
  }
  if (asked === undefined) {
    return { revision: revisionTags?.includes(enrolled ?? '') ? undefined : enrolled, tags: revisionTags };
  }
  if (enrolled !== undefined && enrolled !== asked && !revisionTags?.includes(enrolled)) {
    throw new Error(`revision '${asked}' has no tag '${enrolled}', by which the mesh enrols workloads: pass revisionTags: ['${enrolled}']`);
  }
  return { revision: asked, tags: revisionTags };
}

function chartValues(mesh: InstalledMesh, chart: IstioChart, options: IstioHelmOptions, { revision, tags }: Installed): object {
  const { rootNamespace, dataPlane, meshConfig } = mesh;
  const ambient = dataPlane === DataPlane.AMBIENT;
  const { platform, network, clusterName } = options;
  const common = { profile: ambient ? 'ambient' : undefined, platform };
  const multiCluster = clusterName === undefined ? undefined : { clusterName };
  switch (chart) {
    case IstioChart.BASE:
      return { ...common, defaultRevision: revision, global: { istioNamespace: rootNamespace } };
    case IstioChart.ISTIOD:
      return {
        ...common,
        revision,
        revisionTags: tags,
        global: { istioNamespace: rootNamespace, network, multiCluster, meshID: (meshConfig.defaultConfig as Values | undefined)?.meshId },
        env: options.env,
        cni: options.cni === undefined ? undefined : { enabled: options.cni },
        meshConfig,
      };
    case IstioChart.CNI:
      return { ...common, revision };
    case IstioChart.ZTUNNEL: {
      const { proxyMetadata } = (meshConfig.defaultConfig ?? {}) as Values;
      return {
        ...common, revision, istioNamespace: rootNamespace, network, multiCluster, meshConfig: proxyMetadata && { defaultConfig: { proxyMetadata } },
      };
    }
    case IstioChart.GATEWAY:
      return { platform, revision };
  }
}

/** Puts values into others; `clash` says what becomes of what both say. */
function mergeValues(ours: Values, theirs: Values, clash: (at: string, known: unknown, value: unknown) => unknown, path = ''): Values {
  const merged = { ...ours };
  for (const [key, value] of Object.entries(theirs)) {
    const known = ours[key];
    const at = path === '' ? key : `${path}.${key}`;
    if (isMap(known) && isMap(value)) {
      merged[key] = mergeValues(known, value, clash, at);
    } else {
      merged[key] = known === undefined || JSON.stringify(known) === JSON.stringify(value) ? value : clash(at, known, value);
    }
  }
  return merged;
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
