import { Resource } from 'cdk8s-plus-28';
import { Backend, BackendConfig, IBackend } from './backend';
import { DefaultGatewayScope } from './default-gateways';
import { GatewayApi } from './gateway-api';
import { ReferenceGrant } from './reference-grant';
import { checkAttachment } from './route-attachment';
import { RouteParent, RouteParentReference } from './route-parent';
import { checkAtMost } from '../semantics/lists';

const GROUP = 'gateway.networking.k8s.io';
const MAX_PARENTS = 32;

/** What a route of any kind refers to: its parents, and its backends with the grants that they need. */
export class RouteReferences {
  private readonly parents: RouteParent[] = [];
  private readonly backends = new Map<IBackend, BackendConfig>();
  private defaults = false;
  private readonly parts: { at: string; part: unknown }[] = [];

  constructor(private readonly route: Resource, private readonly kind: string) {}

  /** Whether there is anything that the route attaches to. */
  public get hasParents(): boolean {
    return this.parents.length > 0 || this.defaults;
  }

  /** Attaches the route to the default Gateways as well, of which nothing is known. */
  public useDefaultGateways(scope: DefaultGatewayScope | undefined): void {
    if (scope !== undefined) {
      this.check('', { useDefaultGateways: scope });
      this.defaults = scope === DefaultGatewayScope.ALL;
      this.backends.forEach(backend => this.bringGrant(backend));
    }
  }

  /** Attaches the route, which must have its hostnames by then. */
  public addParent(parent: RouteParent, hostnames: readonly string[] = []): void {
    checkAtMost(MAX_PARENTS, this.parents.length + 1, `parents of the ${this.kind}`, 'split the route');
    this.parents.forEach(other => this.checkDiffer(parent._reference, other._reference));
    parent._checkRole(this.route.metadata.namespace);
    this.checkAttachment(parent, hostnames);
    this.parents.push(parent);
    this.backends.forEach(backend => this.bringGrant(backend));
  }

  /** Refuses hostnames that a parent would not take. */
  public checkHostnames(hostnames: readonly string[]): void {
    this.parents.forEach(parent => this.checkAttachment(parent, hostnames));
  }

  /** Makes a backend known, so that `backendRef` can refer to it. */
  public addBackend(backend: IBackend): void {
    // Checks what somebody else's backend says, too.
    const config = Backend.of(backend.bind(this.route)).bind(this.route);
    this.backends.set(backend, config);
    this.bringGrant(config);
  }

  public backendRef(backend: IBackend): BackendConfig {
    const { group, kind, name, namespace, port } = this.backends.get(backend)!;
    return { group, kind, name, namespace: this.unlessOwn(namespace), port };
  }

  public parentRefs(): RouteParentReference[] {
    return this.parents.map(({ _reference: { group, kind, name, namespace, sectionName, port } }) =>
      ({ group, kind, name, namespace: this.unlessOwn(namespace), sectionName, port }));
  }

  /**
   * Refuses what the clusters, or the controllers of the parents, do not know.
   *
   * @param at where in the spec the part stands, as `rules[]`
   * @param part the part as it is written
   */
  public check(at: string, part: unknown): void {
    GatewayApi._of(this.route)._check(this.kind, at, part);
    this.parts.push({ at, part });
  }

  private unlessOwn(namespace: string | undefined): string | undefined {
    return namespace === this.route.metadata.namespace ? undefined : namespace;
  }

  /** The standard channel tells two references to one parent apart by section only, never by port. */
  private checkDiffer(a: RouteParentReference, b: RouteParentReference): void {
    const same = a.group === b.group && a.kind === b.kind && a.name === b.name && this.unlessOwn(a.namespace) === this.unlessOwn(b.namespace);
    if (same && (a.sectionName ?? b.sectionName) === (b.sectionName ?? a.sectionName)) {
      const section = a.sectionName === undefined ? 'without a section' : `with section '${a.sectionName}'`;
      throw new Error(`${a.kind} '${a.name}' is a parent of the ${this.kind} already, got it once more ${section}: each must name a section of its own`);
    }
  }

  private checkAttachment({ _gateway: gateway, _reference: { sectionName: listener, port } }: RouteParent, hostnames: readonly string[]): void {
    if (gateway !== undefined) {
      checkAttachment({ kind: this.kind, namespace: this.route.metadata.namespace, hostnames, gateway, listener, port });
    }
  }

  /** Routes within a mesh need no grant. */
  private bringGrant({ group, kind, name, namespace }: BackendConfig): void {
    const target = this.unlessOwn(namespace);
    if (target !== undefined && (this.defaults || this.parents.some(parent => parent._reference.group === GROUP))) {
      const from = { group: GROUP, kind: this.kind, namespace: this.route.metadata.namespace ?? 'default' };
      ReferenceGrant._allow(this.route, from, target, { group, kind, name });
    }
  }
}
