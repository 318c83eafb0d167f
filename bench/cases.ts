import { Chart } from 'cdk8s';
import {
  Backend, Certificate, Destination, Gateway, GatewayClass, GatewayForm, GatewayHost, HttpRoute, HttpRouteMatch,
  IMeshNamespace, IstioGateway, IstioHost, IstioMesh, MeshedGateway, MeshNamespace, RouteParent, StringMatch,
  VirtualService,
} from 'cdk8s-mesh';

/** Something of which apps have many. */
export interface Case {
  /** How many objects each of them is. */
  readonly objects: number;
  /** Prepares a chart, and gives what makes the thing of a number in it. */
  readonly start: (chart: Chart) => (n: number) => unknown;
}

/** What is measured. */
export const CASES: { readonly [name: string]: Case } = {
  'HttpRoute': { objects: 1, start: chart => n => makeHttpRoute(chart, n) },
  'VirtualService': { objects: 1, start: chart => n => makeVirtualService(chart, n) },
  'MeshedGateway, provisioned': { objects: 2, start: chart => gatewaysOf(chart, GatewayForm.provisioned(GatewayClass.ISTIO)) },
  'MeshedGateway, self-managed': { objects: 8, start: chart => gatewaysOf(chart, GatewayForm.selfManaged()) },
};

function makeHttpRoute(chart: Chart, n: number): HttpRoute {
  return new HttpRoute(chart, `Route${n}`, {
    metadata: { name: `route-${n}`, namespace: 'shop' },
    parents: [RouteParent.gateway(Gateway.fromGatewayName('public', { namespace: 'edge' }), { listener: 'https' })],
    hostnames: [`shop-${n}.example.com`],
    rules: [
      { matches: [HttpRouteMatch.header('canary', 'true')], backends: [{ backend: Backend.serviceName(`web-${n}-next`, { port: 8080 }) }] },
      {
        matches: [HttpRouteMatch.pathPrefix('/')],
        backends: [
          { backend: Backend.serviceName(`web-${n}`, { port: 8080 }), weight: 90 },
          { backend: Backend.serviceName(`web-${n}-next`, { port: 8080 }), weight: 10 },
        ],
      },
    ],
  });
}

function makeVirtualService(chart: Chart, n: number): VirtualService {
  const [stable, next] = [`web-${n}`, `web-${n}-next`].map(name => Destination.host(IstioHost.serviceName(name, 'shop'), { port: 8080 }));
  return new VirtualService(chart, `VirtualService${n}`, {
    metadata: { name: `web-${n}`, namespace: 'shop' },
    hosts: [IstioHost.of(`shop-${n}.example.com`)],
    gateways: [IstioGateway.fromGatewayName('public', { namespace: 'edge' })],
    httpRoutes: [
      { matches: [{ headers: { canary: StringMatch.exact('true') } }], destinations: [{ destination: next }] },
      { destinations: [{ destination: stable, weight: 90 }, { destination: next, weight: 10 }] },
    ],
  });
}

function gatewaysOf(chart: Chart, form: GatewayForm): (n: number) => MeshedGateway {
  const mesh = new IstioMesh(chart, 'Mesh');
  const imported = (name: string): IMeshNamespace => MeshNamespace.fromNamespaceName(chart, name, name, { mesh });
  const [namespace, shop] = [imported('edge'), imported('shop')];
  return n => new MeshedGateway(chart, `Gateway${n}`, {
    name: `gateway-${n}`,
    namespace,
    form,
    hosts: [GatewayHost.https(`shop-${n}.example.com`, Certificate.fromSecretName(`shop-${n}-tls`))],
    admits: [shop],
  });
}
