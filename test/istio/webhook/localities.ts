import { Chart } from 'cdk8s';
import { Rows, throws } from './row';
import { DestinationRule, IstioHost, LoadBalancer, LocalityLoadBalancing, OutlierDetection, ZoneAwareLoadBalancing } from '../../../src';

const host = IstioHost.of('a.example.com');
const outlierDetection = OutlierDetection.of({ consecutive5xxErrors: 5 });
const local = (locality: LocalityLoadBalancing) => () => LoadBalancer.leastRequest({ locality });
const zoned = (zoneAware: ZoneAwareLoadBalancing) => () => LoadBalancer.leastRequest({ zoneAware });
const undetected = (loadBalancer: () => LoadBalancer) => (chart: Chart) =>
  new DestinationRule(chart, 'A', { host, trafficPolicy: { loadBalancer: loadBalancer() } });
const detected = (loadBalancer: () => LoadBalancer) => (chart: Chart) =>
  new DestinationRule(chart, 'A', { host, trafficPolicy: { loadBalancer: loadBalancer(), outlierDetection } });
const failover = (region: string, fallback: string) => ({ failover: [{ region, fallback }] });

/** Rules of DestinationRules about where endpoints are. */
export const LOCALITIES: Rows = {
  'distribute and failover exclude each other': throws(detected(local({ distribute: [{ clients: 'a', shares: { a: 100 } }], ...failover('a', 'b') })),
    'locality load balancing takes either distribute or failover, got both'),
  'shares of localities add up to 100': throws(local({ distribute: [{ clients: 'a', shares: { a: 50, b: 40 } }] }),
    'shares of the traffic from \'a\' must be 100 in sum, got 90'),
  'a share of a locality counts': throws(local({ distribute: [{ clients: 'a', shares: { a: 100, b: 0 } }] }),
    'share of locality \'b\' must be between 1 and 100, got 0'),
  'a share of a locality is at most 100': throws(local({ distribute: [{ clients: 'a', shares: { b: 101 } }] }),
    'share of locality \'b\' must be between 1 and 100, got 101'),
  'localities do not overlap': throws(local({ distribute: [{ clients: 'a', shares: { a: 100 } }, { clients: 'a/b', shares: { a: 100 } }] }),
    'clients of distribute must not overlap, got \'a\' and \'a/b\''),
  'the wildcard of a locality ends it': throws(local({ distribute: [{ clients: 'a/*/b', shares: { a: 100 } }] }),
    'clients of distribute must be region/zone/subzone, with \'*\' at most as the last part, got \'a/*/b\''),
  'no part of a locality is empty': throws(local({ distribute: [{ clients: 'a//b', shares: { a: 100 } }] }),
    'clients of distribute must be region/zone/subzone, with \'*\' at most as the last part, got \'a//b\''),
  'failover leads elsewhere': throws(detected(local(failover('a', 'a'))),
    'failover must be to another region, got \'a\' twice'),
  'failover is between regions': throws(detected(local(failover('a/b', 'c'))),
    'failover takes names of regions, without zone and \'*\', got \'a/b\''),
  'failover is between regions that are named': throws(detected(local(failover('*', 'c'))),
    'failover takes names of regions, without zone and \'*\', got \'*\''),
  'failover of regions has no priority by locality': throws(
    detected(local({ ...failover('a', 'b'), failoverPriority: ['topology.kubernetes.io/region'] })),
    'failoverPriority beside failover must not name region, zone or subzone, got \'topology.kubernetes.io/region\''),
  'failover needs outlier detection': throws(undetected(local(failover('a', 'b'))),
    'failover of a load balancer needs outlierDetection: without it no endpoint is ever left out for another'),
  'failover by labels needs outlier detection': throws(undetected(local({ failoverPriority: ['topology.istio.io/network'] })),
    'failover of a load balancer needs outlierDetection: without it no endpoint is ever left out for another'),
  'preferences of localities and of zones exclude each other': throws(() =>
    LoadBalancer.leastRequest({ locality: { enabled: true }, zoneAware: { enabled: true } }),
  'a load balancer takes either locality or zoneAware, got both'),
  'zone-aware routing has no priority by locality': throws(detected(zoned({ failoverPriority: ['topology.kubernetes.io/zone'] })),
    'failoverPriority of zone-aware routing must not name region, zone or subzone, got \'topology.kubernetes.io/zone\''),
  'failover of zone-aware routing needs outlier detection': throws(undetected(zoned(failover('a', 'b'))),
    'failover of a load balancer needs outlierDetection: without it no endpoint is ever left out for another'),
  'failover of zone-aware routing leads elsewhere': throws(detected(zoned(failover('a', 'a'))),
    'failover must be to another region, got \'a\' twice'),
  'failover of zone-aware routing is between regions': throws(detected(zoned(failover('a/b', 'c'))),
    'failover takes names of regions, without zone and \'*\', got \'a/b\''),
  'failover of zone-aware routing is between regions that are named': throws(detected(zoned(failover('*', 'c'))),
    'failover takes names of regions, without zone and \'*\', got \'*\''),
};
