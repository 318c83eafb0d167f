import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import {
  ClientAddress, DataPlane, ExtensionProvider, ExternalAuthorization, ExternalAuthorizer, IMeshNamespace, IpAccessList, IpAccessListProps, IstioMesh,
  IstioMeshProps, LinkerdMesh, MeshNamespace, MtlsMigration, MtlsMode, MtlsStep, PolicyTarget, ProviderService, WorkloadSelector,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const targets = [PolicyTarget.gatewayName('edge')];

describe('a list of addresses', () => {
  function list(props: Partial<IpAccessListProps>): any {
    new IpAccessList(chart, 'List', { clientAddress: ClientAddress.PEER, metadata: { name: 'list', namespace: 'edge' }, targets, ...props });
    return all('AuthorizationPolicy')[0].spec;
  }

  test('denies some, as peers', () => {
    expect(list({ denied: ['203.0.113.0/24'] })).toEqual({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }],
      action: 'DENY',
      rules: [{ from: [{ source: { ipBlocks: ['203.0.113.0/24'] } }] }],
    });
  });

  test('allows some only, as peers', () => {
    const selector = WorkloadSelector.labels({ app: 'web' });
    expect(list({ targets: undefined, selector, allowed: ['10.0.0.0/8'] })).toEqual({
      selector: { matchLabels: { app: 'web' } },
      action: 'DENY',
      rules: [{ from: [{ source: { notIpBlocks: ['10.0.0.0/8'] } }] }],
    });
  });

  test.each([ClientAddress.forwardedFor(2), ClientAddress.PROXY_PROTOCOL])('looks for clients behind proxies (%#)', clientAddress => {
    expect(list({ clientAddress, allowed: ['10.0.0.0/8'], denied: ['10.1.0.0/16'] }).rules).toEqual([{
      from: [{ source: { remoteIpBlocks: ['10.1.0.0/16'] } }, { source: { notRemoteIpBlocks: ['10.0.0.0/8'] } }],
    }]);
  });

  test('may be for some hosts and ports', () => {
    expect(list({ denied: ['10.0.0.1'], hosts: ['admin.example.com'], ports: [443] }).rules[0].to)
      .toEqual([{ operation: { hosts: ['admin.example.com', 'admin.example.com:*'], ports: ['443'] } }]);
  });

  test('may be for some ports, or for some hosts where all is HTTP', () => {
    expect(list({ denied: ['10.0.0.1'], ports: [443] }).rules[0].to).toEqual([{ operation: { ports: ['443'] } }]);
    chart = new Chart(new App(), 'test');
    expect(list({ denied: ['10.0.0.1'], hosts: ['admin.*'], deniesNonHttp: true }).rules[0].to).toEqual([{ operation: { hosts: ['admin.*'] } }]);
  });

  test('is refused', () => {
    const refused = (props: Partial<IpAccessListProps>, message: string) => {
      chart = new Chart(new App(), 'test');
      expect(() => list(props)).toThrow(message);
    };
    refused({}, 'list \'List\' of addresses needs allowed or denied, got none: pass at least one address or block');
    refused({ denied: ['host'] }, 'ipBlocks of a source must be an IP address or a CIDR block');
    refused({ allowed: [] }, 'notIpBlocks of a source must have at least one value, got none');
    refused({ denied: ['10.0.0.1'], hosts: ['a'] }, 'a rule of AuthorizationPolicy \'list\' denies by hosts, and would deny every connection that is not HTTP');
    refused({ denied: ['10.0.0.1'], hosts: ['*.a'], ports: [80] },
      'host \'*.a\' of a policy would miss requests that add a port to the host: name each host, or leave hosts out');
  });

  test('goes with what the gateway must be told', () => {
    expect(ClientAddress.PEER.gatewayAnnotations).toEqual({});
    expect(ClientAddress.forwardedFor(2).gatewayAnnotations).toEqual({ 'proxy.istio.io/config': '{"gatewayTopology":{"numTrustedProxies":2}}' });
    expect(ClientAddress.PROXY_PROTOCOL.gatewayAnnotations).toEqual({ 'proxy.istio.io/config': '{"gatewayTopology":{"proxyProtocol":{}}}' });
    expect(() => ClientAddress.forwardedFor(0))
      .toThrow('trusted proxies must be a whole number of at least 1, got 0: use ClientAddress.PEER where none is in front');
    expect(() => ClientAddress.forwardedFor(1.5)).toThrow('got 1.5');
  });
});

