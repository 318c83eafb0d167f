import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { checkDnsSubdomain } from '../semantics/names';

/** What one object of a route has: a block of the rules, and a block of the hostnames. */
export interface RouteSection {
  /** The number of the block of rules, from 0. */
  readonly rules: number;
  /** Absent where the route has no hostnames. */
  readonly hostnames?: readonly string[];
}

const MAX_HOSTNAMES = 16;

/** A route without hostnames is one block as well. */
const NO_HOSTNAMES: readonly (readonly string[])[] = [[]];

/** The hostnames of each object of a route, at least one block. */
export function hostnameBlocks(hostnames: readonly string[]): readonly (readonly string[])[] {
  return hostnames.length === 0 ? NO_HOSTNAMES :
    Array.from({ length: Math.ceil(hostnames.length / MAX_HOSTNAMES) }, (_, n) => hostnames.slice(n * MAX_HOSTNAMES, (n + 1) * MAX_HOSTNAMES));
}

/** The name of an object of a route, by its number from 0. */
export function objectName(route: string, n: number): string {
  return n === 0 ? route : `${route}-${n + 1}`;
}

/**
 * The objects of a route: the first is the construct's own; as many more as the limits ask for are named after it.
 *
 * Every block of hostnames comes with every block of rules: the hostname decides before anything else, and must find the same rules then.
 */
export class RouteObjects {
  private readonly others: ApiObject[] = [];
  private blocks = NO_HOSTNAMES;

  constructor(private readonly first: ApiObject, private readonly spec: (section: RouteSection) => unknown) {}

  /** Refuses names that become too long with their numbers. */
  public check(hostnames: readonly string[], ruleBlocks: number): void {
    const count = hostnameBlocks(hostnames).length * ruleBlocks;
    if (count > 1) {
      checkDnsSubdomain(objectName(this.first.name, count - 1), `name of object ${count} of the split route`);
    }
  }

  /** Makes objects, or takes them away, so that each block has its own; their names are checked. */
  public resize(hostnames: readonly string[], ruleBlocks: number): void {
    this.blocks = hostnameBlocks(hostnames);
    const count = this.blocks.length * ruleBlocks;
    const scope = this.first.node.scope!;
    for (let n = this.others.length + 1; n < count; n++) {
      this.others.push(new RouteObject(scope, `Resource-${n + 1}`, this.first, objectName(this.first.name, n), () => this.spec(this.section(n))));
    }
    while (this.others.length + 1 > count) {
      scope.node.tryRemoveChild(this.others.pop()!.node.id);
    }
  }

  /** What the object of a number, from 0, has. Rules at the end of the route rename nothing, as hostnames vary faster. */
  public section(n: number): RouteSection {
    const hostnames = this.blocks[n % this.blocks.length];
    return {
      rules: Math.floor(n / this.blocks.length),
      hostnames: hostnames.length > 0 ? hostnames : undefined,
    };
  }

  /** The name of each object, and what it has. */
  public list(): { name: string; section: RouteSection }[] {
    return [this.first, ...this.others].map(({ name }, n) => ({ name, section: this.section(n) }));
  }
}

/** An object with the metadata of the first one, whatever is said of that later; only the name is its own. */
class RouteObject extends ApiObject {
  constructor(scope: Construct, id: string, private readonly first: ApiObject, name: string, spec: () => unknown) {
    const { apiVersion, kind, metadata: { namespace } } = first;
    super(scope, id, { apiVersion, kind, metadata: { name, namespace }, spec: Lazy.any({ produce: spec }) });
  }

  public override toJson(): unknown {
    return { ...super.toJson(), metadata: { ...this.first.metadata.toJson(), name: this.name } };
  }
}
