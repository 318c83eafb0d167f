import { checkPercent } from './count';
import { authorityWrites, headersManifest } from './header-operations-manifest';
import { httpMatchManifest } from './http-match-manifest';
import { formatPositiveDuration } from './positive-duration';
import { checkRouteWeights } from './route-weights';
import { HttpDestination, HttpMirror, IVirtualServiceDelegate, VirtualServiceHttpRoute } from './virtual-service-http-route';
import type { VirtualServiceSpecHttp, VirtualServiceSpecHttpDelegate, VirtualServiceSpecHttpMirrors, VirtualServiceSpecHttpRoute } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** What a route has to know of the object it is part of. */
export interface HttpRouteScope {
  /** How the object writes its gateways; a delegate does not know them. */
  readonly gateways?: string[];
  readonly namespace?: string;
  readonly isDelegate: boolean;
}

/** What a route can do with a request. */
const ACTIONS = ['destinations', 'redirect', 'directResponse', 'delegate'] as const;

/** What only happens to requests that go to a destination. */
const ON_THE_WAY = ['timeout', 'retries', 'mirrors'] as const;

/** Checks and writes a route. */
export function httpRouteManifest(route: VirtualServiceHttpRoute, scope: HttpRouteScope): Manifest<VirtualServiceSpecHttp> {
  const what = route.name === undefined ? 'an HTTP route' : `HTTP route '${route.name}'`;
  checkActions(route, scope, what);
  const match = route.matches?.map(m => httpMatchManifest(m, scope.gateways));
  const redirect = route.redirect?._toKube();
  if (redirect?.prefixRewrite !== undefined && match?.some(({ uri }) => uri && uri.prefix === undefined)) {
    throw new Error(`prefixRewrite needs prefix matches of uri, which not all matches of ${what} are: use uri in the redirect`);
  }
  return {
    name: route.name,
    match,
    route: route.destinations && destinations(route.destinations, what),
    redirect,
    directResponse: route.directResponse?._toKube(),
    delegate: route.delegate && delegate(route.delegate, scope.namespace),
    rewrite: route.rewrite?._toKube(),
    timeout: route.timeout && formatPositiveDuration(route.timeout, `timeout of ${what}`),
    retries: route.retries?._toKube(),
    fault: route.fault?._toKube(),
    mirrors: route.mirrors?.map(mirror),
    corsPolicy: route.cors?._toKube(),
    headers: route.headers && headersManifest(route.headers),
  };
}

function checkActions(route: VirtualServiceHttpRoute, { isDelegate }: HttpRouteScope, what: string): void {
  const { redirect, directResponse, rewrite, fault } = route;
  const actions = ACTIONS.filter(action => route[action] !== undefined);
  if (actions.length !== 1) {
    throw new Error(`${what} must have exactly one of ${ACTIONS.join(', ')}, got ${actions.join(' and ') || 'none'}`);
  }
  if (route.delegate && isDelegate) {
    throw new Error(`${what} of a delegate cannot delegate again: write the routes of '${route.delegate.name}' here`);
  }
  if ((redirect || directResponse) && (fault || rewrite)) {
    throw new Error(`${what} has a ${actions[0]}, so it takes no ${fault ? 'fault' : 'rewrite'}`);
  }
  const lost = redirect || directResponse ? ON_THE_WAY.find(field => route[field] !== undefined) : undefined;
  if (lost) {
    throw new Error(`${what} has a ${actions[0]}, so Istio ignores its ${lost}: leave it out`);
  }
  const tooLong = route.timeout && route.retries?._longerThan(route.timeout);
  if (tooLong) {
    throw new Error(`perTryTimeout of ${what} must not be above its timeout, which ends all attempts, got ${tooLong.toHumanString()} and ` +
      route.timeout.toHumanString());
  }
  const written = route.headers ? authorityWrites(route.headers) : [];
  const authorities = rewrite?._toKube().authority ? ['rewrite'].concat(written) : written;
  const inner = route.destinations?.flatMap(({ headers }) => headers ? authorityWrites(headers) : []) ?? [];
  if (authorities.length > 0 && inner.length > 0) {
    throw new Error(`${what} must set the authority in one place, got ${authorities[0]} and ${inner[0]} of a destination, which Istio ignores`);
  }
  if (authorities.length > 1) {
    throw new Error(`${what} must set the authority in one place, got ${authorities.join(' and ')}`);
  }
}

function destinations(targets: HttpDestination[], what: string): Manifest<VirtualServiceSpecHttpRoute>[] {
  checkRouteWeights(targets, what);
  return targets.map(({ destination, weight, headers }) => ({
    destination: destination._toKube(),
    weight,
    headers: headers && headersManifest(headers),
  }));
}

function delegate(named: IVirtualServiceDelegate, own?: string): Manifest<VirtualServiceSpecHttpDelegate> {
  const { name, namespace, exportTo } = checkNamed('delegate', named);
  // '.' is the namespace of the delegate itself.
  const visible = exportTo?.map(target => target === '.' ? namespace ?? own : target);
  if (visible && own !== undefined && !visible.includes('*') && !visible.includes(own)) {
    throw new Error(`delegate '${name}' is not exported to namespace '${own}': it has exportTo ${exportTo!.join(', ')}`);
  }
  return { name, namespace };
}

function mirror({ destination, percentage }: HttpMirror): Manifest<VirtualServiceSpecHttpMirrors> {
  checkPercent(percentage, 'percentage of a mirror');
  return { destination: destination._toKube(), percentage: percentage === undefined ? undefined : { value: percentage } };
}
