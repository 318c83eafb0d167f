import { Problem, versionProblem } from './problem';
import { JsonObject } from '../manifests/json';
import { isIstioKind, istioGateOf, newestIstioVersion, notYetServed, whyNoIstioKind, whyNotInIstio } from '../semantics/istio-since';
import { IstioVersion } from '../semantics/istio-version';

const REMEDY = 'leave it out, or validate for the release that the cluster has';

/** What a release of Istio lacks of an object; nothing for an object of something else. */
export function missingFromIstio(object: JsonObject, release: IstioVersion): Problem[] {
  const [group, version] = String(object.apiVersion).split('/');
  const kind = String(object.kind);
  if (!isIstioKind(group, kind)) {
    return [];
  }
  const newest = newestIstioVersion(kind, release);
  if (newest === undefined) {
    return [versionProblem(['kind'], `${whyNoIstioKind(kind, release)}; ${REMEDY}`)];
  }
  const since = notYetServed(kind, version, release);
  if (since !== undefined) {
    return [versionProblem(['apiVersion'], `must be ${group}/${newest} for a ${kind} in Istio ${release}, got '${group}/${version}', which is served since ${since}`)];
  }
  return (istioGateOf(kind, release)?.meet(object.spec) ?? [])
    .map(({ barrier, place }) => versionProblem(['spec', ...place], `${whyNotInIstio(barrier, release)}; ${REMEDY}`));
}
