import { Testing } from 'cdk8s';
import { Gateway, GatewayClass, RouteParent, UdpRoute } from '../../src';

test('Istio knows no UDPRoute', () => {
  const gateway = Gateway.fromGatewayName('edge', { gatewayClass: GatewayClass.ISTIO });
  expect(() => new UdpRoute(Testing.chart(), 'Route', { metadata: { name: 'db', namespace: 'data' }, parents: [RouteParent.gateway(gateway)] })).toThrow('Istio 1.31 does not read UDPRoute \'db\': it is ignored in silence; leave it out, or name \'UDPRoute\' in unreadFields of GatewayApi.declare');
});
