import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { CERTIFICATE, Door, OWN, PROVISIONED } from './istio-edge-gateway';
import {
  ClientAddress, GatewayHost, HttpPathMatch, IstioVersion, MeshNamespace, MeshWorkload, ProviderService, RateLimitKey, RateLimitUnit,
} from '../../src';

const SERVICE = ProviderService.serviceName('ratelimit', 'limits', 8081);
const LIMITS = [{ requests: 5, per: RateLimitUnit.MINUTE }];

test('proxies ask the service in the cluster that istiod makes', () => {
  const door = new Door(PROVISIONED);
  door.gateway.edge.limitRateBy(SERVICE, { limits: LIMITS });
  const [{ metadata, spec }] = door.all('EnvoyFilter');
  expect([metadata.namespace, metadata.name, spec.priority, spec.targetRefs[0].name]).toEqual(['edge', 'door-global-rate-limit', 210, 'door']);
  expect(door.filter()).toEqual({
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit',
    'domain': 'edge/door-global-rate-limit',
    'stat_prefix': 'door-global-rate-limit',
    'timeout': '1s',
    'failure_mode_deny': true,
    'status_on_error': { code: 'ServiceUnavailable' },
    'rate_limited_as_resource_exhausted': true,
    'rate_limit_service': {
      grpc_service: {
        envoy_grpc: { cluster_name: 'outbound|8081||ratelimit.limits.svc.cluster.local', authority: 'ratelimit.limits.svc.cluster.local' }, timeout: '1s',
      },
      transport_api_version: 'V3',
    },
    'rate_limits': [{
      actions: [{
        header_value_match: {
          descriptor_key: 'limit',
          descriptor_value: 'shop.example.com/1',
          headers: [{ name: ':authority', string_match: { safe_regex: { regex: '(?i)shop\\.example\\.com(:[0-9]+)?' } } }],
        },
      }],
    }],
  });
});

test('the service counts what proxies tell it, also of hosts that are added later', () => {
  const door = new Door(OWN, { clientAddress: ClientAddress.PEER });
  door.gateway.edge.limitRateBy(SERVICE, {
    limits: [...LIMITS, { requests: 1, per: RateLimitUnit.DAY, path: HttpPathMatch.exact('/login'), each: RateLimitKey.ADDRESS }],
  });
  door.gateway.addHost(GatewayHost.https('later.example.com', CERTIFICATE));
  const [{ metadata, data }] = door.all('ConfigMap');
  expect([metadata.namespace, metadata.name, Object.keys(data)]).toEqual(['limits', 'edge-door-global-rate-limit', ['edge-door-global-rate-limit.yaml']]);
  const counted = (host: string) => [
    { key: 'limit', value: `${host}/1`, rate_limit: { unit: 'minute', requests_per_unit: 5 } },
    { key: 'limit', value: `${host}/2`, descriptors: [{ key: 'remote_address', rate_limit: { unit: 'day', requests_per_unit: 1 } }] },
  ];
  expect(parse(data['edge-door-global-rate-limit.yaml'])).toEqual({
    domain: 'edge/door-global-rate-limit', descriptors: [...counted('shop.example.com'), ...counted('later.example.com')],
  });
});

test.each([
  ['beside the gateway', ProviderService.serviceName('ratelimit', 'edge', 8081), 'edge', 'door-global-rate-limit-shop-example-com', 'ratelimit.edge.svc.cluster.local'],
  ['outside', ProviderService.host('limits.example.org', 443, 'shop'), 'edge', 'door-global-rate-limit-shop-example-com', 'limits.example.org'],
])('a service %s', (_, service, namespace, name, authority) => {
  const door = new Door();
  door.gateway.edge.limitRateBy(service, { hosts: ['shop.example.com'], limits: LIMITS, failOpen: true });
  const [{ metadata }] = door.all('ConfigMap');
  expect([metadata.namespace, metadata.name]).toEqual([namespace, name]);
  expect(door.filter().rate_limit_service.grpc_service.envoy_grpc.authority).toBe(authority);
  expect(door.filter().failure_mode_deny).toBe(false);
});

function rateLimitService(door: Door, port: string | undefined) {
  const metadata = { name: 'ratelimit', namespace: 'limits' };
  const namespace = new MeshNamespace(door.chart, 'Limits', { mesh: door.mesh, name: 'limits' });
  const workload = new Deployment(door.chart, 'RateLimit', {
    metadata, serviceAccount: new ServiceAccount(door.chart, 'Account', { metadata }), containers: [{ image: 'registry.example.com/ratelimit:1', portNumber: 8081 }],
  });
  const service = new Service(door.chart, 'Service', { metadata, selector: workload, ports: [{ name: port, port: 8081 }] });
  return { limiter: new MeshWorkload(door.chart, 'Limiter', { namespace, workload, services: [service] }), service };
}

test('a service of the mesh lets the gateway in', () => {
  const door = new Door();
  const { limiter, service } = rateLimitService(door, 'grpc');
  door.gateway.edge.limitRateBy(ProviderService.service(service), { limits: LIMITS, limiter });
  const allowed = door.all('AuthorizationPolicy').filter(({ metadata }) => metadata.namespace === 'limits').flatMap(({ spec }) => spec.rules ?? []);
  expect(allowed).toEqual([{ from: [{ source: { principals: ['cluster.local/ns/edge/sa/door'] } }] }]);
  expect(door.all('ConfigMap')[0].metadata.namespace).toBe('limits');
});

test.each([['http', "'http'"], [undefined, 'no name']])('a port that is named %s is none that speaks gRPC', (port, got) => {
  const door = new Door();
  const { service } = rateLimitService(door, port);
  expect(() => door.gateway.edge.limitRateBy(ProviderService.service(service), { limits: LIMITS })).toThrow(
    `port 8081 of service 'ratelimit' must be named 'grpc' for a rate limit service, got ${got}: proxies know by the name that it speaks gRPC`);
});

test('limits are checked as those are that each proxy counts', () => {
  expect(() => new Door().gateway.edge.limitRateBy(SERVICE, { limits: [] })).toThrow("gateway 'door' needs at least one rate limit, got none: pass limits");
});

test('proxies that are too old are refused', () => {
  const { gateway } = new Door(OWN, {}, { version: IstioVersion.V1_27 });
  expect(() => gateway.edge.limitRateBy(SERVICE, { limits: LIMITS })).toThrow(
    "gateway 'door' cannot limit rates together: proxies of Istio 1.27 do not know how, those since 1.28 do; upgrade the mesh");
});
