import { Construct } from 'constructs';
import { GatewayBody } from './gateway-body';
import { GatewayForm } from './gateway-form';
import { GatewayHost } from './gateway-host';
import { GatewayWorkload } from './gateway-workload';
import { IMeshClient, IMeshNamespace } from './mesh-client';
import { patternLabels } from './pattern-labels';
import { Gateway } from '../gateway-api/gateway';
import { AuthorizationPolicy } from '../istio/authorization-policy';
import { IIstioGateway } from '../istio/istio-gateway-reference';
import { TlsVersion } from '../istio/tls-version';
import { covers } from '../semantics/hostname';
import { checkDnsLabel } from '../semantics/names';

/** Properties of a MeshedGateway. */
export interface MeshedGatewayProps {
  /** The namespace of the gateway, and with it the mesh. */
  readonly namespace: IMeshNamespace;

  /** Who runs its proxy. */
  readonly form: GatewayForm;

  /** The hosts that it serves, at least one. */
  readonly hosts: GatewayHost[];

  /**
   * The namespaces whose routes may bind to its hosts.
   *
   * @default - only its own
   */
  readonly admits?: IMeshNamespace[];

  /**
   * The name of the gateway and of what is made for it: it is what routes of others refer to.
   *
   * @default - the construct's id in lower case
   */
  readonly name?: string;

  /**
   * Whether port 80 redirects to HTTPS. It never does anything else for a host with a certificate.
   *
   * @default true
   */
  readonly redirect?: boolean;

  /**
   * The oldest TLS version that clients may speak. A provisioned gateway cannot be told.
   *
   * @default - TLS 1.2 for a self-managed gateway, what the class does for a provisioned one
   */
  readonly minTlsVersion?: TlsVersion;

  /**
   * Whether the gateway may run in the namespace of the control plane, where a takeover of it is one of the mesh.
   *
   * @default false
   */
  readonly besideControlPlane?: boolean;
}

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
  /**
   * The Gateway of Gateway API.
   *
   * @default - there is none, because the gateway is self-managed
   */
  public readonly gateway?: Gateway;
  /**
   * The Gateway of Istio.
   *
   * @default - there is none, because the gateway is provisioned
   */
  public readonly istioGateway?: IIstioGateway;
  /**
   * Its pods and what they need.
   *
   * @default - there are none, because the gateway is provisioned
   */
  public readonly workload?: GatewayWorkload;

  private readonly body: GatewayBody;
  private readonly _hosts: GatewayHost[] = [];

  /**
   * @throws when there is no host, the gateway would run in the namespace of the control plane, the form does not do what is asked, or the name is no DNS label
   */
  constructor(scope: Construct, id: string, props: MeshedGatewayProps) {
    super(scope, id);
    const { namespace, admits = [], redirect = true, minTlsVersion } = props;
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
    this.body = props.form._build(this, { name: this.name, namespace, admits: admits.map(({ name }) => name), redirect, minTlsVersion });
    this.gateway = this.body.gateway;
    this.istioGateway = this.body.istioGateway;
    this.workload = this.body.workload;
    props.hosts.forEach(host => this.addHost(host));
    const { policyScope } = this.body;
    if (policyScope !== undefined) {
      // Clients from outside have no identity by which a closed namespace could tell them.
      namespace._policies.whenClosed(() => AuthorizationPolicy.allowAll(this, 'AllowClients', {
        metadata: { name: `${this.name}-allow-clients`, namespace: namespace.name, labels: patternLabels('meshed-gateway', this.name) },
        ...policyScope,
      }));
    }
  }

  /** The service account of its proxy, by which workloads know it. */
  public get clientServiceAccount(): string | undefined {
    if (this.body.serviceAccountName === undefined) {
      throw new Error(`gateway '${this.name}' has an identity that its class does not tell: pass serviceAccount to GatewayForm.provisioned`);
    }
    return this.body.serviceAccountName;
  }

  /** The hosts that it serves. */
  public get hosts(): GatewayHost[] {
    return [...this._hosts];
  }

  /**
   * Serves one more host. It renames nothing that is there.
   *
   * @throws when the host is served already
   */
  public addHost(host: GatewayHost): this {
    if (this._hosts.some(({ hostname }) => hostname === host.hostname)) {
      throw new Error(`host '${host.hostname}' is served by gateway '${this.name}' already: pass all of its certificates at once`);
    }
    this._hosts.push(host);
    this.body.addHost(host);
    return this;
  }

  /**
   * Refuses a hostname that no host of the gateway covers.
   *
   * @internal
   */
  public _requireHost(hostname: string): GatewayHost {
    const host = this._hosts.filter(h => covers(h.hostname, hostname)).sort((a, b) => b.hostname.length - a.hostname.length)[0];
    if (host === undefined) {
      throw new Error(`gateway '${this.name}' does not serve '${hostname}': it serves ${this._hosts.map(h => h.hostname).join(', ')}; ` +
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
    const protocol = host.certificates.length > 0 ? 'HTTPS' : 'HTTP';
    return this.gateway!.listeners!.find(listener => listener.hostname === host.hostname && listener.protocol === protocol)!.name;
  }
}
