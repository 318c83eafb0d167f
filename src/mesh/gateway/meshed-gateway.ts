import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayBody } from './gateway-body';
import { GatewayHost, GatewayHostProtocol } from './gateway-host';
import { GatewayPolicyScope } from './gateway-policy-scope';
import { GatewayWorkload } from './gateway-workload';
import { MeshedGatewayProps } from './meshed-gateway-props';
import { Gateway } from '../../gateway-api/gateway';
import { IGatewayClass } from '../../gateway-api/gateway-class';
import { RouteParent } from '../../gateway-api/route-parent';
import { AuthorizationPolicy } from '../../istio/authorization-policy';
import { IIstioGateway } from '../../istio/istio-gateway-reference';
import { covers } from '../../semantics/hostname';
import { checkDnsLabel } from '../../semantics/names';
import { GatewayEdge } from '../edge/gateway-edge';
import { IMeshClient, IMeshNamespace } from '../mesh-client';
import { NginxObjects } from '../nginx/nginx-objects';
import { NginxRoute } from '../nginx/nginx-route';
import { patternLabels } from '../pattern-labels';

/**
 * Where requests enter the mesh: HTTPS by default, a port 80 that only redirects, routes admitted from named namespaces, and a proxy that is part of the mesh.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/
 */
export class MeshedGateway extends Construct implements IMeshClient {
  /** The name of the gateway. */
  public readonly name: string;
  /** The namespace of the gateway. */
  public readonly namespace: IMeshNamespace;
  /** The namespace of the caller that the gateway is to workloads. */
  public readonly clientNamespace: IMeshNamespace;
  /** What it does to requests before anything behind it sees them, such as `gateway.edge.limitRate(...)`. */
  public readonly edge: GatewayEdge;
  /**
   * What is particular to its form.
   *
   * @internal
   */
  public readonly _body: GatewayBody;

  private readonly _hosts: GatewayHost[] = [];
  private readonly _hostListeners: ((host: GatewayHost) => void)[] = [];

  /**
   * @throws when there is no host, the gateway would run in the namespace of the control plane, the form does not do what is asked, or the name is no DNS label
   */
  constructor(scope: Construct, id: string, props: MeshedGatewayProps) {
    super(scope, id);
    const { namespace, admits = [], admitsListeners = [], redirect = true, tls = {}, exposures, clientAddress } = props;
    this.name = checkDnsLabel(props.name ?? id.toLowerCase(), 'name of the gateway');
    this.namespace = namespace;
    this.clientNamespace = namespace;
    if (namespace.name === namespace.mesh.rootNamespace && !props.besideControlPlane) {
      throw new Error(`gateway '${this.name}' must not run in the control plane's namespace '${namespace.name}': ` +
        'give it a namespace of its own, or pass besideControlPlane: true');
    }
    if (props.hosts.length === 0) {
      throw new Error(`gateway '${this.name}' needs at least one host, got none: pass GatewayHost.https(hostname, certificate)`);
    }
    this._body = props.form._build(this, {
      name: this.name,
      namespace,
      admits: admits.map(({ name }) => name),
      admitsListeners: admitsListeners.map(({ name }) => name),
      redirect,
      tls,
      exposures,
      clientAddress,
    });
    if (admitsListeners.length > 0) {
      this.require(this._body.gateway, 'Gateway of Gateway API, which alone admits ListenerSets', 'leave admitsListeners out, or use GatewayForm.provisioned');
    }
    const onHost = (listener: (host: GatewayHost) => void) => this._hostListeners.push(listener);
    const edge = { scope: this, client: this, name: this.name, namespace, clientAddress, hosts: () => this._hosts, onHost, admitsListeners };
    this.edge = GatewayEdge._of(edge, this._body.edgeOf(edge));
    props.hosts.forEach(host => this.addHost(host));
    const { policyScope } = this._body;
    if (policyScope !== undefined) {
      // Clients from outside have no identity by which a closed namespace could tell them.
      namespace._policies.whenClosed(() => AuthorizationPolicy.allowAll(this, 'AllowClients', {
        metadata: { name: `${this.name}-allow-clients`, namespace: namespace.name, labels: patternLabels('meshed-gateway', this.name) },
        ...policyScope,
      }));
    }
  }

  /**
   * Istio's gateways send past waypoints; what others send is carried by the proxy of their node.
   *
   * @internal
   */
  public get _entersPastWaypoints(): boolean {
    return this._body.policyScope !== undefined;
  }

  /** The service account of its proxy, by which workloads know it. */
  public get clientServiceAccount(): string | undefined {
    if (this._body.serviceAccountName === undefined) {
      throw new Error(`gateway '${this.name}' has an identity that its class does not tell: pass serviceAccount to GatewayForm.provisioned`);
    }
    return this._body.serviceAccountName;
  }

