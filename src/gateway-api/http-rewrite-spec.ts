import { HttpRewriteOptions } from './http-rewrite';
import type { HttpRouteSpecRulesFiltersUrlRewrite } from '../imports/gateway.networking.k8s.io';
import { checkPreciseHostname } from '../semantics/hostname';
import { Manifest } from '../semantics/manifest';

/** The spec of a rewrite. */
export function httpRewriteSpec({ hostname, path }: HttpRewriteOptions): Manifest<HttpRouteSpecRulesFiltersUrlRewrite> {
  if ((hostname ?? path) === undefined) {
    throw new Error('a rewrite needs a hostname or a path, got none: leave the filter out');
  }
  return {
    hostname: hostname === undefined ? undefined : checkPreciseHostname(hostname, 'hostname of a rewrite'),
    path: path?._toKube(),
  };
}
