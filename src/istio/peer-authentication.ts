import { ResourceProps, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Istio } from './istio';
import { IstioConstruct } from './istio-construct';
import { PolicyEnforcement } from './policy-scope';
import { checkEnforcement } from './policy-scope-checks';
import { WorkloadSelector } from './workload-selector';
import type { PeerAuthenticationSpec } from '../imports/security.istio.io';
import { checkUnique } from '../semantics/lists';
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
   * The workloads, in its own namespace, which is not the root namespace of the mesh: Istio takes no notice of such a policy there.
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

  /**
   * What enforces it. Say `PolicyEnforcement.PROXY` in an ambient mesh when the workloads have sidecars.
   *
   * @default - by the declared mesh: ztunnel where it is ambient, else the workloads' sidecars; without a declared mesh nothing is known
   */
  readonly enforcement?: PolicyEnforcement;
}

/** What connections into one port may be. */
export interface PortMtls {
  /** The port on which the workload itself listens, 1 to 65535, whatever the Service calls it. */
  readonly port: number;

  /** What connections may be. */
  readonly mode: MtlsMode;
}

/** Options of a PeerAuthentication for some workloads. */
export interface WorkloadMtlsOptions {
  /**
   * Other modes for single ports.
   *
   * @default - the same mode for every port
   */
  readonly portModes?: PortMtls[];

  /**
   * What enforces it.
   *
   * @default - as `PeerAuthenticationProps.enforcement`
   */
  readonly enforcement?: PolicyEnforcement;
}

/** What connections into a workload may be. */
export enum MtlsMode {
  /** What the namespace, then the mesh says; PERMISSIVE if neither does. */
  UNSET = 'UNSET',
  /** Plain text only. ztunnel does not heed it. */
  DISABLE = 'DISABLE',
  /** mTLS or plain text. */
  PERMISSIVE = 'PERMISSIVE',
  /** mTLS only. */
  STRICT = 'STRICT',
}

/** By custom, what holds for a whole namespace or mesh has this name. */
const DEFAULT_NAME = 'default';

/**
 * Whether connections into workloads must be mTLS of the mesh. It says nothing of connections out of them, nor of a gateway's servers.
 * Of several for the same scope the oldest one holds: make one.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class PeerAuthentication extends IstioConstruct {
  /**
   * For the whole mesh: `default` in the root namespace of the declared mesh, or in `istio-system`.
   *
   * @param mode what holds where no namespace and no workload says anything
   */
  public static forMesh(scope: Construct, id: string, mode: MtlsMode): PeerAuthentication {
    return new PeerAuthentication(scope, id, { metadata: { name: DEFAULT_NAME, namespace: Istio.of(scope).rootNamespace }, mode });
  }

  /**
   * For all workloads of a namespace: `default` there.
   *
   * @param namespace the name of the namespace
   * @param mode what holds where no workload says anything
   * @throws when the namespace is the root namespace of the declared mesh: it would hold for the whole mesh
   */
  public static forNamespace(scope: Construct, id: string, namespace: string, mode: MtlsMode): PeerAuthentication {
    if (namespace === Istio.of(scope).declaration?.rootNamespace) {
      throw new Error(`a PeerAuthentication for namespace '${namespace}' would hold for the whole mesh, whose root namespace it is: use PeerAuthentication.forMesh`);
    }
    return new PeerAuthentication(scope, id, { metadata: { name: DEFAULT_NAME, namespace }, mode });
  }

  /**
   * For the pods of one workload of this app, and perhaps for some of their ports: named after it, in its namespace.
   *
   * @throws when the workload selects by nothing, or a port is named twice
   */
  public static forWorkload(scope: Construct, id: string, workload: Workload, mode: MtlsMode, options: WorkloadMtlsOptions = {}): PeerAuthentication {
    const { portModes, enforcement } = options;
    const metadata = { name: workload.name, namespace: workload.metadata.namespace };
    return new PeerAuthentication(scope, id, { metadata, selector: WorkloadSelector.workload(workload), mode, portModes, enforcement });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'peerauthentications';

  /**
   * @throws when a port is no port or named twice, there are ports and no selector, a selector in the root namespace of the declared mesh, or a mode
   * that ztunnel does not heed
   */
  constructor(scope: Construct, id: string, private readonly props: PeerAuthenticationProps = {}) {
    super(scope, id, 'security.istio.io', 'PeerAuthentication', props.metadata);
    const { mode, selector, portModes, enforcement } = props;
    const mesh = this._istio.declaration;
    const modes = [mode, ...(portModes ?? []).map(port => port.mode)];
    if (checkEnforcement(enforcement, mesh) === PolicyEnforcement.ZTUNNEL && modes.includes(MtlsMode.DISABLE)) {
      throw new Error(`mode DISABLE of PeerAuthentication '${this.name}' is not heeded by ztunnel, which always takes mTLS: use PERMISSIVE, ` +
        'or pass enforcement: PolicyEnforcement.PROXY for workloads with sidecars');
    }
    if (selector !== undefined && mesh !== undefined && this.namespace === mesh.rootNamespace) {
      throw new Error(`PeerAuthentication '${this.name}' for workloads of the root namespace '${this.namespace}' is not heeded by Istio: ` +
        'leave the selector out to mean the whole mesh, or have the workloads in another namespace');
    }
    if (portModes !== undefined) {
      if (selector === undefined) {
        throw new Error('portModes of a PeerAuthentication need a selector: ports are those of workloads, pass selector');
      }
      if (portModes.length === 0) {
        throw new Error('portModes of a PeerAuthentication must have at least one port, got none: leave portModes out for one mode everywhere');
      }
      checkUnique(portModes.map(({ port }) => checkPort(port, 'port of a PeerAuthentication')), 'portModes of a PeerAuthentication');
    }
    this._check('', this._toKube());
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
