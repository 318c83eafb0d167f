import { corsAnswer } from './cors-origins';
import { EdgeCorsOptions } from './edge-cors';
import { EdgeScope } from './edge-hosts';
import { addFirstFilter, EdgeFirstPriority, forHosts } from './istio-edge-first-filter';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { EnvoyListenerMatch } from '../../istio/envoy-filter-listener-match';
import { EnvoyPatch } from '../../istio/envoy-patch';

const TYPES = 'type.googleapis.com/envoy.extensions.filters.http.cors.v3';

/**
 * Answers preflights before anything asks for tokens or authorizers, which browsers send none for. The filter that istiod makes comes after those, and is for
 * what routes say.
 */
export function istioEdgeCors(gateway: IstioEdgeGateway, scope: EdgeScope, { policy }: EdgeCorsOptions): void {
  const { origins, methods, headers, exposed, credentials, maxAgeSeconds } = corsAnswer(`CORS of gateway '${gateway.name}'`, policy);
  addFirstFilter(gateway, scope, EdgeFirstPriority.CORS, [
    EnvoyPatch.httpFilter(EnvoyListenerMatch.gateway()).insertFirst({ name: scope.name, typed_config: { '@type': `${TYPES}.Cors` } }),
    ...forHosts(gateway, scope, {
      what: 'allow origins',
      settings: {
        '@type': `${TYPES}.CorsPolicy`,
        'allow_origin_string_match': origins.map(regex => ({ safe_regex: { regex } })),
        'allow_methods': listed(methods),
        'allow_headers': listed(headers),
        'expose_headers': listed(exposed),
        'max_age': `${maxAgeSeconds}`,
        'allow_credentials': credentials,
        // Others are answered too, with nothing that would allow anything.
        'forward_not_matching_preflights': false,
      },
    }),
  ]);
}

function listed(values: string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(', ');
}
