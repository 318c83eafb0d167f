import { Resource } from 'cdk8s-plus-28';
import { BackendConfig, IBackend } from './backend';
import { DefaultGatewayScope } from './default-gateways';
import { GatewayApi } from './gateway-api';
import { bindBackend, BoundBackend, bringGrant, granteeOf } from './granted-reference';
import { checkAttachment } from './route-attachment';
import { checkWrittenHeaders } from './route-headers';
import { RouteParent, RouteParentReference } from './route-parent';
import { hostnameBlocks, objectName } from './route-split-objects';
import { requirementOf, WrittenRule } from './rule-requirements';
import { RouteRule, rewritesOf } from './rule-rewrites';
import { takeListeners } from './sole-route';
import { GatewayApiChannel } from '../semantics/gateway-api-channel';
import { GatewayController } from '../semantics/gateway-controller';
import { checkAtMost } from '../semantics/lists';
import { article } from '../semantics/names';
import { formatPlace } from '../semantics/place';

const GROUP = 'gateway.networking.k8s.io';
const MAX_PARENTS = 32;
const WHOLE_RULE = /^rules\[\d+\]$/;
const KIND_ALONE = { at: '', part: {} };

/** What a route of any kind refers to: its parents, and its backends with the grants that they need. */
export class RouteReferences {
  // Lists grow by `concat`: `push` and spreading make room for sixteen more, which hardly any route needs.
  private parents: readonly RouteParent[] = [];
  private refs: readonly RouteParentReference[] = [];
  /** Those that a parent which is added later may have to bring grants for. */
  private readonly backends: BoundBackend[] = [];
  /** What a reader is asked; the first is whether it knows the kind at all. */
  private parts: readonly { readonly at: string; readonly part: unknown }[] = [KIND_ALONE];
  private readers: readonly GatewayController[] = [];
  private hostnames: readonly string[] = [];
  private defaults = false;

  constructor(private readonly route: Resource, private readonly kind: string) {}

  /** What is missing at the end, or of no use. */
  public validate(): string[] {
    return [
      ...this.parents.length > 0 || this.defaults ? [] :
        [`${article(this.kind)} needs at least one parent: pass parents, or call addParent`],
      ...this.validateHostnames(),
      ...this.validateRules(),
    ];
  }

  /** Attaches the route, which has no backends yet, to the default Gateways as well. Nothing is known of them. */
  public useDefaultGateways(scope: DefaultGatewayScope | undefined): void {
    if (scope !== undefined) {
      this.check('', { useDefaultGateways: scope });
      this.defaults = scope === DefaultGatewayScope.ALL;
    }
  }

  /** The route as messages name it: `HTTPRoute 'web'`. */
  public get named(): string {
    return `${this.kind} '${this.route.name}'`;
  }

  /** Attaches the route, which must have its hostnames by then. What is refused leaves nothing behind. */
  public addParent(parent: RouteParent, hostnames: readonly string[] = []): void {
    checkAtMost(MAX_PARENTS, this.parents.length + 1, `parents of ${this.named}`, 'make a second route for the others');
    this.parents.forEach(other => this.checkDiffer(parent._reference, other._reference));
    parent._checkRoute({ kind: this.kind, name: this.route.name, namespace: this.route.metadata.namespace });
    const listeners = this.checkAttachment(parent, hostnames);
    const reader = parent._reader(GatewayApi._of(this.route).mesh);
    const news = reader === undefined || this.readers.includes(reader) ? [] : [reader];
    const { group, kind, name, namespace, sectionName, port } = parent._reference;
    const ref = { group, kind, name, namespace: this.unlessOwn(namespace), sectionName, port };
    const at = `parentRefs[${this.refs.length}]`;
    news.forEach(each => this.parts.forEach(earlier => this.ask(earlier.at, earlier.part, [each])));
    this.ask(at, ref, [...this.readers, ...news]);
    if (this.needsGrants([parent])) {
      this.backends.forEach(backend => granteeOf(this.route, backend));
    }
    takeListeners(this.route, this.kind, parent, listeners);
    this.readers = this.readers.concat(news);
    this.parts = this.parts.concat({ at, part: ref });
    this.parents = this.parents.concat(parent);
    this.refs = this.refs.concat(ref);
    this.hostnames = hostnames;
    this.backends.forEach(backend => this.bringGrant(backend));
  }

  /** Refuses hostnames that a parent would not take. */
  public checkHostnames(hostnames: readonly string[]): void {
    this.parents.forEach(parent => this.checkAttachment(parent, hostnames));
    this.hostnames = hostnames;
  }

  /** What backends say; each is asked once. Refuses those that the route cannot get a grant for. */
  public bind(backends: readonly IBackend[]): ReadonlyMap<IBackend, BoundBackend> {
    const bound = new Map(backends.map(backend => [backend, bindBackend(this.route, backend)]));
    if (this.needsGrants(this.parents)) {
      bound.forEach(each => granteeOf(this.route, each));
    }
    return bound;
  }

  /** Brings the grants of backends that a rule refers to; the rule is checked before. */
  public addBackends(backends: Iterable<BoundBackend>): void {
    for (const backend of backends) {
      if (this.unlessOwn(backend.namespace) !== undefined) {
        this.backends.push(backend);
        this.bringGrant(backend);
      }
    }
  }

  /** A backend as it is written. */
  public backendRef({ group, kind, name, namespace, port }: BoundBackend): BackendConfig {
    return { group, kind, name, namespace: this.unlessOwn(namespace), port };
  }

