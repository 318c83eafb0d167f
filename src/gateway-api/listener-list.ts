import { Resource } from 'cdk8s-plus-28';
import { BackendConfig, IBackend } from './backend';
import { GatewayApi } from './gateway-api';
import { IGatewayClass } from './gateway-class';
import { bindBackend, bringGrant } from './granted-reference';
import { Listener } from './listener';
import { ListenerIndex } from './listener-index';
import type { GatewaySpecListeners } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';

/** What the list has to know of the Gateway. */
interface Host {
  readonly name: string;
  readonly listeners?: Listener[];
  readonly gatewayClass?: IGatewayClass;
}

/** The most listeners that a Gateway or ListenerSet takes. */
const MAX_LISTENERS = 64;

/** The domain of all of Istio's controllers. */
const ISTIO = 'istio.io/';

/** The listeners that ListenerSets of this app add to a Gateway. */
const ADDED = new WeakMap<Host, ListenerIndex>();

/** The listeners of a Gateway or ListenerSet, as they are added. */
export class ListenerList {
  // Lists that grow by `concat` keep no room for sixteen more, which hardly any Gateway needs.
  private listeners: readonly Listener[] = [];
  private parts: readonly Manifest<GatewaySpecListeners>[] = [];
  /** That of all ListenerSets of the Gateway, once this one is among them. */
  private index?: ListenerIndex;

  /**
   * @param owner the Gateway or ListenerSet
   * @param gateway the Gateway, also where that is the owner
   */
  constructor(private readonly owner: Resource, private readonly kind: 'Gateway' | 'ListenerSet', private readonly gateway: Host) {}

  /** Lets the Gateway and its other ListenerSets see the listeners of this one, which is complete enough to stay. */
  public attach(): void {
    const index = ADDED.get(this.gateway) ?? new ListenerIndex();
    ADDED.set(this.gateway, index);
    this.listeners.forEach(listener => index.add(listener, this.owner.name));
    this.index = index;
  }

  public all(): Listener[] {
    return [...this.listeners];
  }

  public add(listener: Listener): void {
    if (this.listeners.length >= MAX_LISTENERS) {
      throw new Error(`${this.named} takes at most ${MAX_LISTENERS} listeners, got one more, '${listener.name}': add it to ${this.kind === 'Gateway' ? 'a' : 'another'} ListenerSet`);
    }
    this.checkOwn(listener);
    this.checkMerged(listener);
    this.checkTls(listener);
    const part = listener._toKube(this.owner.metadata.namespace, backend => this.backendRef(backend));
    GatewayApi._of(this.owner)._check(this.owner, `listeners[${this.parts.length}]`, part, this.gateway.gatewayClass?.controller);
    [...listener._certificates().map(each => each._reference), ...listener._backends().map(backend => bindBackend(this.owner, backend))]
      .forEach(each => bringGrant(this.owner, each));
    this.listeners = this.listeners.concat(listener);
    this.parts = this.parts.concat(part);
    this.index?.add(listener, this.owner.name);
  }

  public toKube(): readonly Manifest<GatewaySpecListeners>[] {
    return this.parts;
  }

  private get named(): string {
    return `${this.kind} '${this.owner.name}'`;
  }

  private checkOwn(listener: Listener): void {
    for (const other of this.listeners) {
      if (other.name === listener.name) {
        throw new Error(`listener name '${listener.name}' is taken in ${this.named}: pass another name`);
      }
      const collision = listener._collision(other);
      if (collision !== undefined) {
        throw new Error(`listener '${listener.name}' collides with listener '${other.name}' of ${this.named}: ${collision.why}; ${collision.remedy}`);
      }
    }
  }

  /** A Gateway and its ListenerSets listen as one; of two listeners that conflict, the later one would be ignored. */
  private checkMerged(listener: Listener): void {
    // What collides with one of its own list is refused before.
    const own = this.owner === this.gateway ? undefined : this.gateway.listeners?.find(other => listener._collision(other) !== undefined);
    const added = own === undefined ? ADDED.get(this.gateway)?.rivalOf(listener) : undefined;
    const other = own ?? added?.listener;
    if (other !== undefined) {
      const { why, remedy } = listener._collision(other)!;
      throw new Error(`listener '${listener.name}' of ${this.named} conflicts with listener '${other.name}' of ` +
        `${added === undefined ? `gateway '${this.gateway.name}'` : `ListenerSet '${added.owner}'`}: ${why}, and a Gateway listens as one with its ListenerSets; ${remedy}`);
    }
  }

  private checkTls({ name, protocol, _hasTls }: Listener): void {
    if (protocol === 'HTTPS' && !_hasTls && this.gateway.gatewayClass?.controller?.name.startsWith(ISTIO)) {
      throw new Error(`listener '${name}' of ${this.named} must say its certificates, got certificatesElsewhere: Istio makes no listener of it; pass certificates`);
    }
  }

  private backendRef(backend: IBackend): BackendConfig {
    const { group, kind, name, namespace, port } = bindBackend(this.owner, backend);
    return { group, kind, name, namespace: namespace === this.owner.metadata.namespace ? undefined : namespace, port };
  }
}
