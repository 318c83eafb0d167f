import { Testing } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import {
  ConnectionPool, ConnectStrategy, DataPlane, DestinationRule, Gateway, IstioMesh, IstioNetwork, IstioProtocol, IstioVersion, OutlierDetection,
  ServiceEntry, ServiceEntryLocation, ServiceEntryProps, ServiceEntryResolution, TrafficDistribution, TrafficPolicy, UseWaypoint, WorkloadLocality,
  WorkloadSelector,
} from '../../src';

const { DNS, DNS_ROUND_ROBIN, DYNAMIC_DNS, NONE, STATIC } = ServiceEntryResolution;
const https = { number: 443, name: 'https', protocol: IstioProtocol.HTTPS };
const tcp = { number: 9000, name: 'tcp', protocol: IstioProtocol.TCP };
const web = { hosts: ['api.example.com'], ports: [https], resolution: DNS };

function entry(props: Partial<ServiceEntryProps> = {}): ServiceEntry {
  return new ServiceEntry(Testing.chart(), 'Entry', { ...web, ...props });
}

function spec(props: Partial<ServiceEntryProps>): unknown {
  const chart = Testing.chart();
  new ServiceEntry(chart, 'Entry', { ...web, ...props });
  return Testing.synth(chart)[0].spec;
}

