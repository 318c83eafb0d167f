import { FindingRule } from '../../src/validation/finding';
import { Validator } from '../../src/validation/validator';

const standard = Validator.of('standard');
const experimental = Validator.of('experimental');

function said(object: unknown, validator = standard): string[] {
  return validator.check(object).map(({ rule, path, message }) => `${rule} ${path.join('.')}: ${message}`);
}

const route = (spec: object, more: object = {}) => ({
  apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'shop', namespace: 'shop' }, spec, ...more,
});

describe('which kinds are covered', () => {
  test.each([
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'yes'],
    ['gateway.networking.k8s.io/v1alpha2', 'TCPRoute', 'other-channel'],
    ['gateway.networking.x-k8s.io/v1alpha1', 'XMesh', 'other-channel'],
    ['gateway.networking.k8s.io/v1alpha2', 'HTTPRoute', 'unserved-version'],
    ['gateway.networking.k8s.io/v1', 'HttpRoute', 'no-kind'],
    ['networking.istio.io/v1alpha3', 'EnvoyFilter', 'yes'],
    ['networking.istio.io/v1', 'EnvoyFilter', 'unserved-version'],
    ['apps/v1', 'Deployment', 'yes'],
    ['extensions/v1beta1', 'Ingress', 'foreign'],
    ['networking.k8s.io/v1beta1', 'Ingress', 'unserved-version'],
    ['v1', 'Service', 'yes'],
    ['v1', 'Widget', 'foreign'],
    ['argoproj.io/v1alpha1', 'Application', 'foreign'],
    ['argoproj.io/v1alpha1', 'Rollout', 'yes'],
    ['example.com/v1', 'Example', 'foreign'],
    ['constructor/v1', 'toString', 'foreign'],
    ['__proto__', '__proto__', 'foreign'],
  ])('%s %s: %s', (apiVersion, kind, known) => {
    expect(standard.knows(apiVersion, kind)).toBe(known);
  });

  test('the experimental channel has more', () => {
    expect(experimental.knows('gateway.networking.k8s.io/v1alpha2', 'TCPRoute')).toBe('yes');
    expect(Validator.of('experimental')).toBe(experimental);
  });

  test('what is not covered is no finding, and what nobody serves is', () => {
    expect(said({ apiVersion: 'example.com/v1', kind: 'Example' })).toEqual([]);
    expect(said(route({}, { kind: 'HttpRoute' }))).toEqual([
      'unknown-kind kind: must be a kind of gateway.networking.k8s.io: BackendTLSPolicy, GatewayClass, Gateway, GRPCRoute, HTTPRoute, ListenerSet, ReferenceGrant, '
      + "TCPRoute, TLSRoute, UDPRoute, got 'HttpRoute': did you mean 'HTTPRoute'?",
    ]);
    expect(said(route({}, { kind: 'Zzz' }))[0]).toMatch(/UDPRoute, got 'Zzz'$/);
    expect(said(route({}, { apiVersion: 'gateway.networking.k8s.io/v1alpha2' }))).toEqual([
      "unknown-kind apiVersion: must be gateway.networking.k8s.io/v1 or gateway.networking.k8s.io/v1beta1 for a HTTPRoute, got 'gateway.networking.k8s.io/v1alpha2'",
    ]);
    expect(said({ apiVersion: 'gateway.networking.x-k8s.io/v1alpha1', kind: 'XMesh' })).toEqual([
      'unknown-kind kind: XMesh of gateway.networking.x-k8s.io/v1alpha1 exists only in the experimental channel: validate for that channel if the cluster has it',
    ]);
    expect(said({ apiVersion: 'batch/v1beta1', kind: 'CronJob' })).toEqual([
      "unknown-kind apiVersion: must be batch/v1 for a CronJob, got 'batch/v1beta1'",
    ]);
  });

  test('what is no object, or does not say what it is', () => {
    expect(said(null)).toEqual(['unreadable : must be an object, got null']);
    expect(said([1])).toEqual(['unreadable : must be an object, got [1]']);
    expect(said({ apiVersion: 'v1' })).toEqual(['schema kind: is required, got none: write a text']);
    expect(said({ apiVersion: 1, kind: 'Service' })).toEqual(['schema apiVersion: must be a text, got 1']);
    expect(said({ apiVersion: 'v1', kind: '' })).toEqual(["schema kind: must be a text, got ''"]);
  });
});

