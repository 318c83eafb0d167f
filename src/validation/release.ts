import { FindingRule } from './finding';
import { Problem } from './problem';
import { Validator } from './validator';
import { JsonObject } from '../manifests/json';
import { GatewayApiBundle } from '../semantics/gateway-api-bundle';
import { gateOf, groupOfKind, isGatewayApiKind, kindSince, servedVersions, whyMissing, whyNoKind, whyUnserved } from '../semantics/gateway-api-since';
import { GatewayApiVersion } from '../semantics/gateway-api-version';

const REMEDY = 'leave it out, or validate for the release that the cluster has';
/** The release whose schemas there are. */
const PINNED = GatewayApiBundle.V1_7;

/** What is wrong with an object where a release of the Gateway API is installed; undefined when nobody can say. */
export function checkForRelease(object: JsonObject, version: GatewayApiVersion): Problem[] | undefined {
  const { apiVersion, kind } = object as { apiVersion?: unknown; kind?: unknown };
  const validator = Validator.of(version.channel);
  if (version.bundle === PINNED || typeof kind !== 'string' || !isGatewayApiKind(kind) || String(apiVersion).split('/')[0] !== groupOfKind(kind)) {
    return isForeign(validator, apiVersion, kind) ? undefined : validator.check(object);
  }
  const served = servedVersions(kind, version);
  if (served.length === 0) {
    return kindSince(kind) ? [versionProblem(['kind'], `${whyNoKind(kind, version)}; ${REMEDY}`)] : validator.check(object);
  }
  const [, own = ''] = String(apiVersion).split('/');
  if (!served.includes(own)) {
    return [versionProblem(['apiVersion'], whyUnserved(kind, own, version))];
  }
  // What the pinned release has no more, no schema describes.
  return kindSince(kind) && lessThanPinned(validator.check(object), object, kind, version);
}

function isForeign(validator: Validator, apiVersion: unknown, kind: unknown): boolean {
  return typeof apiVersion === 'string' && typeof kind === 'string' && validator.knows(apiVersion, kind) === 'foreign';
}

/** What the release lacks takes the place of what the schemas of the pinned one say of the same. */
function lessThanPinned(problems: Problem[], object: JsonObject, kind: string, version: GatewayApiVersion): Problem[] {
  // The API server takes every word of an open set.
  const lacks = (gateOf(kind, version)?.meet(object.spec) ?? []).filter(({ barrier }) => barrier.word !== 'open')
    .map(({ barrier, place }) => versionProblem(['spec', ...place], `${whyMissing(barrier, version)}; ${REMEDY}`));
  const places = new Set(lacks.map(({ path }) => JSON.stringify(path)));
  return [...lacks, ...problems.filter(({ path }) => !places.has(JSON.stringify(path)))];
}

function versionProblem(path: readonly (string | number)[], message: string): Problem {
  return { path, rule: FindingRule.VERSION, message };
}
