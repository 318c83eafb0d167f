import { App, Chart } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  CanaryParent, CanaryRoute, CanaryVersion, Certificate, GatewayForm, GatewayHost, HttpPathMatch, HttpRouteMatch, IMeshNamespace, IstioMesh,
  MeshedGateway, MeshNamespace, MeshWorkload, NginxHostHeader, NginxUpstream,
} from 'cdk8s-mesh';

const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'nginx-mesh');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' });

function run(namespace: IMeshNamespace, name: string, port: number): { service: Service; workload: MeshWorkload } {
  const metadata = { name, namespace: namespace.name };
  const deployment = new Deployment(chart, `${name}-deployment`, {
    metadata,
    serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }),
    containers: [{ image: name, portNumber: 8080 }],
  });
  return {
    service: new Service(chart, `${name}-service`, { metadata, selector: deployment, ports: [{ name: 'http', port, targetPort: 8080 }] }),
    workload: new MeshWorkload(chart, `${name}-workload`, { namespace, workload: deployment }),
  };
}

const web = run(shop, 'web', 8080);
const next = run(shop, 'next', 8080);
const old = run(shop, 'old', 80);
run(edge, 'other', 8080);
const hostname = 'shop.example.com';

const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.nginx(),
  hosts: [GatewayHost.https(hostname, Certificate.fromSecretName('shop-tls')), GatewayHost.https('old.example.com', Certificate.fromSecretName('old-tls'))],
  admits: [shop],
})
  .addNginxRoute({ hostname, upstream: NginxUpstream.service(shop, web.service) })
  .addNginxRoute({ hostname, path: HttpPathMatch.prefix('/kept'), upstream: NginxUpstream.service(shop, web.service), hostHeader: NginxHostHeader.CLIENT })
  .addNginxRoute({ hostname, path: HttpPathMatch.prefix('/kept/old'), upstream: NginxUpstream.service(shop, old.service), hostHeader: NginxHostHeader.CLIENT })
  .addNginxRoute({ hostname: 'old.example.com', upstream: NginxUpstream.service(shop, old.service), hostHeader: NginxHostHeader.CLIENT });

new CanaryRoute(chart, 'Canary', {
  name: 'web',
  namespace: shop,
  parents: [CanaryParent.service(web.service)],
  stable: CanaryVersion.service(web.service),
  canary: CanaryVersion.service(next.service),
  canaryWeight: 0,
  pinned: [HttpRouteMatch.header('x-canary', 'true')],
});
next.workload.allowFrom(gateway, { ports: [8080] });

app.synth();