describe('one object', () => {
  test('a sound one has no problem, and stays as it is', () => {
    // GIVEN an object that nobody can change
    const freeze = <T>(value: T): T => {
      Object.values(value as object).filter(item => typeof item === 'object' && item !== null).forEach(freeze);
      return Object.freeze(value);
    };
    const object = freeze(route({
      parentRefs: [{ name: 'gateway', sectionName: null }],
      rules: [{ matches: [{ headers: [{ name: 'x', value: 'y' }] }], backendRefs: [{ name: 'web', port: 80 }] }],
    }));
    const before = JSON.stringify(object);

    // WHEN
    expect(said(object)).toEqual([]);

    // THEN the defaults of parentRefs, matches and backendRefs are nowhere in it
    expect(JSON.stringify(object)).toBe(before);
  });

  test('each thing that is wrong is found where it is, dropped fields first', () => {
    expect(said(route({
      hostnams: ['x'],
      hostnames: ['Shop'],
      rules: [{ matches: [{ path: { type: 'Prefix', value: '/' } }], backendRefs: [{ name: 'x', port: 70000 }] }],
    }))).toEqual([
      "unknown-field spec.hostnams: 'hostnams' is no field here and would be dropped: did you mean 'hostnames'?",
      "schema spec.hostnames.0: must match ^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$, got 'Shop'",
      "schema spec.rules.0.matches.0.path.type: must be one of Exact, PathPrefix, RegularExpression, got 'Prefix'",
      'schema spec.rules.0.backendRefs.0.port: must be at most 65535, got 70000',
    ]);
  });

  test('a field that only the experimental channel has', () => {
    const object = route({ rules: [{ sessionPersistence: { cookie: { name: 'a' } }, matches: [] }] });
    expect(said(object)).toEqual([
      "unknown-field spec.rules.0.sessionPersistence: 'sessionPersistence' exists only in the experimental channel and would be dropped: validate for that channel if the cluster has it",
    ]);
    expect(said(object, experimental)).toEqual([]);
    expect(said(route({ nothing: 1 }), experimental)[0]).toContain("'nothing' is no field here");
  });

  test('a rule in CEL is told with the value', () => {
    const [problem] = standard.check(route({ rules: [{ timeouts: { request: '1s', backendRequest: '2s' } }] }));
    expect(problem).toEqual({
      path: ['spec', 'rules', 0, 'timeouts'],
      rule: FindingRule.CEL,
      message: 'backendRequest timeout cannot be longer than request timeout, got {"request":"1s","backendRequest":"2s"}',
    });
  });

  test('rules in CEL are left unchecked while a type is wrong, as the API server leaves them', () => {
    const timeouts = { request: '1s', backendRequest: '2s' };
    expect(said(route({ hostnames: 'x', rules: [{ timeouts }] }))).toEqual(["schema spec.hostnames: must be a list, got 'x'"]);
    expect(said(route({ rules: [{ timeouts }] }, { metadata: {} }))).toEqual(['metadata metadata.name: an object needs a name, got none: write metadata.name']);
  });

  test('rules in CEL see a generated name', () => {
    const spec = { parentRefs: [{ name: 'a' }], rules: [{ backendRefs: [{ name: 'b', port: 1 }] }] };
    expect(said({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GRPCRoute', metadata: { generateName: 'a-' }, spec })).toEqual([]);
  });

  test('metadata that cannot be read hides the rest', () => {
    expect(said(route({ nothing: 1 }, { metadata: { name: 5, foo: 1 } }))).toEqual(['metadata metadata.name: name must be a string, got 5']);
    expect(said(route({}, { metadata: { name: 'A', foo: 1 } })).map(text => text.split(':')[0])).toEqual(['unknown-field metadata.foo', 'metadata metadata.name']);
  });

  test('the status is dropped by a create, and only its unknown fields are told', () => {
    const status = { parents: 'x', foo: 1 };
    expect(said(route({}, { status }))).toEqual(["unknown-field status.foo: 'foo' is no field here and would be dropped: it has parents"]);
    expect(said(route({}, { status: null }))).toEqual([]);
    // A ServerAuthorization of Linkerd has no status of its own.
    expect(said({ apiVersion: 'policy.linkerd.io/v1beta1', kind: 'ServerAuthorization', metadata: { name: 'a' }, spec: { server: { name: 'x' }, client: {} }, status: 1 })[0])
      .toMatch(/^unknown-field status: /);
  });

  test.each<[unknown, string[]]>([
    [{ replicas: 2 }, []],
    [{}, []],
    [{ replicas: -1 }, ['spec.replicas: must be an integer from 0 to 2147483647, as replicas are counted, got -1']],
    [[], ['spec: must be an object, got []', 'spec.replicas: must be an integer from 0 to 2147483647, as replicas are counted, got []']],
  ])('a resource that scales counts its replicas: %j', (spec, problems) => {
    const object = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'a' }, spec: spec };
    expect(said(object).map(text => text.replace(/^\S+ /, ''))).toEqual(problems);
  });

  test('the same problem is told once', () => {
    const uri = { exact: 1 };
    const object = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'a' }, spec: { http: [{ match: [{ uri }] }] } };
    const all = said(object);
    expect(all).toContain('schema spec.http.0.match.0.uri.exact: must be a text, got 1');
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('core kinds', () => {
  const deployment = (container: object, metadata: object = { labels: { app: 'a' } }) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a' },
    spec: { selector: { matchLabels: { app: 'a' } }, template: { metadata, spec: { containers: [{ name: 'c', image: 'x', ...container }] } } },
  });

  test('a Deployment', () => {
    expect(said(deployment({ resources: { limits: { cpu: '100m', memory: 1.5 } } }))).toEqual([]);
    expect(said(deployment({ imag: 'x', resources: { limits: { cpu: '100q' } } }))).toEqual([
      "unknown-field spec.template.spec.containers.0.imag: 'imag' is no field here and would be dropped: did you mean 'image'?",
      "schema spec.template.spec.containers.0.resources.limits.cpu: must be a quantity, such as 100m, 1.5 or 2Gi, got '100q'",
    ]);
    expect(said(deployment({ resources: { limits: { cpu: true } } }))).toEqual([
      'schema spec.template.spec.containers.0.resources.limits.cpu: must be a quantity, such as 100m, 1.5 or 2Gi, got true',
    ]);
  });

  test('the metadata of a template', () => {
    expect(said(deployment({}, { labels: { 'a b': 'c' } }))[0]).toMatch(/^metadata spec\.template\.metadata\.labels: the key of a label must be /);
  });

  test.each([['', true], ['aGk=', true], ['aG\nk=', true], ['aGk', false]])('bytes of a Secret: %j', (data, sound) => {
    expect(said({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { x: data } }).length).toBe(sound ? 0 : 1);
  });
});
