import { HttpRedirectOptions } from './http-redirect';
import type { HttpRouteSpecRulesFiltersRequestRedirect } from '../imports/gateway.networking.k8s.io';
import { checkPreciseHostname } from '../semantics/hostname';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

const STATUS_CODES = [301, 302, 303, 307, 308];

/** The spec of a redirect. */
export function httpRedirectSpec(options: HttpRedirectOptions): Manifest<HttpRouteSpecRulesFiltersRequestRedirect> {
  const { scheme, hostname, port, path, statusCode = 302 } = options;
  // A status alone can be meant: with 303 the client comes back with GET.
  if ((scheme ?? hostname ?? port ?? path ?? options.statusCode) === undefined) {
    throw new Error('a redirect needs a scheme, hostname, port, path or status code, got none: it would lead back to itself');
  }
  if (!STATUS_CODES.includes(statusCode)) {
    throw new Error(`status code of a redirect must be one of ${STATUS_CODES.join(', ')}, got ${statusCode}`);
  }
  return {
    scheme,
    hostname: hostname === undefined ? undefined : checkPreciseHostname(hostname, 'hostname of a redirect'),
    port: port === undefined ? undefined : checkPort(port, 'port of a redirect'),
    path: path?._toKube(),
    statusCode,
  };
}
