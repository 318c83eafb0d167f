import { Duration } from 'cdk8s';
import { HttpCorsOptions } from './http-cors';
import type { HttpRouteSpecRulesFiltersCors } from '../imports/gateway.networking.k8s.io';
import { describeDuration } from '../semantics/duration';
import { checkHeaderName } from '../semantics/header';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

const ORIGIN = /^https?:\/\/((\*\.)?([a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+|\*)(:[0-9]{1,5})?$/;
const MAX_ORIGIN = 253;
const MAX_ENTRIES = 64;
const MAX_METHODS = 9;
const MAX_INT = 2147483647;

/** The spec of a CORS filter. */
export function httpCorsSpec(options: HttpCorsOptions): Manifest<HttpRouteSpecRulesFiltersCors> {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge = Duration.seconds(5) } = options;
  allowOrigins?.forEach(checkOrigin);
  allowHeaders?.forEach(name => checkHeaderName(name, 'allowHeaders of CORS'));
  exposeHeaders?.forEach(name => checkHeaderName(name, 'exposeHeaders of CORS'));
  checkList(allowOrigins, 'allowOrigins', MAX_ENTRIES);
  checkList(allowMethods, 'allowMethods', MAX_METHODS);
  checkList(allowHeaders, 'allowHeaders', MAX_ENTRIES);
  checkList(exposeHeaders, 'exposeHeaders', MAX_ENTRIES, false);
  if (allowCredentials && exposeHeaders?.includes('*')) {
    throw new Error('exposeHeaders of CORS must name the headers when credentials are allowed, got \'*\'');
  }
  const milliseconds = maxAge.toMilliseconds({ integral: false });
  if (milliseconds < 1000 || milliseconds % 1000 !== 0 || milliseconds > MAX_INT * 1000) {
    throw new Error(`maxAge of CORS must be whole seconds from 1 to ${MAX_INT}, got ${describeDuration(maxAge)}`);
  }
  return { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge: milliseconds / 1000 };
}

function checkOrigin(origin: string): void {
  if (origin !== '*' && (origin.length > MAX_ORIGIN || !ORIGIN.test(origin))) {
    throw new Error(`allowOrigins of CORS must be '*' or like https://shop.example.com or https://*.example.com, got '${origin}'`);
  }
}

function checkList(values: readonly string[] | undefined, what: string, max: number, allAlone = true): void {
  if (values === undefined) {
    return;
  }
  checkAtMost(max, values.length, `${what} of CORS`, 'use a wildcard');
  checkUnique(values, `${what} of CORS`);
  if (allAlone && values.length > 1 && values.includes('*')) {
    throw new Error(`${what} of CORS must have '*' alone, got ${values.join(', ')}`);
  }
}
