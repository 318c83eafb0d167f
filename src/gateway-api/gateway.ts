import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkAddresses } from './gateway-address-checks';
import { IGatewayClass } from './gateway-class';
import { GatewayAddress, GatewayInfrastructure } from './gateway-infrastructure';
import { Listener } from './listener';
import { ReferenceGrant } from './reference-grant';
import type { GatewaySpec } from '../imports/gateway.networking.k8s.io';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel } from '../semantics/names';

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
}

/** What routes have to know of a Gateway. */
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
}

/** The most listeners that a Gateway takes. */
const MAX_LISTENERS = 64;
const MAX_LABELS = 8;
const MAX_ANNOTATIONS = 16;

/**
 * A Gateway: where traffic enters, and which routes may say where it goes.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/gateway/
 */
export class Gateway extends Resource implements IGateway {
  /**
   * A Gateway that is in the cluster already.
   *
   * @throws when the name breaks DNS rules
   */
  public static fromGatewayName(name: string, options: FromGatewayNameOptions = {}): IGateway {
    return { name: checkDnsLabel(name, 'name of the Gateway'), ...options };
  }

  /** The class of the Gateway. */
  public readonly gatewayClass: IGatewayClass;

  /** The plural name of the kind. */
  public readonly resourceType = 'gateways';

  protected readonly apiObject: ApiObject;

  private readonly _listeners: Listener[] = [];

  constructor(scope: Construct, id: string, private readonly props: GatewayProps) {
    super(scope, id);
    this.gatewayClass = props.gatewayClass;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    checkDnsLabel(this.name, 'name of the Gateway');
    checkAddresses(props.addresses ?? []);
    checkAtMost(MAX_LABELS, Object.keys(props.infrastructure?.labels ?? {}).length, 'labels of the infrastructure', 'leave some out');
    checkAtMost(MAX_ANNOTATIONS, Object.keys(props.infrastructure?.annotations ?? {}).length, 'annotations of the infrastructure', 'leave some out');
    props.listeners?.forEach(listener => this.addListener(listener));
    this.node.addValidation({
      validate: () => this._listeners.length > 0 ? [] : ['a Gateway needs at least one listener: pass listeners, or call addListener'],
    });
  }

  /** The namespace of the Gateway. */
  public get namespace(): string | undefined {
    return this.metadata.namespace;
  }

  /** The listeners so far. */
  public get listeners(): Listener[] | undefined {
    return [...this._listeners];
  }

  /**
   * Adds a listener. A certificate in another namespace brings its ReferenceGrant.
   *
   * @throws when its name is taken, when it collides with a listener on port, protocol and hostname, or when there are 64 already
   */
  public addListener(listener: Listener): this {
    if (this._listeners.length >= MAX_LISTENERS) {
      throw new Error(`a Gateway takes at most ${MAX_LISTENERS} listeners, got one more: '${listener.name}'`);
    }
    for (const other of this._listeners) {
      if (other.name === listener.name) {
        throw new Error(`listener name '${listener.name}' is taken: names are unique in a Gateway, pass another name`);
      }
      if (listener._collidesWith(other)) {
        throw new Error(`listener '${listener.name}' collides with listener '${other.name}': both listen on port ${listener.port} ` +
          `with protocol ${listener.protocol} for ${listener.hostname ?? 'every host'}; use another port or hostname`);
      }
    }
    for (const { secretName, secretNamespace } of listener._certificates()) {
      if (secretNamespace !== undefined && secretNamespace !== this.namespace) {
        ReferenceGrant._allow(this, { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: this.namespace ?? 'default' },
          secretNamespace, { group: '', kind: 'Secret', name: secretName });
      }
    }
    this._listeners.push(listener);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<GatewaySpec> {
    return {
      gatewayClassName: this.gatewayClass.name,
      listeners: this._listeners.map(listener => listener._toKube(this.namespace)),
      addresses: this.props.addresses,
      infrastructure: this.props.infrastructure && {
        labels: this.props.infrastructure.labels,
        annotations: this.props.infrastructure.annotations,
        parametersRef: this.props.infrastructure.parameters,
      },
    };
  }
}
