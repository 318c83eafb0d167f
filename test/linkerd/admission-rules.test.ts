import { Chart, Duration, Testing } from 'cdk8s';
import { Deployment, LabelSelector, Namespace, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  GrpcRoute, HttpPathMatch, HttpRoute, HttpRouteMatch, LinkerdAccessPolicy, LinkerdAuthentication,
  LinkerdAuthorizationPolicy, LinkerdDstOverride, LinkerdEgressNetwork, LinkerdExternalWorkload,
  LinkerdFailureAccrual, LinkerdGrpcRetry, LinkerdHttpLocalRateLimitPolicy, LinkerdHttpRetry,
  LinkerdHttpRetryCondition, LinkerdIdentities, LinkerdIdentityRef, LinkerdMeshTlsAuthentication, LinkerdNetwork,
  LinkerdNetworkAuthentication, LinkerdPolicyTarget, LinkerdPort, LinkerdProfiledService, LinkerdProxyProtocol,
  LinkerdRateLimitClient, LinkerdRequestMatch, LinkerdResponseMatch, LinkerdRetryBudget, LinkerdRouteParent,
  LinkerdServer, LinkerdServerSelector, LinkerdServiceProfile, LinkerdTimeouts, LinkerdTrafficPolicy, TcpRoute,
} from '../../src';

/** What Linkerd's webhooks and controllers refuse, each by a test that is named after it: the definitions take nearly all of it. */

const metadata = { name: 'it', namespace: 'shop' };
const web = LinkerdServerSelector.pods({ app: 'web' });

function chart(): Chart {
  return new Chart(Testing.app(), 'test', { namespace: 'shop' });
}

function spec(make: (scope: Construct) => unknown): any {
  const scope = chart();
  make(scope);
  return (Testing.synth(scope) as { spec: unknown }[]).at(-1)!.spec;
}

interface Selected {
  readonly selector?: LinkerdServerSelector;
  readonly port?: LinkerdPort;
  readonly namespace?: string;
}

function server(scope: Construct, id: string, { selector = web, port = LinkerdPort.number(8080), namespace = 'shop' }: Selected = {}): LinkerdServer {
  return new LinkerdServer(scope, id, { metadata: { name: id, namespace }, selector, port });
}

function deployment(scope: Construct, labels: { [key: string]: string }): Deployment {
  const made = new Deployment(scope, 'Deployment', {
    metadata: { name: 'web', namespace: 'shop' }, select: false, containers: [{ image: 'web', ports: [{ number: 8080, name: 'http' }] }],
  });
  made.select(LabelSelector.of({ labels }));
  return made;
}

