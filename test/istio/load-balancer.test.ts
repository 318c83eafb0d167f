import { Duration } from 'cdk8s';
import { ConsistentHashKey, HashAlgorithm, LoadBalancer, LocalityLoadBalancing, ZoneAwareLoadBalancing } from '../../src';

const written = (balancer: LoadBalancer) => JSON.parse(JSON.stringify(balancer._toKube()));
const locality = (setting: LocalityLoadBalancing) => LoadBalancer.roundRobin({ locality: setting });
const zoneAware = (setting: ZoneAwareLoadBalancing) => LoadBalancer.random({ zoneAware: setting });

test('simple choices', () => {
  expect(written(LoadBalancer.leastRequest())).toEqual({ simple: 'LEAST_REQUEST' });
  expect(written(LoadBalancer.roundRobin())).toEqual({ simple: 'ROUND_ROBIN' });
  expect(written(LoadBalancer.random())).toEqual({ simple: 'RANDOM' });
  expect(written(LoadBalancer.passthrough())).toEqual({ simple: 'PASSTHROUGH' });
});

test('new endpoints are spared', () => {
  const warmup = { duration: Duration.minutes(2), minimumPercent: 20, aggression: 0.5 };
  expect(written(LoadBalancer.leastRequest({ warmup }))).toEqual(
    { simple: 'LEAST_REQUEST', warmup: { duration: '2m', minimumPercent: 20, aggression: 0.5 } });
  expect(written(LoadBalancer.roundRobin({ warmup: { duration: Duration.minutes(2) } })).warmup).toEqual({ duration: '2m' });
});

test('warmup is in range', () => {
  const duration = Duration.minutes(2);
  expect(() => LoadBalancer.roundRobin({ warmup: { duration, minimumPercent: 101 } })).toThrow('minimumPercent of warmup must be between 0 and 100, got 101');
  expect(() => LoadBalancer.roundRobin({ warmup: { duration, aggression: 0 } })).toThrow('aggression of warmup must be above 0, got 0');
  expect(() => LoadBalancer.roundRobin({ warmup: { duration: Duration.seconds(0) } })).toThrow('duration of warmup must be at least 1ms, got 0s');
});

test('keys of a hash', () => {
  const key = (k: ConsistentHashKey) => written(LoadBalancer.consistentHash(k));
  expect(key(ConsistentHashKey.header('x-user'))).toEqual({ consistentHash: { httpHeaderName: 'x-user' } });
  expect(key(ConsistentHashKey.sourceIp())).toEqual({ consistentHash: { useSourceIp: true } });
  expect(key(ConsistentHashKey.queryParameter('user'))).toEqual({ consistentHash: { httpQueryParameterName: 'user' } });
  expect(key(ConsistentHashKey.cookie('user'))).toEqual({ consistentHash: { httpCookie: { name: 'user' } } });
  expect(key(ConsistentHashKey.cookie('user', { ttl: Duration.seconds(0), path: '/', attributes: [{ name: 'SameSite', value: 'Strict' }, { name: 'Secure' }] })))
    .toEqual({ consistentHash: { httpCookie: { name: 'user', ttl: '0s', path: '/', attributes: [{ name: 'SameSite', value: 'Strict' }, { name: 'Secure' }] } } });
});

test('algorithms of a hash', () => {
  const algorithm = (a: HashAlgorithm) => written(LoadBalancer.consistentHash(ConsistentHashKey.sourceIp(), { algorithm: a }));
  expect(algorithm(HashAlgorithm.ringHash())).toEqual({ consistentHash: { useSourceIp: true, ringHash: {} } });
  expect(algorithm(HashAlgorithm.ringHash(2048))).toEqual({ consistentHash: { useSourceIp: true, ringHash: { minimumRingSize: 2048 } } });
  expect(algorithm(HashAlgorithm.maglev(65537))).toEqual({ consistentHash: { useSourceIp: true, maglev: { tableSize: 65537 } } });
});

test('keys must have names', () => {
  expect(() => ConsistentHashKey.header('x y')).toThrow('header of a hash must be the name of an HTTP header, got \'x y\'');
  expect(() => ConsistentHashKey.cookie('')).toThrow('cookie of a hash must have a name, got none');
  expect(() => ConsistentHashKey.queryParameter('')).toThrow('query parameter of a hash must have a name, got none');
  expect(() => ConsistentHashKey.cookie('user', { attributes: [{ name: 'a' }, { name: 'a' }] })).toThrow(
    'attributes of cookie \'user\' must have unique names, got \'a\' again');
  expect(() => ConsistentHashKey.cookie('user', { attributes: [{ name: '' }] })).toThrow('attributes of cookie \'user\' must have names, got \'\' among them');
});

