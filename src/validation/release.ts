import { missingFromIstio } from './istio-release';
import { Problem, versionProblem } from './problem';
import { Validator } from './validator';
import { JsonObject } from '../manifests/json';
import { GatewayApiBundle } from '../semantics/gateway-api-bundle';
import { gateOf, groupOfKind, isGatewayApiKind, kindSince, servedVersions, whyMissing, whyNoKind, whyUnserved } from '../semantics/gateway-api-since';
import { GatewayApiVersion } from '../semantics/gateway-api-version';
import { IstioVersion } from '../semantics/istio-version';

const REMEDY = 'leave it out, or validate for the release that the cluster has';
/** The release whose schemas there are. */
const PINNED = GatewayApiBundle.V1_7;

/** What a cluster has of the APIs whose releases differ; of Istio 1.31 unless it says otherwise. */
export interface Release extends GatewayApiVersion {
  readonly istio?: IstioVersion;
}

/** What is wrong with an object where releases of the Gateway API and of Istio are installed; undefined when nobody can say. */
export function checkForRelease(object: JsonObject, release: Release): Problem[] | undefined {
  const problems = checkForGatewayApi(object, release);
  return problems && release.istio !== undefined ? instead(missingFromIstio(object, release.istio), problems) : problems;
}

function checkForGatewayApi(object: JsonObject, version: GatewayApiVersion): Problem[] | undefined {
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

function lessThanPinned(problems: Problem[], object: JsonObject, kind: string, version: GatewayApiVersion): Problem[] {
  // The API server takes every word of an open set.
  const lacks = (gateOf(kind, version)?.meet(object.spec) ?? []).filter(({ barrier }) => barrier.word !== 'open')
    .map(({ barrier, place }) => versionProblem(['spec', ...place], `${whyMissing(barrier, version)}; ${REMEDY}`));
  return instead(lacks, problems);
}

/** What a release lacks takes the place of what the schemas of the pinned one say of the same. */
function instead(lacks: Problem[], problems: Problem[]): Problem[] {
  const places = new Set(lacks.map(({ path }) => JSON.stringify(path)));
  return [...lacks, ...problems.filter(({ path }) => !places.has(JSON.stringify(path)))];
}