describe('a Server', () => {
  const two = (...selectors: LinkerdServerSelector[]) => () => {
    const scope = chart();
    selectors.forEach((selector, n) => server(scope, `server-${n + 1}`, { selector }));
  };
  const REFUSED = 'Server \'server-2\' has port 8080 of pods whose port is that of Server \'server-1\' already: one Server may select a port of a pod, ' +
    'so select other pods or use that Server';

  test('must not select a port of pods that another one selects', () => {
    expect(two(web, LinkerdServerSelector.pods({ app: 'web' }))).toThrow(REFUSED);
  });

  test('must not select a port of some of the pods that another one selects', () => {
    expect(two(web, LinkerdServerSelector.pods({ app: 'web', version: 'v2' }))).toThrow(REFUSED);
    expect(two(LinkerdServerSelector.pods({ app: 'web', version: 'v2' }), web)).toThrow(REFUSED);
  });

  test('must not select a port of all pods beside another one', () => {
    expect(two(web, LinkerdServerSelector.allPods())).toThrow(REFUSED);
  });

  test('must not select by name what another one selects by number', () => {
    const scope = chart();
    const selector = LinkerdServerSelector.workload(deployment(scope, { app: 'web' }));
    server(scope, 'one', { selector });
    expect(() => server(scope, 'two', { selector: web, port: LinkerdPort.named('http') })).toThrow('Server \'two\' has port http of pods');
  });

  test('may select other pods, another port, machines, and pods of another namespace or app', () => {
    expect(two(web, LinkerdServerSelector.pods({ app: 'cart' }))).not.toThrow();
    expect(two(web, LinkerdServerSelector.externalWorkloads({ app: 'web' }))).not.toThrow();
    expect(two(web)).not.toThrow();
    const scope = chart();
    server(scope, 'one');
    expect(() => server(scope, 'two', { port: LinkerdPort.number(9090) })).not.toThrow();
    expect(() => server(scope, 'three', { namespace: 'other' })).not.toThrow();
  });

  test('must not select a port that no container declares', () => {
    const scope = chart();
    server(scope, 'it', { selector: LinkerdServerSelector.workload(deployment(scope, { app: 'web' })), port: LinkerdPort.number(9090) });
    expect(() => Testing.synth(scope)).toThrow('Server \'it\' selects port 9090 of workload \'web\', which declares 8080 named \'http\': ' +
      'Linkerd sees declared TCP ports of containers only');
  });

  test('must be in the namespace of its pods', () => {
    const scope = chart();
    const selector = LinkerdServerSelector.workload(deployment(scope, { app: 'web' }));
    expect(() => server(scope, 'it', { selector, namespace: 'other' }))
      .toThrow('Server \'it\' must be in the namespace of workload \'web\', got \'other\' and \'shop\': it selects pods of its own namespace');
  });

  test('says accessPolicy and proxyProtocol in words that Linkerd knows', () => {
    expect(Object.values(LinkerdAccessPolicy).sort())
      .toEqual(['all-authenticated', 'all-unauthenticated', 'audit', 'cluster-authenticated', 'cluster-unauthenticated', 'deny']);
    expect(Object.values(LinkerdProxyProtocol)).toEqual(['unknown', 'HTTP/1', 'HTTP/2', 'gRPC', 'opaque', 'TLS']);
  });
});

