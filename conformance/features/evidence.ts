import { join } from 'node:path';
import { Case, CASES, caseNames, readSpec } from '../case';
import { FEATURES } from './names';
import { firstRouteMatches, matches, routeMatches } from './partial';
import { recordedIn } from '../recorded';

/** Who shows a feature: Istio by istiod and requests through Envoy, Envoy Gateway by its translation. */
export const IMPLEMENTATIONS = ['istio', 'envoy-gateway'] as const;
export type Implementation = typeof IMPLEMENTATIONS[number];

/** What a case says that an implementation makes of a feature. */
export interface Evidence {
  readonly says: Outcome;
  /** Why not all is as Gateway API says. */
  readonly because?: string;
  /** Of Istio: what came of requests, by their names: a part of the verdict, the backend that answered, or the status. */
  readonly requests?: { readonly [request: string]: unknown };
  /** Parts of the status, by object. */
  readonly status?: { readonly [object: string]: unknown };
  /** Of Envoy Gateway: parts of routes, of which there must be one each. */
  readonly routes?: readonly unknown[];
  /** Of Envoy Gateway: parts of routes that are the first of their hosts. */
  readonly firstRoutes?: readonly unknown[];
  /** Of Envoy Gateway: parts of lines that describe listeners. */
  readonly listeners?: readonly string[];
  readonly clusters?: object;
  readonly backends?: object;
  readonly infrastructure?: object;
}

/** Whether it does as Gateway API says, in another way, not at all, or nobody could ask it. */
export type Outcome = 'works' | 'differs' | 'lacks' | 'unasked';
const OUTCOMES: readonly Outcome[] = ['works', 'differs', 'lacks', 'unasked'];

/** Evidence, where it is, and what of it the recorded verdicts do not bear out. */
export interface Judged extends Evidence {
  readonly feature: string;
  readonly implementation: Implementation;
  readonly case: string;
  readonly wrong: readonly string[];
}

type Features = { readonly [feature: string]: { readonly [implementation in Implementation]?: readonly Evidence[] } };
type Engines = { readonly [engine: string]: any };

/** What all cases say of features, held against what is recorded of them. */
export function allEvidence(): Judged[] {
  return caseNames().flatMap(name => judgeCase(name, (readSpec(name).features ?? {}) as Features, recordedIn(join(CASES, name))?.engines ?? {}));
}

/** What a case says of features, held against the verdicts of its engines. */
export function judgeCase(name: Case['name'], features: Features, engines: Engines): Judged[] {
  return Object.entries(features).flatMap(([feature, by]) => {
    if (!FEATURES.some(known => known.name === feature)) {
      throw new Error(`${name} names a feature that there is not: '${feature}', see conformance/features/names.ts`);
    }
    return IMPLEMENTATIONS.flatMap(implementation => (by[implementation] ?? []).map(evidence => ({
      ...evidence, feature, implementation, case: name, wrong: [...wrongInForm(evidence), ...wrongIn(evidence, implementation, engines)],
    })));
  });
}

function wrongInForm({ says, because, ...shown }: Evidence): string[] {
  return [
    ...OUTCOMES.includes(says) ? [] : [`says '${says}': use one of ${OUTCOMES.join(', ')}`],
    ...(says === 'works') === (because === undefined) ? [] : [`because is for what does not work, and needed there, got '${because}' of what ${says}`],
    ...(says === 'unasked') === (Object.keys(shown).length === 0) ? [] : ['what was asked must be shown, and nothing else'],
  ];
}

function wrongIn(evidence: Evidence, implementation: Implementation, engines: Engines): string[] {
  const { requests = {}, status = {}, routes = [], firstRoutes = [], listeners = [], clusters = {}, backends = {}, infrastructure = {} } = evidence;
  const translation = implementation === 'istio' ? { status: engines.istiod?.status ?? {} } : Object.values(engines['envoy-gateway'] ?? {})[0] as Engines ?? {};
  return [
    ...Object.entries(requests).filter(([name, wanted]) => !matches(engines.envoy?.[name], requestPart(wanted))).map(([name]) => `request '${name}'`),
    ...routes.filter(route => !routeMatches(translation.routes ?? {}, route)).map(route => `route ${JSON.stringify(route)}`),
    ...firstRoutes.filter(route => !firstRouteMatches(translation.routes ?? {}, route)).map(route => `first route ${JSON.stringify(route)}`),
    ...listeners.filter(part => !(translation.listeners ?? []).some((line: string) => line.includes(part))).map(part => `listener '${part}'`),
    ...Object.entries({ status, clusters, backends, infrastructure }).flatMap(([what, parts]) =>
      Object.entries(parts).filter(([name, wanted]) => !matches(translation[what]?.[name], wanted)).map(([name]) => `${what} of ${name}`)),
  ];
}

/** A text is the backend that answered, a number the status. */
export function requestPart(wanted: unknown): unknown {
  return typeof wanted === 'string' ? { backend: { backend: wanted } } : typeof wanted === 'number' ? { outcome: wanted } : wanted;
}
