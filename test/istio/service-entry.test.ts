import { Testing } from 'cdk8s';
import { IstioProtocol, ServiceEntry, ServiceEntryLocation, ServiceEntryProps, ServiceEntryResolution, WorkloadSelector } from '../../src';

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
          network: 'vm-net',
          locality: 'region/zone/subzone',
          weight: 4294967295,
          serviceAccount: 'db',
        },
        { network: 'other-net' },
      ],
      exportTo: ['.'],
      subjectAltNames: ['spiffe://cluster.local/ns/db/sa/db'],
    };

    // THEN
    expect(spec(every)).toEqual(every);
  });

  test('selects workloads', () => {
    expect(spec({ resolution: STATIC, workloadSelector: WorkloadSelector.labels({ app: 'db' }) }))
      .toMatchObject({ workloadSelector: { labels: { app: 'db' } } });
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
    [{ exportTo: ['*', 'shop'] }, 'exportTo must have \'*\' alone, got *, shop'],
  ])('refuses what does not fit together (%#)', (props, message) => {
    expect(() => entry(props)).toThrow(message);
  });
});

test.each<[Partial<ServiceEntryProps>, string]>([
  [{ endpoints: [{}] }, 'an endpoint needs an address, got neither: pass address'],
  [{ endpoints: [{ network: 'other-net' }] }, 'an endpoint needs an address, got neither: pass address'],
  [{ resolution: STATIC, endpoints: [{}] }, 'an endpoint needs an address or a network, got neither: pass address'],
  [{ resolution: STATIC, endpoints: [{ address: 'unix://run' }] }, 'address of an endpoint must name a socket by absolute path'],
  [{ resolution: STATIC, endpoints: [{ address: 'unix:///run/db.sock', ports: { https: 1 } }] },
    'endpoint \'unix:///run/db.sock\' is a Unix domain socket: the ServiceEntry must have exactly 1 port and the endpoint none, got 1 and 1'],
  [{ resolution: STATIC, ports: [https, tcp], endpoints: [{ address: 'unix:///run/db.sock' }] },
    'endpoint \'unix:///run/db.sock\' is a Unix domain socket: the ServiceEntry must have exactly 1 port and the endpoint none, got 2 and 0'],
  [{ resolution: STATIC, endpoints: [{ address: 'a.example.com' }] },
    'endpoint \'a.example.com\' must be an IP address or unix:// and a socket with resolution STATIC: use DNS for names'],
  [{ endpoints: [{ address: 'unix:///run/db.sock' }] }, 'address of an endpoint must be a lower case DNS name'],
  [{ endpoints: [{ address: '*.example.com' }] }, 'endpoint \'*.example.com\' must be one host: wildcards cannot be resolved'],
  [{ endpoints: [{ address: 'a.example.com', ports: { http: 80 } }] }, 'endpoint \'a.example.com\' has port \'http\', which its ServiceEntry has not: it has https'],
  [{ ports: [], endpoints: [{ address: 'a.example.com', ports: { http: 80 } }] }, 'has port \'http\', which its ServiceEntry has not: it has none'],
  [{ endpoints: [{ address: 'a.example.com', ports: { https: 0 } }] }, 'port \'https\' of endpoint \'a.example.com\' must be between 1 and 65535, got 0'],
  [{ endpoints: [{ address: 'a.example.com', weight: -1 }] }, 'weight of endpoint \'a.example.com\' must be between 0 and 4294967295, got -1'],
  [{ endpoints: [{ address: 'a.example.com', labels: { version: '-' } }] }, 'labels of endpoint \'a.example.com\' must be Kubernetes labels'],
  [{ endpoints: [{ address: 'a.example.com', labels: Object.fromEntries([...Array(257).keys()].map(n => [`l${n}`, ''])) }] },
    'endpoint \'a.example.com\' takes at most 256 labels, got 257'],
  [{ endpoints: [{ address: 'a.example.com', serviceAccount: 'a'.repeat(254) }] }, 'serviceAccount of endpoint \'a.example.com\' must have at most 253 characters, got 254'],
  [{ endpoints: [{ address: 'a.example.com', network: 'a'.repeat(2049) }] }, 'network of endpoint \'a.example.com\' must have at most 2048 characters, got 2049'],
])('an endpoint is refused (%#)', (props, message) => {
  expect(() => entry(props)).toThrow(message);
});
