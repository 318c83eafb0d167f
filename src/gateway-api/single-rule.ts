import { RouteBackend } from './route-backend';
import { RouteReferences } from './route-references';
import { weightedRef } from './rule-backends';
import type { TlsRouteSpecRules, TlsRouteSpecRulesBackendRefs } from '../imports/gateway.networking.k8s.io';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkDnsSubdomain } from '../semantics/names';
import { checkWeight, checkWeights } from '../semantics/weight';

const MAX_BACKENDS = 16;

/** The only rule of a route that sees connections or datagrams, and so has nothing to match. */
export class SingleRule {
  private readonly backendRefs: Manifest<TlsRouteSpecRulesBackendRefs>[] = [];

  constructor(private readonly kind: string, private readonly references: RouteReferences, private readonly name?: string) {
    if (name !== undefined) {
      references.check('rules[0]', { name: checkDnsSubdomain(name, `ruleName of ${references.named}`) });
    }
  }

  /** The names of the rule: one, or none. */
  public get names(): string[] {
    return this.name === undefined ? [] : [this.name];
  }

  public addAll(backends: readonly RouteBackend[]): void {
    checkWeights(backends.map(({ weight = 1 }) => weight), `backends of ${this.references.named}`);
    backends.forEach(backend => this.add(backend));
  }

  public add({ backend, weight = 1 }: RouteBackend): void {
    const index = this.backendRefs.length;
    checkWeight(weight, `weight of backend ${index + 1} of ${this.references.named}`);
    checkAtMost(MAX_BACKENDS, index + 1, `backends of ${this.references.named}`, 'put several behind one Service');
    const bound = this.references.bind([backend]).get(backend)!;
    const backendRef = weightedRef(this.references.backendRef(bound), weight);
    this.references.check(`rules[0].backendRefs[${index}]`, backendRef);
    this.references.addBackends([bound]);
    this.backendRefs.push(backendRef);
  }

  /** What is missing at the end. */
  public validate(): string[] {
    if (this.backendRefs.length === 0) {
      return [`a ${this.kind} needs at least one backend: pass backends, or call addBackend`];
    }
    return this.backendRefs.some(({ weight }) => weight !== 0) ? [] :
      [`a ${this.kind} needs at least one backend with a weight above 0: every connection would fail`];
  }

  public toKube(): Manifest<TlsRouteSpecRules> {
    return { name: this.name, backendRefs: this.backendRefs };
  }
}