  /**
   * The Gateway of Gateway API, to which routes bind.
   *
   * @throws when the form has none
   */
  public get gateway(): Gateway {
    return this.require(this._body.gateway, 'Gateway of Gateway API', 'bind VirtualServices to its istioGateway, or use another form');
  }

  /**
   * The Gateway of Istio, to which VirtualServices bind.
   *
   * @throws when the form has none
   */
  public get istioGateway(): IIstioGateway {
    return this.require(this._body.istioGateway, 'Gateway of Istio', 'bind routes of Gateway API to its gateway, or use GatewayForm.selfManaged()');
  }

  /**
   * Its pods and what they need.
   *
   * @throws when the form has none, because a controller makes them
   */
  public get workload(): GatewayWorkload {
    return this.require(this._body.workload, 'workload of this app', 'its controller makes its pods; use GatewayForm.selfManaged()');
  }

  /**
   * How Istio's policies and EnvoyFilters find its proxies: spread it into what takes `selector` and `targets`.
   *
   * @throws when the form's proxies are not Istio's, so that no policy binds what arrives there
   */
  public get policyScope(): GatewayPolicyScope {
    return this.require(this._body.policyScope, 'proxy that policies of Istio bind', 'use the policies of its class, or GatewayClass.ISTIO');
  }

  /**
   * The class of a gateway that a controller provisions.
   *
   * @default - there is none
   */
  public get gatewayClass(): IGatewayClass | undefined {
    return this._body.gatewayClass;
  }

  /**
   * The listener for a hostname, as the parent of a route.
   *
   * @param hostname a hostname that the gateway serves
   * @throws when it serves no such host, or has no Gateway of Gateway API
   */
  public routeParent(hostname: string): RouteParent {
    return RouteParent.gateway(this.gateway, { listener: this._listenerOf(hostname) });
  }

  /**
   * Says to which Services its routes send. A proxy that is not the mesh's own has to send to their addresses, or the mesh does not see which Service is meant:
   * NGINX Gateway Fabric is told so of each Service, Envoy Gateway of all of them anyway, and proxies of Istio choose pods as the mesh does.
   *
   * @param services the Services
   * @throws when a Service has no address
   */
  public sendsTo(...services: Service[]): this {
    services.forEach(service => this._body.sendsTo?.(service));
    return this;
  }

  /** The hosts that it serves, without those of ListenerSets. */
  public get hosts(): GatewayHost[] {
    return [...this._hosts];
  }

  /**
   * Serves one more host. It renames nothing that is there.
   *
   * @throws when the host, or the port of bytes, is served already, or the form does not serve such a host
   */
  public addHost(host: GatewayHost): this {
    host._checkBeside(`gateway '${this.name}'`, this._hosts);
    this._hosts.push(host);
    this._body.addHost(host);
    this._hostListeners.forEach(listener => listener(host));
    return this;
  }

  /**
   * Sends requests to a Service; for a gateway that is an nginx. In a closed namespace the pods are told to take them.
   *
   * @throws when the gateway is no nginx, serves no such host or does not admit the namespace, the path has a route already, or nginx cannot do what is asked
   */
  public addNginxRoute(route: NginxRoute): this {
    this.requireNginx();
    this._body.addRoute!(route, this._requireHost(route.hostname));
    return this;
  }

  /**
   * What is made for a gateway that is an nginx.
   *
   * @throws when it is none
   */
  public get nginx(): NginxObjects {
    return this.requireNginx();
  }

  /**
   * Refuses a hostname that no host of the gateway covers.
   *
   * @internal
   */
  public _requireHost(hostname: string): GatewayHost {
    const host = this._hosts.filter(each => each.protocol !== GatewayHostProtocol.TCP && covers(each.hostname, hostname))
      .sort((a, b) => b.hostname.length - a.hostname.length)[0];
    if (host === undefined) {
      throw new Error(`gateway '${this.name}' does not serve '${hostname}': it serves ${this._hosts.map(each => each.hostname).join(', ')}; ` +
        'call addHost before the route is made');
    }
    return host;
  }

  /**
   * The listener of a provisioned gateway that serves a hostname with its own protocol.
   *
   * @internal
   */
  public _listenerOf(hostname: string): string {
    const host = this._requireHost(hostname);
    return this.gateway.listeners!.find(listener => listener.hostname === host.hostname && listener.protocol === host.protocol)!.name;
  }

  private requireNginx(): NginxObjects {
    return this.require(this._body.nginx, 'nginx', 'use a route that binds to it, such as CanaryRoute, or GatewayForm.nginx()');
  }

  private require<T>(part: T | undefined, what: string, instead: string): T {
    if (part === undefined) {
      throw new Error(`gateway '${this.name}' has no ${what}: ${instead}`);
    }
    return part;
  }
}
