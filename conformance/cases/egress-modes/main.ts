import { App, Chart } from 'cdk8s';
import { EgressGateway, ExternalService, IstioMesh, MeshClient, MeshNamespace } from 'cdk8s-mesh';

/** The ways out that no target shows: plain HTTP, with and without a list of clients, ports of one's own, and hosts side by side. */
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'egress-modes');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const clients = [MeshClient.serviceAccountName(shop, 'checkout')];

new EgressGateway(chart, 'Egress', { namespace: new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress' }), clientNamespaces: [shop] })
  .allow(ExternalService.http('open.example.com'))
  .allow(ExternalService.http('http.example.com'), { clients })
  .allow(ExternalService.http('port.example.com', { port: 8080 }), { clients })
  .allow(ExternalService.originate('originate.example.com'), { clients })
  .allow(ExternalService.originate('originate-port.example.com', { port: 8080, externalPort: 8443 }), { clients })
  .allow(ExternalService.tls('tls.example.com'), { clients })
  .allow(ExternalService.tls('tls-port.example.com', { port: 8443 }), { clients });

app.synth();
