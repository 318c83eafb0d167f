import { ApiObject, Chart, Testing } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { GatewayClass, GatewayController } from '../../src';

test('a class of one\'s own', () => {
  // GIVEN
  const chart = Testing.chart();

  // WHEN
  const gatewayClass = new GatewayClass(chart, 'Class', {
    metadata: { name: 'internal' },
    controller: GatewayController.ENVOY_GATEWAY,
    description: 'gateways for colleagues',
    parameters: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'internal', namespace: 'envoy-gateway-system' },
  });

  // THEN
  expect(gatewayClass.name).toBe('internal');
  expect(gatewayClass.controller).toBe(GatewayController.ENVOY_GATEWAY);
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'internal' },
    spec: {
      controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
      description: 'gateways for colleagues',
      parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'internal', namespace: 'envoy-gateway-system' },
    },
  }]);
});

test('a class has no namespace, though its chart has', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'edge' });
  new GatewayClass(chart, 'Class', { metadata: { name: 'internal' }, controller: GatewayController.ISTIO });
  expect(Testing.synth(chart)[0].metadata).toEqual({ name: 'internal' });
});

test('a description has at most 64 characters', () => {
  const chart = Testing.chart();
  new GatewayClass(chart, 'Fits', { controller: GatewayController.ISTIO, description: 'x'.repeat(64) });
  expect(() => new GatewayClass(chart, 'Long', { metadata: { name: 'long' }, controller: GatewayController.ISTIO, description: 'x'.repeat(65) }))
    .toThrow('description of GatewayClass \'long\' must have at most 64 characters, got 65: shorten it');
});

test('well-known classes are references', () => {
  expect(GatewayClass.ISTIO).toEqual({ name: 'istio', controller: GatewayController.ISTIO });
  expect(GatewayClass.ISTIO_WAYPOINT).toEqual({ name: 'istio-waypoint', controller: GatewayController.ISTIO_WAYPOINT });
  expect(GatewayClass.GKE_L7_RILB).toEqual({ name: 'gke-l7-rilb', controller: GatewayController.GKE });
  expect(GatewayClass.NGINX).toEqual({ name: 'nginx', controller: GatewayController.NGINX });
});

test('a class of the cluster is named', () => {
  expect(GatewayClass.fromGatewayClassName('theirs')).toEqual({ name: 'theirs', controller: undefined });
  expect(() => GatewayClass.fromGatewayClassName('Theirs')).toThrow('name of the GatewayClass must be a DNS subdomain');
});

test('a controller is named by a domain and a path', () => {
  expect(GatewayController.of('example.com/gateway/controller').name).toBe('example.com/gateway/controller');
});

test.each(['example.com', 'example.com/', '/controller', `example.com/${'x'.repeat(242)}`, 'example.com/a b'])('%s is no name of a controller', name => {
  expect(() => GatewayController.of(name)).toThrow(/^(controller name must be a domain and a path such as|domain of the controller name must be)/);
});

test('the parameters may be an object of this app', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'edge' });
  const configMap = new ConfigMap(chart, 'Settings', { metadata: { name: 'settings' } });
  const proxy = new ApiObject(chart, 'Proxy', { apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'EnvoyProxy', metadata: { name: 'internal', namespace: 'envoy' } });
  expect(GatewayClass.parametersOf(configMap)).toEqual({ group: '', kind: 'ConfigMap', name: 'settings', namespace: 'edge' });
  expect(GatewayClass.parametersOf(proxy)).toEqual({ group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'internal', namespace: 'envoy' });
});

test.each([
  [{ group: 'Example', kind: 'X', name: 'a' }, 'group of the parameters of GatewayClass \'class\' must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got \'Example\''],
  [{ group: '', kind: '', name: 'a' }, 'kind of the parameters of GatewayClass \'class\' must be letters, digits and inner dashes, at most 63 characters, got \'\''],
  [{ group: '', kind: 'ConfigMap', name: 'A' }, 'name of the parameters of GatewayClass \'class\' must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got \'A\''],
  [{ group: '', kind: 'ConfigMap', name: 'a', namespace: 'a.b' }, 'namespace of the parameters of GatewayClass \'class\' must be a DNS label (lower case letters, digits and inner dashes), got \'a.b\''],
])('parameters that can name no object: %j', (parameters, message) => {
  expect(() => new GatewayClass(Testing.chart(), 'Class', { metadata: { name: 'class' }, controller: GatewayController.ISTIO, parameters })).toThrow(message);
});
