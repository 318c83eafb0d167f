import { Duration } from 'cdk8s';
import { Deployment, LabelSelector, ServiceAccount } from 'cdk8s-plus-28';
import { CERTIFICATE, Door, OWN, PROVISIONED } from './istio-edge-gateway';
import { ClientAddress, ExtensionProvider, GatewayHost, MeshNamespace, MeshWorkload, ProviderService } from '../../src';

const hosts = [GatewayHost.https('shop.example.com', CERTIFICATE), GatewayHost.http('plain.example.com'), GatewayHost.tcp(5432)];
const opa = ExtensionProvider.envoyExtAuthzGrpc('opa', { service: ProviderService.serviceName('opa', 'policy', 9191), timeout: Duration.seconds(1) });
const door = (props = {}) => new Door(OWN, { hosts, ...props }, { extensionProviders: [opa] });
const policy = (of: Door) => of.all('AuthorizationPolicy')[0];

describe('an authorizer', () => {
  test('decides on all that is HTTP', () => {
    const of = door();
    of.gateway.edge.authorizeBy(opa);

    expect(policy(of).metadata.name).toBe('door-authorization');
    expect(policy(of).spec).toMatchObject({ action: 'CUSTOM', provider: { name: 'opa' } });
    expect(policy(of).spec.rules).toEqual([
      { to: [{ operation: { ports: ['443'] } }] },
      { to: [{ operation: { hosts: ['plain.example.com', 'plain.example.com:*'], ports: ['80'] } }] },
    ]);
  });

  test('decides on some hosts, paths and methods', () => {
    const of = door();
    of.gateway.edge.authorizeBy(opa, { hosts: ['shop.example.com', 'plain.example.com'], paths: ['/a*'], exceptPaths: ['/a/open'], exceptMethods: ['OPTIONS'] });

    const operation = { paths: ['/a*'], notPaths: ['/a/open'], notMethods: ['OPTIONS'] };
    expect(policy(of).metadata.name).toBe('door-authorization-shop-example-com');
    expect(policy(of).spec.rules).toEqual([{
      to: [
        { operation: { ...operation, hosts: ['shop.example.com', 'shop.example.com:*'], ports: ['443'] } },
        { operation: { ...operation, hosts: ['plain.example.com', 'plain.example.com:*'], ports: ['80'] } },
      ],
    }]);
  });

  test('is one that the mesh declares', () => {
    expect(() => new Door(OWN, {}, { extensionProviders: [] }).gateway.edge.authorizeBy(opa)).toThrow("'opa'");
  });

  test('lets the gateway ask, where it is a workload of the mesh', () => {
    const of = door();
    const metadata = { name: 'opa', namespace: 'policy' };
    const deployment = new Deployment(of.chart, 'Opa', {
      metadata,
      select: false,
      podMetadata: { labels: { app: 'opa' } },
      serviceAccount: new ServiceAccount(of.chart, 'OpaAccount', { metadata }),
      containers: [{ image: 'opa' }],
    });
    deployment.select(LabelSelector.of({ labels: { app: 'opa' } }));
    const namespace = new MeshNamespace(of.chart, 'Policy', { mesh: of.mesh, name: 'policy' });
    const authorizer = new MeshWorkload(of.chart, 'Workload', { namespace, workload: deployment });
    of.gateway.edge.authorizeBy(opa, { authorizer });

    const allowed = of.all('AuthorizationPolicy').filter(({ metadata: { namespace: where }, spec }) => where === 'policy' && spec.rules);
    expect(allowed.map(({ spec }) => spec.rules[0].from)).toEqual([[{ source: { principals: ['cluster.local/ns/edge/sa/door'] } }]]);
  });
});

describe('a list of addresses', () => {
  test('holds for every connection', () => {
    const of = door({ clientAddress: ClientAddress.PEER });
    of.gateway.edge.restrictAddresses({ allowed: ['10.0.0.0/8'], denied: ['10.1.0.0/16'] });

    expect(policy(of).metadata.name).toBe('door-addresses');
    expect(policy(of).spec).toMatchObject({
      action: 'DENY', rules: [{ from: [{ source: { ipBlocks: ['10.1.0.0/16'] } }, { source: { notIpBlocks: ['10.0.0.0/8'] } }] }],
    });
    expect(policy(of).spec.rules[0].to).toBeUndefined();
  });

  test('holds for some hosts, of a provisioned gateway', () => {
    const of = new Door(PROVISIONED, { hosts, clientAddress: ClientAddress.PROXY_PROTOCOL });
    of.gateway.edge.restrictAddresses({ hosts: ['plain.example.com'], denied: ['10.1.0.0/16'] });

    expect(policy(of).spec.targetRefs).toHaveLength(1);
    expect(policy(of).spec.rules).toEqual([{
      from: [{ source: { remoteIpBlocks: ['10.1.0.0/16'] } }],
      to: [{ operation: { hosts: ['plain.example.com', 'plain.example.com:*'], ports: ['80'] } }],
    }]);
  });

  test('needs to know addresses', () => {
    expect(() => door().gateway.edge.restrictAddresses({ allowed: ['10.0.0.0/8'] })).toThrow("gateway 'door' cannot restrict addresses: nobody said how it learns those " +
      'of clients, and a load balancer in front would be taken for all of them; ' +
      'pass clientAddress to the gateway: ClientAddress.PEER, PROXY_PROTOCOL or forwardedFor(...)');
  });

  test('is not empty', () => {
    expect(() => door({ clientAddress: ClientAddress.PEER }).gateway.edge.restrictAddresses({})).toThrow(
      "list of addresses of gateway 'door' needs allowed or denied, got none: pass at least one address or block");
  });

  test('cannot be read from X-Forwarded-For where there is none, now or later', () => {
    const clientAddress = ClientAddress.forwardedFor(1);
    const message = (host: string) => `gateway 'door' cannot restrict addresses at ${host}: what is no HTTP has no X-Forwarded-For, so that the proxy in front would be ` +
      'taken for the client; name the hosts with HTTP, or use ClientAddress.PROXY_PROTOCOL';
    const later = door({ clientAddress, hosts: hosts.slice(0, 2) });
    later.gateway.edge.restrictAddresses({ allowed: ['10.0.0.0/8'] });

    expect(() => door({ clientAddress }).gateway.edge.restrictAddresses({ allowed: ['10.0.0.0/8'] })).toThrow(message('port 5432'));
    expect(() => later.gateway.addHost(GatewayHost.passthrough('db.example.com'))).toThrow(message("host 'db.example.com'"));
    expect(() => later.gateway.addHost(GatewayHost.http('other.example.com'))).not.toThrow();
  });
});