describe('an AuthorizationPolicy', () => {
  const everybody = LinkerdAuthentication.everybody();
  const policy = (target: LinkerdPolicyTarget, requiredAuthentication = everybody) => (scope: Construct) =>
    new LinkerdAuthorizationPolicy(scope, 'it', { metadata, target, requiredAuthentication });
  const meshTls = LinkerdMeshTlsAuthentication.fromMeshTlsAuthenticationName('clients');
  const network = LinkerdNetworkAuthentication.fromNetworkAuthenticationName('office', { namespace: 'infra' });
  const target = LinkerdPolicyTarget.server(LinkerdServer.fromServerName('web'));

  test('is about a Server, a route or a namespace, and nothing else can be written', () => {
    const route = HttpRoute.fromHttpRouteName('api', { namespace: 'shop' });
    expect(spec(policy(target)).targetRef).toEqual({ group: 'policy.linkerd.io', kind: 'Server', name: 'web' });
    expect(spec(policy(LinkerdPolicyTarget.httpRoute(route))).targetRef).toEqual({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'api' });
    expect(spec(policy(LinkerdPolicyTarget.grpcRoute(GrpcRoute.fromGrpcRouteName('calls')))).targetRef)
      .toEqual({ group: 'gateway.networking.k8s.io', kind: 'GRPCRoute', name: 'calls' });
  });

  test('is about its own namespace only, which it names without a group', () => {
    expect(spec(policy(LinkerdPolicyTarget.ownNamespace())).targetRef).toEqual({ kind: 'Namespace', name: 'shop' });
    const nowhere = new Chart(Testing.app(), 'nowhere');
    expect(() => new LinkerdAuthorizationPolicy(nowhere, 'it', {
      metadata: { name: 'it' }, target: LinkerdPolicyTarget.ownNamespace(), requiredAuthentication: everybody,
    })).toThrow('metadata.namespace of AuthorizationPolicy \'it\' must be set, got none: its target is that namespace, by name');
  });

  test('must be in the namespace of its target', () => {
    expect(() => spec(policy(LinkerdPolicyTarget.server(LinkerdServer.fromServerName('web', { namespace: 'other' }))))).toThrow(
      'AuthorizationPolicy \'it\' must be in namespace \'other\' of its target Server \'web\', got \'shop\': a policy is about objects of its own namespace');
  });

  test('is about one object, which a route that was split is not', () => {
    const scope = chart();
    const rules = Array.from({ length: 17 }, (_, n) => ({ matches: [HttpRouteMatch.of({ path: HttpPathMatch.exact(`/${n}`) })] }));
    const route = new HttpRoute(scope, 'Route', { metadata: { name: 'api' }, parents: [LinkerdRouteParent.server(server(scope, 'web'))], rules });
    policy(LinkerdPolicyTarget.httpRoute(route))(scope);
    expect(() => Testing.synth(scope)).toThrow('target HTTPRoute \'api\' of AuthorizationPolicy \'it\' is 2 objects, of which the policy would be about the first: ' +
      'use several routes, each with a policy');
  });

  test('has at most one MeshTLSAuthentication or ServiceAccount, and at most one NetworkAuthentication', () => {
    const refs = (authentication: LinkerdAuthentication) => spec(policy(target, authentication)).requiredAuthenticationRefs;
    const net = { group: 'policy.linkerd.io', kind: 'NetworkAuthentication', name: 'office', namespace: 'infra' };
    const mtls = { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: 'clients' };
    expect(refs(LinkerdAuthentication.meshTls(meshTls))).toEqual([mtls]);
    expect(refs(LinkerdAuthentication.meshTls(meshTls, { network }))).toEqual([mtls, net]);
    expect(refs(LinkerdAuthentication.network(network))).toEqual([net]);
    expect(refs(LinkerdAuthentication.serviceAccountName('cart', { namespace: 'other', network })))
      .toEqual([{ kind: 'ServiceAccount', name: 'cart', namespace: 'other' }, net]);
    const account = new ServiceAccount(chart(), 'Account', { metadata: { name: 'web' } });
    expect(refs(LinkerdAuthentication.serviceAccount(account))).toEqual([{ kind: 'ServiceAccount', name: 'web' }]);
  });

  test('lets everybody in by an empty list, which only a word for it writes', () => {
    expect(spec(policy(target)).requiredAuthenticationRefs).toEqual([]);
  });
});

