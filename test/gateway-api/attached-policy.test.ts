import { Chart, Testing } from 'cdk8s';
import { AttachedPolicy, Gateway, PolicyTargetForm, PolicyTargetRef } from '../../src';

const chartIn = (namespace?: string) => new Chart(Testing.app(), 'test', { namespace });
const cart = PolicyTargetRef.serviceName('cart');
const route = PolicyTargetRef.httpRoute({ name: 'web' });
const example = { apiVersion: 'example.com/v1', kind: 'ExamplePolicy' };

test('a policy with a list of targets', () => {
  // GIVEN
  const chart = chartIn('shop');

  // WHEN
  const policy = new AttachedPolicy(chart, 'Limits', {
    metadata: { name: 'web-limits', labels: { team: 'shop' } },
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'BackendTrafficPolicy',
    targets: [route],
    spec: { mergeType: 'StrategicMerge', retry: { numRetries: 2 } },
  }).addTarget(PolicyTargetRef.gateway(Gateway.fromGatewayName('edge', { namespace: 'shop' })));

  // THEN
  expect(policy.resourceType).toBe('backendtrafficpolicies');
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'BackendTrafficPolicy',
    metadata: { name: 'web-limits', namespace: 'shop', labels: { team: 'shop' } },
    spec: {
      targetRefs: [
        { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'web' },
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' },
      ],
      mergeType: 'StrategicMerge',
      retry: { numRetries: 2 },
    },
  }]);
});

test('a policy with a single target', () => {
  const chart = chartIn('shop');
  const policy = new AttachedPolicy(chart, 'Health', {
    apiVersion: 'networking.gke.io/v1',
    kind: 'HealthCheckPolicy',
    form: PolicyTargetForm.TARGET_REF,
    targets: [cart],
    spec: { default: { config: { type: 'HTTP', httpHealthCheck: { requestPath: '/healthz' } } } },
  });
  expect(Testing.synth(chart)[0].spec).toEqual({
    targetRef: { group: '', kind: 'Service', name: 'cart' },
    default: { config: { type: 'HTTP', httpHealthCheck: { requestPath: '/healthz' } } },
  });
  expect(() => policy.addTarget(route)).toThrow(`HealthCheckPolicy '${policy.name}' takes at most 1 target, got 2: use a second policy`);
});

test('the plural of a kind', () => {
  const chart = chartIn();
  const plural = (kind: string) => new AttachedPolicy(chart, kind, { ...example, kind, targets: [cart] }).resourceType;
  expect(plural('IAMAuthPolicy')).toBe('iamauthpolicies');
  expect(plural('ExampleDelay')).toBe('exampledelays');
  expect(plural('SnippetsFilter')).toBe('snippetsfilters');
});

test.each(['targetRef', 'targetRefs'])('%s does not stand in the rest of the spec', key => {
  expect(() => new AttachedPolicy(chartIn(), 'Policy', { ...example, spec: { [key]: {} } }))
    .toThrow(`spec of ExamplePolicy must not hold ${key}: pass targets, so that they are checked`);
});

test('a policy without targets is refused at synthesis', () => {
  const chart = chartIn();
  const policy = new AttachedPolicy(chart, 'Policy', example);
  expect(policy.node.validate()).toEqual([`ExamplePolicy '${policy.name}' needs at least one target: pass targets, or call addTarget`]);
  policy.addTarget(cart);
  expect(policy.node.validate()).toEqual([]);
});

describe('the namespace of a target', () => {
  const target = PolicyTargetRef.serviceName('cart', { namespace: 'shop' });
  const props = { ...example, metadata: { name: 'p' }, targets: [target] };

  test('is that of the policy', () => {
    expect(() => new AttachedPolicy(chartIn('shop'), 'Policy', props)).not.toThrow();
  });

  test('is another', () => {
    expect(() => new AttachedPolicy(chartIn('edge'), 'Policy', props)).toThrow(
      'ExamplePolicy \'p\' is in namespace \'edge\', its target Service \'cart\' in namespace \'shop\': put the policy into the namespace of its target');
  });

  test('is known, and that of the policy is not', () => {
    expect(() => new AttachedPolicy(chartIn(), 'Policy', props)).toThrow(
      'ExamplePolicy \'p\' is in no given namespace, its target Service \'cart\' in namespace \'shop\': put the policy into the namespace of its target');
  });
});

describe('targets differ', () => {
  const attach = (...targets: PolicyTargetRef[]) => () => new AttachedPolicy(chartIn(), 'Policy', { ...example, metadata: { name: 'p' }, targets });
  const port = (name: string) => PolicyTargetRef.serviceName('cart', { port: name });

  test('by section', () => {
    expect(attach(port('http'), port('grpc'))).not.toThrow();
  });

  test('by kind alone', () => {
    expect(attach(route, PolicyTargetRef.grpcRoute({ name: 'web' }))).not.toThrow();
  });

  test('and none stands twice', () => {
    expect(attach(cart, route, cart)).toThrow('ExamplePolicy \'p\' has target Service \'cart\' twice: leave one out');
    expect(attach(port('http'), port('grpc'), port('http'))).toThrow('ExamplePolicy \'p\' has target Service \'cart\' section \'http\' twice: leave one out');
  });

  test.each([[[cart, port('http')]], [[port('http'), cart]]])('and none is a part of another', targets => {
    expect(attach(...targets))
      .toThrow('ExamplePolicy \'p\' has Service \'cart\' as a target both as a whole and with a section: leave the section out, or name one in each');
  });
});

describe('the number of targets', () => {
  const services = (count: number) => Array.from({ length: count }, (_, n) => PolicyTargetRef.serviceName(`s${n}`));
  const attach = (count: number, maxTargets?: number) => () =>
    new AttachedPolicy(chartIn(), 'Policy', { ...example, metadata: { name: 'p' }, targets: services(count), maxTargets });

  test('is at most 16', () => {
    expect(attach(16)).not.toThrow();
    expect(attach(17)).toThrow('ExamplePolicy \'p\' takes at most 16 targets, got 17: use a second policy');
  });

  test('is what the kind takes', () => {
    expect(attach(17, 17)).not.toThrow();
    expect(attach(3, 2)).toThrow('ExamplePolicy \'p\' takes at most 2 targets, got 3: use a second policy');
  });

  test('counts the objects of a route that was split, though that happened later', () => {
    // GIVEN
    const chart = chartIn();
    const objects = [{ name: 'web', ruleNames: [] }];
    const split = { name: 'web', _objects: () => objects };
    new AttachedPolicy(chart, 'Policy', { ...example, metadata: { name: 'p' }, targets: [PolicyTargetRef.httpRoute(split)], maxTargets: 1 });

    // WHEN
    objects.push({ name: 'web-2', ruleNames: [] });

    // THEN
    expect(() => Testing.synth(chart)).toThrow('ExamplePolicy \'p\' takes at most 1 target, got 2, for HTTPRoute \'web\' became 2: use a second policy');
  });
});