describe('a ServiceEntry', () => {
  test('writes what it is given and nothing else', () => {
    // GIVEN
    const chart = Testing.chart();

    // WHEN
    new ServiceEntry(chart, 'Entry', { ...web, metadata: { name: 'api', namespace: 'egress' } });

    // THEN
    expect(Testing.synth(chart)).toEqual([{
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name: 'api', namespace: 'egress' },
      spec: { hosts: ['api.example.com'], ports: [{ number: 443, name: 'https', protocol: 'HTTPS' }], resolution: 'DNS' },
    }]);
  });

  test('writes every field', () => {
    // GIVEN
    const chart = Testing.chart();
    const every = {
      hosts: ['db.example.com'],
      ports: [{ ...tcp, targetPort: 5432 }],
      addresses: ['10.9.0.0/16', '2001:db8::1'],
      location: ServiceEntryLocation.MESH_INTERNAL,
      resolution: STATIC,
      endpoints: [
        {
          address: '10.1.2.3',
          ports: { tcp: 5433 },
          labels: { version: 'v1' },
          network: IstioNetwork.of('vm-net'),
          locality: WorkloadLocality.subzone('region', 'zone', 'subzone'),
          weight: 4294967294,
          serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'Account', 'db'),
        },
        { network: IstioNetwork.of('other-net') },
      ],
      exportTo: ['.'],
      subjectAltNames: ['spiffe://cluster.local/ns/db/sa/db'],
    };

    // WHEN
    new ServiceEntry(chart, 'Entry', every);

    // THEN
    expect(Testing.synth(chart)[0].spec).toEqual({
      ...every,
      endpoints: [
        {
          address: '10.1.2.3',
          ports: { tcp: 5433 },
          labels: { version: 'v1' },
          network: 'vm-net',
          locality: 'region/zone/subzone',
          weight: 4294967294,
          serviceAccount: 'db',
        },
        { network: 'other-net' },
      ],
    });
  });

  test('writes by labels and annotations what its spec has no fields for', () => {
    // GIVEN
    const chart = Testing.chart();

    // WHEN
    new ServiceEntry(chart, 'Entry', {
      ...web,
      autoAllocateIp: true,
      connectStrategy: ConnectStrategy.RACE_FIRST_TCP_CONNECT,
      trafficDistribution: TrafficDistribution.PREFER_SAME_NODE,
      useWaypoint: UseWaypoint.gateway(Gateway.fromGatewayName('egress', { namespace: 'waypoints' })),
      ingressUseWaypoint: false,
    });

    // THEN
    expect(Testing.synth(chart)[0].metadata).toMatchObject({
      labels: {
        'networking.istio.io/enable-autoallocate-ip': 'true',
        'istio.io/use-waypoint': 'egress',
        'istio.io/use-waypoint-namespace': 'waypoints',
        'istio.io/ingress-use-waypoint': 'false',
      },
      annotations: {
        'istio.io/connect-strategy': 'RACE_FIRST_TCP_CONNECT',
        'networking.istio.io/traffic-distribution': 'PreferSameNode',
      },
    });
  });

  test('is written in the version that the declared release has, and refused with what it lacks', () => {
    // GIVEN
    const chart = Testing.chart();
    new IstioMesh(chart, 'Mesh', { version: IstioVersion.V1_21, dataPlane: DataPlane.SIDECAR });

    // WHEN
    const old = new ServiceEntry(chart, 'Old', web);

    // THEN
    expect(Testing.synth(chart).find(({ kind }) => kind === old.kind).apiVersion).toBe('networking.istio.io/v1beta1');
    expect(() => new ServiceEntry(chart, 'New', { ...web, hosts: ['*.example.com'], resolution: DYNAMIC_DNS, ports: [{ ...https, protocol: IstioProtocol.TLS }] }))
      .toThrow('is not in Istio 1.21');
  });

  test('of the cluster is known by name', () => {
    expect(ServiceEntry.fromServiceEntryName('api', { namespace: 'egress', hosts: ['api.example.com'] }))
      .toEqual({ name: 'api', namespace: 'egress', hosts: ['api.example.com'] });
    expect(() => ServiceEntry.fromServiceEntryName('Api')).toThrow('name of the ServiceEntry must be a DNS subdomain');
    expect(() => ServiceEntry.fromServiceEntryName('api', { namespace: 'a.b' })).toThrow('namespace of the ServiceEntry must be a DNS label');
    expect(entry({ metadata: { name: 'api', namespace: 'egress' } })).toMatchObject({ name: 'api', namespace: 'egress', hosts: ['api.example.com'] });
  });

  test('selects workloads', () => {
    expect(spec({ resolution: STATIC, workloadSelector: WorkloadSelector.labels({ app: 'db' }) }))
      .toMatchObject({ workloadSelector: { labels: { app: 'db' } } });
  });

  test('needs no given-out address where it has one, or none is asked for', () => {
    expect(entry({ ports: [tcp], addresses: ['10.0.0.1'], autoAllocateIp: false }).metadata.getLabel('networking.istio.io/enable-autoallocate-ip')).toBe('false');
    expect(entry({ ports: [tcp], resolution: NONE, autoAllocateIp: false }).metadata.getLabel('networking.istio.io/enable-autoallocate-ip')).toBe('false');
    expect(entry({ autoAllocateIp: false }).metadata.getLabel('networking.istio.io/enable-autoallocate-ip')).toBe('false');
  });

  test('may go to a socket', () => {
    expect(spec({ resolution: STATIC, endpoints: [{ address: 'unix:///run/db.sock' }] })).toMatchObject({ endpoints: [{ address: 'unix:///run/db.sock' }] });
  });

  test('may be visible to nobody', () => {
    expect(spec({ exportTo: ['~'] })).toMatchObject({ exportTo: ['~'] });
  });

  test('may have wildcards where they can be resolved', () => {
    expect(spec({ hosts: ['*.example.com'], resolution: NONE })).toMatchObject({ hosts: ['*.example.com'] });
    expect(spec({ hosts: ['*.example.com'], endpoints: [{ address: 'api.example.com' }] })).toMatchObject({ hosts: ['*.example.com'] });
    expect(spec({ hosts: ['*.example.com', '*-a.example.com', '*b.example.com'], resolution: DYNAMIC_DNS, ports: [{ ...https, protocol: IstioProtocol.TLS }] }))
      .toMatchObject({ hosts: ['*.example.com', '*-a.example.com', '*b.example.com'] });
  });

  test('may have several hosts on TCP where the client chooses the address', () => {
    expect(spec({ hosts: ['a.example.com', 'b.example.com'], resolution: NONE, ports: [tcp] })).toMatchObject({ resolution: 'NONE' });
  });

  test('tells its hosts', () => {
    expect(entry().host().host).toBe('api.example.com');
    const two = entry({ hosts: ['a.example.com', 'b.example.com'] });
    expect(two.istioHosts.map(host => host.host)).toEqual(['a.example.com', 'b.example.com']);
    expect(two.host('b.example.com').host).toBe('b.example.com');
    expect(() => two.host()).toThrow('host must be one of the ServiceEntry\'s, got none: pass one of a.example.com, b.example.com');
    expect(() => two.host('c.example.com')).toThrow('host must be one of the ServiceEntry\'s, got \'c.example.com\': pass one of');
  });

  test('resolved per request is not taken with outlier detection, on which istiod fails', () => {
    const dynamic = { hosts: ['*.example.com'], resolution: DYNAMIC_DNS, ports: [{ ...https, protocol: IstioProtocol.TLS }] };
    const chart = Testing.chart();
    const pool = ConnectionPool.of({ tcp: { maxConnections: 100 } });
    new IstioMesh(chart, 'Mesh', { defaultTrafficPolicy: { outlierDetection: OutlierDetection.of({}), connectionPool: pool } });
    expect(() => new ServiceEntry(chart, 'Dynamic', dynamic)).toThrow('a ServiceEntry with resolution DYNAMIC_DNS cannot be in a mesh whose defaultTrafficPolicy ' +
      'has outlierDetection, with which istiod fails: say outlierDetection in DestinationRules instead');
    expect(() => new ServiceEntry(chart, 'Fixed', { ...dynamic, hosts: ['a.example.com'], resolution: DNS })).not.toThrow();
    const other = Testing.chart();
    new IstioMesh(other, 'Mesh', { defaultTrafficPolicy: { connectionPool: pool } });
    const known = new ServiceEntry(other, 'Dynamic', dynamic);
    const rule = (id: string, trafficPolicy: TrafficPolicy) => () => new DestinationRule(other, id, { host: known.host(), trafficPolicy });
    const message = 'outlierDetection cannot be for host \'*.example.com\' of a ServiceEntry with resolution DYNAMIC_DNS, on which istiod fails: leave it out';
    expect(rule('Whole', { outlierDetection: OutlierDetection.of({}) })).toThrow(message);
    expect(rule('Port', { portLevelSettings: [{ port: 443, outlierDetection: OutlierDetection.of({}) }] })).toThrow(message);
    expect(rule('Pool', { connectionPool: pool })).not.toThrow();
    expect(() => new DestinationRule(other, 'Subset', { host: known.istioHosts[0], subsets: [{ name: 'v1', trafficPolicy: { outlierDetection: OutlierDetection.of({}) } }] }))
      .toThrow(message);
  });

  test('looked up in several places is not taken with an order of places, on which istiod fails', () => {
    const region = WorkloadLocality.region('europe-west1');
    const spread = (locality?: WorkloadLocality) => ({
      hosts: ['a.example.com'], resolution: DNS, ports: [https], endpoints: [{ address: 'one.example.com', locality: region }, { address: 'two.example.com', locality }],
    });
    const message = (why: string) => `endpoints of a ServiceEntry with resolution DNS must have one locality with ${why}, got 2, with which istiod fails: ` +
      'give all the same locality, or use addresses and STATIC';
    expect(() => entry({ ...spread(), trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE })).toThrow(message('trafficDistribution'));
    expect(() => entry({ ...spread(WorkloadLocality.region('europe-west1')), trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE })).not.toThrow();
    expect(() => entry(spread())).not.toThrow();
    const chart = Testing.chart();
    new IstioMesh(chart, 'Mesh', {
      defaultTrafficPolicy: { outlierDetection: OutlierDetection.of({}) }, localityLbSetting: { failoverPriority: ['topology.kubernetes.io/region'] },
    });
    expect(() => new ServiceEntry(chart, 'Spread', spread())).toThrow(message('a failoverPriority of the mesh'));
    const other = Testing.chart();
    new IstioMesh(other, 'Mesh', { localityLbSetting: { failoverPriority: ['topology.kubernetes.io/region'] } });
    expect(() => new ServiceEntry(other, 'Spread', spread())).not.toThrow();
  });

  test('inside the mesh and resolved per request may not use a waypoint', () => {
    const dynamic = {
      hosts: ['*.example.com'],
      resolution: DYNAMIC_DNS,
      ports: [{ ...https, protocol: IstioProtocol.TLS }],
      location: ServiceEntryLocation.MESH_INTERNAL,
    };
    expect(() => entry({ ...dynamic, metadata: { labels: { 'istio.io/use-waypoint': 'egress' } } }))
      .toThrow('a ServiceEntry with resolution DYNAMIC_DNS that uses waypoint \'egress\' must have location MESH_EXTERNAL, got MESH_INTERNAL');
    expect(() => entry({ ...dynamic, metadata: { labels: { 'istio.io/use-waypoint': 'none' } } })).not.toThrow();
    expect(() => entry({ ...dynamic, location: ServiceEntryLocation.MESH_EXTERNAL, metadata: { labels: { 'istio.io/use-waypoint': 'egress' } } })).not.toThrow();
  });

  const many = (count: number) => [...Array(count).keys()];
  test.each<[Partial<ServiceEntryProps>, string]>([
    [{ hosts: [] }, 'a ServiceEntry needs 1 to 256 hosts, got 0'],
    [{ hosts: many(257).map(n => `h${n}.example.com`) }, 'a ServiceEntry needs 1 to 256 hosts, got 257'],
    [{ hosts: ['*'] }, 'host of a ServiceEntry must not be \'*\': name a domain such as *.example.com'],
    [{ hosts: ['*b.example.com'], resolution: NONE }, 'host of a ServiceEntry must be a lower case DNS name, optionally starting with \'*.\''],
    [{ hosts: ['*.example.com'] }, 'host \'*.example.com\' of a ServiceEntry cannot be resolved with resolution DNS because it is a wildcard: ' +
      'use NONE to keep the address that the client chose, DYNAMIC_DNS to resolve what each request names, or pass endpoints'],
    [{ hosts: ['*.example.com'], resolution: DNS_ROUND_ROBIN, endpoints: [] }, 'cannot be resolved with resolution DNS_ROUND_ROBIN because it is a wildcard'],
    [{ resolution: DYNAMIC_DNS }, 'host of a ServiceEntry with resolution DYNAMIC_DNS must be a wildcard, got \'api.example.com\': use resolution DNS'],
    [{ ports: many(257).map(n => ({ ...https, number: n + 1, name: `p${n}` })) }, 'a ServiceEntry takes at most 256 ports, got 257'],
    [{ ports: [{ ...https, name: 'HTTPS' }] }, 'port name of a ServiceEntry must be a DNS label'],
    [{ ports: [{ ...https, number: 0 }] }, 'number of port \'https\' must be between 1 and 65535, got 0'],
    [{ ports: [{ ...https, targetPort: 65536 }] }, 'targetPort of port \'https\' must be between 1 and 65535, got 65536'],
    [{ ports: [https, { ...https, number: 444 }] }, 'port name \'https\' is taken: names are unique in a ServiceEntry, pass another name'],
    [{ ports: [https, { ...https, name: 'tls' }] }, 'port \'tls\' has number 443, which port \'https\' has already: numbers are unique in a ServiceEntry'],
    [{ hosts: ['*.example.com'], resolution: DYNAMIC_DNS }, 'port \'https\' of a ServiceEntry with resolution DYNAMIC_DNS must speak HTTP, HTTP2, GRPC, TLS, got HTTPS'],
    [{ hosts: ['a.example.com', 'b.example.com'], ports: [tcp] },
      'port \'tcp\' speaks TCP, by which hosts a.example.com, b.example.com cannot be told apart: write a ServiceEntry for each host, or use resolution NONE'],
    [{ resolution: STATIC, addresses: many(257).map(n => `10.0.${n % 256}.1`) }, 'a ServiceEntry takes at most 256 addresses, got 257'],
    [{ addresses: ['api.example.com'] }, 'address of a ServiceEntry must be an IP address or a CIDR block such as 10.0.0.0/8, got \'api.example.com\''],
    [{ addresses: ['10.0.0.0/8'] }, 'address of a ServiceEntry with resolution DNS must be a single one, got \'10.0.0.0/8\': use NONE or STATIC for blocks'],
    [{ hosts: ['*.example.com'], resolution: DYNAMIC_DNS, ports: [], addresses: ['10.0.0.1'] },
      'a ServiceEntry with resolution DYNAMIC_DNS takes no addresses, got \'10.0.0.1\': requests name their hosts'],
    [{ resolution: NONE, endpoints: [] }, 'a ServiceEntry with resolution NONE takes no endpoints, got 0: use STATIC for IP addresses, DNS for names'],
    [{ hosts: ['*.example.com'], resolution: DYNAMIC_DNS, ports: [], endpoints: [{ address: '10.0.0.1' }] },
      'a ServiceEntry with resolution DYNAMIC_DNS takes no endpoints, got 1'],
    [{ resolution: DNS_ROUND_ROBIN, endpoints: [{ address: 'a.com' }, { address: 'b.com' }] },
      'a ServiceEntry with resolution DNS_ROUND_ROBIN takes at most 1 endpoints, got 2'],
    [{ endpoints: many(4097).map(() => ({ address: '10.0.0.1' })) }, 'a ServiceEntry with resolution DNS takes at most 4096 endpoints, got 4097'],
    [{ resolution: STATIC, endpoints: [{ address: '10.0.0.1' }], workloadSelector: WorkloadSelector.labels({ app: 'db' }) },
      'a ServiceEntry takes endpoints or workloadSelector, got both: leave one out'],
    [{ resolution: NONE, workloadSelector: WorkloadSelector.labels({ app: 'db' }) }, 'a ServiceEntry with resolution NONE takes no workloadSelector, got one: use STATIC'],
    [{ hosts: ['*.example.com'], resolution: DYNAMIC_DNS, ports: [], workloadSelector: WorkloadSelector.labels({ app: 'db' }) },
      'a ServiceEntry with resolution DYNAMIC_DNS takes no workloadSelector, got one: use STATIC'],
    [{ resolution: STATIC }, 'a ServiceEntry with resolution STATIC needs endpoints or workloadSelector, got neither: traffic would go nowhere'],
    [{ resolution: STATIC, endpoints: [] }, 'a ServiceEntry with resolution STATIC needs endpoints or workloadSelector, got neither'],
    [{ resolution: NONE, autoAllocateIp: true }, 'autoAllocateIp of a ServiceEntry does nothing with resolution NONE, where the client chooses the address'],
    [{ addresses: ['10.0.0.1'], autoAllocateIp: true }, 'autoAllocateIp of a ServiceEntry does nothing with addresses 10.0.0.1: leave it out'],
    [{ hosts: ['*.example.com'], resolution: STATIC, endpoints: [{ address: '10.0.0.1' }], autoAllocateIp: true },
      'autoAllocateIp of a ServiceEntry does nothing with wildcard hosts alone: leave it out'],
    [{ ports: [tcp], autoAllocateIp: false },
      'port \'tcp\' speaks TCP, by which hosts are known by address alone: pass addresses, or leave autoAllocateIp out'],
    [{ resolution: NONE, connectStrategy: ConnectStrategy.RACE_FIRST_TCP_CONNECT },
      'connectStrategy of a ServiceEntry needs resolution DNS or DNS_ROUND_ROBIN, got NONE'],
    [{ endpoints: [{ address: 'a.com' }, { address: 'b.com' }], connectStrategy: ConnectStrategy.RACE_FIRST_TCP_CONNECT },
      'connectStrategy of a ServiceEntry takes at most 1 endpoint, got 2: write a ServiceEntry for each'],
    [{ resolution: NONE, trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE },
      'trafficDistribution of a ServiceEntry does nothing with resolution NONE, where there are no endpoints to choose from: leave it out'],
    [{ hosts: ['*.example.com'], resolution: DYNAMIC_DNS, ports: [], trafficDistribution: TrafficDistribution.PREFER_CLOSE },
      'trafficDistribution of a ServiceEntry does nothing with resolution DYNAMIC_DNS'],
    [{ endpoints: [{ address: '10.0.0.1', weight: 4294967295 }, { address: '10.0.0.2' }] },
      'weights of the endpoints of a ServiceEntry must be at most 4294967295 in sum, got 4294967296: one without a weight counts as 1'],
    [{ exportTo: ['*', 'shop'] }, 'exportTo must have \'*\' alone, got *, shop'],
  ])('refuses what does not fit together (%#)', (props, message) => {
    expect(() => entry(props)).toThrow(message);
  });
});

