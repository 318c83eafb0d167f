import { join } from 'node:path';
import { CASES, caseNames, readSpec } from '../case';
import { requestPart } from '../features/evidence';
import { matches } from '../features/partial';
import { recordedIn } from '../recorded';

/** A request, and what of its recorded verdict it is about: a part of it, the backend that answered, or the status. */
type Requests = { readonly [request: string]: unknown };

/** Requests that show what a feature does, and requests that show how it is without it. */
export interface Shown {
  readonly with: Requests;
  readonly without: Requests;
}

/** What is shown of a feature, where, by which verdicts, and what of it those do not bear out. */
export interface ShownFeature {
  readonly feature: string;
  readonly case: string;
  readonly with: readonly ShownRequest[];
  readonly without: readonly ShownRequest[];
  readonly wrong: readonly string[];
}

/** A request, what is recorded of it, and what of that is told. */
export interface ShownRequest {
  readonly request: string;
  readonly verdict: any;
  readonly told: any;
}

/** What all cases show, held against what is recorded of them. */
export function allShown(): ShownFeature[] {
  return caseNames().flatMap(name => shownBy(
    name, (readSpec(name).shows ?? {}) as { readonly [feature: string]: Shown }, (recordedIn(join(CASES, name))?.engines.envoy ?? {}) as Requests,
  ));
}

/** What a case shows, held against the verdicts of its requests. */
export function shownBy(name: string, shows: { readonly [feature: string]: Shown }, recorded: Requests): ShownFeature[] {
  return Object.entries(shows).map(([feature, shown]) => ({
    feature,
    case: name,
    with: named(shown.with, recorded),
    without: named(shown.without, recorded),
    wrong: Object.entries({ ...shown.with, ...shown.without })
      .filter(([request, wanted]) => !matches(recorded[request], requestPart(wanted))).map(([request]) => `request '${request}'`),
  }));
}

function named(requests: Requests, recorded: Requests): ShownRequest[] {
  return Object.entries(requests).map(([request, wanted]) => ({ request, verdict: recorded[request] ?? {}, told: requestPart(wanted) }));
}