describe('a MeshTLSAuthentication', () => {
  const authentication = (identities: LinkerdIdentities) => (scope: Construct) => new LinkerdMeshTlsAuthentication(scope, 'it', { metadata, identities });

  test('has identities or identityRefs, never both', () => {
    const scope = chart();
    expect(spec(authentication(LinkerdIdentities.named('*.shop.serviceaccount.identity.linkerd.cluster.local'))))
      .toEqual({ identities: ['*.shop.serviceaccount.identity.linkerd.cluster.local'] });
    expect(spec(authentication(LinkerdIdentities.references(LinkerdIdentityRef.serviceAccountName('web')))))
      .toEqual({ identityRefs: [{ kind: 'ServiceAccount', name: 'web' }] });
    expect(() => authentication(LinkerdIdentities.ANY_MESHED)(scope).addIdentityRef(LinkerdIdentityRef.namespaceName('shop')))
      .toThrow('MeshTLSAuthentication \'it\' has identities by name and takes no identityRefs: make another one, with a policy of its own');
  });

  test('has at least one identity', () => {
    expect(() => LinkerdIdentities.named()).toThrow('identities must have at least one, got none: use LinkerdIdentities.ANY_MESHED to mean every client of the mesh');
  });

  test('has at least one identityRef', () => {
    expect(() => LinkerdIdentities.references()).toThrow('identityRefs must have at least one, got none');
  });

  test('names namespaces without a namespace', () => {
    const namespace = new Namespace(chart(), 'Namespace', { metadata: { name: 'cart' } });
    expect(spec(authentication(LinkerdIdentities.references(LinkerdIdentityRef.namespace(namespace), LinkerdIdentityRef.namespaceName('other')))))
      .toEqual({ identityRefs: [{ kind: 'Namespace', name: 'cart' }, { kind: 'Namespace', name: 'other' }] });
  });

  test.each(['*', 'web.shop.serviceaccount.identity.linkerd.cluster.local', '*.example.com', 'spiffe://root.linkerd.cluster.local', 'spiffe://td/ns/shop/sa/Web_1'])(
    'takes identity %s', identity => expect(spec(authentication(LinkerdIdentities.named(identity)))).toEqual({ identities: [identity] }));

  test.each(['', 'web.*', '**', '.web', 'Web', 'spiffe://', 'spiffe://TD/x', 'spiffe://td/', 'spiffe://td//x', 'spiffe://td/../x', 'spiffe://td/x?y'])(
    'refuses identity \'%s\', which is neither a DNS name nor a SPIFFE ID', identity => {
      expect(() => LinkerdIdentities.named(identity)).toThrow('identity of a MeshTLSAuthentication must be a DNS name such as ' +
        `'web.shop.serviceaccount.identity.linkerd.cluster.local', which may start with '*', or a SPIFFE ID, got '${identity}'`);
    });
});

describe.each([
  ['NetworkAuthentication', (networks: LinkerdNetwork[]) => (scope: Construct) => new LinkerdNetworkAuthentication(scope, 'it', { metadata, networks })],
  ['EgressNetwork', (networks: LinkerdNetwork[]) => (scope: Construct) =>
    new LinkerdEgressNetwork(scope, 'it', { metadata, trafficPolicy: LinkerdTrafficPolicy.DENY, networks })],
])('networks of %s', (kind, make) => {
  test('are at least one', () => {
    expect(() => spec(make([]))).toThrow(`networks of ${kind} 'it' must have at least one, got none`);
  });

  test.each([
    { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.3.4'] }, { cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] }, { cidr: '192.0.2.1' }, { cidr: '10.1.2.3/8' },
  ])('may be %j', network => {
    expect(spec(make([network])).networks).toEqual([network]);
  });

  test.each([['10.0.0.0/8', '11.0.0.0/16'], ['10.0.0.0/8', '2001:db8::/32'], ['10.1.0.0/16', '10.0.0.0/15']])('%s must have its exception %s within it', (cidr, except) => {
    const covered = except === '10.0.0.0/15';
    expect(() => spec(make([{ cidr, except: [except] }]))).toThrow(covered ? `network '${cidr}' of ${kind} 'it' has nothing left without '${except}'` :
      `except of network '${cidr}' of ${kind} 'it' must be within it, got '${except}'`);
  });

  test('must have something left beside the exception', () => {
    expect(() => spec(make([{ cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] }])))
      .toThrow(`network '10.0.0.0/8' of ${kind} 'it' has nothing left without '10.0.0.0/8': leave the network out, or except less`);
  });

  test.each(['10.0.0.0/33', 'example.com', '10.0.0.0/8/8', '10.0.0.0/x'])('must be addresses, not %s', cidr => {
    expect(() => spec(make([{ cidr }]))).toThrow(`cidr of ${kind} 'it' must be an IP address or a CIDR block such as 10.0.0.0/8, got '${cidr}'`);
  });
});

describe('an EgressNetwork', () => {
  const network = LinkerdEgressNetwork.fromEgressNetworkName('outside', { namespace: 'shop' });

  test('without networks is all that is not in the cluster', () => {
    expect(spec(scope => new LinkerdEgressNetwork(scope, 'it', { metadata, trafficPolicy: LinkerdTrafficPolicy.ALLOW }))).toEqual({ trafficPolicy: 'Allow' });
  });

  test('is a parent by port', () => {
    expect(() => LinkerdRouteParent.egressNetwork(network, 0)).toThrow('port of parent EgressNetwork \'outside\' must be between 1 and 65535, got 0');
  });
});

