import { App, Chart } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  CanaryParent, CanaryRoute, CanaryRouteProps, CanaryVersion, Gateway, GatewayClass, HttpMethod, HttpPathMatch, HttpQueryParamMatch, HttpRouteMatch,
  IstioGateway, IstioMesh, IstioServer, Listener, MeshNamespace, RouteNamespaces, WorkloadSelector,
} from 'cdk8s-mesh';

/** The same canary twice: as a VirtualService behind an Istio Gateway, and as an HTTPRoute behind a Gateway of Gateway API. */
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'canary-paths');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const service = (name: string) => new Service(chart, name, { metadata: { name, namespace: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });

const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'gateway-api', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ routes: RouteNamespaces.all() })],
});
const istioGateway = new IstioGateway(chart, 'IstioGateway', {
  metadata: { name: 'istio', namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: 'edge' }),
  servers: [IstioServer.http({ hosts: ['shop.example.com'] })],
});

const same: Pick<CanaryRouteProps, 'namespace' | 'hostnames' | 'canaryWeight' | 'paths' | 'pinned'> = {
  namespace: shop,
  hostnames: ['shop.example.com'],
  canaryWeight: 0,
  paths: [HttpPathMatch.prefix('/api'), HttpPathMatch.exact('/health')],
  pinned: [
    HttpRouteMatch.header('x-canary', 'yes'),
    HttpRouteMatch.of({ path: HttpPathMatch.prefix('/api/v2'), method: HttpMethod.PUT }),
    HttpRouteMatch.of({ path: HttpPathMatch.exact('/api/exact'), method: HttpMethod.PUT }),
    HttpRouteMatch.of({ queryParams: [HttpQueryParamMatch.exact('beta', '1')] }),
    HttpRouteMatch.httpMethod(HttpMethod.POST),
  ],
};
new CanaryRoute(chart, 'HttpRoute', {
  ...same,
  name: 'as-http-route',
  parents: [CanaryParent.gatewayListener(gateway, 'http')],
  stable: CanaryVersion.service(service('web-v1')),
  canary: CanaryVersion.service(service('web-v2')),
});
const web = service('web');
new CanaryRoute(chart, 'VirtualService', {
  ...same,
  name: 'as-virtual-service',
  parents: [CanaryParent.istioGateway(istioGateway)],
  stable: CanaryVersion.subset(web, { name: 'v1', labels: { version: 'v1' } }),
  canary: CanaryVersion.subset(web, { name: 'v2', labels: { version: 'v2' } }),
});

app.synth();
