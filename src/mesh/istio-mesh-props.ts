import { IstioCertificateAuthority } from './authority/istio-certificate-authority';
import { ControlPlane } from './control-plane/control-plane';
import { IstioUpgrade } from './control-plane/istio-upgrade';
import { DataPlane } from '../istio/data-plane';
import { ExtensionProvider } from '../istio/extension-provider';
import { MeshConfig } from '../istio/mesh-config';
import { IstioVersion } from '../semantics/istio-version';

/** Properties of an Istio mesh. */
export interface IstioMeshProps extends MeshConfig {
  /**
   * The release that the clusters run. What it does not know is refused.
   *
   * @default IstioVersion.V1_31
   */
  readonly version?: IstioVersion;

  /**
   * What carries the traffic of workloads.
   *
   * @default DataPlane.SIDECAR
   */
  readonly dataPlane?: DataPlane;

  /**
   * The control plane that injects and configures proxies.
   *
   * @default ControlPlane.defaultTag()
   */
  readonly controlPlane?: ControlPlane;

  /**
   * An upgrade of the control plane that is under way; `upgradePlan` says how it goes on.
   *
   * @default - none
   */
  readonly upgrade?: IstioUpgrade;

  /**
   * Who signs the certificates of workloads.
   *
   * @default - IstioCertificateAuthority.selfSigned(), or the provider of a managed control plane
   */
  readonly certificateAuthority?: IstioCertificateAuthority;

  /**
   * The trust domain of the mesh.
   *
   * @default 'cluster.local'
   */
  readonly trustDomain?: string;

  /**
   * The namespace of the control plane.
   *
   * @default 'istio-system'
   */
  readonly rootNamespace?: string;

  /**
   * The services that policies can name beside the built-in ones: external authorizers, and takers of logs, traces and metrics.
   *
   * @default - none
   */
  readonly extensionProviders?: ExtensionProvider[];
}
