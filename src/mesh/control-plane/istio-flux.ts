import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { IstioChartRepository, IstioDeliveryProps } from './istio-delivery';
import { IstioChart } from './istio-helm';
import { ChartRelease, istioReleases } from './istio-releases';
import { FluxHelmRepository, FluxOciRepository, IFluxChartSource } from '../../delivery/flux-chart-source';
import { FluxCrds, FluxHelmRelease } from '../../delivery/flux-helm-release';

/** Properties of an installation of Istio by Flux. */
export interface IstioFluxProps extends IstioDeliveryProps {
  /**
   * The address of the chart repository: with `oci://`, the charts are images below it.
   *
   * @default IstioChartRepository.OFFICIAL
   */
  readonly repoUrl?: string;

  /**
   * The namespace of the objects of Flux.
   *
   * @default 'flux-system'
   */
  readonly fluxNamespace?: string;

  /**
   * How often Flux looks for what is new or wrong.
   *
   * @default - 10 minutes
   */
  readonly interval?: Duration;
}

/** istiod writes its authority into its webhooks, and lets them refuse once it can judge; Flux has no wildcard for the items of a list. */
const IGNORED = [
  { kind: 'ValidatingWebhookConfiguration', paths: ['/webhooks'] },
  { kind: 'MutatingWebhookConfiguration', paths: ['/webhooks'] },
];

/**
 * Istio, installed by Flux: a HelmRelease for each chart, which waits for those before: base, then istiod, then what runs on nodes, then gateways.
 * Flux undoes what others change, but for what istiod itself writes.
 *
 * @see https://istio.io/latest/docs/setup/install/helm/
 */
export class IstioFlux extends Construct {
  /** The HelmReleases, in the order in which they are installed. */
  public readonly releases: FluxHelmRelease[];

  /**
   * @throws when free values say something else than the mesh, or two releases have one name
   */
  constructor(scope: Construct, id: string, props: IstioFluxProps) {
    super(scope, id);
    const { repoUrl, fluxNamespace, interval, ...delivery } = props;
    const url = (repoUrl ?? IstioChartRepository.OFFICIAL).replace(/\/$/, '');
    const namespace = fluxNamespace ?? 'flux-system';
    const images = url.startsWith('oci://');
    const repository = images ? undefined : new FluxHelmRepository(this, 'istio', { metadata: { name: 'istio', namespace }, url, interval });
    const sources = new Map<string, IFluxChartSource>();
    const sourceOf = ({ chart, version }: ChartRelease): IFluxChartSource => {
      const known = repository ?? sources.get(`${chart} ${version}`);
      if (known) {
        return known;
      }
      // A chart in two versions has two sources.
      const name = this.node.tryFindChild(`chart-${chart}`) === undefined ? chart : `${chart}-${version.replace(/[^a-z0-9]+/g, '-')}`;
      const source = new FluxOciRepository(this, `chart-${name}`, {
        metadata: { name: `istio-${name}`, namespace }, url: `${url}/${chart}`, semver: version, interval,
      });
      sources.set(`${chart} ${version}`, source);
      return source;
    };
    const { rootNamespace, _members: members } = delivery.mesh;
    members.delivery = {
      wait: release => `kubectl wait helmrelease/${release} --namespace ${namespace} --for=condition=Ready --timeout=10m`,
      remove: release => [`kubectl wait deployment/${release} --namespace ${rootNamespace} --for=delete --timeout=10m`],
    };
    const made: { readonly release: ChartRelease; readonly object: FluxHelmRelease }[] = [];
    for (const release of istioReleases(delivery)) {
      const before = Math.max(-1, ...made.map(({ release: { turn } }) => turn).filter(turn => turn < release.turn));
      const dependsOn = made.filter(other => other.release.turn === before).map(({ object }) => object);
      made.push({
        release,
        object: new FluxHelmRelease(this, release.name, {
          metadata: { name: release.name, namespace },
          source: sourceOf(release),
          ...images ? {} : { chart: release.chart, version: release.version },
          interval,
          releaseName: release.name,
          targetNamespace: release.namespace,
          createNamespace: true,
          dependsOn: dependsOn.length > 0 ? dependsOn : undefined,
          crds: release.chart === IstioChart.BASE ? FluxCrds.CREATE_REPLACE : undefined,
          retries: 3,
          values: release.values,
          ignoredDrift: [IstioChart.BASE, IstioChart.ISTIOD].includes(release.chart) ? IGNORED : [],
        }),
      });
    }
    this.releases = made.map(({ object }) => object);
  }
}
