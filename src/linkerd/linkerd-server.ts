import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { LinkerdAccessPolicy } from './linkerd-access-policy';
import { LinkerdConstruct } from './linkerd-construct';
import { LinkerdPort } from './linkerd-port';
import { LinkerdProxyProtocol } from './linkerd-proxy-protocol';
import { LinkerdServerSelector } from './linkerd-server-selector';
import { takeServerPort, undeclaredPort } from './server-ports';
import type { ServerSpec } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of a Server. */
export interface LinkerdServerProps extends ResourceProps {
  /** Whose port it is. */
  readonly selector: LinkerdServerSelector;

  /** The port, which the containers must declare. */
  readonly port: LinkerdPort;

  /**
   * What is spoken at the port.
   *
   * @default LinkerdProxyProtocol.UNKNOWN
   */
  readonly proxyProtocol?: LinkerdProxyProtocol;

  /**
   * Who may connect where no LinkerdAuthorizationPolicy says it.
   *
   * @default LinkerdAccessPolicy.DENY
   */
  readonly accessPolicy?: LinkerdAccessPolicy;
}

/** What policies and routes have to know of a Server. */
export interface ILinkerdServer {
  /** The name of the Server. */
  readonly name: string;

  /**
   * The namespace of the Server.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;

  /**
   * What is spoken at the port.
   *
   * @default - not known
   */
  readonly proxyProtocol?: LinkerdProxyProtocol;
}

/** What is known of a Server that is in the cluster already. */
export interface FromLinkerdServerNameOptions {
  /**
   * The namespace of the Server.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;

  /**
   * What is spoken at the port.
   *
   * @default - not known
   */
  readonly proxyProtocol?: LinkerdProxyProtocol;
}

/**
 * A port of workloads. As soon as it is there, `accessPolicy` decides who may connect, which by default is nobody: a `LinkerdAuthorizationPolicy` lets clients in.
 *
 * Probes of the kubelet are let in while no route is attached to the Server; with one they need a route and a policy like everybody else. The older kind
 * ServerAuthorization, which says the same as a LinkerdAuthorizationPolicy and less, is not made here.
 *
 * @see https://linkerd.io/2-edge/reference/authorization-policy/#server
 */
export class LinkerdServer extends LinkerdConstruct implements ILinkerdServer {
  /**
   * A Server that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromServerName(name: string, options: FromLinkerdServerNameOptions = {}): ILinkerdServer {
    return checkNamed('Server', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'servers';

  /** What is spoken at the port. */
  public readonly proxyProtocol?: LinkerdProxyProtocol;

  private readonly props: LinkerdServerProps;

  /**
   * @throws when another Server of the namespace has the port of the same pods, or the workload is in another namespace
   */
  constructor(scope: Construct, id: string, props: LinkerdServerProps) {
    super(scope, id, 'policy.linkerd.io/v1beta3', 'Server', props.metadata);
    this.props = props;
    this.proxyProtocol = props.proxyProtocol;
    const { selector, port } = props;
    const workload = selector._workload;
    if (workload !== undefined && workload.metadata.namespace !== this.namespace) {
      throw new Error(`${this._named} must be in the namespace of workload '${workload.name}', got '${this.namespace ?? 'default'}' and ` +
        `'${workload.metadata.namespace ?? 'default'}': it selects pods of its own namespace`);
    }
    takeServerPort(this, { name: this.name, namespace: this.namespace, selector, port });
    this.node.addValidation({ validate: () => undeclaredPort(this._named, workload, port) });
  }

  /** @internal */
  public _toKube(): Manifest<ServerSpec> {
    const { selector, port, proxyProtocol, accessPolicy } = this.props;
    return { ...selector._toKube(), port: port._value, proxyProtocol, accessPolicy };
  }
}