  /** The parents as they are written; nothing where there are none, as a route of the default Gateways. */
  public parentRefs(): readonly RouteParentReference[] | undefined {
    return this.refs.length > 0 ? this.refs : undefined;
  }

  /**
   * Refuses what the clusters, or the controllers of the parents, do not know. What is added later is asked of the parents before it, and the other way round.
   *
   * @param at where in the spec the part stands, as `rules[1]`
   * @param part the part as it is written
   */
  public check(at: string, part: unknown): void {
    if (GatewayApi._of(this.route).channel === GatewayApiChannel.EXPERIMENTAL) {
      checkWrittenHeaders(this.kind, `${formatPlace(at, [])} of ${this.named}`, part);
    }
    this.ask(at, part, this.readers);
    this.parts = this.parts.concat({ at, part });
  }

  /** A rule as its parents, and perhaps one more, need to have it written. */
  public rewritten(rule: RouteRule, more: readonly RouteParent[] = []): RouteRule {
    const parents = this.parents.concat(more);
    return rewritesOf(parents).reduce((written, rewrite) => rewrite.write(written, this.routeOf(parents)), rule);
  }

  /** The same of all rules. */
  public rewrittenAll(rules: readonly RouteRule[]): readonly RouteRule[] {
    return rewritesOf(this.parents).length === 0 ? rules : rules.map(rule => this.rewritten(rule));
  }

  /** Makes what rules refer to as they are rewritten. */
  public accompany(rules: readonly RouteRule[]): void {
    rewritesOf(this.parents).forEach(rewrite => rules.forEach(rule => rewrite.accompany(rule, this.routeOf(this.parents))));
  }

  private routeOf(parents: readonly RouteParent[]) {
    const { mesh } = GatewayApi._of(this.route);
    return { route: this.route, kind: this.kind, readers: parents.flatMap(parent => parent._reader(mesh) ?? []) };
  }

  private ask(at: string, part: unknown, readers: readonly GatewayController[]): void {
    (readers.length > 0 ? readers : [undefined]).forEach(reader => GatewayApi._of(this.route)._check(this.route, at, part, reader));
  }

  private unlessOwn(namespace: string | undefined): string | undefined {
    return namespace === this.route.metadata.namespace ? undefined : namespace;
  }

  /** Two references to one parent differ by section, and neither is without one; in the experimental channel by section or port. */
  private checkDiffer(a: RouteParentReference, b: RouteParentReference): void {
    if (a.group !== b.group || a.kind !== b.kind || a.name !== b.name || this.unlessOwn(a.namespace) !== this.unlessOwn(b.namespace)) {
      return;
    }
    const byPort = GatewayApi._of(this.route).channel === GatewayApiChannel.EXPERIMENTAL;
    const pairs = [[a.sectionName, b.sectionName], ...byPort ? [[a.port, b.port]] : []];
    const mixed = pairs.some(([one, other]) => (one === undefined) !== (other === undefined));
    if (mixed || pairs.every(([one, other]) => one === other)) {
      const section = a.sectionName === undefined ? 'without a section' : `with section '${a.sectionName}'`;
      const port = !byPort ? '' : a.port === undefined ? ' and no port' : ` and port ${a.port}`;
      throw new Error(`${a.kind} '${a.name}' is a parent of ${this.named} already, got it once more ${section}${port}: ` +
        `each must name a section${byPort ? ' or a port' : ''} of its own`);
    }
  }

  private checkAttachment({ _owner: owner, _reference }: RouteParent, hostnames: readonly string[]): string[] | undefined {
    const { kind, sectionName: listener, port } = _reference;
    const ownerKind = kind === 'Gateway' ? 'gateway' : 'listener set';
    const { name, metadata: { namespace } } = this.route;
    // Each block is an object of its own; routes of which it matters which listeners they take have no hostnames.
    const [taken] = hostnameBlocks(hostnames).map((block, n) => owner && checkAttachment({
      kind: this.kind, name: objectName(name, n), namespace, hostnames: block, owner, ownerKind, listener, port,
    }));
    return taken;
  }

  /** A mesh knows requests by the address of the Service; only TLS has its server name in the clear. */
  private validateHostnames(): string[] {
    const ignored = this.kind !== 'TLSRoute' && this.hostnames.length > 0 && !this.defaults && this.parents.length > 0
      && this.parents.every(parent => parent._isService);
    return ignored ? [`hostnames must be left out of ${this.named}, whose parents are Services, got ${this.hostnames.join(', ')}: ` +
      'a mesh ignores them; attach the route to a Gateway as well, or leave them out'] : [];
  }

  /** What parents ask of rules, whoever wrote those. */
  private validateRules(): string[] {
    const rules = this.parts.filter(({ at }) => WHOLE_RULE.test(at));
    return this.parents.flatMap(parent => {
      const lacking = requirementOf(parent._owner);
      return lacking === undefined ? [] : rules.flatMap(({ at, part }) => {
        const why = lacking(part as WrittenRule, this.route.metadata.namespace);
        return why === undefined ? [] : `${formatPlace(at, [])} of ${this.named} ${why}`;
      });
    });
  }

  /** Routes within a mesh need no grant. */
  private bringGrant(backend: BoundBackend): void {
    if (this.needsGrants(this.parents)) {
      bringGrant(this.route, backend);
    }
  }

  private needsGrants(parents: readonly RouteParent[]): boolean {
    return this.defaults || parents.some(parent => parent._reference.group === GROUP);
  }
}
