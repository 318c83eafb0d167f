import { App, Chart } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  Certificate, DataPlane, GatewayForm, GatewayHost, HttpPathMatch, IstioMesh, LinkerdMesh, Mesh, MeshedGateway, MeshNamespace, NginxHostHeader,
  NginxUpstream,
} from 'cdk8s-mesh';

const app = new App();

/** The same gateway in a mesh that goes by addresses. */
function make(name: string, meshOf: (chart: Chart) => Mesh): void {
  const chart = new Chart(app, `nginx-${name}`);
  const mesh = meshOf(chart);
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: `${name}-shop` });
  const edge = new MeshNamespace(chart, 'Edge', { mesh, name: `${name}-edge`, enrolled: false });
  const web = new Service(chart, 'Web', { metadata: { name: 'web', namespace: shop.name }, ports: [{ name: 'http', port: 8080 }] });
  web.selectLabel('app', 'web');
  const hostname = 'shop.example.com';
  new MeshedGateway(chart, 'Gateway', {
    name: 'public', namespace: edge, form: GatewayForm.nginx(), hosts: [GatewayHost.https(hostname, Certificate.fromSecretName('shop-tls'))], admits: [shop],
  })
    .addNginxRoute({ hostname, upstream: NginxUpstream.service(shop, web) })
    .addNginxRoute({ hostname, path: HttpPathMatch.prefix('/kept'), upstream: NginxUpstream.service(shop, web), hostHeader: NginxHostHeader.CLIENT });
}

make('ambient', chart => new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
make('linkerd', chart => new LinkerdMesh(chart, 'Mesh'));

app.synth();
