import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { AllowedService, EgressBody, EgressBodyProps, EgressIdentity, EgressRule } from './egress-body';
import { EgressForm } from './egress-form';
import { guardGateway, letOut, letReach } from './egress-guard';
import { ExternalService } from './external-service';
import { Gateway } from '../../gateway-api/gateway';
import { checkIpSubnet } from '../../istio/ip-subnet';
import { IstioGateway } from '../../istio/istio-gateway';
import { checkDnsLabel } from '../../semantics/names';
import { GatewayWorkload } from '../gateway/gateway-workload';
import { IMeshClient, IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';
import { IWaypoint } from '../waypoint/waypoint-reference';

/** Properties of an EgressGateway. */
export interface EgressGatewayProps {
  /** The namespace of the gateway, which holds no clients; in forms without a gateway, that of what is said of hosts. */
  readonly namespace: IMeshNamespace;

  /**
   * What stands between clients and the world outside.
   *
   * @default - what is usual in the mesh: EgressForm.selfManaged() with sidecars, EgressForm.waypoint() in ambient, EgressForm.egressNetwork() for Linkerd
   */
  readonly form?: EgressForm;

  /**
   * The namespaces of all clients: they reach nothing outside of the cluster but what is allowed here. Those of client lists are always among them.
   *
   * @default - those of client lists; any namespace may call a host that has none
   */
  readonly clientNamespaces?: IMeshNamespace[];

  /**
   * The name of the gateway and of what is made for it.
   *
   * @default - 'istio-egressgateway' for EgressForm.selfManaged, else 'egress', or the name of the waypoint
   */
  readonly name?: string;

  /**
   * Whether client namespaces are kept from going out by themselves: by a NetworkPolicy, and with sidecars by REGISTRY_ONLY. Without, the gateway is advice.
   *
   * @default true
   */
  readonly confineClients?: boolean;

  /**
   * Addresses that are no pods of the cluster, but that clients may reach by themselves: IP addresses or CIDR blocks, such as that of the Kubernetes API and those of
   * a DNS cache on nodes.
   *
   * @default - none: every pod of the cluster, and nothing else
   */
  readonly reachableRanges?: string[];
}

/** Who may call an external host, and for what. */
export interface EgressAllowOptions {
  /**
   * The clients that may call it.
   *
   * @default - every client of the gateway
   */
  readonly clients?: IMeshClient[];

  /**
   * HTTP methods, where the gateway reads requests.
   *
   * @default - every method
   */
  readonly methods?: string[];

  /**
   * HTTP paths, where the gateway reads requests: exact, or `prefix*`; in Istio also `*suffix`, or with `{*}` for an element and `{**}` for the rest. Those of gRPC are
   * `/package.Service/Method`.
   *
   * @default - every path
   */
  readonly paths?: string[];
}

const COMPONENT = 'egress-gateway';

/**
 * The one way out of the mesh: for each external host, all objects that lead to it through the gateway, and for each client namespace, what keeps it
 * from going out by itself.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export class EgressGateway extends Construct {
  /** The name of the gateway. */
  public readonly name: string;

  private readonly props: EgressGatewayProps;
  private readonly body: EgressBody;
  private readonly allowed: AllowedService[] = [];
  private readonly clientNamespaces: IMeshNamespace[] = [];
  private closed = false;

  /**
   * @throws when the mesh has not such a form, the gateway would run in the namespace of the control plane, the name is no DNS label, or a range is none
   */
  constructor(scope: Construct, id: string, props: EgressGatewayProps) {
    super(scope, id);
    const { namespace, clientNamespaces } = props;
    this.props = props;
    const form = formFor(props);
    this.name = checkDnsLabel(props.name ?? form._usualName, 'name of the egress gateway');
    if (namespace.name === namespace.mesh.rootNamespace) {
      throw new Error(`egress gateway '${this.name}' must not run in the control plane's namespace '${namespace.name}': give it a namespace of its own`);
    }
    if (clientNamespaces?.length === 0) {
      throw new Error(`clientNamespaces of egress gateway '${this.name}' must not be empty: leave them out, to have those of client lists`);
    }
    props.reachableRanges?.forEach(range => checkIpSubnet(range, `reachable range of egress gateway '${this.name}'`));
    this.body = form._build(this, this.bodyProps());
    if (this.body.podLabels !== undefined) {
      guardGateway(this, this.metadata(this.name), this.body, () => this.callers());
    }
    namespace._policies.whenClosed(() => {
      this.closed = true;
      this.body.authorize(this.allowed, this.closed);
    });
    clientNamespaces?.forEach(client => this.take(client));
    this.node.addValidation({ validate: () => this.allowed.length > 0 ? [] : [`egress gateway '${this.name}' lets nobody out: call allow`] });
  }

  /**
   * The pods of the gateway, for EgressForm.selfManaged.
   *
   * @default - the form has none
   */
  public get workload(): GatewayWorkload | undefined {
    return this.body.workload;
  }

  /**
   * The Gateway of Istio, for EgressForm.selfManaged.
   *
   * @default - the form has none
   */
  public get istioGateway(): IstioGateway | undefined {
    return this.body.istioGateway;
  }

  /**
   * The Gateway of Gateway API, for EgressForm.provisioned.
   *
   * @default - the form has none
   */
  public get gateway(): Gateway | undefined {
    return this.body.gateway;
  }

  /**
   * The waypoint, for EgressForm.waypoint.
   *
   * @default - the form has none
   */
  public get waypoint(): IWaypoint | undefined {
    return this.body.waypoint;
  }

  /**
   * Lets clients call an external host through the gateway. With a client list their way to the gateway is mTLS of the mesh, so that the gateway knows them.
   * Called again with the same service, it lets more clients call it, or the same ones ask for more.
   *
   * @param service the host
   * @param options who may call it, and for what
   * @throws when the host was allowed before, its client list is empty, clients are listed for a host whose callers the gateway cannot know, methods or paths cannot be
   * seen, or the form cannot reach such a host
   */
  public allow(service: ExternalService, options: EgressAllowOptions = {}): this {
    const known = this.allowed.find(entry => entry.service === service);
    const rule = this.ruleFor(service, options, known);
    this.body.check(service, rule);
    rule.clients?.forEach(({ clientNamespace }) => this.take(clientNamespace));
    const allowed = known ?? this.open(service, rule);
    if (known !== undefined) {
      known.rules.push(rule);
    }
    this.body.admit?.(allowed, rule);
    this.body.authorize(this.allowed, this.closed);
    return this;
  }

  private open(service: ExternalService, rule: EgressRule): AllowedService {
    const identified = this.body.identity === EgressIdentity.ALWAYS || (service.identified ?? rule.clients !== undefined);
    const allowed = { service, identified, rules: [rule], scope: new Construct(this, service.slug) };
    this.body.open(allowed);
    this.allowed.push(allowed);
    return allowed;
  }

  private ruleFor(service: ExternalService, { clients, methods, paths }: EgressAllowOptions, known: AllowedService | undefined): EgressRule {
    const { hostname } = service;
    if (known === undefined) {
      this.checkNew(service);
    }
    for (const [what, list] of Object.entries({ 'client list': clients, 'methods': methods, 'paths': paths })) {
      if (list?.length === 0) {
        throw new Error(`${what} of external host '${hostname}' ${what === 'client list' ? 'is' : 'are'} empty: ${
          what === 'client list' ? 'leave clients out to let every client call it' : `leave ${what} out to allow all`}, or do not allow the host`);
      }
    }
    if (clients !== undefined && this.body.identity === EgressIdentity.CHOSEN) {
      if (service.identified === false) {
        throw new Error(`clients of external host '${hostname}' cannot be listed, because the gateway would not know who calls: leave identified: false out`);
      }
      if (known !== undefined && !known.identified) {
        throw new Error(`clients of external host '${hostname}' cannot be listed now, because it was allowed without: list some the first time, or pass identified: true`);
      }
    }
    return { clients, methods, paths };
  }

  private checkNew(service: ExternalService): void {
    for (const host of service.hostnames) {
      const before = this.allowed.find(entry => entry.service.hostnames.includes(host))?.service;
      if (before !== undefined) {
        throw new Error(before._spoken === service._spoken ? `external host '${host}' was allowed before: list all of its clients at once` :
          `external host '${host}' was allowed as ${before._spoken} before, got ${service._spoken}: a host has one protocol`);
      }
    }
  }

  /** Takes in a namespace of clients. */
  private take(client: IMeshNamespace): void {
    const { namespace, confineClients = true, reachableRanges } = this.props;
    if (client.name === namespace.name && this.body.podLabels !== undefined) {
      throw new Error(`namespace '${client.name}' of egress gateway '${this.name}' cannot be one of clients: the gateway would be kept inside with them`);
    }
    if (this.clientNamespaces.includes(client)) {
      return;
    }
    this.clientNamespaces.push(client);
    this.body.welcome?.(client, this.allowed);
    if (confineClients) {
      client._policies.confine();
      client._policies.reach(namespace.name);
      const scope = new Construct(this, `Client-${client.name}`);
      if (this.body.podLabels === undefined) {
        letOut(scope, this.metadata(`${this.name}-outside`, client.name), () => this.allowed.filter(one => mayCall(one, client)));
      }
      if (reachableRanges !== undefined) {
        letReach(scope, this.metadata(`${this.name}-reachable`, client.name), reachableRanges);
      }
    }
  }

  /** The namespaces of the clients, when they are known to be all. */
  private callers(): IMeshNamespace[] {
    const known = this.props.clientNamespaces !== undefined || this.allowed.every(({ rules }) => rules.every(({ clients }) => clients !== undefined));
    return known ? this.clientNamespaces : [];
  }

  private bodyProps(): EgressBodyProps {
    return {
      name: this.name,
      namespace: this.props.namespace,
      clientNamespaces: this.clientNamespaces,
      clientsKnown: this.props.clientNamespaces !== undefined,
      metadata: (name, namespace) => this.metadata(name, namespace),
    };
  }

  private metadata(name: string, namespace = this.props.namespace.name): ApiObjectMetadata {
    return { name, namespace, labels: patternLabels(COMPONENT, this.name) };
  }
}

/** The form that is asked for, when the mesh has it. */
function formFor({ namespace: { mesh }, form }: EgressGatewayProps): EgressForm {
  const kinds = mesh._egressKinds();
  const asked = form ?? EgressForm._usual(kinds[0]);
  if (!kinds.includes(asked._kind)) {
    const what = mesh._istio === undefined ? `a ${mesh.meshName} mesh` : mesh._istio.sidecars ? 'an Istio mesh with sidecars' : 'an ambient Istio mesh';
    throw new Error(`${asked._kind} is no way out of ${what}: use ${kinds.join(', ')}`);
  }
  return asked;
}

function mayCall({ rules }: AllowedService, client: IMeshNamespace): boolean {
  return rules.some(({ clients }) => clients === undefined || clients.some(({ clientNamespace }) => clientNamespace === client));
}
