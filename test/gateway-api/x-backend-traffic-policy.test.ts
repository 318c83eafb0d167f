import { Chart, Duration, Testing } from 'cdk8s';
import {
  CookieLifetime, GatewayApi, GatewayApiChannel, PolicyTargetRef, SessionPersistence, XBackendTrafficPolicy, XBackendTrafficPolicyProps,
  XRetryConstraint,
} from '../../src';

function chartIn(namespace?: string): Chart {
  const app = Testing.app();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'test', { namespace });
}

const policyWith = (props: Partial<XBackendTrafficPolicyProps>) =>
  new XBackendTrafficPolicy(chartIn('shop'), 'Policy', { metadata: { name: 'p' }, targets: [PolicyTargetRef.serviceName('cart')], ...props });
const constraint = (retryConstraint: XRetryConstraint) => policyWith({ retryConstraint })._toKube().retryConstraint;

test('every field', () => {
  // GIVEN
  const chart = chartIn('shop');

  // WHEN
  const policy = new XBackendTrafficPolicy(chart, 'Policy', {
    metadata: { name: 'cart-traffic' },
    targets: [PolicyTargetRef.serviceName('cart', { namespace: 'shop' })],
    retryConstraint: {
      budget: { percent: 10, interval: Duration.minutes(1) },
      minRetryRate: { count: 3, interval: Duration.millis(500) },
    },
    sessionPersistence: SessionPersistence.cookie({ name: 'cart', lifetime: CookieLifetime.PERMANENT, absoluteTimeout: Duration.hours(1) }),
  }).addTarget(PolicyTargetRef.serviceName('checkout'));

  // THEN
  expect(policy.namespace).toBe('shop');
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'gateway.networking.x-k8s.io/v1alpha1',
    kind: 'XBackendTrafficPolicy',
    metadata: { name: 'cart-traffic', namespace: 'shop' },
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: 'cart' }, { group: '', kind: 'Service', name: 'checkout' }],
      retryConstraint: { budget: { percent: 10, interval: '1m' }, minRetryRate: { count: 3, interval: '500ms' } },
      sessionPersistence: { type: 'Cookie', absoluteTimeout: '1h', cookie: { name: 'cart', path: '/', lifetimeType: 'Permanent' } },
    },
  }]);
});

test('what is not said', () => {
  expect(policyWith({})._toKube()).toEqual({ targetRefs: [{ group: '', kind: 'Service', name: 'cart' }] });
  expect(constraint({})).toEqual({});
  expect(constraint({ budget: {} })).toEqual({ budget: {} });
  expect(constraint({ minRetryRate: {} })).toEqual({ minRetryRate: { count: 10, interval: '1s' } });
});

test('the limits of a budget', () => {
  expect(constraint({ budget: { percent: 0, interval: Duration.seconds(1) } })).toEqual({ budget: { percent: 0, interval: '1s' } });
  expect(constraint({ budget: { percent: 100, interval: Duration.hours(1) } })).toEqual({ budget: { percent: 100, interval: '1h' } });
  expect(() => constraint({ budget: { percent: -1 } })).toThrow('percent of a retry budget must be between 0 and 100, got -1');
  expect(() => constraint({ budget: { percent: 101 } })).toThrow('percent of a retry budget must be between 0 and 100, got 101');
  expect(() => constraint({ budget: { interval: Duration.millis(999) } }))
    .toThrow('interval of a retry budget must be between 1s and 1h, got 999ms');
  expect(() => constraint({ budget: { interval: Duration.seconds(3601) } }))
    .toThrow('interval of a retry budget must be between 1s and 1h, got 1h1s');
});

test('the limits of a minRetryRate', () => {
  expect(constraint({ minRetryRate: { count: 1000000, interval: Duration.hours(1) } })).toEqual({ minRetryRate: { count: 1000000, interval: '1h' } });
  expect(() => constraint({ minRetryRate: { count: 0 } })).toThrow('count of a minRetryRate must be between 1 and 1000000, got 0');
  expect(() => constraint({ minRetryRate: { count: 1000001 } })).toThrow('count of a minRetryRate must be between 1 and 1000000, got 1000001');
  expect(() => constraint({ minRetryRate: { interval: Duration.seconds(0) } }))
    .toThrow('interval of a minRetryRate must be between 1ms and 1h, got 0s');
  expect(() => constraint({ minRetryRate: { interval: Duration.minutes(61) } }))
    .toThrow('interval of a minRetryRate must be between 1ms and 1h, got 1h1m');
});

test('targets are whole Services', () => {
  expect(() => policyWith({ targets: [PolicyTargetRef.serviceName('cart', { port: 'http' })] }))
    .toThrow("XBackendTrafficPolicy 'p' takes whole objects as targets, got Service 'cart' section 'http': leave the section out");
  expect(() => policyWith({ targets: [PolicyTargetRef.httpRoute({ name: 'web' })] }))
    .toThrow("XBackendTrafficPolicy 'p' cannot be attached to HTTPRoute 'web': its targets are Services, use PolicyTargetRef.service");
});

test('a target stands once', () => {
  expect(() => policyWith({ targets: [PolicyTargetRef.serviceName('cart'), PolicyTargetRef.serviceName('cart')] }))
    .toThrow('XBackendTrafficPolicy \'p\' has target Service \'cart\' twice: leave one out');
});

test('a policy of the cluster is named', () => {
  expect(XBackendTrafficPolicy.fromXBackendTrafficPolicyName('p', { namespace: 'shop' })).toEqual({ name: 'p', namespace: 'shop' });
  expect(() => XBackendTrafficPolicy.fromXBackendTrafficPolicyName('P')).toThrow('name of the XBackendTrafficPolicy must be a DNS subdomain');
});

test('the standard channel has no XBackendTrafficPolicy', () => {
  expect(() => new XBackendTrafficPolicy(Testing.chart(), 'Policy', {})).toThrow('XBackendTrafficPolicy');
});
