import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { EgressHop, makeEgressPath } from './egress-path';
import { ExternalProtocol, ExternalService } from './external-service';
import { GatewayWorkload, GatewayWorkloadOptions } from './gateway-workload';
import { IMeshClient, IMeshNamespace } from './mesh-client';
import { patternLabels } from './pattern-labels';
import { sourceOf } from './source';
import { AuthorizationAction } from '../istio/authorization-action';
import { AuthorizationCondition } from '../istio/authorization-condition';
import { AuthorizationPolicy } from '../istio/authorization-policy';
import { AuthorizationRule } from '../istio/authorization-rule';
import { DestinationRule } from '../istio/destination-rule';
import { IstioGateway } from '../istio/istio-gateway';
import { IstioHost } from '../istio/istio-host';
import { KubernetesLabel } from '../semantics/keys';
import { checkDnsLabel } from '../semantics/names';

/** Properties of an EgressGateway. */
export interface EgressGatewayProps {
  /** The namespace of the gateway, which holds no clients. */
  readonly namespace: IMeshNamespace;

  /**
   * The namespaces of all clients: they reach nothing outside of the cluster but through the gateway. Those of client lists are always among them.
   *
   * @default - those of client lists; any namespace may call a host that has none
   */
  readonly clientNamespaces?: IMeshNamespace[];

  /**
   * The name of the gateway and of what is made for it.
   *
   * @default 'istio-egressgateway'
   */
  readonly name?: string;

  /**
   * How the pods of the gateway run.
   *
   * @default - two to five pods behind a ClusterIP Service
   */
  readonly workload?: GatewayWorkloadOptions;

  /**
   * Whether client namespaces are kept from going out by themselves: by REGISTRY_ONLY and a NetworkPolicy. Without, the gateway is advice.
   *
   * @default true
   */
  readonly confineClients?: boolean;
}

/** Who may call an external host. */
export interface EgressAllowOptions {
  /**
   * The clients that may call it.
   *
   * @default - every client of the gateway
   */
  readonly clients?: IMeshClient[];
}

const COMPONENT = 'egress-gateway';

/** A host that was allowed, and its rule. */
interface AllowedHost {
  readonly service: ExternalService;
  readonly scope: Construct;
  readonly rule: AuthorizationRule;
  readonly restricted: boolean;
}

