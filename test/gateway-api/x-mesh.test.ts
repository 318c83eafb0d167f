import { Chart, Testing } from 'cdk8s';
import { GatewayApi, GatewayApiChannel, GatewayController, XMesh } from '../../src';

function chartIn(namespace?: string): Chart {
  const app = Testing.app();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'test', { namespace });
}

test('every field; a mesh has no namespace, though its chart has', () => {
  // GIVEN
  const chart = chartIn('edge');

  // WHEN
  const mesh = new XMesh(chart, 'Mesh', {
    metadata: { name: 'istio' },
    controller: GatewayController.ISTIO_WAYPOINT,
    description: 'the mesh of the shop',
    parameters: { group: '', kind: 'ConfigMap', name: 'istio', namespace: 'istio-system' },
  });

  // THEN
  expect(mesh.controller).toBe(GatewayController.ISTIO_WAYPOINT);
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'gateway.networking.x-k8s.io/v1alpha1',
    kind: 'XMesh',
    metadata: { name: 'istio' },
    spec: {
      controllerName: 'istio.io/mesh-controller',
      description: 'the mesh of the shop',
      parametersRef: { group: '', kind: 'ConfigMap', name: 'istio', namespace: 'istio-system' },
    },
  }]);
});

test('the controller is enough', () => {
  const chart = chartIn();
  new XMesh(chart, 'Mesh', { controller: GatewayController.ISTIO });
  expect(Testing.synth(chart)[0].spec).toEqual({ controllerName: 'istio.io/gateway-controller' });
});

test('a description has at most 64 characters', () => {
  const described = (length: number) => () => new XMesh(chartIn(), 'Mesh', { metadata: { name: 'istio' }, controller: GatewayController.ISTIO, description: 'x'.repeat(length) });
  expect(described(64)).not.toThrow();
  expect(() => new XMesh(chartIn(), 'Mesh', { controller: GatewayController.ISTIO, description: '🕸'.repeat(64) })).not.toThrow();
  expect(described(65)).toThrow('characters of the description of XMesh \'istio\' must be at most 64, got 65: shorten it');
});

test('parameters name an object', () => {
  expect(() => new XMesh(chartIn(), 'Mesh', { metadata: { name: 'istio' }, controller: GatewayController.ISTIO, parameters: { group: '', kind: '', name: 'a' } }))
    .toThrow('kind of the parameters of XMesh \'istio\' must be letters');
});

test('a mesh of the cluster is named', () => {
  expect(XMesh.fromXMeshName('istio', { controller: GatewayController.ISTIO })).toEqual({ name: 'istio', controller: GatewayController.ISTIO });
  expect(() => XMesh.fromXMeshName('Istio')).toThrow('name of the XMesh must be a DNS subdomain');
});

test('the standard channel has no XMesh', () => {
  expect(() => new XMesh(Testing.chart(), 'Mesh', { controller: GatewayController.ISTIO })).toThrow('XMesh');
});
