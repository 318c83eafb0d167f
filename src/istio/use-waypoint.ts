import { checkCount } from './count';
import { DataPlane } from './data-plane';
import { Istio } from './istio';
import { checkSinceRelease } from './since-release';
import { IGateway } from '../gateway-api/gateway';
import { IstioVersion } from '../semantics/istio-version';
import { IstioAnnotation, IstioLabel } from '../semantics/keys';
import { checkDnsLabel } from '../semantics/names';

/** A second waypoint that takes a share of the connections. */
export interface UseWaypointOptions {
  /**
   * The second waypoint. For Services and ServiceEntries. Istio 1.31 and later.
   *
   * @default - none
   */
  readonly canary?: IGateway;

  /**
   * The share of connections that go to `canary`, in percent, 0 to 100.
   *
   * @default 0
   */
  readonly canaryWeight?: number;
}

/** The word by which an object uses no waypoint. */
const OPT_OUT = 'none';

/**
 * Which waypoint of an ambient mesh stands before an object. What an object says goes before what its namespace says.
 *
 * @see https://istio.io/latest/docs/ambient/usage/waypoint/
 */
export class UseWaypoint {
  /** No waypoint, whatever the namespace says. */
  public static readonly NONE = new UseWaypoint();

  /**
   * A waypoint, which is a Gateway of a waypoint class. One of another namespace must admit routes from the object's namespace.
   *
   * @throws when a Gateway is named `none`, when the canary is the waypoint itself, or when canaryWeight is none or there is no canary
   */
  public static gateway(gateway: IGateway, options: UseWaypointOptions = {}): UseWaypoint {
    checkName(gateway);
    const { canary, canaryWeight } = options;
    if (canary === undefined && canaryWeight !== undefined) {
      throw new Error(`canaryWeight of a waypoint needs a canary, got ${canaryWeight}: pass canary`);
    }
    if (canary !== undefined) {
      checkName(canary);
      if (canary.name === gateway.name && canary.namespace === gateway.namespace) {
        throw new Error(`canary of a waypoint must be another waypoint, got '${canary.name}' twice`);
      }
    }
    checkCount(canaryWeight, 'canaryWeight of a waypoint', 100);
    return new UseWaypoint(gateway, canary, canaryWeight);
  }

  private constructor(private readonly waypoint?: IGateway, private readonly canary?: IGateway, private readonly canaryWeight?: number) {}

  /**
   * Whether a second waypoint takes a share.
   *
   * @internal
   */
  public _hasCanary(): boolean {
    return this.canary !== undefined;
  }

  /**
   * The labels of an object that uses it.
   *
   * @internal
   */
  public _labels(istio: Istio, namespace: string | undefined): { [key: string]: string } {
    const { waypoint, canary } = this;
    if (waypoint !== undefined && istio.declaration?.dataPlane === DataPlane.SIDECAR) {
      throw new Error(`waypoint '${waypoint.name}' needs ambient workloads, and the mesh has sidecars: pass dataPlane: DataPlane.AMBIENT to the mesh`);
    }
    if (canary !== undefined) {
      checkSinceRelease(istio, IstioVersion.V1_31, `canary waypoint '${canary.name}'`);
    }
    const isForeign = (gateway: IGateway | undefined) => gateway?.namespace !== undefined && gateway.namespace !== namespace;
    return {
      [IstioLabel.USE_WAYPOINT]: waypoint?.name ?? OPT_OUT,
      ...isForeign(waypoint) && { [IstioLabel.USE_WAYPOINT_NAMESPACE]: waypoint!.namespace! },
      ...canary && { [IstioLabel.USE_WAYPOINT_CANARY]: canary.name },
      ...isForeign(canary) && { [IstioLabel.USE_WAYPOINT_CANARY_NAMESPACE]: canary!.namespace! },
    };
  }

  /**
   * The annotations of an object that uses it.
   *
   * @internal
   */
  public _annotations(): { [key: string]: string } {
    return this.canaryWeight === undefined ? {} : { [IstioAnnotation.USE_WAYPOINT_CANARY_WEIGHT]: String(this.canaryWeight) };
  }
}

function checkName({ name }: IGateway): void {
  if (name === OPT_OUT) {
    throw new Error(`a waypoint cannot be named '${OPT_OUT}', by which objects use no waypoint: give the Gateway another name`);
  }
  checkDnsLabel(name, 'name of the waypoint');
}
