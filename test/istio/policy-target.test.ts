import { Testing } from 'cdk8s';
import { AuthorizationPolicy, PolicyTarget, WorkloadSelector } from '../../src';

test('a policy is attached by group, kind and name', () => {
  // GIVEN
  const chart = Testing.chart();

  // WHEN
  new AuthorizationPolicy(chart, 'Policy', {
    targets: [PolicyTarget.gateway('edge'), PolicyTarget.service('web'), PolicyTarget.serviceEntry('api'), PolicyTarget.gatewayClass('istio-waypoint')],
  });

  // THEN
  expect(Testing.synth(chart)[0].spec).toEqual({
    targetRefs: [
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' },
      { group: '', kind: 'Service', name: 'web' },
      { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'api' },
      { group: 'gateway.networking.k8s.io', kind: 'GatewayClass', name: 'istio-waypoint' },
    ],
  });
});

test('names follow DNS rules', () => {
  expect(() => PolicyTarget.gateway('')).toThrow('name of the Gateway must be a DNS subdomain');
  expect(() => PolicyTarget.service('my.web')).toThrow('name of the Service must be a DNS label');
  expect(() => PolicyTarget.serviceEntry('API')).toThrow('name of the ServiceEntry must be a DNS subdomain');
  expect(() => PolicyTarget.gatewayClass('a_b')).toThrow('name of the GatewayClass must be a DNS subdomain');
});

test('a policy says once what it is about', () => {
  const policy = (targets: PolicyTarget[], selector?: WorkloadSelector) => new AuthorizationPolicy(Testing.chart(), 'Policy', { targets, selector });
  expect(() => policy([PolicyTarget.service('web')], WorkloadSelector.labels({ app: 'web' })))
    .toThrow('an AuthorizationPolicy takes selector or targets, got both: use targets for gateways and waypoints, selector for other workloads');
  expect(() => policy([])).toThrow('an AuthorizationPolicy takes 1 to 16 targets, got 0: leave targets out to mean the whole namespace');
  expect(() => policy([...Array(17).keys()].map(n => PolicyTarget.service(`web-${n}`)))).toThrow('an AuthorizationPolicy takes 1 to 16 targets, got 17');
});
