import { Testing } from 'cdk8s';
import {
  Destination, IstioHost, IstioHttpRedirect, IstioMesh, IstioVersion, IVirtualServiceDelegate, StringMatch, VirtualService, VirtualServiceDelegate,
} from '../../src';

const destinations = [{ destination: Destination.host(IstioHost.serviceName('backend', 'shop')) }];
const delegating = (delegate: IVirtualServiceDelegate) => {
  const chart = Testing.chart();
  new VirtualService(chart, 'Root', { metadata: { namespace: 'edge' }, hosts: [IstioHost.of('shop.example.com')], httpRoutes: [{ delegate }] });
  return Testing.synth(chart)[0].spec.http[0];
};

test('a delegate has no hosts, and is named with its namespace', () => {
  // GIVEN
  const chart = Testing.chart();
  const delegate = new VirtualServiceDelegate(chart, 'Shop', { metadata: { name: 'shop', namespace: 'shop' }, exportTo: ['edge'] });

  // WHEN
  delegate.addHttpRoute({ matches: [{ headers: { 'x-a': StringMatch.exact('b') }, gateways: [{ name: 'any' }] }], destinations })
    .addHttpRoute({ destinations });

  // THEN
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: {
      exportTo: ['edge'],
      http: [
        {
          match: [{ headers: { 'x-a': { exact: 'b' } }, gateways: ['any'] }],
          route: [{ destination: { host: 'backend.shop.svc.cluster.local' } }],
        },
        { route: [{ destination: { host: 'backend.shop.svc.cluster.local' } }] },
      ],
    },
  }]);
  expect(delegating(delegate)).toEqual({ delegate: { name: 'shop', namespace: 'shop' } });
  expect(delegate.resourceType).toBe('virtualservices');
});

test('a delegate can be in the cluster already', () => {
  expect(delegating(VirtualServiceDelegate.fromVirtualServiceName('shop'))).toEqual({ delegate: { name: 'shop' } });
  expect(delegating(VirtualServiceDelegate.fromVirtualServiceName('shop', { namespace: 'web' }))).toEqual({ delegate: { name: 'shop', namespace: 'web' } });
  expect(() => VirtualServiceDelegate.fromVirtualServiceName('Shop')).toThrow('name of the VirtualService must be a DNS subdomain');
  expect(() => VirtualServiceDelegate.fromVirtualServiceName('shop', { namespace: 'a.b' })).toThrow('namespace of the VirtualService must be a DNS label');
});

test('a delegate must be exported to where it is named', () => {
  expect(() => delegating({ name: 'shop', namespace: 'shop', exportTo: ['.'] })).toThrow(
    'delegate \'shop\' is not exported to namespace \'edge\': it has exportTo .');
  expect(() => delegating({ name: 'shop', namespace: 'shop', exportTo: ['*'] })).not.toThrow();
  expect(() => delegating({ name: 'shop', exportTo: ['.'] })).not.toThrow();
});

test('a delegate knows no gateways, and so no claims of tokens', () => {
  const delegate = new VirtualServiceDelegate(Testing.chart(), 'Shop');
  expect(() => delegate.addHttpRoute({ matches: [{ withoutHeaders: { '@request.auth.claims.a': StringMatch.exact('b') } }], destinations })).toThrow(
    'claim \'@request.auth.claims.a\' cannot be matched in a delegate: match it in the route that delegates');
});

test('a delegate does not have what the declared release lacks, nor routes that are never reached', () => {
  const chart = Testing.chart();
  new IstioMesh(chart, 'Mesh', { version: IstioVersion.V1_30 });
  const delegate = new VirtualServiceDelegate(chart, 'Shop', { metadata: { name: 'shop' } });
  expect(() => delegate.addHttpRoute({ redirect: IstioHttpRedirect.to({ prefixRewrite: '/b/' }) })).toThrow(
    'http[0].redirect.prefixRewrite of VirtualService \'shop\' is not in Istio 1.30, which would drop it in silence: it is there since 1.31');
  delegate.addHttpRoute({ matches: [{ port: 80 }], destinations });
  expect(() => delegate.addHttpRoute({ matches: [{ port: 80 }], destinations })).toThrow('an HTTP route is never reached, since http[0]');
});

test('a route without matches that delegates may leave requests to the routes after it', () => {
  const root = new VirtualService(Testing.chart(), 'Root', { hosts: [IstioHost.of('shop.example.com')] });
  root.addHttpRoute({ delegate: { name: 'cart' } }).addHttpRoute({ delegate: { name: 'users' } }).addHttpRoute({ destinations });
  expect(root._toKube().http?.map(({ delegate }) => delegate?.name)).toEqual(['cart', 'users', undefined]);
  expect(() => root.addHttpRoute({ delegate: { name: 'late' } })).toThrow('an HTTP route after one without matches is never reached');
});

test('a delegate does not delegate again', () => {
  const delegate = new VirtualServiceDelegate(Testing.chart(), 'Shop');
  expect(() => delegate.addHttpRoute({ name: 'api', delegate: { name: 'other' } })).toThrow(
    'HTTP route \'api\' of a delegate cannot delegate again: write the routes of \'other\' here');
});

test('exportTo is checked', () => {
  expect(() => new VirtualServiceDelegate(Testing.chart(), 'Shop', { exportTo: ['*', 'edge'] })).toThrow('exportTo must have \'*\' alone, got *, edge');
});

test('a delegate takes its routes at once', () => {
  const routes = [{ matches: [{ port: 80 }], destinations }, { destinations }];
  expect(new VirtualServiceDelegate(Testing.chart(), 'Shop', { httpRoutes: routes })._toKube().http).toHaveLength(2);
});

test('a delegate needs a route', () => {
  const chart = Testing.chart();
  new VirtualServiceDelegate(chart, 'Shop', { httpRoutes: [] });
  expect(() => Testing.synth(chart)).toThrow('a VirtualServiceDelegate needs at least one route: pass httpRoutes, or call addHttpRoute');
});
