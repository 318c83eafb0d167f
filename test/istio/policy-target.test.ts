import { App, Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  AuthorizationPolicy, DataPlane, Gateway, GatewayClass, IstioMesh, Listener, PolicyTarget, ServiceEntry, WorkloadSelector,
} from '../../src';

function attach(targets: PolicyTarget[], options: { namespace?: string; selector?: WorkloadSelector; dataPlane?: DataPlane } = {}): any {
  const chart = new Chart(new App(), 'test');
  if (options.dataPlane !== undefined) {
    new IstioMesh(chart, 'Mesh', { dataPlane: options.dataPlane, rootNamespace: 'mesh-root' });
  }
  new AuthorizationPolicy(chart, 'Policy', { metadata: { name: 'policy', namespace: options.namespace }, targets, selector: options.selector });
  return Testing.synth(chart)[0].spec.targetRefs;
}

const web = (namespace?: string) => new Service(Testing.chart(), 'Service', { metadata: { name: 'web', namespace }, ports: [{ port: 80 }] });

describe('a policy is attached by group, kind and name to', () => {
  const gatewayGroup = 'gateway.networking.k8s.io';
  const edge = new Gateway(Testing.chart(), 'Gateway', { metadata: { name: 'edge', namespace: 'shop' }, gatewayClass: GatewayClass.ISTIO });

  test.each([
    ['a Gateway', PolicyTarget.gateway(edge), { group: gatewayGroup, kind: 'Gateway', name: 'edge' }],
    ['a Gateway of the cluster', PolicyTarget.gateway(Gateway.fromGatewayName('edge')), { group: gatewayGroup, kind: 'Gateway', name: 'edge' }],
    ['a Gateway by name', PolicyTarget.gatewayName('edge'), { group: gatewayGroup, kind: 'Gateway', name: 'edge' }],
    ['a Service', PolicyTarget.service(web('shop')), { group: '', kind: 'Service', name: 'web' }],
    ['a Service by name', PolicyTarget.serviceName('web'), { group: '', kind: 'Service', name: 'web' }],
    ['a ServiceEntry', PolicyTarget.serviceEntry(ServiceEntry.fromServiceEntryName('api', { namespace: 'shop' })),
      { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'api' }],
    ['a ServiceEntry by name', PolicyTarget.serviceEntryName('api'), { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'api' }],
    ['a GatewayClass', PolicyTarget.gatewayClass(GatewayClass.ISTIO_WAYPOINT), { group: gatewayGroup, kind: 'GatewayClass', name: 'istio-waypoint' }],
  ])('%s', (_, target, written) => {
    expect(attach([target], { namespace: 'shop' })).toEqual([written]);
  });

  test('several objects', () => {
    expect(attach([PolicyTarget.serviceName('a'), PolicyTarget.serviceEntryName('a'), PolicyTarget.serviceName('b')]).map(({ name }: any) => name)).toEqual(['a', 'a', 'b']);
  });
});

test('names follow DNS rules', () => {
  expect(() => PolicyTarget.gatewayName('')).toThrow('name of the Gateway must be a DNS subdomain');
  expect(() => PolicyTarget.serviceName('my.web')).toThrow('name of the Service must be a DNS label');
  expect(() => PolicyTarget.serviceEntryName('API')).toThrow('name of the ServiceEntry must be a DNS subdomain');
});

describe('a policy is refused', () => {
  test('that says twice, or with an empty list, what it is about', () => {
    expect(() => attach([PolicyTarget.serviceName('web')], { selector: WorkloadSelector.labels({ app: 'web' }) }))
      .toThrow('an AuthorizationPolicy takes selector or targets, got both: use targets for gateways and waypoints, selector for other workloads');
    expect(() => attach([])).toThrow('an AuthorizationPolicy takes 1 to 16 targets, got 0: leave targets out to mean the whole namespace');
    expect(() => attach([...Array(17).keys()].map(n => PolicyTarget.serviceName(`web-${n}`))))
      .toThrow('an AuthorizationPolicy takes 1 to 16 targets, got 17: use a second policy');
    expect(() => attach([PolicyTarget.serviceName('web'), PolicyTarget.service(web())]))
      .toThrow('targets of an AuthorizationPolicy must differ from each other, got \'Service web\' twice: leave one out');
  });

  test('that is not where its target is', () => {
    expect(() => attach([PolicyTarget.service(web('shop'))], { namespace: 'edge' }))
      .toThrow('an AuthorizationPolicy with target Service \'web\' must be in namespace \'shop\', got \'edge\': put the policy there');
    expect(() => attach([PolicyTarget.gateway(Gateway.fromGatewayName('edge', { namespace: 'edge' }))]))
      .toThrow('an AuthorizationPolicy with target Gateway \'edge\' must be in namespace \'edge\', got no given namespace: put the policy there');
    expect(() => attach([PolicyTarget.gatewayClass(GatewayClass.ISTIO_WAYPOINT)], { namespace: 'shop', dataPlane: DataPlane.AMBIENT }))
      .toThrow('an AuthorizationPolicy with target GatewayClass \'istio-waypoint\' must be in namespace \'mesh-root\', the root namespace of the mesh, got \'shop\'');
  });

  test('for a gateway that Istio does not run', () => {
    const gateway = new Gateway(Testing.chart(), 'Gateway', { metadata: { name: 'edge' }, gatewayClass: GatewayClass.NGINX });
    expect(() => attach([PolicyTarget.gateway(gateway)])).toThrow('an AuthorizationPolicy binds gateways that Istio runs, got target Gateway \'edge\', ' +
      'which is for gateway.nginx.org/nginx-gateway-controller: use the policies of that controller');
    expect(() => attach([PolicyTarget.gatewayClass(GatewayClass.ISTIO)])).toThrow('an AuthorizationPolicy binds to no class but ' +
      '\'istio-waypoint\', got target GatewayClass \'istio\': use GatewayClass.ISTIO_WAYPOINT, or target the Gateways');
  });

  test('for a waypoint in a mesh that has none', () => {
    expect(() => attach([PolicyTarget.serviceName('web')], { dataPlane: DataPlane.SIDECAR })).toThrow('an AuthorizationPolicy with target Service \'web\' ' +
      'is read by waypoints only, got a mesh with sidecars: use selector, or declare DataPlane.AMBIENT');
    expect(() => attach([PolicyTarget.gatewayName('edge')], { dataPlane: DataPlane.SIDECAR })).not.toThrow();
    expect(() => attach([PolicyTarget.serviceName('web')], { dataPlane: DataPlane.AMBIENT })).not.toThrow();
  });
});

test('a target knows whether all that arrives is HTTP', () => {
  const gateway = (...listeners: Listener[]) => PolicyTarget.gateway(Gateway.fromGatewayName('edge', { listeners }))._httpOnly;
  expect(gateway(Listener.http())).toBe(true);
  expect(gateway(Listener.http(), Listener.tcp({ port: 9000 }))).toBe(false);
  expect(gateway()).toBe(false);
  expect(PolicyTarget.serviceName('web')._httpOnly).toBe(false);
});
