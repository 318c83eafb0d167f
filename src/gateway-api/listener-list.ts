import { Resource } from 'cdk8s-plus-28';
import { BackendConfig, IBackend } from './backend';
import { GatewayApi } from './gateway-api';
import { IGatewayClass } from './gateway-class';
import { bindBackend, bringGrant } from './granted-reference';
import { Listener } from './listener';
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

/** The listeners that ListenerSets of this app add to a Gateway, in the order of their making. */
const ADDED = new WeakMap<Host, ListenerList[]>();

/** The listeners of a Gateway or ListenerSet, as they are added. */
export class ListenerList {
  // Lists that grow by `concat` keep no room for sixteen more, which hardly any Gateway needs.
  private listeners: readonly Listener[] = [];
  private parts: readonly Manifest<GatewaySpecListeners>[] = [];

  /**
   * @param owner the Gateway or ListenerSet
   * @param gateway the Gateway, also where that is the owner
   */
  constructor(private readonly owner: Resource, private readonly kind: 'Gateway' | 'ListenerSet', private readonly gateway: Host) {}

  /** Lets the Gateway and its other ListenerSets see the listeners of this one, which is complete enough to stay. */
  public attach(): void {
    const lists = ADDED.get(this.gateway) ?? [];
    lists.push(this);
    ADDED.set(this.gateway, lists);
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
    const part = listener._toKube(this.owner.metadata.namespace, backend => this.backendRef(backend));
    GatewayApi._of(this.owner)._check(this.owner, `listeners[${this.parts.length}]`, part, this.gateway.gatewayClass?.controller);
    [...listener._certificates().map(each => each._reference), ...listener._backends().map(backend => bindBackend(this.owner, backend))]
      .forEach(each => bringGrant(this.owner, each));
    this.listeners = this.listeners.concat(listener);
    this.parts = this.parts.concat(part);
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
    const sets = (ADDED.get(this.gateway) ?? []).filter(list => list !== this)
      .map(({ owner, listeners }) => ({ owner: `ListenerSet '${owner.name}'`, listeners }));
    const own = this.owner === this.gateway ? [] : [{ owner: `gateway '${this.gateway.name}'`, listeners: this.gateway.listeners ?? [] }];
    for (const { owner, listeners } of [...own, ...sets]) {
      for (const other of listeners) {
        const collision = listener._collision(other);
        if (collision !== undefined) {
          throw new Error(`listener '${listener.name}' of ${this.named} conflicts with listener '${other.name}' of ${owner}: ` +
            `${collision.why}, and a Gateway listens as one with its ListenerSets; ${collision.remedy}`);
        }
      }
    }
  }

  private backendRef(backend: IBackend): BackendConfig {
    const { group, kind, name, namespace, port } = bindBackend(this.owner, backend);
    return { group, kind, name, namespace: namespace === this.owner.metadata.namespace ? undefined : namespace, port };
  }
}
