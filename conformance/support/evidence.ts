import { join } from 'node:path';
import { CASES, caseNames, readSpec } from '../case';
import { requestPart } from '../features/evidence';
import { matches } from '../features/partial';
import { recordedIn } from '../recorded';

/** What a case says that proves a cell: engines that judge its objects, and parts of what is recorded of them; of requests, what came of them. */
export type Evidence = { readonly [engine: string]: true | { readonly [part: string]: unknown } };

/** Evidence, where it is, and what of it the recorded verdicts do not bear out. */
export interface Proof {
  /** The cell: the ids of its section, its row and its column. */
  readonly cell: string;
  readonly case: string;
  readonly engines: readonly string[];
  readonly requests: readonly string[];
  readonly wrong: readonly string[];
}

/** What engines record of requests, among other things. */
const REQUESTS: { readonly [engine: string]: (verdict: any) => object } = {
  envoy: verdict => verdict,
  ambient: ({ requests }) => requests,
  nginx: ({ requests }) => requests,
};

/** What all cases prove, held against what is recorded of them. */
export function allProofs(): Proof[] {
  return caseNames().flatMap(name =>
    proofsOf(name, (readSpec(name).proves ?? {}) as { readonly [cell: string]: Evidence }, recordedIn(join(CASES, name))?.engines ?? {}));
}

/** What a case proves, held against the verdicts of its engines. */
export function proofsOf(name: string, proves: { readonly [cell: string]: Evidence }, recorded: { readonly [engine: string]: any }): Proof[] {
  return Object.entries(proves).map(([cell, evidence]) => ({
    cell,
    case: name,
    engines: Object.keys(evidence),
    requests: Object.entries(evidence).flatMap(([engine, parts]) =>
      parts === true ? [] : Object.keys((engine in REQUESTS ? parts : parts.requests) ?? {})),
    wrong: Object.entries(evidence).flatMap(([engine, parts]) => wrongIn(engine, parts, recorded[engine])),
  }));
}

function wrongIn(engine: string, parts: true | { readonly [part: string]: unknown }, verdict: any): string[] {
  if (verdict === undefined) {
    return [`engine '${engine}' has not judged`];
  }
  if (parts === true) {
    return engine === 'apiserver' && verdict.rejected.length > 0 ? ["what 'apiserver' takes"] : [];
  }
  return Object.entries(parts).filter(([part, wanted]) => !matches(partOf(engine, verdict, part), engine === 'ambient' ? wanted : requestPart(wanted)))
    .map(([part]) => `'${part}' of ${engine}`);
}

/** A request, a pod of the injector, the status of an object, or whatever an engine records by that name. */
function partOf(engine: string, verdict: any, part: string): unknown {
  if (engine in REQUESTS) {
    return (REQUESTS[engine](verdict) as { [request: string]: unknown })[part];
  }
  switch (engine) {
    case 'inject': return verdict.find(({ pod }: { pod: string }) => pod === part);
    case 'istiod': return verdict.status[part];
    // By the class whose Gateways it controls; requests beside.
    case 'envoy-gateway': return part === 'requests' ? verdict.requests : Object.values<any>(verdict)[0][part];
    default: return verdict[part];
  }
}