describe('an HTTPLocalRateLimitPolicy', () => {
  const known = (proxyProtocol?: LinkerdProxyProtocol) => LinkerdServer.fromServerName('web', { namespace: 'shop', proxyProtocol });
  const clients = [LinkerdRateLimitClient.serviceAccountName('cart', { namespace: 'other' })];
  const limits = (props: object, policed = known()) => (scope: Construct) =>
    new LinkerdHttpLocalRateLimitPolicy(scope, 'it', { metadata, server: policed, ...props });

  test('is about a Server of its own namespace', () => {
    expect(spec(limits({ total: 1 })).targetRef).toEqual({ group: 'policy.linkerd.io', kind: 'Server', name: 'web' });
    expect(() => spec(limits({ total: 1 }, LinkerdServer.fromServerName('web', { namespace: 'other' }))))
      .toThrow('HTTPLocalRateLimitPolicy \'it\' must be in namespace \'other\' of Server \'web\', got \'shop\'');
  });

  test('is the only one of its Server', () => {
    const scope = chart();
    const policed = known();
    limits({ total: 1 }, policed)(scope);
    expect(() => new LinkerdHttpLocalRateLimitPolicy(scope, 'second', { metadata: { name: 'second', namespace: 'shop' }, server: policed, total: 1 }))
      .toThrow('Server \'web\' has HTTPLocalRateLimitPolicy \'it\' already, got \'second\' beside it: only the oldest counts, so say all in one');
  });

  test.each([0, -1, 1.5, 2 ** 32])('has limits of 1 and more, not %d', limit => {
    const range = 'must be between 1 and 4294967295, got';
    expect(() => spec(limits({ total: limit }))).toThrow(`total of HTTPLocalRateLimitPolicy 'it' ${range} ${limit}`);
    expect(() => spec(limits({ identity: limit }))).toThrow(`identity of HTTPLocalRateLimitPolicy 'it' ${range} ${limit}`);
    expect(() => spec(limits({ overrides: [{ requestsPerSecond: limit, clients }] })))
      .toThrow(`requestsPerSecond of override 1 of HTTPLocalRateLimitPolicy 'it' ${range} ${limit}`);
  });

  test('has an identity limit of at most the total', () => {
    expect(() => spec(limits({ total: 10, identity: 11 }))).toThrow('identity of HTTPLocalRateLimitPolicy \'it\' must be between 1 and 10, the total, got 11');
    expect(spec(limits({ total: 10, identity: 10 }))).toMatchObject({ total: { requestsPerSecond: 10 }, identity: { requestsPerSecond: 10 } });
  });

  test('has overrides of at most the total', () => {
    expect(() => spec(limits({ total: 10, overrides: [{ requestsPerSecond: 11, clients }] })))
      .toThrow('requestsPerSecond of override 1 of HTTPLocalRateLimitPolicy \'it\' must be between 1 and 10, the total, got 11');
  });

  test('has overrides for service accounts', () => {
    const account = new ServiceAccount(chart(), 'Account', { metadata: { name: 'web' } });
    const both = [...clients, LinkerdRateLimitClient.serviceAccount(account)];
    expect(spec(limits({ overrides: [{ requestsPerSecond: 5, clients: both }] })).overrides).toEqual([{
      requestsPerSecond: 5, clientRefs: [{ kind: 'ServiceAccount', name: 'cart', namespace: 'other' }, { kind: 'ServiceAccount', name: 'web' }],
    }]);
  });

  test('has overrides for somebody', () => {
    expect(() => spec(limits({ overrides: [{ requestsPerSecond: 5, clients: [] }] })))
      .toThrow('clients of override 1 of HTTPLocalRateLimitPolicy \'it\' must have at least one, got none: leave the override out');
  });

  test('has a limit', () => {
    expect(() => spec(limits({}))).toThrow('HTTPLocalRateLimitPolicy \'it\' needs a limit, got none: pass total, identity or overrides');
    expect(() => spec(limits({ overrides: [] }))).toThrow('needs a limit');
  });

  test('counts requests, which a Server must have', () => {
    expect(() => spec(limits({ total: 1 }, known(LinkerdProxyProtocol.OPAQUE))))
      .toThrow('HTTPLocalRateLimitPolicy \'it\' counts requests, of which there are none at Server \'web\' with proxyProtocol \'opaque\'');
  });
});

