import { Construct } from 'constructs';
import { IstioChartRepository, IstioDeliveryProps } from './istio-delivery';
import { IstioChart } from './istio-helm';
import { istioReleases } from './istio-releases';
import { ArgoCdApplication, ArgoCdIgnoredDifference } from '../../delivery/argo-cd-application';
import { ArgoCdSource } from '../../delivery/argo-cd-source';
import { clusterOf } from '../clusters/cluster-of';

/** Properties of an installation of Istio by Argo CD. */
export interface IstioArgoCdProps extends IstioDeliveryProps {
  /**
   * The address of the chart repository; of a registry of images without `oci://`.
   *
   * @default IstioChartRepository.OFFICIAL
   */
  readonly repoUrl?: string;

  /**
   * The namespace of Argo CD.
   *
   * @default 'argocd'
   */
  readonly argoCdNamespace?: string;

  /**
   * The project of Argo CD.
   *
   * @default 'default'
   */
  readonly project?: string;

  /**
   * The address of the cluster; an Argo CD for several clusters needs it.
   *
   * @default - that of Argo CD
   */
  readonly destinationServer?: string;

  /**
   * Whether Argo CD changes the cluster by itself, and undoes what others change.
   *
   * @default true
   */
  readonly automated?: boolean;
}

/** istiod writes its authority into its webhooks, and lets them refuse once it can judge. */
const IGNORED: ArgoCdIgnoredDifference[] = [
  {
    group: 'admissionregistration.k8s.io',
    kind: 'ValidatingWebhookConfiguration',
    jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]?.failurePolicy'],
  },
  { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
];

/**
 * Istio, installed by Argo CD: an Application for each chart, in waves: base, then istiod, then what runs on nodes, then gateways. The waves hold when
 * another Application makes these ones; Argo CD waits for a wave to be healthy only where its settings say what the health of an Application is.
 *
 * The Applications have the names of the releases, such as `istiod`; those of a MeshCluster begin with its name, such as `west-istiod`, so that one Argo CD can install
 * all clusters of a mesh.
 *
 * @see https://istio.io/latest/docs/setup/install/helm/
 */
export class IstioArgoCd extends Construct {
  /** The Applications, in the order of their waves. */
  public readonly applications: ArgoCdApplication[];

  /**
   * @throws when free values say something else than the mesh, or two releases have one name
   */
  constructor(scope: Construct, id: string, props: IstioArgoCdProps) {
    super(scope, id);
    const { repoUrl, argoCdNamespace, project, destinationServer, automated, ...delivery } = props;
    const cluster = clusterOf(delivery.mesh);
    const prefix = cluster === undefined ? '' : `${cluster.clusterName}-`;
    const at = `--namespace ${argoCdNamespace ?? 'argocd'}`;
    delivery.mesh._members.delivery = {
      wait: release => `kubectl wait application/${prefix}${release} ${at} --for=jsonpath='{.status.health.status}'=Healthy --timeout=10m`,
      // An Application without finalizer leaves what it made.
      remove: (release, revision) => [
        `kubectl delete application/${prefix}${release} ${at} --ignore-not-found`, `istioctl uninstall --revision ${revision ?? 'default'} --skip-confirmation`,
      ],
    };
    this.applications = istioReleases(delivery).map(({ chart, name, namespace, values, version, turn }) => new ArgoCdApplication(this, name, {
      metadata: { name: `${prefix}${name}`, namespace: argoCdNamespace ?? 'argocd' },
      source: ArgoCdSource.chart({
        repoUrl: repoUrl ?? IstioChartRepository.OFFICIAL, chart, targetRevision: version, releaseName: name, valuesObject: values,
      }),
      destinationNamespace: namespace,
      destinationServer,
      project,
      syncWave: turn,
      syncPolicy: {
        ...automated ?? true ? { automated: true, prune: true, selfHeal: true } : {},
        // The CRDs are too long for the annotation of a client-side apply.
        syncOptions: ['CreateNamespace=true', 'ServerSideApply=true', 'RespectIgnoreDifferences=true'],
      },
      ignoreDifferences: [IstioChart.BASE, IstioChart.ISTIOD].includes(chart) ? IGNORED : undefined,
    }));
  }
}
