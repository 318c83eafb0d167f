import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Certificate } from './certificate';
import { DefaultGatewayScope } from './default-gateways';
import { FrontendTls } from './frontend-validation';
import { frontendCaCertificates, frontendTlsSpec } from './frontend-validation-spec';
import { GatewayAddress } from './gateway-address';
import { checkAddresses } from './gateway-address-checks';
import { GatewayApi } from './gateway-api';
import { NamespacedConstruct } from './gateway-api-construct';
import { IGatewayClass } from './gateway-class';
import { GatewayInfrastructure } from './gateway-infrastructure';
import { infrastructureSpec } from './gateway-infrastructure-spec';
import { bringGrant } from './granted-reference';
import { Listener } from './listener';
import { ListenerList } from './listener-list';
import { ListenerNamespaces } from './listener-namespaces';
import type { GatewaySpec } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel } from '../semantics/names';
import { within } from '../semantics/place';

/** Properties of a Gateway. */
export interface GatewayProps extends ResourceProps {
  /** The class, which says what implements the Gateway. */
  readonly gatewayClass: IGatewayClass;

  /**
   * The listeners, 1 to 64.
   *
   * @default - none; `addListener` must be called before routes attach and before synthesis
   */
  readonly listeners?: Listener[];

  /**
   * Addresses to ask for, at most 16.
   *
   * @default - the implementation chooses
   */
  readonly addresses?: GatewayAddress[];

  /**
   * What the implementation puts on the objects it makes for this Gateway.
   *
   * @default - nothing; Istio then copies the Gateway's own labels and annotations to them
   */
  readonly infrastructure?: GatewayInfrastructure;

  /**
   * The namespaces whose ListenerSets may add listeners.
   *
   * @default ListenerNamespaces.none()
   */
  readonly allowedListeners?: ListenerNamespaces;

  /**
   * How HTTPS listeners meet their clients.
   *
   * @default - clients need no certificate
   */
  readonly frontendTls?: FrontendTls;

  /**
   * The certificate that the Gateway presents to backends that a BackendTlsPolicy has it call with TLS.
   *
   * @default - none
   */
  readonly backendClientCertificate?: Certificate;

  /**
   * Whether routes that ask for a default Gateway attach to this one. Of the experimental channel.
   *
   * @default - they do not
   */
  readonly defaultScope?: DefaultGatewayScope;
}

/** What routes and ListenerSets have to know of a Gateway. */
export interface IGateway {
  /** The name of the Gateway. */
  readonly name: string;

  /**
   * The namespace of the Gateway.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;

  /**
   * The listeners.
   *
   * @default - not known: what refers to them cannot be checked
   */
  readonly listeners?: Listener[];

  /**
   * The class.
   *
   * @default - not known: what its controller lacks cannot be refused
   */
  readonly gatewayClass?: IGatewayClass;

  /**
   * The namespaces whose ListenerSets may add listeners.
   *
   * @default - not known: every ListenerSet may attach
   */
  readonly allowedListeners?: ListenerNamespaces;
}

/** What is known of a Gateway that is in the cluster already. */
export interface FromGatewayNameOptions {
  /**
   * The namespace of the Gateway.
   *
   * @default - that of the route that attaches
   */
  readonly namespace?: string;

  /**
   * The listeners, so that routes are checked against them.
   *
   * @default - not known
   */
  readonly listeners?: Listener[];

  /**
   * The class, so that what its controller lacks is refused.
   *
   * @default - not known
   */
  readonly gatewayClass?: IGatewayClass;

  /**
   * The namespaces whose ListenerSets may add listeners, so that ListenerSets are checked against them.
   *
   * @default - not known
   */
  readonly allowedListeners?: ListenerNamespaces;
}

/**
 * A Gateway: where traffic enters, and which routes may say where it goes.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/gateway/
 */
export class Gateway extends NamespacedConstruct implements IGateway {
  /**
   * A Gateway that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromGatewayName(name: string, options: FromGatewayNameOptions = {}): IGateway {
    if (options.namespace !== undefined) {
      checkDnsLabel(options.namespace, `namespace of Gateway '${name}'`);
    }
    return { name: checkDnsLabel(name, 'name of the Gateway'), ...options };
  }

  /** The class of the Gateway. */
  public readonly gatewayClass?: IGatewayClass;

  /** The namespaces whose ListenerSets may add listeners. */
  public readonly allowedListeners?: ListenerNamespaces;

  /** The plural name of the kind. */
  public readonly resourceType = 'gateways';

  private readonly list: ListenerList;

  /** All of the spec but its listeners. */
  private readonly rest: Manifest<Omit<GatewaySpec, 'listeners'>>;

  /**
   * @throws when a part breaks Gateway API's rules, or the clusters or the controller of the class lack it
   */
  constructor(scope: Construct, id: string, private readonly props: GatewayProps) {
    super(scope, id, 'Gateway', props.metadata, checkDnsLabel);
    this.gatewayClass = props.gatewayClass;
    this.allowedListeners = props.allowedListeners ?? ListenerNamespaces.none();
    this.rest = this.makeRest();
    this.list = new ListenerList(this, 'Gateway', this);
    props.listeners?.forEach(listener => this.addListener(listener));
    this.node.addValidation({ validate: () => this.missing() });
  }

  /** The listeners so far, without those of ListenerSets. */
  public get listeners(): Listener[] | undefined {
    return this.list.all();
  }

  /**
   * Adds a listener. A certificate, or a server of external authorization, in another namespace brings its ReferenceGrant, into the chart of the
   * Secret or Service where that is of this app.
   *
   * @throws when its name is taken, when it collides with a listener of this Gateway or of a ListenerSet on port, protocol and hostname, or when there are 64
   */
  public addListener(listener: Listener): this {
    this.list.add(listener);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<GatewaySpec> {
    return { ...this.rest, listeners: this.list.toKube() };
  }

  private makeRest(): Manifest<Omit<GatewaySpec, 'listeners'>> {
    const { gatewayClass, addresses, infrastructure, allowedListeners, frontendTls, backendClientCertificate, defaultScope } = this.props;
    const rest = within(`Gateway '${this.name}'`, () => ({
      gatewayClassName: gatewayClass.name,
      addresses: addresses && checkAddresses(addresses, GatewayApi._of(this).bundle).map(address => address._toKube()),
      infrastructure: infrastructure && infrastructureSpec(infrastructure),
      allowedListeners: allowedListeners && { namespaces: allowedListeners._toKube() },
      tls: (frontendTls ?? backendClientCertificate) && {
        frontend: frontendTls && frontendTlsSpec(frontendTls, this.namespace),
        backend: backendClientCertificate && { clientCertificateRef: backendClientCertificate._toKube(this.namespace) },
      },
      defaultScope,
    }));
    GatewayApi._of(this)._check(this, '', rest, gatewayClass.controller);
    for (const reference of [...frontendCaCertificates(frontendTls ?? {}), ...backendClientCertificate ? [backendClientCertificate] : []]) {
      bringGrant(this, reference._reference);
    }
    return rest;
  }

  private missing(): string[] {
    const listeners = this.list.all();
    if (listeners.length === 0) {
      return ['a Gateway needs at least one listener: pass listeners, or call addListener'];
    }
    // Where ListenerSets are admitted, those of other apps may bring the listener.
    return (this.allowedListeners!._isNone ? this.props.frontendTls?.ports ?? [] : [])
      .filter(({ port }) => !listeners.some(each => each.port === port && each.protocol === 'HTTPS'))
      .map(({ port }) => `port ${port} of frontendTls has no HTTPS listener in Gateway '${this.name}': add one, or leave the port out`);
  }
}