describe('a route', () => {
  test('of a Server is in its namespace', () => {
    const parents = [LinkerdRouteParent.server(LinkerdServer.fromServerName('web', { namespace: 'other' }))];
    expect(() => spec(scope => new HttpRoute(scope, 'it', { metadata, parents, rules: [{}] })))
      .toThrow('HTTPRoute \'it\' must be in namespace \'other\' of its parent Server \'web\', got \'shop\': a Server takes routes of its own namespace');
    expect(() => new HttpRoute(new Chart(Testing.app(), 'nowhere'), 'it', { metadata: { name: 'it' }, parents, rules: [{}] })).toThrow('got none');
  });

  test('of a Server says neither port nor section', () => {
    const parents = [LinkerdRouteParent.server(LinkerdServer.fromServerName('web'))];
    expect(spec(scope => new HttpRoute(scope, 'it', { metadata, parents, rules: [{}] })).parentRefs).toEqual([{ group: 'policy.linkerd.io', kind: 'Server', name: 'web' }]);
  });

  test('of a Server is of HTTP or gRPC', () => {
    const parents = [LinkerdRouteParent.server(LinkerdServer.fromServerName('web'))];
    expect(() => spec(scope => new TcpRoute(scope, 'it', { metadata, parents })))
      .toThrow('Server \'web\' takes routes of kind HTTPRoute or GRPCRoute, got TCPRoute \'it\': make the policy for the Server itself');
    expect(spec(scope => new GrpcRoute(scope, 'it', { metadata, parents, rules: [{}] })).parentRefs).toHaveLength(1);
  });

  test.each([LinkerdProxyProtocol.OPAQUE, LinkerdProxyProtocol.TLS])('of a Server sees requests, which %s has not', proxyProtocol => {
    expect(() => LinkerdRouteParent.server(LinkerdServer.fromServerName('web', { proxyProtocol }))).toThrow(`Server 'web' has proxyProtocol '${proxyProtocol}', ` +
      'of which a proxy sees no requests that a route could match: make the policy for the Server itself');
  });
});

