import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { DataPlane, DestinationRule, ExtensionProvider, GatewayApi, GatewayClass, HttpRoute, IstioHost, IstioMesh, IstioMeshProps, IstioVersion, RouteParent, Backend } from '../../src';
import { ProviderUse } from '../../src/istio/extension-provider';
import { Istio } from '../../src/istio/istio';

let chart: Chart;
beforeEach(() => {
  chart = Testing.chart();
});

const declare = (props: IstioMeshProps, scope: Construct = chart) => new IstioMesh(scope, 'Mesh', props);
const VIRTUAL_SERVICE = { kind: 'VirtualService', name: 'web' };

test('without a mesh, 1.31 is taken, and no more is known', () => {
  const istio = Istio.of(chart);
  expect(istio.version).toBe('1.31');
  expect(istio.declaration).toBeUndefined();
});

test('what a mesh declares holds for all that is in its scope', () => {
  declare({ version: IstioVersion.V1_28, dataPlane: DataPlane.AMBIENT, rootNamespace: 'istio', trustDomain: 'shop.example' });
  const istio = Istio.of(new Construct(new Construct(chart, 'A'), 'B'));
  expect(istio.version).toBe('1.28');
  expect(istio.declaration).toMatchObject({ dataPlane: 'ambient', rootNamespace: 'istio', trustDomain: 'shop.example', extensionProviders: [] });
});

test('the nearest mesh holds', () => {
  const inner = new Construct(chart, 'Inner');
  declare({ version: IstioVersion.V1_28 });
  declare({ version: IstioVersion.V1_30 }, inner);
  expect([Istio.of(chart).version, Istio.of(inner).version]).toEqual(['1.28', '1.30']);
});

test('a second mesh in a scope is refused', () => {
  declare({});
  expect(() => new IstioMesh(chart, 'Second')).toThrow(
    "'test' has an Istio mesh already: what is for another mesh needs a scope of its own, with that mesh in it");
});

test('a mesh after the objects that it is about is refused', () => {
  new DestinationRule(chart, 'Rule', { metadata: { namespace: 'shop' }, host: IstioHost.of('a.example.com') });
  expect(() => declare({})).toThrow("an Istio mesh must be declared before the Istio objects in 'test': make it first");
});

test('an apiVersion that the release serves', () => {
  declare({ version: IstioVersion.V1_21 });
  expect(Istio.of(chart).apiVersion('networking.istio.io', 'VirtualService')).toBe('networking.istio.io/v1beta1');
  expect(() => Istio.of(chart).apiVersion('extensions.istio.io', 'TrafficExtension')).toThrow(
    'TrafficExtension is not in Istio 1.21: it is there since 1.30; leave it out, or say in the IstioMesh what the clusters run');
});

test('a field that the release lacks is refused by name, place and version', () => {
  declare({ version: IstioVersion.V1_28 });
  const { check } = { check: (at: string, part: unknown) => () => Istio.of(chart).check(VIRTUAL_SERVICE, at, part) };
  expect(check('http[1]', { redirect: { prefixRewrite: '/' } })).toThrow(
    "spec.http[1].redirect.prefixRewrite of VirtualService 'web' is not in Istio 1.28, which would drop it in silence: it is there since 1.31; " +
    'leave it out, or say in the IstioMesh what the clusters run');
  expect(check('http[1]', { redirect: { uri: '/' } })).not.toThrow();
});

test('a word that the release lacks', () => {
  declare({ version: IstioVersion.V1_27 });
  expect(() => Istio.of(chart).check({ kind: 'ServiceEntry', name: 'all' }, '', { resolution: 'DYNAMIC_DNS' })).toThrow(
    "spec.resolution 'DYNAMIC_DNS' of ServiceEntry 'all' is not in Istio 1.27, which refuses it: it is there since 1.28;");
});

describe('extension providers', () => {
  const check = (provider: ExtensionProvider, use: ProviderUse) => () => Istio.of(chart).checkProvider(provider, use, 'the policy');

  test('one that the mesh has', () => {
    declare({ extensionProviders: [ExtensionProvider.named('opa')] });
    expect(check(ExtensionProvider.named('opa'), ProviderUse.AUTHORIZATION)).not.toThrow();
    expect(check(ExtensionProvider.PROMETHEUS, ProviderUse.METRICS)).not.toThrow();
  });

  test('one that the mesh does not have', () => {
    declare({ extensionProviders: [ExtensionProvider.named('opa'), ExtensionProvider.named('otel')] });
    expect(check(ExtensionProvider.named('oauth2-proxy'), ProviderUse.AUTHORIZATION)).toThrow(
      "the policy names the extension provider 'oauth2-proxy', which the mesh does not have: it has opa, otel; pass it in extensionProviders of the IstioMesh");
  });

  test('a mesh without any', () => {
    declare({});
    expect(check(ExtensionProvider.named('opa'), ProviderUse.AUTHORIZATION)).toThrow('which the mesh does not have: it has none; pass it');
  });

  test('of a mesh that is not declared nothing is known', () => {
    expect(check(ExtensionProvider.named('opa'), ProviderUse.AUTHORIZATION)).not.toThrow();
  });

  test('one for something else', () => {
    expect(check(ExtensionProvider.PROMETHEUS, ProviderUse.TRACING)).toThrow("the policy needs a provider for tracing, got 'prometheus', which is for metrics");
  });
});

describe('what Istio reads of the Gateway API', () => {
  const route = (props: object) => new HttpRoute(chart, 'Route', { parents: [RouteParent.consumerServiceName('web', { namespace: 'shop' })], ...props });

  test('is what its release was built with', () => {
    declare({ version: IstioVersion.V1_27 });
    expect(GatewayApi._of(chart).mesh?.name).toBe('istio.io/gateway-controller');
    expect(GatewayClass.ISTIO.controller?.name).toBe('istio.io/gateway-controller');
    expect(() => GatewayApi._of(chart)._check({ kind: 'Gateway', name: 'edge' }, '', { tls: { frontend: {} } }, GatewayApi._of(chart).mesh)).toThrow(
      "Istio 1.27 does not read spec.tls of Gateway 'edge': it was built with the types of Gateway API 1.3; leave it out");
  });

  test('is nothing that a newer release would not read', () => {
    declare({});
    expect(() => route({ rules: [{ backends: [{ backend: Backend.serviceName('web', { port: 80, namespace: 'shop' }) }] }] })).not.toThrow();
  });
});

describe('annotations that are not for users', () => {
  const rule = (annotations: { [key: string]: string }) => () =>
    new DestinationRule(chart, 'Rule', { metadata: { namespace: 'shop', annotations }, host: IstioHost.of('a.example.com') });

  test('of Istio itself', () => {
    expect(rule({ 'internal.istio.io/parents': 'a' })).toThrow('annotation internal.istio.io/parents is written by Istio itself, got it on a DestinationRule: leave it out');
  });

  test('of another kind', () => {
    expect(rule({ 'istio.io/dry-run': 'true' })).toThrow('annotation istio.io/dry-run is for AuthorizationPolicies, got it on a DestinationRule: leave it out');
  });

  test('others pass', () => {
    expect(rule({ 'example.com/team': 'a' })).not.toThrow();
  });
});