describe('external authorization', () => {
  const service = ProviderService.serviceName('auth', 'edge', 4180);

  test('asks for everything', () => {
    const provider = ExternalAuthorizer.openPolicyAgent('opa', { service, timeout: Duration.seconds(1) });
    new IstioMesh(chart, 'Mesh', { extensionProviders: [provider] });
    new ExternalAuthorization(chart, 'Opa', { metadata: { name: 'opa', namespace: 'shop' }, provider, selector: WorkloadSelector.labels({ app: 'web' }) });
    expect(all('AuthorizationPolicy')).toEqual([{
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'opa', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'web' } }, action: 'CUSTOM', provider: { name: 'opa' }, rules: [{}] },
    }]);
  });

  test('asks for some requests', () => {
    const { policy } = new ExternalAuthorization(chart, 'OAuth', {
      provider: ExtensionProvider.named('oauth'),
      targets,
      hosts: ['shop.example.com'],
      ports: [443],
      paths: ['/app/*'],
      exceptPaths: ['/app/public/*'],
      exceptMethods: ['OPTIONS'],
    });
    expect(policy._toKube().rules).toEqual([{
      to: [{
        operation: {
          hosts: ['shop.example.com', 'shop.example.com:*'], ports: ['443'], paths: ['/app/*'], notPaths: ['/app/public/*'], notMethods: ['OPTIONS'],
        },
      }],
    }]);
  });

  test('needs a provider that the mesh has', () => {
    new IstioMesh(chart, 'Mesh');
    expect(() => new ExternalAuthorization(chart, 'OAuth', { metadata: { name: 'oauth' }, provider: ExtensionProvider.named('oauth') }))
      .toThrow('action CUSTOM of AuthorizationPolicy \'oauth\' names the extension provider \'oauth\', which the mesh does not have');
  });

  test('is not for ztunnel', () => {
    const provider = ExternalAuthorizer.oauth2Proxy('oauth', { service });
    new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT, extensionProviders: [provider] });
    expect(() => new ExternalAuthorization(chart, 'OAuth', { metadata: { name: 'oauth' }, provider }))
      .toThrow('AuthorizationPolicy \'oauth\' is enforced by ztunnel, which does not know action CUSTOM');
    expect(() => new ExternalAuthorization(chart, 'Waypoint', { provider, targets })).not.toThrow();
  });

  test('knows OAuth2 Proxy', () => {
    expect(ExternalAuthorizer.oauth2Proxy('oauth', { service, timeout: Duration.seconds(2) })._toKube()).toEqual({
      name: 'oauth',
      envoyExtAuthzHttp: {
        service: 'auth.edge.svc.cluster.local',
        port: 4180,
        timeout: '2s',
        includeRequestHeadersInCheck: ['authorization', 'cookie'],
        includeAdditionalHeadersInCheck: { 'X-Auth-Request-Redirect': 'https://%REQ(:authority)%%REQ(:path)%' },
        headersToUpstreamOnAllow: ['authorization', 'x-auth-request-*'],
        headersToDownstreamOnAllow: ['set-cookie'],
        headersToDownstreamOnDeny: ['content-type', 'location', 'set-cookie'],
      },
    });
  });

  test('knows Open Policy Agent', () => {
    const includeRequestBodyInCheck = { maxRequestBytes: Size.kibibytes(1) };
    expect(ExternalAuthorizer.openPolicyAgent('opa', { service, timeout: Duration.seconds(1), includeRequestBodyInCheck })._toKube()).toMatchObject({
      name: 'opa', envoyExtAuthzGrpc: { port: 4180, timeout: '1s', includeRequestBodyInCheck: { maxRequestBytes: 1024 } },
    });
  });
});

