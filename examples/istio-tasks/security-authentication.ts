import { Chart } from 'cdk8s';
import {
  AuthorizationAction, AuthorizationPolicy, ClientTls, Destination, DestinationRule, IstioFlux, IstioGateway, IstioHost, IstioMesh, IstioServer,
  JwtKeys, JwtRequirement, JwtRule, MeshNamespace, MeshTlsVersion, MtlsMigration, MtlsMode, MtlsStep, PeerAuthentication, RequestAuthentication,
  RequestPrincipal, StringMatch, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

const HTTPBIN = WorkloadSelector.labels({ app: 'httpbin' });
const INGRESS_GATEWAY = WorkloadSelector.labels({ istio: 'ingressgateway' });
const ISSUER = 'testing@secure.istio.io';
const KEYS = JwtKeys.uri('https://raw.githubusercontent.com/istio/istio/release-1.31/security/tools/jwt/samples/jwks.json');

/** Plain text is refused everywhere. */
export function mutualTlsMesh(chart: Chart): void {
  new IstioMesh(chart, 'Mesh');
  PeerAuthentication.forMesh(chart, 'Strict', MtlsMode.STRICT);
}

export function mutualTlsNamespace(chart: Chart): void {
  PeerAuthentication.forNamespace(chart, 'Strict', chart.namespace!, MtlsMode.STRICT);
}

export function mutualTlsWorkload(chart: Chart): void {
  new PeerAuthentication(chart, 'Strict', { metadata: { name: 'httpbin' }, selector: HTTPBIN, mode: MtlsMode.STRICT });
}

/** One port of the pods takes plain text, so clients send it to the port of the Service that leads there. */
export function mutualTlsPort(chart: Chart): void {
  new PeerAuthentication(chart, 'Strict', {
    metadata: { name: 'httpbin' }, selector: HTTPBIN, mode: MtlsMode.STRICT, portModes: [{ port: 8080, mode: MtlsMode.DISABLE }],
  });
  new DestinationRule(chart, 'Clients', {
    metadata: { name: 'httpbin' },
    host: IstioHost.serviceName('httpbin', chart.namespace!),
    trafficPolicy: { tls: ClientTls.istioMutual(), portLevelSettings: [{ port: 8000, tls: ClientTls.disable() }] },
  });
}

/** First a namespace, then the mesh: the next step is `MtlsStep.strict()`. */
export function mutualTlsMigration(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  const namespace = MeshNamespace.fromNamespaceName(chart, 'Namespace', chart.namespace!, { mesh });
  new MtlsMigration(chart, 'Migration', { mesh, step: MtlsStep.strictIn(namespace) });
}

/** The gateway refuses bad tokens, and lets requests without one through, unless a policy says otherwise. */
function tokensAtGateway(chart: Chart, tokens: JwtRequirement): void {
  new RequestAuthentication(chart, 'Tokens', {
    metadata: { name: 'jwt-example', namespace: 'istio-system' },
    selector: INGRESS_GATEWAY,
    rules: [JwtRule.issuer(ISSUER, { keys: KEYS })],
    tokens,
  });
}

export function jwtAuthentication(chart: Chart): void {
  tokensAtGateway(chart, JwtRequirement.OPTIONAL);
}

export function jwtRequired(chart: Chart): void {
  tokensAtGateway(chart, JwtRequirement.requiredAt([80]));
}

/** Only some paths need a token. */
export function jwtRequiredPerPath(chart: Chart): void {
  tokensAtGateway(chart, JwtRequirement.OPTIONAL);
  new AuthorizationPolicy(chart, 'Paths', {
    metadata: { name: 'frontend-ingress', namespace: 'istio-system' },
    selector: INGRESS_GATEWAY,
    action: AuthorizationAction.DENY,
    rules: [{ sources: [{ notRequestPrincipals: [RequestPrincipal.ANY] }], operations: [{ paths: ['/headers'], ports: [80] }] }],
  });
}

/** The application reads a claim as a header. */
export function jwtClaimToHeaders(chart: Chart): void {
  new RequestAuthentication(chart, 'Tokens', {
    metadata: { name: 'jwt-token-on-ingress' },
    selector: HTTPBIN,
    rules: [JwtRule.issuer(ISSUER, { keys: KEYS, outputClaimToHeaders: [{ header: 'x-jwt-claim-foo', claim: 'foo' }] })],
    tokens: JwtRequirement.OPTIONAL,
  });
}

/** Who is in the group gets an answer, the others find no route. */
export function jwtClaimRouting(chart: Chart): void {
  const gateway = new IstioGateway(chart, 'Gateway', {
    metadata: { name: 'httpbin-gateway' }, selector: INGRESS_GATEWAY, servers: [IstioServer.http({ name: 'http', hosts: ['claims.example.com'] })],
  });
  new RequestAuthentication(chart, 'Tokens', {
    metadata: { name: 'ingress-jwt', namespace: 'istio-system' },
    selector: INGRESS_GATEWAY,
    rules: [JwtRule.issuer(ISSUER, { keys: KEYS })],
    tokens: JwtRequirement.OPTIONAL,
  });
  new VirtualService(chart, 'Routes', {
    metadata: { name: 'httpbin' },
    hosts: [IstioHost.of('claims.example.com')],
    gateways: [gateway],
    httpRoutes: [{
      matches: [{ uri: StringMatch.prefix('/headers'), headers: { '@request.auth.claims.groups': StringMatch.exact('group1') } }],
      destinations: [{ destination: Destination.host(IstioHost.serviceName('httpbin', chart.namespace!), { port: 8000 }) }],
    }],
  });
}

/** The sidecars speak TLS 1.3 only: a setting of istiod's chart, which Flux installs here. */
export function minimumTlsVersion(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh', { meshMtls: { minProtocolVersion: MeshTlsVersion.V1_3 } });
  new IstioFlux(chart, 'Install', { mesh });
}