/**
 * The one way out of the mesh: for each external host, all objects that lead it through the gateway, and for each client namespace, what keeps it
 * from going out by itself.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export class EgressGateway extends Construct {
  /** The name of the gateway. */
  public readonly name: string;
  /** The pods of the gateway. */
  public readonly workload: GatewayWorkload;
  /** The Gateway of Istio. */
  public readonly istioGateway: IstioGateway;

  private readonly props: EgressGatewayProps;
  private readonly hop: EgressHop;
  private readonly allowed: AllowedHost[] = [];
  private readonly clientNamespaces: IMeshNamespace[] = [];
  private rule?: DestinationRule;
  private closed = false;

  /**
   * @throws when the mesh is not Istio with sidecars, the gateway would run in the namespace of the control plane, or the name is no DNS label
   */
  constructor(scope: Construct, id: string, props: EgressGatewayProps) {
    super(scope, id);
    const { namespace } = props;
    this.props = props;
    this.name = checkDnsLabel(props.name ?? 'istio-egressgateway', 'name of the egress gateway');
    namespace.mesh._requireSidecars('EgressGateway', 'there a waypoint is the way out');
    if (namespace.name === namespace.mesh.rootNamespace) {
      throw new Error(`egress gateway '${this.name}' must not run in the control plane's namespace '${namespace.name}': give it a namespace of its own`);
    }
    this.workload = new GatewayWorkload(this, 'Workload', { ...props.workload, name: this.name, namespace, component: COMPONENT });
    this.istioGateway = new IstioGateway(this, 'IstioGateway', { metadata: this.metadata(this.name), selector: this.workload.selector });
    this.hop = {
      istioGateway: this.istioGateway,
      host: IstioHost.serviceName(this.name, namespace.name),
      rule: () => this.rule ??= new DestinationRule(this, 'DestinationRule', { metadata: this.metadata(this.name), host: this.hop.host }),
      open: (port, name) => this.workload.addPort(port, name),
    };
    this.guard();
    namespace._policies.whenClosed(() => {
      this.closed = true;
      this.authorize();
    });
    props.clientNamespaces?.forEach(client => this.confine(client));
  }

  /**
   * Lets clients call an external host through the gateway. With a client list their way to the gateway is mTLS of the mesh, so that the gateway knows them.
   *
   * @param service the host
   * @param options who may call it
   * @throws when the host was allowed before, when its client list is empty, or when clients are listed for a host whose callers the gateway cannot know
   */
  public allow(service: ExternalService, options: EgressAllowOptions = {}): this {
    const { hostname, slug, protocol } = service;
    const before = this.allowed.find(entry => entry.service.hostname === hostname)?.service;
    if (before !== undefined) {
      throw new Error(before.protocol === protocol ? `external host '${hostname}' was allowed before: list all of its clients at once` :
        `external host '${hostname}' was allowed as ${before.protocol} before, got ${protocol}: a host has one protocol`);
    }
    const { clients } = options;
    if (clients?.length === 0) {
      throw new Error(`client list of external host '${hostname}' is empty: leave clients out to let every client call it, or do not allow the host`);
    }
    if (clients !== undefined && service.identified === false) {
      throw new Error(`clients of external host '${hostname}' cannot be listed, because the gateway would not know who calls: leave identified: false out`);
    }
    const identified = service.identified ?? clients !== undefined;
    clients?.forEach(({ clientNamespace }) => this.confine(clientNamespace));
    const scope = new Construct(this, slug);
    makeEgressPath(scope, service, identified, this.hop, name => this.metadata(name));
    this.allowed.push({ service, scope, restricted: clients !== undefined, rule: ruleFor(service, clients) });
    this.authorize();
    return this;
  }

  /** An ALLOW policy refuses all that no policy allows: as soon as one host has a client list, or the namespace is closed, every host needs one. */
  private authorize(): void {
    if (!this.closed && !this.allowed.some(({ restricted }) => restricted)) {
      return;
    }
    for (const { service: { slug }, scope, rule } of this.allowed) {
      if (scope.node.tryFindChild('AuthorizationPolicy') === undefined) {
        new AuthorizationPolicy(scope, 'AuthorizationPolicy', {
          metadata: this.metadata(slug), selector: this.workload.selector, action: AuthorizationAction.ALLOW, rules: [rule],
        });
      }
    }
  }

  private confine(client: IMeshNamespace): void {
    const { namespace, confineClients = true } = this.props;
    if (client.name === namespace.name) {
      throw new Error(`namespace '${client.name}' of egress gateway '${this.name}' cannot be one of clients: the gateway would be kept inside with them`);
    }
    if (!this.clientNamespaces.includes(client)) {
      this.clientNamespaces.push(client);
      if (confineClients) {
        client._policies.confine();
        client._policies.reach(namespace.name);
      }
    }
  }

  /** Clients may call the gateway, anybody its health and metrics, and the gateway whom it wants. */
  private guard(): void {
    const metrics = GatewayWorkload._AGENT_PORTS.map(port => ({ port, protocol: 'TCP' }));
    new ApiObject(this, 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: this.metadata(this.name),
      spec: Lazy.any({
        produce: () => ({
          podSelector: { matchLabels: this.workload.selector.matchLabels },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [{ from: this.callers() }, { ports: metrics }],
          egress: [{}],
        }),
      }),
    });
  }

  /** The namespaces of the clients, when they are known to be all. */
  private callers(): { namespaceSelector: object }[] {
    const known = this.props.clientNamespaces !== undefined || this.allowed.every(({ restricted }) => restricted);
    return known && this.clientNamespaces.length > 0 ?
      this.clientNamespaces.map(({ name }) => ({ namespaceSelector: { matchLabels: { [KubernetesLabel.NAMESPACE_NAME]: name } } })) :
      [{ namespaceSelector: {} }];
  }

  private metadata(name: string): ApiObjectMetadata {
    return { name, namespace: this.props.namespace.name, labels: patternLabels(COMPONENT, this.name) };
  }
}

/** A host is seen in the request where it is HTTP, and in the server name where it is TLS. */
function ruleFor({ hostname, protocol }: ExternalService, clients: IMeshClient[] | undefined): AuthorizationRule {
  const sources = clients?.map(sourceOf);
  return protocol === ExternalProtocol.TLS ?
    { sources, conditions: [AuthorizationCondition.sni({ values: [hostname] })] } :
    { sources, operations: [{ hosts: [hostname, `${hostname}:*`] }] };
}
