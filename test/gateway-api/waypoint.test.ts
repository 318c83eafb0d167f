import { Testing } from 'cdk8s';
import { Gateway, GatewayClass, Listener, ListenerTls } from '../../src';
import { Validator } from '../../src/validation/validator';

test('a waypoint of Istio listens to HBONE, a protocol without domain', () => {
  // GIVEN
  const chart = Testing.chart();
  // WHEN
  new Gateway(chart, 'Waypoint', {
    metadata: { name: 'waypoint', namespace: 'shop', labels: { 'istio.io/waypoint-for': 'service' } },
    gatewayClass: GatewayClass.ISTIO_WAYPOINT,
    listeners: [Listener.custom('HBONE', { name: 'mesh', port: 15008 })],
  });
  // THEN
  const [gateway] = Testing.synth(chart);
  expect(gateway.spec).toEqual({
    gatewayClassName: 'istio-waypoint',
    listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE', allowedRoutes: { namespaces: { from: 'Same' } } }],
  });
  expect(Validator.of('standard').check(gateway)).toEqual([]);
});

test('an east-west gateway ends the TLS of the mesh', () => {
  const tls = ListenerTls.terminate({ options: { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' } });
  expect(Listener.custom('HBONE', { name: 'cross-network', port: 15008, tls })).toMatchObject({ protocol: 'HBONE', port: 15008 });
});

test('its name is as exact as that of others', () => {
  expect(() => Listener.custom('hbone', { name: 'mesh', port: 15008 })).toThrow('protocol of a custom listener must be a domain and a name such as example.com/quic');
});
