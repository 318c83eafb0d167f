import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { WorkloadSelector } from './workload-selector';
import type { PeerAuthenticationSpec } from '../imports/security.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/** Properties of a PeerAuthentication. */
export interface PeerAuthenticationProps extends ResourceProps {
  /**
   * What connections into the workloads may be.
   *
   * @default MtlsMode.UNSET
   */
  readonly mode?: MtlsMode;

  /**
   * The workloads, in its own namespace.
   *
   * @default - every workload of the namespace; of the mesh, in the root namespace
   */
  readonly selector?: WorkloadSelector;

  /**
   * Other modes for single ports, at least one; needs a selector.
   *
   * @default - `mode` for every port
   */
  readonly portModes?: PortMtls[];
}

/** What connections into one port may be. */
export interface PortMtls {
  /** The port on which the workload itself listens, 1 to 65535, whatever the Service calls it. */
  readonly port: number;

  /** What connections may be. */
  readonly mode: MtlsMode;
}

/** What connections into a workload may be. */
export enum MtlsMode {
  /** What the namespace, then the mesh says; PERMISSIVE if neither does. */
  UNSET = 'UNSET',
  /** Plain text only. Ambient workloads do not heed it. */
  DISABLE = 'DISABLE',
  /** mTLS or plain text. */
  PERMISSIVE = 'PERMISSIVE',
  /** mTLS only. */
  STRICT = 'STRICT',
}

/**
 * Whether connections into workloads must be mTLS of the mesh. It says nothing of connections out of them, nor of a gateway's servers.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class PeerAuthentication extends Resource {
  /** The plural name of the kind. */
  public readonly resourceType = 'peerauthentications';

  protected readonly apiObject: ApiObject;

  /**
   * @throws when a port is no port or named twice, or there are ports and no selector
   */
  constructor(scope: Construct, id: string, private readonly props: PeerAuthenticationProps = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    if (props.portModes === undefined) {
      return;
    }
    if (props.selector === undefined) {
      throw new Error('portModes of a PeerAuthentication need a selector: ports are those of workloads, pass selector');
    }
    const ports = props.portModes.map(({ port }) => checkPort(port, 'port of a PeerAuthentication'));
    const twice = ports.find((port, index) => ports.indexOf(port) !== index);
    if (ports.length === 0 || twice !== undefined) {
      throw new Error(`portModes of a PeerAuthentication must have at least one port and each once, got ${ports.length === 0 ? 'none' : `${twice} twice`}`);
    }
  }

  /** @internal */
  public _toKube(): Manifest<PeerAuthenticationSpec> {
    const { mode, selector, portModes } = this.props;
    return {
      selector: selector && { matchLabels: selector.matchLabels },
      mtls: mode && { mode },
      portLevelMtls: portModes && Object.fromEntries(portModes.map(({ port, mode: portMode }) => [String(port), { mode: portMode }])),
    };
  }
}
