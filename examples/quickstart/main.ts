import { App, Chart } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  CanaryParent, CanaryRoute, CanaryVersion, Certificate, EgressGateway, ExternalService, GatewayClass, GatewayController, GatewayForm, GatewayHost,
  HttpRouteMatch, IMeshNamespace, IstioMesh, MeshedGateway, MeshNamespace, MeshWorkload,
} from 'cdk8s-mesh';

/** A version of the shop: its pods, their identity, and a Service. */
class Version extends Construct {
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
    this.service = new Service(this, 'Service', { metadata, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    this.workload = new MeshWorkload(this, 'Workload', { namespace, workload: deployment });
  }
}

const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'quickstart');

// Where things run: the shop, the way in, which takes no way out, and the way out.
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' }).confine();
const egress = new MeshNamespace(chart, 'Egress', { mesh, name: 'egress' });

const stable = new Version(chart, 'web-v1', shop, 'registry.example.com/shop/web:1.4.0');
const canary = new Version(chart, 'web-v2', shop, 'registry.example.com/shop/web:2.0.0');

// The way in: HTTPS only, for routes of the shop only.
const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.provisioned(new GatewayClass(chart, 'GatewayClass', { metadata: { name: 'mesh' }, controller: GatewayController.ISTIO })),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  admits: [shop],
});

// One request in ten, and all of the testers', goes to the new version.
new CanaryRoute(chart, 'Web', {
  namespace: shop,
  parents: [CanaryParent.gateway(gateway)],
  hostnames: ['shop.example.com'],
  stable: CanaryVersion.service(stable.service),
  canary: CanaryVersion.service(canary.service),
  canaryWeight: 10,
  pinned: [HttpRouteMatch.header('canary', 'true')],
});

// The way out: only these workloads, only to this host.
new EgressGateway(chart, 'EgressGateway', { namespace: egress })
  .allow(ExternalService.tls('api.stripe.com'), { clients: [stable.workload, canary.workload] });

// The new version may ask the old one for orders; with that, nothing else in the shop may be called but through the gateway.
stable.workload.allowFrom(canary.workload, { ports: [8080], methods: ['GET'], paths: ['/orders/*'] });

app.synth();
