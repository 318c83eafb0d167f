import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IGateway } from './gateway';
import { GatewayApi } from './gateway-api';
import { NamespacedConstruct } from './gateway-api-construct';
import { Listener } from './listener';
import { ListenerList } from './listener-list';
import type { ListenerSetSpec } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of a ListenerSet. */
export interface ListenerSetProps extends ResourceProps {
  /** The Gateway that listens; it must admit ListenerSets of this namespace. */
  readonly gateway: IGateway;

  /**
   * The listeners, 1 to 64. Their names are unique in the ListenerSet; the Gateway and its other ListenerSets may have the same.
   *
   * @default - none; `addListener` must be called before routes attach and before synthesis
   */
  readonly listeners?: Listener[];
}

/** What routes have to know of a ListenerSet. */
export interface IListenerSet {
  /** The name of the ListenerSet. */
  readonly name: string;

  /**
   * The namespace of the ListenerSet.
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
   * The Gateway that listens.
   *
   * @default - not known: what its controller lacks cannot be refused
   */
  readonly gateway?: IGateway;
}

/** What is known of a ListenerSet that is in the cluster already. */
export interface FromListenerSetNameOptions {
  /**
   * The namespace of the ListenerSet.
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
   * The Gateway that listens, so that what its controller lacks is refused.
   *
   * @default - not known
   */
  readonly gateway?: IGateway;
}

/**
 * Listeners that somebody else than its owner adds to a Gateway. Routes attach either to the Gateway or to the ListenerSet: a route of the one does not serve the
 * listeners of the other. Since 1.5.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/listenerset/
 */
export class ListenerSet extends NamespacedConstruct implements IListenerSet {
  /**
   * A ListenerSet that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromListenerSetName(name: string, options: FromListenerSetNameOptions = {}): IListenerSet {
    return checkNamed('ListenerSet', { name, ...options });
  }

  /** The Gateway that listens. */
  public readonly gateway?: IGateway;

  /** The plural name of the kind. */
  public readonly resourceType = 'listenersets';

  private readonly list: ListenerList;
  private readonly parentRef: Manifest<ListenerSetSpec>['parentRef'];

  /**
   * @throws when the Gateway does not admit ListenerSets of the namespace, or a listener is refused as in `addListener`
   */
  constructor(scope: Construct, id: string, props: ListenerSetProps) {
    super(scope, id, 'ListenerSet', props.metadata);
    const { gateway } = props;
    this.gateway = gateway;
    this.checkAdmitted(gateway);
    this.parentRef = {
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      name: gateway.name,
      namespace: gateway.namespace === this.namespace ? undefined : gateway.namespace,
    };
    GatewayApi._of(this)._check(this, '', { parentRef: this.parentRef }, gateway.gatewayClass?.controller);
    this.list = new ListenerList(this, 'ListenerSet', gateway);
    props.listeners?.forEach(listener => this.addListener(listener));
    this.list.attach();
    this.node.addValidation({
      validate: () => this.list.all().length > 0 ? [] : ['a ListenerSet needs at least one listener: pass listeners, or call addListener'],
    });
  }

  /** The listeners so far. */
  public get listeners(): Listener[] | undefined {
    return this.list.all();
  }

  /**
   * Adds a listener. A certificate, or a server of external authorization, in another namespace brings its ReferenceGrant, into the chart of the
   * Secret or Service where that is of this app.
   *
   * @throws when its name is taken, when it collides on port, protocol and hostname with a listener of the set, of the Gateway or of another ListenerSet of
   * this app, or when there are 64 already
   */
  public addListener(listener: Listener): this {
    this.list.add(listener);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<ListenerSetSpec> {
    return { parentRef: this.parentRef, listeners: this.list.toKube() };
  }

  private checkAdmitted({ name, namespace, allowedListeners }: IGateway): void {
    if (allowedListeners === undefined || allowedListeners._admits(this.namespace, namespace ?? this.namespace)) {
      return;
    }
    const [who, remedy] = this.namespace === undefined ? ['one without namespace', 'set metadata.namespace of the ListenerSet'] :
      [`of namespace '${this.namespace}'`, `add '${this.namespace}' to the namespaces that the Gateway admits with allowedListeners (ListenerNamespaces.named)`];
    throw new Error(`ListenerSet '${this.name}' cannot attach to gateway '${name}', which admits ListenerSets of ${allowedListeners._describe()} ` +
      `and not ${who}: ${remedy}`);
  }
}
