import { mkdirSync } from 'fs';
import { join } from 'path';
import { Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { issueAuthority, istioCsrValues } from './authority/istio-authority-objects';
import { IstioCertificateAuthority } from './authority/istio-certificate-authority';
import { ProvidedSecret } from './authority/provided-secret';
import { CalledPods, CallPolicies } from './calls/call-policies';
import { AmbientCallPolicies } from './calls/istio-ambient-call-policies';
import { closeIstioMesh, closeIstioNamespace, SidecarCallPolicies } from './calls/istio-call-policies';
import { CanaryMesh, istioCanary } from './canary/canary-mesh';
import { shareInIstio } from './clusters/istio-shared-service';
import type { ServiceShare } from './clusters/shared-service';
import { ControlPlane } from './control-plane/control-plane';
import { IstioChart, IstioHelmOptions } from './control-plane/istio-helm';
import { istioHelmValues } from './control-plane/istio-helm-values';
import { checkUpgrade, IstioUpgrade, promotedPlane } from './control-plane/istio-upgrade';
import { istioUpgradePlan } from './control-plane/istio-upgrade-plan';
import { UpgradePlan } from './control-plane/upgrade-plan';
import { capturesDns, EgressKind, istioEgressKinds } from './egress/egress-kind';
import { enrolIstioNamespace } from './enrolment/istio-namespace-enrolment';
import { enrolIstioPods, injectionLabel, leaveOutIstioPods } from './enrolment/istio-pod-enrolment';
import { ProxyOptions } from './enrolment/proxy-options';
import { requireProxyPods } from './gateway/provisioned-proxy';
import { IstioMeshProps } from './istio-mesh-props';
import { Enrolment, GatewayPodOptions, IstioFacts, Mesh, NamespaceEnrolmentOptions, PodsToEnrol, ProvisionedGatewayEnrolment } from './mesh';
import { IMeshNamespace } from './mesh-client';
import { istioPublicPods } from './nginx/nginx-pod-options';
import { CertManagerCertificate } from '../certificates/cert-manager-certificate';
import { IGatewayClass } from '../gateway-api/gateway-class';
import { DataPlane } from '../istio/data-plane';
import { ExtensionProvider } from '../istio/extension-provider';
import { DEFAULT_ROOT_NAMESPACE, Istio } from '../istio/istio';
import { meshConfigManifest } from '../istio/mesh-config-manifest';
import { MeshDefaultProviders } from '../istio/mesh-config-observability';
import { checkMeshConfigSince } from '../istio/mesh-config-since';
import { checkTrustDomain } from '../istio/mesh-config-values';
import { GatewayController } from '../semantics/gateway-controller';
import { IstioVersion } from '../semantics/istio-version';
import { IstioAnnotation, IstioLabel } from '../semantics/keys';
import { checkDnsLabel } from '../semantics/names';

/**
 * An Istio mesh, with sidecars or ambient. It is declared for all that is in its scope: make it before the Istio objects there, and give each mesh a scope.
 *
 * @see https://istio.io/latest/docs/ops/deployment/architecture/
 */
export class IstioMesh extends Mesh {
  /** The name of the mesh in messages. */
  public readonly meshName = 'Istio';
  /** The release that the clusters run. */
  public readonly version: IstioVersion;
  /** The name under which workloads trust each other's identities. */
  public readonly trustDomain: string;
  /** The namespace of the control plane. */
  public readonly rootNamespace: string;
  /** What carries the traffic of workloads. */
  public readonly dataPlane: DataPlane;
  /** The control plane that injects and configures proxies. */
  public readonly controlPlane: ControlPlane;
  /**
   * An upgrade of the control plane that is under way.
   *
   * @default - none
   */
  public readonly upgrade?: IstioUpgrade;
  /** Who signs the certificates of workloads. */
  public readonly certificateAuthority: IstioCertificateAuthority;

  /** The services that policies can name beside the built-in ones. */
  public readonly extensionProviders: ExtensionProvider[];

  /**
   * Where telemetry goes that names no provider.
   *
   * @default - metrics to Prometheus, logs and traces nowhere
   */
  public readonly defaultProviders?: MeshDefaultProviders;

  /** The configuration of the mesh, in the words of Istio's MeshConfig; what is not declared is left out. */
  public readonly meshConfig: { [field: string]: any };

  /** @internal */
  public readonly _istio: IstioFacts;

  /**
   * The control plane in whose place another one was promoted.
   *
   * @internal
   */
  public readonly _former?: ControlPlane;

  /** @internal */
  public readonly _canary: CanaryMesh;

  /**
   * @throws when the scope has a mesh already, or Istio objects; when a setting is one that Istio refuses, ignores or does not know in the release
   */
  constructor(scope: Construct, id: string, props: IstioMeshProps = {}) {
    super(scope, id);
    this.version = props.version ?? IstioVersion.V1_31;
    this.dataPlane = props.dataPlane ?? DataPlane.SIDECAR;
    const controlPlane = props.controlPlane ?? ControlPlane.defaultTag();
    this.upgrade = props.upgrade;
    checkUpgrade({ ...this, controlPlane });
    this._former = this.upgrade?.promoted ? controlPlane : undefined;
    this.controlPlane = this._former && this.upgrade ? promotedPlane(this._former, this.upgrade.to) : controlPlane;
    if (props.certificateAuthority !== undefined && this.controlPlane.channel !== undefined) {
      throw new Error(`the provider of '${this.controlPlane.channel}' signs the certificates of its mesh, got a certificateAuthority: leave it out`);
    }
    this.certificateAuthority = props.certificateAuthority ?? IstioCertificateAuthority.selfSigned();
    this.trustDomain = checkTrustDomain(props.trustDomain ?? 'cluster.local', 'trust domain');
    this.rootNamespace = checkDnsLabel(props.rootNamespace ?? DEFAULT_ROOT_NAMESPACE, 'root namespace');
    this.extensionProviders = [...props.extensionProviders ?? []];
    this.defaultProviders = props.defaultProviders;
    // JSON knows no undefined, so what is not declared is not there.
    const config = meshConfigManifest(this.certificateAuthority._complete(props), this);
    this.meshConfig = JSON.parse(JSON.stringify(config)) as { [field: string]: unknown };
    checkMeshConfigSince(this.meshConfig, this.version);
    if (props.zoneAwareLbSetting && this.dataPlane === DataPlane.AMBIENT) {
      throw new Error('zoneAwareLbSetting is for sidecars only, got it in an ambient mesh: leave it out');
    }
    Istio.declare(scope, this);
    this._canary = istioCanary(this.dataPlane);
    const sidecars = this.dataPlane === DataPlane.SIDECAR;
    this._istio = { sidecars, dnsCapture: capturesDns(sidecars, this.meshConfig), revision: this.controlPlane.revisionName };
  }

  /**
   * The values with which one of Istio's official charts installs this mesh.
   *
   * @param chart the chart
   * @throws when free values say something else than the mesh, or workloads are enrolled by a revision that is not installed
   */
  public helmValues(chart: IstioChart, options: IstioHelmOptions = {}): { [key: string]: any } {
    return istioHelmValues(this, chart, options);
  }

  /**
   * Writes the values of charts into a directory, one file a chart, such as `istiod.values.yaml`, or `istiod-1-31.values.yaml` where a
   * revision is asked for: into `app.outdir` to have them beside the manifests.
   *
   * @param directory where they are written; it is made when it is not there
   * @param charts the charts
   * @returns the files
   * @throws when free values say something else than the mesh, or workloads are enrolled by a revision that is not installed
   */
  public writeHelmValues(directory: string, charts: IstioChart[], options: IstioHelmOptions = {}): string[] {
    mkdirSync(directory, { recursive: true });
    return charts.map(chart => {
      const revision = chart === IstioChart.ISTIOD && options.revision !== undefined ? `-${options.revision}` : '';
      const file = join(directory, `${chart}${revision}.values.yaml`);
      Yaml.save(file, [this.helmValues(chart, options)]);
      return file;
    });
  }

  /** The Secrets that the mesh needs and nobody may write in the app, because they have private keys, or roots that decide whom to trust. */
  public get providedSecrets(): ProvidedSecret[] {
    return this.certificateAuthority._authority.secrets?.(this.rootNamespace) ?? [];
  }

  /**
   * Makes the Certificate by which cert-manager makes istiod an authority below an issuer.
   *
   * @param scope where it is made
   * @param id its id
   * @throws when the authority is not `IstioCertificateAuthority.certManager`
   */
  public issueCertificateAuthority(scope: Construct, id: string): CertManagerCertificate {
    return issueAuthority(scope, id, this);
  }

  /**
   * The values with which the chart `cert-manager-istio-csr` signs for this mesh. It refuses proxies of a cluster with another name than it was told: a MeshCluster says its
   * name to both, and other meshes have none.
   *
   * @throws when the authority is not `IstioCertificateAuthority.istioCsr`
   */
  public istioCsrValues(): { [key: string]: any } {
    return JSON.parse(JSON.stringify(istioCsrValues(this))) as { [key: string]: unknown };
  }

  /**
   * The name of the cluster, where the mesh has several.
   *
   * @internal
   */
  public get _clusterName(): string | undefined {
    return undefined;
  }

  /**
   * The name by which policies know a workload, such as `cluster.local/ns/shop/sa/web`.
   *
   * @param namespace the namespace of the workload
   * @param serviceAccount its service account
   */
  public principal(namespace: string, serviceAccount: string): string {
    return `${this.trustDomain}/ns/${namespace}/sa/${serviceAccount}`;
  }

  /**
   * How the upgrade that the mesh declares goes on to its end, and what has to restart for it. It knows what is declared so far: ask when all is.
   *
   * @throws when the mesh declares no upgrade, or a canary is no namespace of it
   */
  public upgradePlan(): UpgradePlan {
    return istioUpgradePlan(this);
  }

  /** @internal */
  public _enrolNamespace(name: string, options: NamespaceEnrolmentOptions): Enrolment {
    return enrolIstioNamespace(this, name, options);
  }

  /** @internal */
  public _enrolPods(pods: PodsToEnrol, options: ProxyOptions): Enrolment {
    return enrolIstioPods(this, pods, options);
  }

  /** @internal */
  public _publicPods(publicPorts: number[]): ProxyOptions {
    return istioPublicPods(this.dataPlane, publicPorts);
  }

  /** @internal */
  public _leaveOutPods(): Enrolment {
    return leaveOutIstioPods(this);
  }

  /** @internal */
  public _namespaceProxy(namespace: string): never {
    throw new Error(`proxy of namespace '${namespace}' can be said in a Linkerd mesh only, got it in an Istio mesh, which reads it on pods: pass it to enrol for each ` +
      'workload, set defaultConfig of the mesh, or make a ProxyConfig in the namespace');
  }

  /** @internal */
  public _enrolProvisionedGateway(gatewayClass: IGatewayClass, { revision, linkerdIngressMode }: GatewayPodOptions): ProvisionedGatewayEnrolment {
    if (linkerdIngressMode) {
      throw new Error('linkerdIngressMode needs a Linkerd mesh, got an Istio mesh: leave it out');
    }
    const rev = revision ?? this.controlPlane.revisionName;
    const controller = gatewayClass.controller?.name;
    if (controller === GatewayController.ISTIO.name) {
      // Already a proxy of the mesh: an injection label would put a second one beside it.
      return { gateway: { labels: rev === undefined ? {} : { [IstioLabel.REV]: rev }, annotations: {} } };
    }
    if (controller?.startsWith('istio.io/')) {
      throw new Error(`gateway class '${gatewayClass.name}' is not for traffic from outside: use GatewayClass.ISTIO`);
    }
    requireProxyPods(gatewayClass);
    // Clients from outside speak no mTLS: what arrives on public ports must not pass the mesh's inbound side.
    return {
      gateway: { labels: {}, annotations: {} },
      infrastructure: this.dataPlane === DataPlane.AMBIENT ?
        { labels: { [IstioLabel.DATAPLANE_MODE]: 'ambient' }, annotations: { [IstioAnnotation.AMBIENT_BYPASS_INBOUND]: 'true' } } :
        { labels: injectionLabel(rev), annotations: { [IstioAnnotation.INCLUDE_INBOUND_PORTS]: '' } },
      goesByHost: this._istio.sidecars,
    };
  }

  /** @internal */
  public _enrolGatewayPod({ revision }: GatewayPodOptions): Enrolment {
    return {
      labels: {
        ...injectionLabel(revision ?? this.controlPlane.revisionName),
        // A pod with a proxy of its own must not be captured by the node's as well.
        ...this.dataPlane === DataPlane.AMBIENT && { [IstioLabel.DATAPLANE_MODE]: 'none' },
      },
      annotations: { [IstioAnnotation.INJECT_TEMPLATES]: 'gateway' },
    };
  }

  /** @internal */
  public _egressKinds(): EgressKind[] {
    return istioEgressKinds(this._istio.sidecars);
  }

  /** @internal */
  public _closeNamespace(scope: Construct, namespace: IMeshNamespace): void {
    closeIstioNamespace(scope, namespace);
  }

  /** @internal */
  public _callPolicies(scope: Construct, pods: CalledPods): CallPolicies {
    return this._istio.sidecars ? new SidecarCallPolicies(scope, pods) : new AmbientCallPolicies(scope, pods);
  }

  /** @internal */
  public _closeMesh(scope: Construct): void {
    closeIstioMesh(scope, this);
  }

  /** @internal */
  public _shareService(scope: Construct, share: ServiceShare): void {
    shareInIstio(scope, this._istio, share);
  }
}