describe('a migration to mTLS', () => {
  type MakeStep = (imported: IMeshNamespace, own: (mtls?: MtlsMode) => IMeshNamespace) => MtlsStep;

  function modes(step: MakeStep, props: IstioMeshProps = {}): { [namespace: string]: string } {
    const mesh = new IstioMesh(chart, 'Mesh', props);
    const legacy = MeshNamespace.fromNamespaceName(chart, 'Legacy', 'legacy', { mesh });
    const shop = (mtls?: MtlsMode) => new MeshNamespace(chart, 'Shop', { mesh, name: 'shop', mtls });
    new MtlsMigration(chart, 'Migration', { mesh, step: step(legacy, shop) });
    return Object.fromEntries(all('PeerAuthentication').map(({ metadata: { name, namespace }, spec }) => [`${namespace}/${name}`, spec.mtls.mode]));
  }

  test('begins with both', () => {
    expect(modes(() => MtlsStep.PERMISSIVE, { rootNamespace: 'mesh-root' })).toEqual({ 'mesh-root/default': 'PERMISSIVE' });
  });

  test('goes namespace by namespace', () => {
    expect(modes((legacy, own) => MtlsStep.strictIn(legacy, own(MtlsMode.UNSET))))
      .toEqual({ 'istio-system/default': 'PERMISSIVE', 'legacy/default': 'STRICT', 'shop/default': 'STRICT' });
  });

  test('takes what a namespace says already', () => {
    expect(modes((_, own) => MtlsStep.strictIn(own()))).toEqual({ 'istio-system/default': 'PERMISSIVE', 'shop/default': 'STRICT' });
  });

  test('ends with mTLS everywhere, but for some', () => {
    expect(modes(legacy => MtlsStep.strict(legacy))).toEqual({ 'istio-system/default': 'STRICT', 'legacy/default': 'PERMISSIVE' });
    chart = new Chart(new App(), 'test');
    expect(modes(() => MtlsStep.strict())).toEqual({ 'istio-system/default': 'STRICT' });
  });

  test.each<[string, () => unknown]>([
    ['strictIn of an mTLS migration needs at least one namespace, got none: use MtlsStep.PERMISSIVE', () => MtlsStep.strictIn()],
    ['namespace \'shop\' has mtls STRICT already, got PERMISSIVE by a migration: pass mtls: MtlsMode.UNSET to the MeshNamespace',
      () => modes((_, own) => MtlsStep.strict(own()))],
    ['namespace \'far\' of an mTLS migration is in another mesh: pass namespaces of the same one',
      () => modes(() => MtlsStep.strict(MeshNamespace.fromNamespaceName(chart, 'Far', 'far', { mesh: new IstioMesh(new Chart(new App(), 'far'), 'Mesh') })))],
    ['namespace \'istio-system\' of an mTLS migration is the root namespace, whose objects hold for the whole mesh: leave it out',
      () => modes(({ mesh }) => MtlsStep.strict(MeshNamespace.fromNamespaceName(chart, 'Root', 'istio-system', { mesh })))],
    ['MtlsMigration needs an Istio mesh, got a Linkerd mesh: its proxies speak mTLS to each other anyway',
      () => new MtlsMigration(chart, 'Migration', { mesh: new LinkerdMesh(chart, 'Mesh'), step: MtlsStep.PERMISSIVE })],
  ])('is refused: %s', (message, make) => {
    expect(make).toThrow(message);
  });
});

describe('a policy of Istio', () => {
  const metadata = { name: 'it', namespace: 'shop' };

  test.each<[string, () => unknown]>([
    ["list 'List' of addresses is a policy that proxies of Istio enforce, got a Linkerd mesh: make a LinkerdNetworkAuthentication",
      () => new IpAccessList(chart, 'List', { metadata, clientAddress: ClientAddress.PEER, denied: ['203.0.113.0/24'] })],
    ["authorization 'Ask' by others is a policy that proxies of Istio enforce, got a Linkerd mesh: call authorizeBy of the edge of a gateway",
      () => new ExternalAuthorization(chart, 'Ask', { metadata, provider: ExtensionProvider.named('opa') })],
  ])('is nothing that Linkerd reads: %s', (message, make) => {
    new LinkerdMesh(chart, 'Mesh');
    expect(make).toThrow(message);
  });
});
