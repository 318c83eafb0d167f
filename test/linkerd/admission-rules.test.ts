import { Chart, Testing } from 'cdk8s';
import { Deployment, LabelSelector, Namespace, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  GrpcRoute, HttpPathMatch, HttpRoute, HttpRouteMatch, LinkerdAccessPolicy, LinkerdAuthentication,
  LinkerdAuthorizationPolicy, LinkerdEgressNetwork, LinkerdHttpLocalRateLimitPolicy, LinkerdIdentities,
  LinkerdIdentityRef, LinkerdMeshTlsAuthentication, LinkerdNetwork, LinkerdNetworkAuthentication,
  LinkerdPolicyTarget, LinkerdPort, LinkerdProxyProtocol, LinkerdRateLimitClient, LinkerdRouteParent, LinkerdServer,
  LinkerdServerSelector, LinkerdTrafficPolicy, TcpRoute,
} from '../../src';

/** What Linkerd's webhooks and controllers refuse of policies and their routes, each by a test that is named after it: the definitions take nearly all of it. */

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
    { cidr: '10.0.0.0/8', exceptions: ['10.1.0.0/16', '10.2.3.4'] }, { cidr: '2001:db8::/32', exceptions: ['2001:db8:1::/48'] }, { cidr: '192.0.2.1' }, { cidr: '10.1.2.3/8' },
  ])('may be %j', network => {
    const { cidr, exceptions } = network as LinkerdNetwork;
    expect(spec(make([network])).networks).toEqual([{ cidr, ...exceptions && { except: exceptions } }]);
  });

  test.each([['10.0.0.0/8', '11.0.0.0/16'], ['10.0.0.0/8', '2001:db8::/32'], ['10.1.0.0/16', '10.0.0.0/15']])('%s must have its exception %s within it', (cidr, except) => {
    const covered = except === '10.0.0.0/15';
    expect(() => spec(make([{ cidr, exceptions: [except] }]))).toThrow(covered ? `network '${cidr}' of ${kind} 'it' has nothing left without '${except}'` :
      `exceptions of network '${cidr}' of ${kind} 'it' must be within it, got '${except}'`);
  });

  test('must have something left beside the exception', () => {
    expect(() => spec(make([{ cidr: '10.0.0.0/8', exceptions: ['10.0.0.0/8'] }])))
      .toThrow(`network '10.0.0.0/8' of ${kind} 'it' has nothing left without '10.0.0.0/8': leave the network out, or have fewer exceptions`);
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