test.each([0, 4, 65535, 5000011, 5000013, 2.5])('a table of %d is refused', size => {
  expect(() => HashAlgorithm.maglev(size)).toThrow(`tableSize of maglev must be a prime number below 5000011, got ${size}: 65537 is a common one`);
});

test('a ring has no negative size', () => {
  expect(() => HashAlgorithm.ringHash(-1)).toThrow('minimumSize of a ring must be between 0 and 9007199254740991, got -1');
});

test('shares by locality', () => {
  expect(written(locality({ enabled: true, distribute: [{ clients: 'us/a/*', shares: { 'us/a/*': 80, 'us/b/*': 20 } }] })).localityLbSetting)
    .toEqual({ enabled: true, distribute: [{ from: 'us/a/*', to: { 'us/a/*': 80, 'us/b/*': 20 } }] });
});

test('failover by region and by label', () => {
  const setting = { failover: [{ region: 'us', fallback: 'eu' }], failoverPriority: ['topology.istio.io/network'] };
  expect(written(locality(setting)).localityLbSetting).toEqual({ failover: [{ from: 'us', to: 'eu' }], failoverPriority: ['topology.istio.io/network'] });
  expect(written(zoneAware({ enabled: false, minClusterSize: 1, ...setting })).zoneAwareLbSetting)
    .toEqual({ enabled: false, minClusterSize: 1, failover: [{ from: 'us', to: 'eu' }], failoverPriority: ['topology.istio.io/network'] });
});

test('locality and zones exclude each other', () => {
  expect(() => LoadBalancer.random({ locality: {}, zoneAware: {} })).toThrow('a load balancer takes either locality or zoneAware, got both');
});

test('distribute and failover exclude each other', () => {
  expect(() => locality({ distribute: [{ clients: 'us', shares: { us: 100 } }], failover: [{ region: 'us', fallback: 'eu' }] })).toThrow(
    'locality load balancing takes either distribute or failover, got both');
});

test('priorities do not name what failover or zones are about', () => {
  const failoverPriority = ['topology.kubernetes.io/region=us'];
  expect(() => locality({ failover: [{ region: 'us', fallback: 'eu' }], failoverPriority })).toThrow(
    'failoverPriority beside failover must not name region, zone or subzone, got \'topology.kubernetes.io/region=us\'');
  expect(() => zoneAware({ failoverPriority: ['topology.istio.io/subzone'] })).toThrow(
    'failoverPriority of zone-aware routing must not name region, zone or subzone, got \'topology.istio.io/subzone\'');
  expect(written(locality({ failoverPriority })).localityLbSetting).toEqual({ failoverPriority });
});

test('failover is between two regions', () => {
  expect(() => locality({ failover: [{ region: 'us', fallback: 'us' }] })).toThrow('failover must be to another region, got \'us\' twice');
  expect(() => locality({ failover: [{ region: 'us/a', fallback: 'eu' }] })).toThrow('failover takes names of regions, without zone and \'*\', got \'us/a\'');
  expect(() => zoneAware({ failover: [{ region: 'us', fallback: '*' }] })).toThrow('got \'*\'');
});

test('shares are 1 to 100 and 100 in sum', () => {
  const shares = (s: { [key: string]: number }) => () => locality({ distribute: [{ clients: 'us', shares: s }] });
  expect(shares({ us: 0, eu: 100 })).toThrow('share of locality \'us\' must be between 1 and 100, got 0');
  expect(shares({ us: 50, eu: 49 })).toThrow('shares of the traffic from \'us\' must be 100 in sum, got 99');
});

test.each(['us//a', '', 'us/a/b/c', 'u*', '*/a'])('%p is no locality', clients => {
  expect(() => locality({ distribute: [{ clients, shares: { us: 100 } }] })).toThrow(
    `clients of distribute must be region/zone/subzone, with '*' at most as the last part, got '${clients}'`);
});

test('localities do not overlap', () => {
  const distribute = (...clients: string[]) => () => locality({ distribute: clients.map(c => ({ clients: c, shares: { us: 100 } })) });
  expect(distribute('us/a', 'us/a/b')).toThrow('clients of distribute must not overlap, got \'us/a\' and \'us/a/b\'');
  expect(distribute('us/a/b', 'us/*')).toThrow('clients of distribute must not overlap, got \'us/a/b\' and \'us/*\'');
  expect(distribute('*', 'eu')).toThrow('clients of distribute must not overlap, got \'*\' and \'eu\'');
  expect(distribute('us/a', 'us/b', 'eu')).not.toThrow();
  expect(() => locality({ distribute: [{ clients: 'us', shares: { 'us': 50, 'us/a': 50 } }] })).toThrow(
    'shares of the traffic from \'us\' must not overlap, got \'us\' and \'us/a\'');
});

test('zone-aware routing needs at least one endpoint', () => {
  expect(() => zoneAware({ minClusterSize: 0 })).toThrow('minClusterSize must be between 1 and 4294967295, got 0');
});
