import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAccessLog } from '../../conformance/envoy/access-log';
import { Backends } from '../../conformance/envoy/backends';
import { ClusterUse, originalName } from '../../conformance/envoy/cluster-use';
import { adaptClusters } from '../../conformance/envoy/clusters';
import { adaptListeners } from '../../conformance/envoy/listeners';
import { SecretFiles } from '../../conformance/envoy/secrets';
import { Message, ProxyConfig } from '../../conformance/istiod/ask';
import { Pod } from '../../conformance/world/pod';

const config = (parts: Partial<ProxyConfig>): ProxyConfig => ({ listeners: [], routes: [], clusters: [], endpoints: [], secrets: [], ...parts });
const AUTHORITIES = { mesh: 'mesh authority', public: 'public authority' };
const POD: Pod = {
  name: 'web-0', namespace: 'shop', workload: 'web', labels: {}, serviceAccount: 'web', role: 'sidecar', ip: '127.20.1.1', ports: [], down: false,
};
const http = (more: object = {}): Message => ({ name: 'envoy.filters.network.http_connection_manager', typedConfig: { httpFilters: [], ...more } });
const weighted = (...weights: number[]): Message => ({ name: 'x', route: { weightedClusters: { clusters: weights.map(weight => ({ name: 'a', weight })) } } });
const tcp = (cluster: string): Message => ({ name: 'envoy.filters.network.tcp_proxy', typedConfig: { cluster } });

