import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  BackendTlsPolicy, BackendTrust, Gateway, GatewayApi, GatewayApiChannel, GatewayClass, GatewayController, GrpcRoute, HttpRoute,
  ListenerNamespaces, ListenerSet, ReferenceGrant, TcpRoute, TlsRoute, UdpRoute, XBackend, XBackendEndpoints, XBackendTrafficPolicy,
  XMesh, XTelemetryPolicy, XTelemetryTracing,
} from '../../src';

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
}

type Make = (scope: Construct, metadata: Metadata) => unknown;
type Import = (name: string, options?: { namespace?: string }) => unknown;

const gateway = Gateway.fromGatewayName('edge', { allowedListeners: ListenerNamespaces.all() });

const NAMESPACED: [string, Make, Import][] = [
  ['BackendTLSPolicy', (scope, metadata) => new BackendTlsPolicy(scope, 'It', { metadata, validation: { hostname: 'a.example.com', trust: BackendTrust.system() } }),
    BackendTlsPolicy.fromBackendTlsPolicyName],
  ['GRPCRoute', (scope, metadata) => new GrpcRoute(scope, 'It', { metadata }), GrpcRoute.fromGrpcRouteName],
  ['HTTPRoute', (scope, metadata) => new HttpRoute(scope, 'It', { metadata }), HttpRoute.fromHttpRouteName],
  ['ListenerSet', (scope, metadata) => new ListenerSet(scope, 'It', { metadata, gateway }), ListenerSet.fromListenerSetName],
  ['ReferenceGrant', (scope, metadata) => new ReferenceGrant(scope, 'It', { metadata, sources: [], targets: [] }), ReferenceGrant.fromReferenceGrantName],
  ['TCPRoute', (scope, metadata) => new TcpRoute(scope, 'It', { metadata }), TcpRoute.fromTcpRouteName],
  ['TLSRoute', (scope, metadata) => new TlsRoute(scope, 'It', { metadata }), TlsRoute.fromTlsRouteName],
  ['UDPRoute', (scope, metadata) => new UdpRoute(scope, 'It', { metadata }), UdpRoute.fromUdpRouteName],
  ['XBackend', (scope, metadata) => new XBackend(scope, 'It', { metadata, endpoints: XBackendEndpoints.externalHostname('a.example.com'), port: 443 }), XBackend.fromXBackendName],
  ['XBackendTrafficPolicy', (scope, metadata) => new XBackendTrafficPolicy(scope, 'It', { metadata }), XBackendTrafficPolicy.fromXBackendTrafficPolicyName],
  ['XTelemetryPolicy', (scope, metadata) => new XTelemetryPolicy(scope, 'It', { metadata, tracing: XTelemetryTracing.disabled() }), XTelemetryPolicy.fromXTelemetryPolicyName],
];

const OF_THE_CLUSTER: [string, Make, (name: string) => unknown][] = [
  ['GatewayClass', (scope, metadata) => new GatewayClass(scope, 'It', { metadata, controller: GatewayController.ISTIO }), name => GatewayClass.fromGatewayClassName(name)],
  ['XMesh', (scope, metadata) => new XMesh(scope, 'It', { metadata, controller: GatewayController.ISTIO }), name => XMesh.fromXMeshName(name)],
];

function chart(): Chart {
  const app = new App();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'test');
}

test.each([...NAMESPACED, ...OF_THE_CLUSTER])('the name of a %s is one that the API server takes', (kind, make, importByName) => {
  const message = `name of the ${kind} must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got 'Bad_Name'`;
  expect(() => make(chart(), { name: 'Bad_Name' })).toThrow(message);
  expect(() => importByName('Bad_Name')).toThrow(message);
  expect(() => make(chart(), { name: 'good.name' })).not.toThrow();
  expect(importByName('good.name')).toMatchObject({ name: 'good.name' });
});

test.each(NAMESPACED)('so is the namespace of a %s', (kind, make, importByName) => {
  const message = `namespace of the ${kind} must be a DNS label (lower case letters, digits and inner dashes), got 'a.b'`;
  expect(() => make(chart(), { namespace: 'a.b' })).toThrow(message);
  expect(() => importByName('it', { namespace: 'a.b' })).toThrow(message);
  expect(() => make(chart(), { namespace: 'shop' })).not.toThrow();
  expect(importByName('it', { namespace: 'shop' })).toMatchObject({ name: 'it', namespace: 'shop' });
});