describe('an annotation of timeouts, retries and failure accrual', () => {
  const service = () => new Service(chart(), 'Service', { metadata: { name: 'web' }, ports: [{ port: 80 }] });

  test.each([
    [Duration.millis(90), '90ms'], [Duration.seconds(90), '90s'], [Duration.minutes(90), '90m'], [Duration.hours(2), '2h'], [Duration.millis(1500), '1500ms'],
  ])('has durations with one unit', (request, written) => {
    const annotated = service();
    LinkerdTimeouts.of({ request }).addToService(annotated);
    expect(annotated.metadata.toJson().annotations).toEqual({ 'timeout.linkerd.io/request': written });
  });

  test('has durations of a millisecond and more', () => {
    expect(() => LinkerdTimeouts.of({ idle: Duration.millis(0) })).toThrow('idle timeout must be at least 1ms, got 0s: leave it out for the default');
  });

  test.each([99, 600, 500.5])('of retries knows no status %d', status => {
    expect(() => LinkerdHttpRetryCondition.status(status)).toThrow(`status after which a request is tried again must be between 100 and 599, got ${status}`);
  });

  test('of retries has statuses that go upwards', () => {
    expect(() => LinkerdHttpRetryCondition.statusRange(504, 500)).toThrow('statuses after which a request is tried again must go upwards, got 504 to 500');
  });

  test.each([0, 65536, 1.5])('of retries has a limit of 1 to 65535, not %d, of which 0 would be 1', limit => {
    expect(() => LinkerdHttpRetry.after([LinkerdHttpRetryCondition.SERVER_ERROR], { limit })).toThrow(`limit of retries must be between 1 and 65535, got ${limit}`);
  });

  test('of retries has a condition', () => {
    expect(() => LinkerdGrpcRetry.after([])).toThrow('retries of Linkerd need at least one condition, got none: without one nothing is tried again');
  });

  test('of failure accrual has a longest penalty that is not shorter than the first', () => {
    expect(() => LinkerdFailureAccrual.consecutive({ minPenalty: Duration.seconds(10), maxPenalty: Duration.seconds(5) }))
      .toThrow('maxPenalty must be at least minPenalty 10s, got 5s');
    expect(() => LinkerdFailureAccrual.consecutive({ minPenalty: Duration.minutes(2) })).toThrow('got 1m, the default: pass a longer one');
  });

  test('of failure accrual has a penalty that is not zero', () => {
    expect(() => LinkerdFailureAccrual.consecutive({ maxPenalty: Duration.millis(0) })).toThrow('maxPenalty must be at least 1ms, got 0s');
  });

  test.each([-0.1, 100.1, NaN])('of failure accrual has a jitter of 0 to 100, not %d', jitterRatio => {
    expect(() => LinkerdFailureAccrual.consecutive({ jitterRatio })).toThrow(`jitterRatio must be between 0 and 100, got ${jitterRatio}`);
  });

  test.each([0, 2 ** 32, 1.5])('of failure accrual counts 1 to 4294967295 failures, not %d', maxFailures => {
    expect(() => LinkerdFailureAccrual.consecutive({ maxFailures })).toThrow(`maxFailures must be between 1 and 4294967295, got ${maxFailures}`);
  });
});

