import { App, Chart } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  Backend, CanaryParent, CanaryProtocol, CanaryRoute, CanaryVersion, Certificate, GatewayClass, GatewayForm, GatewayHost, GrpcRoute, HttpPathMatch,
  HttpPathModifier, HttpRoute, HttpRouteFilter, HttpRouteMatch, IstioMesh, MeshedGateway, MeshNamespace, MeshWorkload, StickyAssignment,
} from 'cdk8s-mesh';

/** A gateway of Envoy Gateway in a mesh with sidecars: who makes routes says nothing of hosts, and yet the sidecar beside the proxy finds the Service that was chosen. */
const app = new App();
const chart = new Chart(app, 'gateway-backend-hosts');
const mesh = new IstioMesh(chart, 'Mesh');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });

function run(name: string, portName = 'http'): Service {
  const metadata = { name, namespace: 'shop' };
  const workload = new Deployment(chart, `${name}-deployment`, {
    metadata,
    serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }),
    containers: [{ image: name, portNumber: 8080 }],
  });
  new MeshWorkload(chart, `${name}-workload`, { namespace: shop, workload });
  return new Service(chart, `${name}-service`, { metadata, selector: workload, ports: [{ name: portName, port: 80, targetPort: 8080 }] });
}
const [web, stable, canary] = [run('web'), run('web-v1'), run('web-v2')];
const [calls, nextCalls] = [run('calls-v1', 'grpc'), run('calls-v2', 'grpc')];

const hosts = ['shop', 'canary', 'sticky', 'calls', 'more-calls'].map(name => `${name}.example.com`);
const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY),
  admits: [shop],
  hosts: hosts.map(hostname => GatewayHost.https(hostname, Certificate.fromSecretName(hostname.replaceAll('.', '-')))),
});
const metadata = (name: string) => ({ name, namespace: 'shop' });
const [hostname, canaryHost, stickyHost, callsHost, moreCallsHost] = hosts;

// One Service: a field of Gateway API names it, beside the path that the author rewrites.
new HttpRoute(chart, 'Web', {
  metadata: metadata('web'),
  parents: [gateway.routeParent(hostname)],
  hostnames: [hostname],
  rules: [
    { backends: [{ backend: Backend.service(web) }] },
    {
      matches: [HttpRouteMatch.of({ path: HttpPathMatch.prefix('/old') })],
      filters: [HttpRouteFilter.rewrite({ path: HttpPathModifier.replacePrefixMatch('/new') })],
      backends: [{ backend: Backend.service(web) }],
    },
  ],
});
// Several: each is named by a filter of its own.
const versions = { stable: CanaryVersion.service(stable), canary: CanaryVersion.service(canary) };
new CanaryRoute(chart, 'Canary', {
  ...versions,
  namespace: shop,
  canaryWeight: 20,
  hostnames: [canaryHost],
  parents: [CanaryParent.gateway(gateway)],
  pinned: [HttpRouteMatch.header('x-canary', 'true')],
});
new CanaryRoute(chart, 'Sticky', {
  ...versions,
  namespace: shop,
  canaryWeight: 50,
  hostnames: [stickyHost],
  parents: [CanaryParent.gateway(gateway)],
  sticky: StickyAssignment.cookie(),
});
new CanaryRoute(chart, 'Calls', {
  namespace: shop,
  protocol: CanaryProtocol.GRPC,
  stable: CanaryVersion.service(calls),
  canary: CanaryVersion.service(nextCalls),
  canaryWeight: 20,
  hostnames: [callsHost],
  parents: [CanaryParent.gateway(gateway)],
});
new GrpcRoute(chart, 'MoreCalls', {
  metadata: metadata('more-calls'),
  parents: [gateway.routeParent(moreCallsHost)],
  hostnames: [moreCallsHost],
  rules: [{ backends: [{ backend: Backend.service(calls) }] }],
});

app.synth();
