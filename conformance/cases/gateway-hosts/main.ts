import { App, Chart } from 'cdk8s';
import {
  Backend, Certificate, GatewayClass, GatewayForm, GatewayHost, HttpRoute, IstioMesh, MeshedGateway, MeshNamespace, RouteParent,
} from 'cdk8s-mesh';

/** One gateway for two hosts, each with a certificate of its own. */
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'gateway-hosts');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const { gateway } = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' }),
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: [
    GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls')),
    GatewayHost.https('admin.example.com', Certificate.fromSecretName('admin-tls')),
  ],
  admits: [shop],
});
const route = (name: string, hostname: string, listener: string) => new HttpRoute(chart, name, {
  metadata: { name, namespace: shop.name },
  parents: [RouteParent.gateway(gateway!, { listener })],
  hostnames: [hostname],
  rules: [{ backends: [{ backend: Backend.serviceName(name, { port: 80 }) }] }],
});
route('web-v1', 'shop.example.com', 'https');
route('web-v2', 'admin.example.com', 'https-admin-example-com');

app.synth();
