/**
 * Databases, a cache, a broker and a name server behind one Gateway, none of which speaks HTTP. Where the protocol has TLS, the server name tells databases on
 * one port apart and says where connections go, sealed or opened at the Gateway; where it has none, each takes a port of its own.
 */
import { App, Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { Broker, NameServer, Store } from './stores';
import {
  Backend, BackendTlsPolicy, BackendTrust, CaCertificate, Certificate, Gateway, GatewayClass, GatewayController, Listener, PolicyTargetRef,
  RouteNamespaces, RouteParent, TcpRoute, TlsRoute, UdpRoute,
} from 'cdk8s-mesh';

const app = new App();
const chart = new Chart(app, 'tls-and-tcp');

const edge = new Namespace(chart, 'Edge', { metadata: { name: 'edge' } });
const data = new Namespace(chart, 'Data', { metadata: { name: 'data' } });
const routes = RouteNamespaces.of(data);
const certificates = (name: string) => [Certificate.fromSecretName(name)];

const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'data', namespace: edge.name },
  // Not of Istio, which does not read UDPRoutes.
  gatewayClass: new GatewayClass(chart, 'GatewayClass', { metadata: { name: 'envoy-gateway' }, controller: GatewayController.ENVOY_GATEWAY }),
  listeners: [
    Listener.tlsPassthrough({ name: 'postgres', port: 5432, hostname: '*.db.example.com', routes }),
    Listener.tcp({ name: 'postgres-replicas', port: 5433, routes }),
    Listener.tlsTerminate({ name: 'redis', port: 6380, hostname: 'cache.example.com', certificates: certificates('cache-example-com-tls'), routes }),
    Listener.tcp({ name: 'redis-plain', port: 6379, routes }),
    Listener.tlsTerminate({ name: 'mqtt', port: 8883, hostname: 'devices.example.com', certificates: certificates('devices-example-com-tls'), routes }),
    Listener.udp({ name: 'dns', port: 53, routes }),
    Listener.tcp({ name: 'dns-tcp', port: 53, routes }),
  ],
});
const metadata = (name: string) => ({ name, namespace: data.name });
const on = (listener: string) => [RouteParent.gateway(gateway, { listener })];

// Sealed: the databases have the certificates. Clients begin with TLS at once (in PostgreSQL 17 by sslnegotiation=direct), else there is no server name to read.
for (const name of ['orders', 'customers']) {
  const database = new Store(chart, name, { namespace: data.name, image: 'registry.example.com/postgres:17.6', portName: 'tls-postgres', port: 5432 });
  new TlsRoute(chart, `${name}-route`, {
    metadata: metadata(name),
    parents: on('postgres'),
    hostnames: [`${name}.db.example.com`],
    backends: [{ backend: Backend.service(database.service) }],
  });
}

// A migration: some of the reports read from replicas of the new version. Replicas only, for what is written to two primaries is written to neither.
const replicas = (version: string, tag: string) => Backend.service(new Store(chart, `orders-replicas-${version}`, {
  namespace: data.name, image: `registry.example.com/postgres:${tag}`, portName: 'tcp-postgres', port: 5432,
}).service);
new TcpRoute(chart, 'Replicas', {
  metadata: metadata('orders-replicas'),
  parents: on('postgres-replicas'),
  backends: [{ backend: replicas('v17', '17.6'), weight: 80 }, { backend: replicas('v18', '18.1'), weight: 20 }],
});

// The Gateway has the certificate, so that the cache needs none; who is in the network anyway goes there without TLS.
const redis = new Store(chart, 'redis', { namespace: data.name, image: 'registry.example.com/redis:8.2.1', portName: 'redis', port: 6379 });
new TlsRoute(chart, 'Cache', {
  metadata: metadata('cache'),
  parents: on('redis'),
  hostnames: ['cache.example.com'],
  backends: [{ backend: Backend.service(redis.service) }],
});
new TcpRoute(chart, 'CachePlain', {
  metadata: metadata('cache-plain'),
  parents: on('redis-plain'),
  backends: [{ backend: Backend.service(redis.service) }],
});

// TLS on both sides: devices see the certificate of the Gateway, and the broker, which takes no other connections, shows one of the company's own authority.
const broker = new Broker(chart, 'mosquitto', { namespace: data.name, image: 'registry.example.com/eclipse-mosquitto:2.0.22', portName: 'mqtts', port: 8883 });
new TlsRoute(chart, 'Devices', {
  metadata: metadata('devices'),
  parents: on('mqtt'),
  hostnames: ['devices.example.com'],
  backends: [{ backend: Backend.service(broker.service) }],
});
new BackendTlsPolicy(chart, 'BrokerTls', {
  metadata: metadata('mosquitto'),
  targets: [PolicyTargetRef.service(broker.service, { port: 'mqtts' })],
  validation: { hostname: 'mosquitto.internal.example.com', trust: BackendTrust.certificates(CaCertificate.configMapName('company-ca')) },
});

// Datagrams, and connections for answers that do not fit into one.
const names = Backend.service(new NameServer(chart, 'names', data.name, 'registry.example.com/coredns:1.13.1').service, { port: 53 });
new UdpRoute(chart, 'Names', { metadata: metadata('names'), parents: on('dns'), backends: [{ backend: names }] });
new TcpRoute(chart, 'NamesTcp', { metadata: metadata('names-tcp'), parents: on('dns-tcp'), backends: [{ backend: names }] });

app.synth();
