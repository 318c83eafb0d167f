import { EdgeAuthorizationOptions } from './edge-authorization';
import { Referrer, referToService } from './envoy-gateway-backend-ref';
import { cannotEnforce } from './gateway-edge-enforcement';
import type { Security } from '../../envoy-gateway/security-policy';
import { ExtensionProvider } from '../../istio/extension-provider';

/** What the mesh configuration says of an authorizer. */
interface Authorizer {
  readonly service: string;
  readonly port: number;
  readonly timeout: string;
  readonly failOpen?: boolean;
  readonly clearRouteCache?: boolean;
  readonly statusOnError?: string;
  readonly pathPrefix?: string;
  readonly includeRequestBodyInCheck?: { readonly maxRequestBytes: number; readonly allowPartialMessage?: boolean; readonly packAsBytes?: boolean };
  readonly includeRequestHeadersInCheck?: string[];
  readonly includeAdditionalHeadersInCheck?: object;
  readonly headersToUpstreamOnAllow?: string[];
  readonly headersToDownstreamOnDeny?: string[];
  readonly headersToDownstreamOnAllow?: string[];
}

type ExtAuth = NonNullable<Security['extAuth']>;

/** The errors; Envoy Gateway takes no other status. */
const STATUS = /^4|^50[0-8]|^51/;

/** Who decides for Envoy Gateway. */
export function envoyGatewayExtAuth(referrer: Omit<Referrer, 'kind'>, provider: ExtensionProvider, options: EdgeAuthorizationOptions): ExtAuth {
  const { gateway } = referrer;
  const { paths, exceptPaths, exceptMethods } = options;
  const part = Object.entries({ paths, exceptPaths, exceptMethods }).find(([, value]) => value !== undefined);
  if (part !== undefined) {
    cannotEnforce(gateway, `have ${part[0]} tell which requests '${provider.name}' decides on`, 'a SecurityPolicy has it decide on whole routes',
      'give what is open a route with a SecurityPolicy of its own');
  }
  const { envoyExtAuthzHttp: http, envoyExtAuthzGrpc: grpc } = (provider._toKube() ?? {}) as { readonly [kind: string]: Authorizer | undefined };
  const authorizer = http ?? grpc;
  if (authorizer === undefined) {
    cannotEnforce(gateway, `have '${provider.name}' decide`, 'Envoy Gateway does not read the mesh configuration', 'pass ExtensionProvider.envoyExtAuthzHttp or envoyExtAuthzGrpc');
  }
  checkTold(gateway, provider, authorizer);
  const { service, port, timeout, failOpen, clearRouteCache, statusOnError, pathPrefix, includeRequestBodyInCheck: body } = authorizer;
  const backendRefs = [referToService({ ...referrer, kind: 'SecurityPolicy' }, service, port, `have '${provider.name}' decide`)];
  return {
    ...http === undefined ? { grpc: { backendRefs } } : { http: { backendRefs, path: pathPrefix, headersToBackend: http.headersToUpstreamOnAllow } },
    headersToExtAuth: http?.includeRequestHeadersInCheck,
    bodyToExtAuth: body && { maxRequestBytes: body.maxRequestBytes },
    timeout,
    failOpen,
    recomputeRoute: clearRouteCache,
    statusOnError: statusOnError === undefined ? undefined : Number(statusOnError),
  };
}

/** Refuses what an ExtAuth has no field for. */
function checkTold(gateway: string, { name }: ExtensionProvider, authorizer: Authorizer): void {
  const { includeAdditionalHeadersInCheck, headersToDownstreamOnDeny, headersToDownstreamOnAllow, statusOnError } = authorizer;
  const { allowPartialMessage, packAsBytes } = authorizer.includeRequestBodyInCheck ?? {};
  const untold = { includeAdditionalHeadersInCheck, headersToDownstreamOnDeny, headersToDownstreamOnAllow, allowPartialMessage, packAsBytes };
  const first = Object.entries(untold).find(([, value]) => value !== undefined && value !== false);
  if (first !== undefined) {
    cannotEnforce(gateway, `do what ${first[0]} of '${name}' says`, 'a SecurityPolicy has no field for it', 'leave it out');
  }
  const pattern = [...authorizer.includeRequestHeadersInCheck ?? [], ...authorizer.headersToUpstreamOnAllow ?? []].find(header => header.includes('*'));
  if (pattern !== undefined) {
    cannotEnforce(gateway, `pass the headers '${pattern}' of '${name}'`, 'Envoy Gateway takes whole names', 'name each header');
  }
  if (statusOnError !== undefined && !STATUS.test(statusOnError)) {
    cannotEnforce(gateway, `answer ${statusOnError} when '${name}' cannot be asked`, 'Envoy Gateway takes errors only', 'pass a statusOnError from 400');
  }
}