describe('a ServiceProfile', () => {
  const about = LinkerdProfiledService.serviceName('web', { namespace: 'shop' });
  const profile = (props: object) => (scope: Construct) => new LinkerdServiceProfile(scope, 'it', { service: about, ...props });
  const route = { name: 'GET /', condition: LinkerdRequestMatch.method('GET') };

  test('is named after what clients call', () => {
    const scope = chart();
    expect(profile({ routes: [route] })(scope).name).toBe('web.shop.svc.cluster.local');
    expect(() => new LinkerdServiceProfile(scope, 'other', { metadata: { name: 'web' }, service: about, routes: [] }))
      .toThrow('a ServiceProfile is named after what it is about, \'web.shop.svc.cluster.local\', got name \'web\': leave it out');
  });

  test('has routes with names, each once', () => {
    expect(() => spec(profile({ routes: [{ ...route, name: '' }] }))).toThrow('ServiceProfile \'web.shop.svc.cluster.local\': name of a route must not be empty');
    expect(() => spec(profile({ routes: [route, route] }))).toThrow('names of routes of ServiceProfile \'web.shop.svc.cluster.local\' must differ from each other, got \'GET /\' twice');
  });

  test.each([() => LinkerdRequestMatch.all(), () => LinkerdRequestMatch.any()])('has conditions of requests with something in them', make => {
    expect(make).toThrow('a list of request matches must have at least one, got none');
  });

  test.each([() => LinkerdResponseMatch.all(), () => LinkerdResponseMatch.any()])('has conditions of answers with something in them', make => {
    expect(make).toThrow('a list of response matches must have at least one, got none');
  });

  test('has conditions that say something', () => {
    expect(() => LinkerdRequestMatch.path('')).toThrow('path of a request match must not be empty: use \'/.*\' to mean every path');
    expect(() => LinkerdRequestMatch.method('get')).toThrow('method of a request match must be in capital letters, such as GET, got \'get\'');
  });

  test('has a condition that is not true as the definition takes it, inside of a list', () => {
    expect(spec(profile({ routes: [{ name: 'others', condition: LinkerdRequestMatch.none(LinkerdRequestMatch.method('GET')) }] })).routes[0].condition)
      .toEqual({ all: [{ not: { method: 'GET' } }] });
  });

  test.each([[99, 200], [200, 600], [200.5, 201]])('has statuses of 100 to 599, not %d to %d', (min, max) => {
    expect(() => LinkerdResponseMatch.status(min, max)).toThrow('status of a response match must be between 100 and 599, got');
  });

  test('has statuses that go upwards', () => {
    expect(() => LinkerdResponseMatch.status(500, 499)).toThrow('statuses of a response match must go upwards, got 500 to 499');
  });

  test.each<[string, Partial<LinkerdRetryBudget>]>([
    ['retryRatio must be 0 or more, got -1', { retryRatio: -1 }],
    ['minRetriesPerSecond must be between 0 and 2147483647, got 1.5', { minRetriesPerSecond: 1.5 }],
    ['ttl of the retryBudget must be at least 1ms, got 0s', { ttl: Duration.millis(0) }],
  ])('has a retry budget in range: %s', (message, part) => {
    expect(() => spec(profile({ retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: Duration.seconds(10), ...part } }))).toThrow(message);
  });

  test.each<[string, LinkerdDstOverride]>([
    ['authority of a dstOverride must be a host and a port, such as web-v2.shop.svc.cluster.local:8080, got \'web\'', { authority: 'web', weight: 1 }],
    ['weight of \'web:80\' must be a whole number from 0 on, got 0.5', { authority: 'web:80', weight: 0.5 }],
  ])('has dstOverrides in range: %s', (message, override) => {
    expect(() => spec(profile({ dstOverrides: [override] }))).toThrow(message);
  });

  test('says something, because it takes the place of routes', () => {
    expect(() => spec(profile({}))).toThrow('says nothing, and makes routes of the Service say nothing either: pass routes, retryBudget or dstOverrides');
  });
});

describe('an ExternalWorkload', () => {
  const machine = (props: object) => (scope: Construct) =>
    new LinkerdExternalWorkload(scope, 'it', { metadata, identity: 'spiffe://td/db', serverName: 'db.example.com', workloadIps: ['192.0.2.1'], ...props });

  test.each<[string, object]>([
    ['identity of ExternalWorkload \'it\' must be a DNS name', { identity: 'Db' }],
    ['identity of ExternalWorkload \'it\' must be that of one machine, got \'*\'', { identity: '*' }],
    ['serverName of ExternalWorkload \'it\' must be a DNS subdomain', { serverName: 'Db' }],
    ['workloadIps of ExternalWorkload \'it\' must have an address, got none: nobody could call it', { workloadIps: [] }],
    ['address of ExternalWorkload \'it\' must be an IP address', { workloadIps: ['db'] }],
    ['addresses of ExternalWorkload \'it\' must be at most 2, got 3', { workloadIps: ['192.0.2.1', '2001:db8::1', '192.0.2.2'] }],
    ['families of addresses of ExternalWorkload \'it\' must differ from each other, got \'192.0.2.2\' twice', { workloadIps: ['192.0.2.1', '192.0.2.2'] }],
    ['port of ExternalWorkload \'it\' must be between 1 and 65535, got 0', { ports: [{ port: 0 }] }],
    ['names of ports of ExternalWorkload \'it\' must differ from each other, got \'sql\' twice', { ports: [{ port: 1, name: 'sql' }, { port: 2, name: 'sql' }] }],
  ])('refuses: %s', (message, props) => {
    expect(() => spec(machine(props))).toThrow(message);
  });
});
