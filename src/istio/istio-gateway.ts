import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IstioConstruct } from './istio-construct';
import { IIstioGateway } from './istio-gateway-reference';
import { IstioServer } from './istio-server';
import { WorkloadSelector } from './workload-selector';
import { Certificate } from '../gateway-api/certificate';
import type { GatewaySpec, GatewaySpecServers } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel, checkNamed } from '../semantics/names';

/** Properties of an Istio Gateway. */
export interface IstioGatewayProps extends ResourceProps {
  /** The gateway's pods, in whatever namespace they are: give it the labels that its Deployment selects by. */
  readonly selector: WorkloadSelector;

  /**
   * The servers, at least one.
   *
   * @default - none; `addServer` must be called before synthesis
   */
  readonly servers?: IstioServer[];
}

/** What is known of an Istio Gateway that is in the cluster already. */
export interface FromIstioGatewayNameOptions {
  /**
   * The namespace of the Gateway.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;

  /**
   * The hosts of its servers, as the Gateway writes them, so that VirtualServices are checked against them.
   *
   * @default - not known
   */
  readonly hosts?: string[];
}

/**
 * An Istio Gateway: on which ports, for which hosts and with which TLS a gateway's pods listen.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class IstioGateway extends IstioConstruct implements IIstioGateway {
  /**
   * An Istio Gateway that is in the cluster already.
   *
   * @throws when the name or the namespace is not a DNS label
   */
  public static fromGatewayName(name: string, options: FromIstioGatewayNameOptions = {}): IIstioGateway {
    return checkNamed('Istio Gateway', { name, ...options }, checkName);
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'gateways';

  private _servers: IstioServer[] = [];
  private specs: Manifest<GatewaySpecServers>[] = [];
  /** The first certificate whose namespace is known. */
  private located?: Certificate;

  /**
   * @throws when the name is no DNS label or is `mesh`, when two servers would not work beside each other, or when the declared release lacks something
   */
  constructor(scope: Construct, id: string, private readonly props: IstioGatewayProps) {
    super(scope, id, 'networking.istio.io', 'Gateway', props.metadata, checkName);
    props.servers?.forEach(server => this.addServer(server));
    this.node.addValidation({
      validate: () => this._servers.length > 0 ? [] : ['an Istio Gateway needs at least one server: pass servers, or call addServer'],
    });
  }

  /** The servers so far. */
  public get servers(): IstioServer[] {
    return [...this._servers];
  }

  /** The hosts so far for which routes are asked, each once, as the Gateway writes them. */
  public get hosts(): string[] | undefined {
    return [...new Set(this._servers.filter(server => !server._redirects()).flatMap(server => server.hosts))];
  }

  /**
   * Adds a server.
   *
   * @throws when its name is taken, when it and another server would not work on one port, when certificates are in several namespaces, or when the
   * declared release lacks something of it
   */
  public addServer(server: IstioServer): this {
    for (const other of this._servers) {
      if (other.name === server.name) {
        throw new Error(`server name '${server.name}' is taken: port names are unique in an Istio Gateway, pass another name`);
      }
      if (server._serverName() !== undefined && server._serverName() === other._serverName()) {
        throw new Error(`serverName '${server._serverName()}' is taken by server '${other.name}': statistics would mix, pass another one`);
      }
      const reason = server._collidesWith(other);
      if (reason !== undefined) {
        throw new Error(`server '${server.name}' collides with server '${other.name}' on port ${server.port}: ${reason}`);
      }
    }
    this.checkCertificates(server);
    const spec = server._toKube();
    this._check(`servers[${this.specs.length}]`, spec);
    this._servers = this._servers.concat(server);
    this.specs = this.specs.concat(spec);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<GatewaySpec> {
    return {
      selector: this.props.selector.matchLabels,
      servers: this.specs,
    };
  }

  /** The Secrets are those of the namespace in which the gateway's pods are, which is one. */
  private checkCertificates(server: IstioServer): void {
    for (const certificate of server._certificates().filter(({ namespace }) => namespace !== undefined)) {
      this.located ??= certificate;
      if (certificate.namespace !== this.located.namespace) {
        throw new Error(`certificates of an Istio Gateway must be in the namespace of the gateway's pods, got '${this.located.name}' of ` +
          `'${this.located.namespace}' and '${certificate.name}' of '${certificate.namespace}': Istio takes no ReferenceGrant here`);
      }
    }
  }
}

function checkName(name: string): string {
  if (name === 'mesh') {
    throw new Error('name of an Istio Gateway must not be \'mesh\': a VirtualService means the sidecars of the mesh by it');
  }
  return checkDnsLabel(name, 'name of the Istio Gateway');
}
