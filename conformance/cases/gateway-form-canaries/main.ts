import { App, Chart } from 'cdk8s';
import {
  Certificate, CloudLoadBalancer, GatewayBinding, GatewayCanary, GatewayCanaryStage, GatewayExposure, GatewayForm, GatewayHost, GatewayWorkloadKind,
  HttpPathModifier, HttpRoute, HttpRouteFilter, IstioDirectResponse, IstioHost, IstioMesh, MeshedGateway, MeshNamespace,
  SelfManagedGatewayOptions, VirtualService,
} from 'cdk8s-mesh';

/** Self-managed gateways while another revision of Istio is tried: behind the same Service, behind one of its own, and on every node. */
const app = new App();
const chart = new Chart(app, 'gateway-form-canaries');
const mesh = new IstioMesh(chart, 'Mesh');
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
const make = (name: string, options: SelfManagedGatewayOptions, exposures?: GatewayExposure[]) => new MeshedGateway(chart, name, {
  namespace: edge,
  form: GatewayForm.selfManaged(options),
  hosts: [GatewayHost.https(`${name}.example.com`, Certificate.fromSecretName('shop-tls'))],
  exposures,
});
const serve = (gateway: MeshedGateway) => new VirtualService(gateway, 'Web', {
  metadata: { name: gateway.name, namespace: 'edge' },
  gateways: [gateway.istioGateway],
  hosts: gateway.hosts.map(({ hostname }) => IstioHost.of(hostname)),
  httpRoutes: [{ directResponse: IstioDirectResponse.text(200, gateway.name) }],
});

serve(make('shared', { revision: '1-30', canary: GatewayCanary.replicas('1-31', 20) }, [
  GatewayExposure.external({ cloud: CloudLoadBalancer.EKS, sourceRanges: ['203.0.113.0/24'] }), GatewayExposure.internal(CloudLoadBalancer.EKS),
]));
serve(make('apart', { revision: '1-30', canary: GatewayCanary.service('1-31') }));
serve(make('promoted', { revision: '1-30', canary: GatewayCanary.service('1-31', GatewayCanaryStage.PROMOTED) }));
serve(make('nodes', { revision: '1-30', kind: GatewayWorkloadKind.DAEMON_SET, canary: GatewayCanary.service('1-31') }, [GatewayExposure.nodePort({ nodePorts: { 443: 30443 } })]));
// Of Gateway API, whose Gateway names both Services.
const bound = make('bound', { revision: '1-30', canary: GatewayCanary.service('1-31'), binding: GatewayBinding.GATEWAY_API });
new HttpRoute(chart, 'Bound', {
  metadata: { name: 'bound', namespace: edge.name },
  parents: [bound.routeParent('bound.example.com')],
  hostnames: ['bound.example.com'],
  rules: [{ filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replaceFullPath('/served-by-bound') })] }],
});

app.synth();
