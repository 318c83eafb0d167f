import { App, Chart } from 'cdk8s';
import { DataPlane, EgressGateway, ExternalPort, ExternalService, ExternalTls, IstioMesh, MeshClient, MeshNamespace } from 'cdk8s-mesh';

/** Every protocol that a waypoint takes out. */
const app = new App();
const mesh = new IstioMesh(app, 'Mesh', { dataPlane: DataPlane.AMBIENT });
const chart = new Chart(app, 'egress-ambient');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const clients = [MeshClient.serviceAccountName(shop, 'checkout')];
const api = ExternalService.originate('api.example.com');

new EgressGateway(chart, 'Egress', { namespace: new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress' }), clientNamespaces: [shop] })
  .allow(ExternalService.http('open.example.com'))
  .allow(ExternalService.http('http.example.com'), { clients })
  .allow(api, { methods: ['GET'], paths: ['/public/*'] })
  .allow(api, { clients, methods: ['POST'], paths: ['/orders'] })
  .allow(ExternalService.originate('own-ca.example.com', { tls: ExternalTls.caSecretName('own-ca') }), { clients })
  .allow(ExternalService.originate('mutual.example.com', { tls: ExternalTls.clientCertificateName('client-certificate') }), { clients })
  .allow(ExternalService.originate('unknown-ca.example.com'), { clients })
  .allow(ExternalService.tls('tls.example.com'), { clients })
  .allow(ExternalService.grpc('grpc.example.com', { port: 50051 }), { clients })
  .allow(ExternalService.originateGrpc('grpcs.example.com'), { clients, paths: ['/orders.Orders/Get'] })
  .allow(ExternalService.tcp('db-by-address.example.com', { port: 5433, addresses: ['198.51.100.7'] }), { clients })
  .allow(ExternalService.tcp('db.example.com', { port: 5432 }), { clients })
  .allow(ExternalService.http('*.wild.example.com'), { clients })
  .allow(ExternalService.of({ hostnames: ['ports.example.com'], ports: [ExternalPort.http(), ExternalPort.originate({ port: 8080 })] }), { clients });

app.synth();
