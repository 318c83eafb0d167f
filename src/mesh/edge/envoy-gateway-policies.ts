import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { AttachedPolicy, PolicyTarget } from '../../envoy-gateway/attached-policy';
import { hostSlug } from '../../semantics/names';
import { laidOver } from '../given-fields';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** A kind of policy. */
export type PolicyClass<Spec extends object> =
  new (scope: Construct, id: string, metadata: ApiObjectMetadata, target: PolicyTarget, spec: () => Spec) => AttachedPolicy<Spec>;

/** Whose policies they are. */
export interface PolicyHome {
  readonly scope: Construct;
  /** The name of the Gateway. */
  readonly name: string;
  readonly namespace: IMeshNamespace;
}

/**
 * The policies of one kind for a Gateway: one for all of it, and one for each host of which something particular is said. That one replaces the first whole, so
 * that it repeats what is said of all hosts, whenever that is.
 */
export class EnvoyGatewayPolicies<Spec extends object> {
  private readonly parts: { readonly spec: Spec; readonly hosts?: readonly string[] }[] = [];
  private readonly made = new Set<string | undefined>();

  constructor(private readonly kind: PolicyClass<Spec>, private readonly home: PolicyHome) {}

  /** Says something of every host. */
  public say(spec: Spec): void {
    this.parts.push({ spec });
    this.make(undefined, { kind: 'Gateway', name: this.home.name });
  }

  /** Says something of hosts, which arrive at listeners. */
  public sayOf(hosts: readonly string[], listenersOf: (host: string) => string[], spec: Spec): void {
    this.parts.push({ spec, hosts });
    hosts.forEach(host => this.make(host, { kind: 'Gateway', name: this.home.name, listeners: listenersOf(host) }));
  }

  /** What is said of a host, or of every one; nothing where nothing is. */
  public specOf(host: string | undefined): Spec | undefined {
    const said = this.parts.filter(({ hosts }) => hosts === undefined || (host !== undefined && hosts.includes(host)));
    return said.reduce<object | undefined>((sum, { spec }) => laidOver(sum, spec), undefined) as Spec | undefined;
  }

  private make(host: string | undefined, target: PolicyTarget): void {
    if (!this.made.has(host)) {
      this.made.add(host);
      this.add(host === undefined ? [] : [hostSlug(host)], target, () => this.specOf(host)!);
    }
  }

  /** One more, for a target of its own, named after the gateway and what it is for. */
  public add(which: readonly string[], target: PolicyTarget, spec: () => Spec): void {
    const { scope, name, namespace } = this.home;
    const metadata = { name: [name, ...which].join('-'), namespace: namespace.name, labels: patternLabels('meshed-gateway', name) };
    new this.kind(scope, [this.kind.name, ...which].join('-'), metadata, target, spec);
  }
}
