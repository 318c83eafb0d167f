import { App, Chart, Duration, Size } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  CanaryParent, CanaryRoute, CanaryVersion, Certificate, GatewayForm, GatewayHost, HttpPathMatch, HttpRouteMatch, IMeshNamespace, IstioMesh,
  MeshedGateway, MeshNamespace, MeshWorkload, NginxHostHeader, NginxUpstream, TlsVersion,
} from 'cdk8s-mesh';

/** An application of the shop: its pods, their identity, and a Service. */
class Application extends Construct {
  public readonly service: Service;
  public readonly workload: MeshWorkload;

  constructor(scope: Construct, id: string, namespace: IMeshNamespace, image: string) {
    super(scope, id);
    const metadata = { name: id, namespace: namespace.name };
    const deployment = new Deployment(this, 'Deployment', {
      metadata,
      serviceAccount: new ServiceAccount(this, 'ServiceAccount', { metadata }),
      containers: [{ image, portNumber: 8080 }],
    });
    this.service = new Service(this, 'Service', { metadata, selector: deployment, ports: [{ name: 'http', port: 8080 }] });
    this.workload = new MeshWorkload(this, 'Workload', { namespace, workload: deployment });
  }
}

const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'nginx-gateway');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });

const web = new Application(chart, 'web', shop, 'registry.example.com/shop/web:1.4.0');
const next = new Application(chart, 'web-next', shop, 'registry.example.com/shop/web:2.0.0');
const images = new Application(chart, 'images', shop, 'registry.example.com/shop/images:1.0.0');
const legacy = new Application(chart, 'legacy', shop, 'registry.example.com/shop/legacy:0.9.0');

// nginx ends TLS; the sidecar beside it encrypts what it sends to Services.
const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.nginx({ image: 'nginxinc/nginx-unprivileged:1.28', trustedProxies: ['10.0.0.0/8'] }),
  hosts: [
    GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls')),
    GatewayHost.https('*.shops.example.com', Certificate.fromSecretName('shops-tls')),
  ],
  tls: { minVersion: TlsVersion.V1_2 },
  admits: [shop],
});

gateway
  .addNginxRoute({ hostname: 'shop.example.com', upstream: NginxUpstream.service(shop, web.service) })
  .addNginxRoute({
    hostname: 'shop.example.com',
    path: HttpPathMatch.prefix('/images'),
    upstream: NginxUpstream.service(shop, images.service),
    maxBodySize: Size.mebibytes(20),
    timeout: Duration.minutes(2),
    buffering: false,
  })
  // It makes links with the Host that it gets.
  .addNginxRoute({ hostname: '*.shops.example.com', upstream: NginxUpstream.service(shop, legacy.service), hostHeader: NginxHostHeader.CLIENT });
gateway.edge.logAccess();

// Behind nginx, the sidecar divides the requests for the Service.
new CanaryRoute(chart, 'Canary', {
  name: 'web',
  namespace: shop,
  parents: [CanaryParent.service(web.service)],
  stable: CanaryVersion.service(web.service),
  canary: CanaryVersion.service(next.service),
  canaryWeight: 0,
  pinned: [HttpRouteMatch.header('x-canary', 'true')],
});

// Only the gateway may call the shop, and the new version the images.
next.workload.allowFrom(gateway, { ports: [8080] });
images.workload.allowFrom(next.workload, { methods: ['GET'] });

app.synth();
