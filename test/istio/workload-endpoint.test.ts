import { Testing } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import { IstioNetwork, WorkloadEndpoint, WorkloadEntry, WorkloadLocality } from '../../src';

const many = (count: number) => [...Array(count).keys()];

test.each<[WorkloadEndpoint, string]>([
  [{}, 'the WorkloadEntry needs an address, or the network by whose gateway it is reached, got neither: pass address'],
  [{ address: 'a'.repeat(257) }, 'address of the WorkloadEntry must have at most 256 characters, got 257'],
  [{ address: 'unix://run/' }, 'address of the WorkloadEntry must name a socket by absolute path (unix:///run/app.sock) or abstract name (unix://@app), got \'unix://run/\''],
  [{ address: 'unix:///run/' }, 'address of the WorkloadEntry must name a socket by absolute path'],
  [{ address: 'unix:///run/db.sock', ports: {} }, 'the WorkloadEntry takes no ports because its address is a socket, got an empty map: leave ports out'],
  [{ address: 'Db.example.com' }, 'address of the WorkloadEntry must be a lower case DNS name'],
  [{ address: '*.example.com' }, 'address of the WorkloadEntry must be one host, got \'*.example.com\': wildcards cannot be resolved'],
  [{ address: '10.0.0.1', ports: { http: 0 } }, 'port \'http\' of the WorkloadEntry must be between 1 and 65535, got 0'],
  [{ address: '10.0.0.1', ports: { '-http': 80 } }, 'port names of the WorkloadEntry must be at most 62 letters, digits and inner dashes, got \'-http\''],
  [{ address: '10.0.0.1', ports: { ['a'.repeat(63)]: 80 } }, 'port names of the WorkloadEntry must be at most 62 letters'],
  [{ address: '10.0.0.1', ports: Object.fromEntries(many(129).map(n => [`p${n}`, 80])) }, 'the WorkloadEntry takes at most 128 ports, got 129'],
  [{ address: '10.0.0.1', weight: 0 }, 'weight of the WorkloadEntry must be between 1 and 4294967295, got 0'],
  [{ address: '10.0.0.1', labels: { version: '-' } }, 'labels of the WorkloadEntry must be Kubernetes labels'],
  [{ address: '10.0.0.1', labels: Object.fromEntries(many(257).map(n => [`l${n}`, ''])) }, 'the WorkloadEntry takes at most 256 labels, got 257'],
])('refuses what no workload is (%#)', (endpoint, message) => {
  expect(() => new WorkloadEntry(Testing.chart(), 'Entry', endpoint)).toThrow(message);
});

test.each(['10.0.0.1', '2001:db8::1', 'db.example.com', 'unix:///run/db.sock', 'unix://@db'])('takes the address %s', address => {
  const chart = Testing.chart();
  new WorkloadEntry(chart, 'Entry', { address });
  expect(Testing.synth(chart)[0].spec).toEqual({ address });
});

test('the service account is of the same namespace', () => {
  // GIVEN
  const chart = Testing.chart();
  const own = new ServiceAccount(chart, 'Own', { metadata: { name: 'db', namespace: 'shop' } });
  const foreign = new ServiceAccount(chart, 'Foreign', { metadata: { name: 'db', namespace: 'other' } });
  const metadata = { namespace: 'shop' };

  // THEN
  expect(() => new WorkloadEntry(chart, 'A', { metadata, address: '10.0.0.1', serviceAccount: own })).not.toThrow();
  expect(() => new WorkloadEntry(chart, 'B', { metadata, address: '10.0.0.1', serviceAccount: foreign }))
    .toThrow('service account of the WorkloadEntry must be of its own namespace \'shop\', got \'other\'');
  expect(() => new WorkloadEntry(chart, 'C', { metadata, address: '10.0.0.1', serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'Bad', 'D_b') }))
    .toThrow('service account of the WorkloadEntry must be a DNS subdomain');
});

test('a locality has one to three names', () => {
  expect(WorkloadLocality.region('eu').locality).toBe('eu');
  expect(WorkloadLocality.zone('eu', 'a').locality).toBe('eu/a');
  expect(WorkloadLocality.subzone('eu', 'a', 'rack1').locality).toBe('eu/a/rack1');
  expect(() => WorkloadLocality.region('eu/a')).toThrow('names of a locality must not be empty and have no slash, got \'eu/a\'');
  expect(() => WorkloadLocality.zone('eu', '')).toThrow('names of a locality must not be empty and have no slash, got \'\'');
  expect(() => WorkloadLocality.region('a'.repeat(2049))).toThrow('a locality must have at most 2048 characters, got 2049');
});

test('a network has a name that can be a label', () => {
  expect(IstioNetwork.of('vm-net').name).toBe('vm-net');
  expect(() => IstioNetwork.of('')).toThrow('name of a network must not be empty: leave the network out to mean that of the cluster');
  expect(() => IstioNetwork.of('vm/net')).toThrow('name of a network must be at most 63 letters, digits and inner -_., got \'vm/net\'');
});
