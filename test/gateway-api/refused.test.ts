import { App, Chart, Testing } from 'cdk8s';
import {
  Backend, Certificate, Gateway, GatewayApi, GatewayApiChannel, GatewayApiOptions, GatewayClass, GrpcRoute, HttpRoute, Listener, ListenerFilter,
  RouteParent, SessionPersistence, TcpRoute,
} from '../../src';

const EXPERIMENTAL = { channel: GatewayApiChannel.EXPERIMENTAL };
const web = { name: 'web', namespace: 'shop' };
const backend = Backend.serviceName('cart', { port: 80 });
const edge = Gateway.fromGatewayName('edge', { namespace: 'edge' });

function chart(options: GatewayApiOptions = {}): Chart {
  const app = new App();
  GatewayApi.declare(app, options);
  return new Chart(app, 'test');
}

describe('what is refused leaves nothing behind', () => {
  const far = { backend: Backend.serviceName('cart', { namespace: 'far', port: 80 }) };
  const kinds = (scope: Chart) => Testing.synth(scope).map(({ kind }) => kind);

  test('a rule that the channel lacks', () => {
    const scope = chart();
    const route = new HttpRoute(scope, 'Route', { metadata: web, parents: [RouteParent.gateway(edge)], rules: [{ name: 'home' }] });
    expect(() => route.addRule({ backends: [far], sessionPersistence: SessionPersistence.cookie() })).toThrow('sessionPersistence');
    route.addParent(RouteParent.gateway(Gateway.fromGatewayName('other')));
    expect(kinds(scope)).toEqual(['HTTPRoute']);
    route.addRule({ backends: [far] });
    expect(kinds(scope)).toEqual(['HTTPRoute', 'ReferenceGrant']);
  });

  test('a rule of gRPC that the channel lacks', () => {
    const scope = chart();
    const route = new GrpcRoute(scope, 'Route', { metadata: web, parents: [RouteParent.gateway(edge)], rules: [{ name: 'home' }] });
    expect(() => route.addRule({ backends: [far], sessionPersistence: SessionPersistence.cookie() })).toThrow('sessionPersistence');
    expect(kinds(scope)).toEqual(['GRPCRoute']);
  });

  test('a backend of bytes with a weight that is none', () => {
    const scope = chart();
    const route = new TcpRoute(scope, 'Route', { metadata: web, parents: [RouteParent.gateway(edge)], backends: [{ backend }] });
    expect(() => route.addBackend({ ...far, weight: -1 })).toThrow('weight of backend 2 of TCPRoute');
    expect(kinds(scope)).toEqual(['TCPRoute']);
  });

  test('a backend of bytes that the channel lacks', () => {
    const scope = chart();
    const route = new TcpRoute(scope, 'Route', { metadata: web, parents: [RouteParent.gateway(edge)], backends: [{ backend }] });
    expect(() => route.addBackend({ backend: Backend.of({ group: 'gateway.networking.x-k8s.io', kind: 'XBackend', name: 'db', namespace: 'far' }) })).toThrow('XBackend');
    expect(kinds(scope)).toEqual(['TCPRoute']);
  });

  test('a parent whose controller does not read the route: rules after it are those of the others', () => {
    const scope = chart(EXPERIMENTAL);
    const route = new HttpRoute(scope, 'Route', { metadata: web, parents: [RouteParent.gateway(edge)], rules: [{ sessionPersistence: SessionPersistence.cookie() }] });
    expect(() => route.addParent(RouteParent.gateway(Gateway.fromGatewayName('istio', { gatewayClass: GatewayClass.ISTIO })))).toThrow('Istio');
    expect(() => route.addRule({ sessionPersistence: SessionPersistence.cookie() })).not.toThrow();
  });

  test('a listener that the channel lacks, with a certificate elsewhere', () => {
    const scope = chart();
    const listening = new Gateway(scope, 'Gateway', { metadata: { name: 'edge', namespace: 'edge' }, gatewayClass: GatewayClass.CILIUM, listeners: [Listener.http()] });
    expect(() => listening.addListener(Listener.https({
      certificates: [Certificate.fromSecretName('shop-tls', { namespace: 'far' })], filters: [ListenerFilter.extension({ group: 'example.com', kind: 'Waf', name: 'waf' })],
    }))).toThrow('filters');
    expect(kinds(scope)).toEqual(['Gateway']);
  });
});