test.each<[Partial<ServiceEntryProps>, string]>([
  [{ endpoints: [{}] }, 'endpoint \'0\' of a ServiceEntry with resolution DNS needs an address: use STATIC for what only a network is known of'],
  [{ endpoints: [{ network: IstioNetwork.of('other-net') }] }, 'endpoint \'other-net\' of a ServiceEntry with resolution DNS needs an address'],
  [{ resolution: STATIC, endpoints: [{}] }, 'endpoint \'0\' needs an address, or the network by whose gateway it is reached, got neither: pass address'],
  [{ resolution: STATIC, endpoints: [{ address: 'unix://run' }] }, 'address of endpoint \'unix://run\' must name a socket by absolute path'],
  [{ resolution: STATIC, endpoints: [{ address: 'unix:///run/db.sock', ports: { https: 1 } }] },
    'endpoint \'unix:///run/db.sock\' takes no ports because its address is a socket, got https: leave ports out'],
  [{ resolution: STATIC, ports: [https, tcp], endpoints: [{ address: 'unix:///run/db.sock' }] },
    'endpoint \'unix:///run/db.sock\' is a Unix domain socket: the ServiceEntry must have exactly 1 port, got 2'],
  [{ resolution: STATIC, endpoints: [{ address: 'a.example.com' }] },
    'endpoint \'a.example.com\' must be an IP address or unix:// and a socket with resolution STATIC: use DNS for names'],
  [{ endpoints: [{ address: 'unix:///run/db.sock' }] },
    'endpoint \'unix:///run/db.sock\' is a Unix domain socket: resolution of the ServiceEntry must be STATIC, got DNS'],
  [{ endpoints: [{ address: '*.example.com' }] }, 'address of endpoint \'*.example.com\' must be one host, got \'*.example.com\': wildcards cannot be resolved'],
  [{ endpoints: [{ address: 'a.example.com', ports: { http: 80 } }] }, 'endpoint \'a.example.com\' has port \'http\', which its ServiceEntry has not: it has https'],
  [{ ports: [], endpoints: [{ address: 'a.example.com', ports: { http: 80 } }] }, 'has port \'http\', which its ServiceEntry has not: it has none'],
])('an endpoint is refused that its ServiceEntry does not take (%#)', (props, message) => {
  expect(() => entry(props)).toThrow(message);
});