describe('listeners', () => {
  const place = { ip: '127.20.1.1', ports: [8080, 443], log: '/log' };
  const adapt = (listener: Message, routes: Message[] = []) => adaptListeners(config({ listeners: [listener], routes }), place)[0];

  test('of a gateway are on its pod, on ports that anybody may open', () => {
    const { address } = adapt({ name: '0.0.0.0_443', address: { socketAddress: { address: '0.0.0.0', portValue: 443 } } });

    expect(address).toEqual({ socketAddress: { address: '127.20.1.1', portValue: 20443 } });
  });

  test('that iptables would redirect to are on all ports of the pod', () => {
    const inbound = adapt({
      name: 'virtualInbound',
      address: { socketAddress: { address: '0.0.0.0', portValue: 15006 } },
      listenerFilters: [{ name: 'envoy.filters.listener.original_dst' }, { name: 'envoy.filters.listener.tls_inspector' }],
      filterChains: [{ filterChainMatch: { destinationPort: 443 }, filters: [tcp('a')] }],
    });

    expect(inbound.address.socketAddress.portValue).toBe(8080);
    expect(inbound.additionalAddresses.map((one: Message) => one.address.socketAddress.portValue)).toEqual([20443]);
    expect(inbound.listenerFilters).toEqual([{ name: 'envoy.filters.listener.tls_inspector' }]);
    expect(inbound.filterChains[0].filterChainMatch).toEqual({ destinationPort: 20443 });
  });

  test('for what an application sends learn the destination by the PROXY protocol', () => {
    const outbound = adapt({ name: 'virtualOutbound', address: { socketAddress: { address: '0.0.0.0', portValue: 15001 } } });
    const behind = adapt({ name: '0.0.0.0_80', bindToPort: false, address: { socketAddress: { address: '0.0.0.0', portValue: 80 } } });

    expect(outbound.listenerFilters[0].name).toBe('envoy.filters.listener.proxy_protocol');
    expect(behind.address.socketAddress).toEqual({ address: '0.0.0.0', portValue: 80 });
  });

  test('have their routes inside, and no filters of Istio\'s own', () => {
    const listener = adapt({
      name: '0.0.0.0_80',
      address: { socketAddress: { address: '0.0.0.0', portValue: 80 } },
      filterChains: [{
        filters: [{ name: 'istio.metadata_exchange' }, http({
          rds: { routeConfigName: 'http.80' }, tracing: {}, httpFilters: [{ name: 'istio.stats' }, { name: 'envoy.filters.http.rbac' }, { name: 'envoy.filters.http.router' }],
        })],
      }],
    }, [{ name: 'http.80', virtualHosts: [{ routes: [weighted(90, 10), weighted(100, 0), { name: 'plain', route: { cluster: 'a' } }] }] }]);
    const [manager] = listener.filterChains[0].filters;

    expect(listener.filterChains[0].filters).toHaveLength(1);
    expect(manager.typedConfig).toMatchObject({
      routeConfig: { name: 'http.80', virtualHosts: [{ routes: [{ name: 'by chance' }, { name: 'x' }, { name: 'plain' }] }] },
      httpFilters: [{ name: 'envoy.filters.http.rbac' }, { name: 'envoy.filters.http.router' }],
    });
    expect(manager.typedConfig).not.toHaveProperty('tracing');
    expect(manager.typedConfig.accessLog[0].typedConfig.path).toBe('/log');
  });

  const filtersOf = (...filters: Message[]) => adapt({
    name: '0.0.0.0_80', address: { socketAddress: { address: '0.0.0.0', portValue: 80 } }, filterChains: [{ filters }],
  }).filterChains[0].filters;

  test('keep filters of Envoy that people named', () => {
    const [manager] = filtersOf(http({
      httpFilters: [
        { name: 'extensions.istio.io/lua', typedConfig: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua' } },
        { name: 'istio.stats', typedConfig: { '@type': 'type.googleapis.com/stats.PluginConfig' } },
      ],
    }));

    expect(manager.typedConfig.httpFilters.map(({ name }: Message) => name)).toEqual(['extensions.istio.io/lua']);
  });

  test('have policies for the ports on which they are', () => {
    const rules = { policies: { deny: { permissions: [{ andRules: { rules: [{ destinationPort: 80 }, { destinationPort: 8080 }] } }] } } };
    const rbac = (kind: string) => ({ name: `envoy.filters.${kind}.rbac`, typedConfig: { rules } });
    const [network, manager] = filtersOf(rbac('network'), http({ httpFilters: [rbac('http')] }));
    const portsOf = ({ typedConfig }: Message) => typedConfig.rules.policies.deny.permissions[0].andRules.rules;

    expect(portsOf(network)).toEqual([{ destinationPort: 20080 }, { destinationPort: 8080 }]);
    expect(portsOf(manager.typedConfig.httpFilters[0])).toEqual([{ destinationPort: 20080 }, { destinationPort: 8080 }]);
  });

  test('write the logs that the mesh asks for, with their filters, beside ours', () => {
    const file = 'type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog';
    const [manager] = filtersOf(http({
      accessLog: [
        { name: 'envoy.access_loggers.file', filter: { errors: true }, typedConfig: { '@type': file, 'path': '/dev/stdout' } },
        { name: 'envoy.access_loggers.http_grpc', typedConfig: { '@type': 'other' } },
      ],
    }));

    expect(manager.typedConfig.accessLog).toHaveLength(2);
    expect(manager.typedConfig.accessLog[1]).toMatchObject({ filter: { errors: true }, typedConfig: { path: '/log.mesh' } });
  });
});

describe('clusters', () => {
  const backends = new Backends({ authorities: AUTHORITIES, certificates: {} });
  const balance = (address: string, port: number) => address === '34.1.2.3' ? { ip: '127.20.9.9', port: port + 30_000 } : undefined;
  const around = { backends, passthrough: 4711, balance };
  const portOf = (cluster: Message) => cluster.loadAssignment.endpoints[0].lbEndpoints[0].endpoint.address.socketAddress;
  const at = (address: string, portValue: number) => ({
    endpoints: [{ lbEndpoints: [{ endpoint: { address: { socketAddress: { address, portValue } } } }] }],
  });

  afterAll(() => backends.stop());

  test('of pods lead to the pods', async () => {
    const [cluster] = await adaptClusters(config({
      clusters: [{ name: 'outbound|80||web', type: 'EDS', edsClusterConfig: { serviceName: 'outbound|80||web' }, filters: [] }],
      endpoints: [{ clusterName: 'outbound|80||web', ...at('127.20.1.2', 80) }],
    }), POD, around);

    expect(cluster.type).toBe('STATIC');
    expect(portOf(cluster)).toEqual({ address: '127.20.1.2', portValue: 20080 });
    expect(cluster).not.toHaveProperty('filters');
  });

  test('of a load balancer lead to a pod behind it', async () => {
    const [cluster] = await adaptClusters(config({
      clusters: [{ name: 'outbound|80||web', type: 'EDS', edsClusterConfig: { serviceName: 'outbound|80||web' }, filters: [] }],
      endpoints: [{ clusterName: 'outbound|80||web', ...at('34.1.2.3', 15443) }],
    }), POD, around);

    expect(portOf(cluster)).toEqual({ address: '127.20.9.9', portValue: 45443 });
  });

  test.each([
    ['a host outside', { name: 'outbound|443||api.example.com', type: 'STRICT_DNS', loadAssignment: at('api.example.com', 443) }, 'api.example.com:443'],
    ['the application', { name: 'inbound|8080||', type: 'ORIGINAL_DST', lbPolicy: 'CLUSTER_PROVIDED' }, 'shop/web:8080'],
    ['a ServiceEntry without addresses', { name: 'outbound|443||api.example.com', type: 'ORIGINAL_DST' }, 'api.example.com:443'],
  ])('of %s lead to a backend of that name', async (_, cluster, name) => {
    const [adapted] = await adaptClusters(config({ clusters: [cluster] }), POD, around);

    expect(adapted).toMatchObject({ type: 'STATIC' });
    expect(adapted.lbPolicy).toBeUndefined();
    expect(portOf(adapted)).toEqual({ address: '127.0.0.1', portValue: (await backends.get(name)).port });
  });

  test('that pass on tell where the client wanted to go', async () => {
    const [cluster] = await adaptClusters(config({ clusters: [{ name: 'PassthroughCluster', type: 'ORIGINAL_DST' }] }), POD, around);

    expect(portOf(cluster).portValue).toBe(4711);
    expect(cluster.transportSocket.name).toBe('envoy.transport_sockets.upstream_proxy_protocol');
  });

  test('that both HTTP and TCP use offer a protocol for each', async () => {
    const both = config({
      listeners: [{ name: 'a', filterChains: [{ filters: [tcp('egress')] }] }],
      routes: [{ virtualHosts: [{ routes: [{ route: { cluster: 'egress' } }, { route: { weightedClusters: { clusters: [{ name: 'grpc' }] } } }] }] }],
      clusters: [
        { name: 'egress', transportSocket: { typedConfig: { commonTlsContext: { alpnProtocols: ['istio-peer-exchange', 'istio'] } } } },
        {
          name: 'grpc',
          transportSocket: { typedConfig: { commonTlsContext: { alpnProtocols: ['istio-peer-exchange', 'istio', 'h2'] } } },
          typedExtensionProtocolOptions: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': { explicitHttpConfig: { http2ProtocolOptions: { x: 1 } } } },
        },
      ],
    });
    const clusters = await adaptClusters(both, POD, around);

    expect(clusters.map(cluster => [cluster.name, cluster.transportSocket.typedConfig.commonTlsContext.alpnProtocols])).toEqual([
      ['egress', ['istio-http/1.1', 'istio', 'http/1.1']],
      ['egress;tcp', ['istio-peer-exchange', 'istio']],
      ['grpc', ['istio-h2', 'istio', 'h2']],
    ]);
    expect(new ClusterUse(both).tcpName('egress')).toBe('egress;tcp');
    expect([originalName('egress;tcp'), originalName('grpc')]).toEqual(['egress', 'grpc']);
  });
});

describe('files', () => {
  let dir = '';
  beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'envoy-test-')); });
  afterEach(() => rmSync(dir, { recursive: true }));

  test('hold the secrets that a proxy may have, and nothing for others', () => {
    const secrets = new SecretFiles(dir, config({ secrets: [{ name: 'kubernetes://shop-tls', tlsCertificate: {} }] }), { certificate: 'own', key: 'key' },
      { authorities: AUTHORITIES, certificates: {} });
    const fileOf = (name: string) => {
      const { one } = secrets.refer({ one: { name, sdsConfig: { apiConfigSource: {} } } as Message });
      return JSON.parse(readFileSync(one.sdsConfig.pathConfigSource.path, 'utf8')) as Message;
    };

    expect(fileOf('default').resources[0]).toMatchObject({ tlsCertificate: { certificateChain: { inlineString: 'own' } } });
    expect(fileOf('ROOTCA').resources[0]).toMatchObject({ validationContext: { trustedCa: { inlineString: 'mesh authority' } } });
    expect(fileOf('file-root:system').resources[0]).toMatchObject({ validationContext: { trustedCa: { inlineString: 'public authority' } } });
    expect(fileOf('kubernetes://shop-tls').resources).toHaveLength(1);
    expect(fileOf('kubernetes://other').resources).toEqual([]);
  });

  test('of a proxy\'s log become hops', () => {
    const log = join(dir, 'access.log');
    const line = (fields: object) => `${JSON.stringify({ start: '12.5', route: null, cluster: null, flags: null, details: null, termination: null, sni: null, client: null, ...fields })}\n`;
    writeFileSync(log, line({ cluster: 'web;tcp', details: 'via_upstream', flags: '-' }) + line({ details: 'upstream_reset{connection_termination|1.2.3.4}', flags: 'UC' }));

    expect(readAccessLog('edge/public', log)).toEqual([
      { start: 12.5, proxy: 'edge/public', cluster: 'web', byChance: false },
      { start: 12.5, proxy: 'edge/public', byChance: false, because: 'upstream_reset', flags: 'UC' },
    ]);
    expect(readAccessLog('edge/public', join(dir, 'none'))).toEqual([]);
  });

  test('tell what audits, what is on trial, and what the mesh logs', () => {
    const log = join(dir, 'access.log');
    const line = (fields: object) => `${JSON.stringify(fields)}\n`;
    writeFileSync(log, line({ start: '1.5', audited: true }) + line({ start: '2.5', audited: 'false', allowOnTrial: 'denied', denyOnTrial: 'allowed' }));
    writeFileSync(`${log}.mesh`, line({ start: '2.5' }));

    expect(readAccessLog('shop/web', log)).toEqual([
      { start: 1.5, proxy: 'shop/web', byChance: false, audited: true },
      { start: 2.5, proxy: 'shop/web', byChance: false, dryRun: { ALLOW: 'denied', DENY: 'allowed' }, logged: true },
    ]);
  });
});
