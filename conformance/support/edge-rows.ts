import { Duration, Size } from 'cdk8s';
import { FormColumn } from './gateway-forms';
import { LINKERD } from './meshes';
import { Scene } from './scene';
import { Row } from './section';
import {
  ClientAddress, ExtensionProvider, ExternalAuthorizer, GatewayEdge, GatewayExposure, HttpPathMatch, JwtKeys, JwtRule, ExternalTrafficPolicy,
  ProviderService, RateLimitKey, RateLimitUnit, TrafficExtensionFilter, WasmModule,
} from '../../src';

type EdgeRow = Row<FormColumn>;

const SECOND = Duration.seconds(1);

/** A verb of the edge, at a gateway of which nothing else is said. */
function verb(id: string, what: string, covers: readonly string[], say: (edge: GatewayEdge, scene: Scene) => void): EdgeRow {
  return { id, what, covers, program: (scene, { form }) => say(scene.gateway(form()).edge, scene) };
}

/** The same where clients are known by the connection. */
function addressed(id: string, what: string, covers: readonly string[], say: (edge: GatewayEdge) => void): EdgeRow {
  return {
    id,
    what,
    covers,
    program: (scene, { form, id: column }) => {
      // Classes that cannot be told how clients are known are asked without.
      const told = column === 'by-nginx' || column === 'by-others' ? {} :
        { clientAddress: ClientAddress.PEER, exposures: [GatewayExposure.external({ externalTrafficPolicy: ExternalTrafficPolicy.LOCAL })] };
      say(scene.gateway(form(), told).edge);
    },
  };
}

/** An authorizer, which an Istio mesh declares. */
function authorizer(scene: Scene, provider: ExtensionProvider): ExtensionProvider {
  if (scene.kind !== LINKERD) {
    scene.declare({ extensionProviders: [provider] });
  }
  return provider;
}

const asked = (id: string, what: string, covers: readonly string[], provider: () => ExtensionProvider): EdgeRow => ({
  id,
  what,
  covers: ['GatewayEdge.authorizeBy', ...covers],
  program: (scene, { form }) => {
    const declared = authorizer(scene, provider());
    scene.gateway(form()).edge.authorizeBy(declared);
  },
});

/** What a gateway can do to requests before anything behind it sees them. */
export const EDGE_ROWS: readonly EdgeRow[] = [
  {
    id: 'jwt',
    what: 'tokens of users (`requireJwt`)',
    covers: ['GatewayEdge.requireJwt'],
    program: (scene, { form, id }) => void scene.gateway(form()).edge.requireJwt({
      rules: [JwtRule.issuer('https://id.example.com', {
        keys: JwtKeys.uri('https://id.example.com/jwks.json'), audiences: ['shop'], forwardOriginalToken: id === 'by-envoy-gateway' || undefined,
      })],
    }),
  },
  asked('authorize-http', 'an authorizer over HTTP (`authorizeBy`)', [],
    () => ExtensionProvider.envoyExtAuthzHttp('authorizer', { service: ProviderService.serviceName('authorizer', 'login', 8000), timeout: SECOND })),
  asked('oauth2-proxy', 'OAuth2 Proxy, which sends users to log in', ['ExternalAuthorizer.oauth2Proxy'],
    () => ExternalAuthorizer.oauth2Proxy('oauth2', { service: ProviderService.serviceName('oauth2-proxy', 'login', 4180) })),
  asked('authorize-grpc', 'an authorizer over gRPC, such as Open Policy Agent', ['ExternalAuthorizer.openPolicyAgent'],
    () => ExternalAuthorizer.openPolicyAgent('opa', { service: ProviderService.serviceName('opa', 'policies', 9191), timeout: SECOND })),
  addressed('addresses', 'lists of addresses (`restrictAddresses`)', ['GatewayEdge.restrictAddresses'], edge => void edge.restrictAddresses({ allowed: ['203.0.113.0/24'], denied: ['203.0.113.7'] })),
  verb('rate-limit', 'a limit of the rate of each proxy (`limitRate`)', ['GatewayEdge.limitRate', 'RateLimitUnit.SECOND', 'RateLimitUnit.MINUTE', 'RateLimitUnit.HOUR', 'RateLimitUnit.DAY'],
    edge => void edge.limitRate({ limits: [{ requests: 10, per: RateLimitUnit.MINUTE, path: HttpPathMatch.prefix('/login') }] })),
  verb('rate-limit-header', 'a limit for each value of a header', ['RateLimitKey.header'],
    edge => void edge.limitRate({ limits: [{ requests: 10, per: RateLimitUnit.MINUTE, each: RateLimitKey.header('x-api-key') }] })),
  addressed('rate-limit-address', 'a limit for each address of a client', ['RateLimitKey.ADDRESS'],
    edge => void edge.limitRate({ limits: [{ requests: 10, per: RateLimitUnit.MINUTE, each: RateLimitKey.ADDRESS }] })),
  {
    id: 'global-rate-limit',
    what: 'a limit of the rate of all proxies together (`limitRateBy`)',
    covers: ['GatewayEdge.limitRateBy'],
    program: (scene, { form, id }) => void scene.gateway(form()).edge.limitRateBy(
      // Envoy Gateway has one of its own.
      id === 'by-envoy-gateway' ? ProviderService.serviceName('envoy-ratelimit', 'envoy-gateway-system', 8081) : ProviderService.serviceName('ratelimit', 'limits', 8081),
      { limits: [{ requests: 100, per: RateLimitUnit.MINUTE }], failOpen: id === 'by-envoy-gateway' || undefined }),
  },
  verb('cors', 'pages of other origins (`allowOrigins`)', ['GatewayEdge.allowOrigins'], edge => void edge.allowOrigins({ policy: { allowOrigins: ['https://app.example.com'] } })),
  verb('headers', 'headers that clients must not write or read (`cleanHeaders`)', ['GatewayEdge.cleanHeaders'],
    edge => void edge.cleanHeaders({ removeFromRequests: ['x-internal'], removeFromResponses: ['server'] })),
  verb('body', 'a longest body (`limitBody`)', ['GatewayEdge.limitBody'], edge => void edge.limitBody(Size.mebibytes(1))),
  verb('access-log', 'a log of requests (`logAccess`)', ['GatewayEdge.logAccess'], edge => void edge.logAccess()),
  verb('access-log-filter', 'a log of some requests', [], edge => void edge.logAccess({ filter: 'response.code >= 500' })),
  verb('lua', 'Lua of one\'s own (`extend`)', ['GatewayEdge.extend'], edge => void edge.extend(TrafficExtensionFilter.lua('function envoy_on_request(handle) end'))),
  verb('wasm', 'a Wasm module of one\'s own', [], edge => void edge.extend(TrafficExtensionFilter.wasm({ module: WasmModule.oci('registry.example.com/filters/basic:1.0.0') }))),
];
