import { IstioHelmOptions } from './istio-helm';
import { IstioMesh } from '../istio-mesh';

/**
 * Where Istio's official charts are.
 *
 * @see https://istio.io/latest/docs/setup/install/helm/
 */
export class IstioChartRepository {
  /** The repository that Istio's documentation names. */
  public static readonly OFFICIAL = 'https://istio-release.storage.googleapis.com/charts';

  private constructor() {}
}

/** A gateway that the chart `gateway` installs. */
export interface IstioGatewayRelease {
  /** The name of the release, which its pods have in the label `istio`, without `istio-`. */
  readonly name: string;

  /** Its namespace. */
  readonly namespace: string;

  /**
   * Values of the chart that the mesh does not say; they win over those in `values.gateway`, which are for all gateways.
   *
   * @default - none
   */
  readonly values?: { [key: string]: any };
}

/** What of Istio is installed, and where its charts are. */
export interface IstioDeliveryProps extends IstioHelmOptions {
  /** The mesh. */
  readonly mesh: IstioMesh;

  /**
   * The version of the charts, or a range.
   *
   * @default - the newest of the mesh's release, such as `1.31.x`
   */
  readonly chartVersion?: string;

  /**
   * Gateways that the chart `gateway` installs.
   *
   * @default - none: gateways of Gateway API need none
   */
  readonly gateways?: IstioGatewayRelease[];
}
