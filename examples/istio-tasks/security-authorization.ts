import { Chart, Duration } from 'cdk8s';
import {
  AuthorizationAction, AuthorizationCondition, AuthorizationPolicy, AuthorizationRule, ClientAddress, ExtensionProvider, IpAccessList, IstioIdentity,
  IstioMesh, JwtKeys, JwtRequirement, JwtRule, ProviderService, RequestAuthentication, RequestPrincipal, WorkloadSelector,
} from 'cdk8s-mesh';

const app = (name: string) => WorkloadSelector.labels({ app: name });
const HTTPBIN = app('httpbin');
const INGRESS_GATEWAY = WorkloadSelector.labels({ istio: 'ingressgateway' });
const ISSUER = 'testing@secure.istio.io';
const KEYS = JwtKeys.uri('https://raw.githubusercontent.com/istio/istio/release-1.31/security/tools/jwt/samples/jwks.json');

/** Who reads what of Bookinfo; all else is refused. */
export function authorizationHttp(chart: Chart): void {
  AuthorizationPolicy.allowNothing(chart, 'Nothing', { metadata: { name: 'allow-nothing' } });
  const viewer = (name: string, clients?: IstioIdentity[]) => new AuthorizationPolicy(chart, name, {
    metadata: { name: `${name}-viewer` },
    selector: app(name),
    action: AuthorizationAction.ALLOW,
    rules: [{ sources: clients && [{ principals: clients }], operations: [{ methods: ['GET'] }] }],
  });
  const account = (name: string) => IstioIdentity.serviceAccountName(chart.namespace!, name);
  viewer('productpage');
  viewer('details', [account('bookinfo-productpage')]);
  viewer('reviews', [account('bookinfo-productpage')]);
  viewer('ratings', [account('bookinfo-reviews')]);
}

/** Bytes are told apart by port alone. */
export function authorizationTcp(chart: Chart): void {
  new AuthorizationPolicy(chart, 'Ports', {
    metadata: { name: 'tcp-policy' }, selector: app('tcp-echo'), action: AuthorizationAction.ALLOW, rules: [{ operations: [{ ports: [9000, 9001] }] }],
  });
}

/** A token, and a group in it. */
export function authorizationJwt(chart: Chart): void {
  new RequestAuthentication(chart, 'Tokens', {
    metadata: { name: 'jwt-example' }, selector: HTTPBIN, rules: [JwtRule.issuer(ISSUER, { keys: KEYS })], tokens: JwtRequirement.OPTIONAL,
  });
  new AuthorizationPolicy(chart, 'Group', {
    metadata: { name: 'require-jwt' },
    selector: HTTPBIN,
    action: AuthorizationAction.ALLOW,
    rules: [{
      sources: [{ requestPrincipals: [RequestPrincipal.of(ISSUER, ISSUER)] }],
      conditions: [AuthorizationCondition.claim(['groups'], { values: ['group1'] })],
    }],
  });
}

/** What is denied is denied, whoever allows it. */
export function authorizationDeny(chart: Chart): void {
  new AuthorizationPolicy(chart, 'Deny', {
    metadata: { name: 'deny-method-get' },
    selector: HTTPBIN,
    action: AuthorizationAction.DENY,
    rules: [{
      operations: [{ methods: ['GET'], ports: [8080] }],
      conditions: [AuthorizationCondition.requestHeader('x-token', { notValues: ['admin'] })],
    }],
  });
  new AuthorizationPolicy(chart, 'Allow', {
    metadata: { name: 'allow-path-ip' }, selector: HTTPBIN, action: AuthorizationAction.ALLOW, rules: [{ operations: [{ paths: ['/ip'] }] }],
  });
}

const CLIENTS = ['1.2.3.4', '5.6.7.0/24'];

/** Some addresses get in: `remoteIpBlocks` is the client's behind load balancers that say it in X-Forwarded-For. */
export function ingressAllowList(chart: Chart): void {
  new AuthorizationPolicy(chart, 'Addresses', {
    metadata: { name: 'ingress-policy', namespace: 'istio-system' },
    selector: INGRESS_GATEWAY,
    action: AuthorizationAction.ALLOW,
    rules: [{ sources: [{ remoteIpBlocks: CLIENTS }] }],
  });
}

/** Some addresses do not get in; how the gateway learns them decides on the field. */
export function ingressDenyList(chart: Chart): void {
  new IpAccessList(chart, 'Addresses', {
    metadata: { name: 'ingress-deny-policy', namespace: 'istio-system' },
    selector: INGRESS_GATEWAY,
    clientAddress: ClientAddress.PEER,
    denied: CLIENTS,
  });
}

/** Another service decides about some paths; the mesh says where it is. */
export function externalAuthorization(chart: Chart): void {
  const host = `ext-authz.${chart.namespace}.svc.cluster.local`;
  const timeout = Duration.seconds(1);
  const grpc = ExtensionProvider.envoyExtAuthzGrpc('sample-ext-authz-grpc', { service: ProviderService.host(host, 9000), timeout });
  const http = ExtensionProvider.envoyExtAuthzHttp('sample-ext-authz-http', {
    service: ProviderService.host(host, 8000), timeout, includeRequestHeadersInCheck: ['x-ext-authz'],
  });
  new IstioMesh(chart, 'Mesh', { extensionProviders: [grpc, http] });
  new AuthorizationPolicy(chart, 'Ask', {
    metadata: { name: 'ext-authz' }, selector: HTTPBIN, action: AuthorizationAction.custom(grpc), rules: [{ operations: [{ paths: ['/headers'] }] }],
  });
}

/** What a policy would do is in logs and metrics, and nothing else happens. */
export function authorizationDryRun(chart: Chart): void {
  const dryRun = (name: string, action: AuthorizationAction, rule: AuthorizationRule) =>
    new AuthorizationPolicy(chart, name, { metadata: { name }, selector: HTTPBIN, action, rules: [rule], dryRun: true });
  dryRun('deny-path-headers', AuthorizationAction.DENY, { operations: [{ paths: ['/headers'], ports: [8080] }] });
  dryRun('allow-path-headers', AuthorizationAction.ALLOW, { operations: [{ paths: ['/headers'] }] });
}

/** Policies that name the old trust domain hold for the new one. */
export function trustDomainMigration(chart: Chart): void {
  new IstioMesh(chart, 'Mesh', { trustDomain: 'new-td', trustDomainAliases: ['old-td'] });
  new AuthorizationPolicy(chart, 'Clients', {
    metadata: { name: `service-httpbin.${chart.namespace}.svc.cluster.local` },
    selector: HTTPBIN,
    action: AuthorizationAction.ALLOW,
    rules: [{
      sources: [{ principals: [IstioIdentity.serviceAccountName('curl-allow', 'curl', { trustDomain: 'old-td' })] }],
      operations: [{ methods: ['GET'] }],
    }],
  });
}
