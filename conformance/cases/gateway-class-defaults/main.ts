import { App, Chart, Duration } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Certificate, CloudLoadBalancer, GatewayClass, GatewayClassDefaults, GatewayExposure, GatewayForm, GatewayHost, IstioMesh, MeshedGateway,
  MeshedGatewayProps, MeshNamespace, ProvisionedGatewayOptions,
} from 'cdk8s-mesh';

/** What is said of a class, by gateways that say nothing, and by gateways that say something else. */
const app = new App();
const chart = new Chart(app, 'gateway-class-defaults');
const mesh = new IstioMesh(chart, 'Mesh');
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });

new GatewayClassDefaults(chart, 'Defaults', {
  mesh,
  gatewayClass: GatewayClass.ISTIO,
  minReplicas: 2,
  maxReplicas: 4,
  maxUnavailable: 1,
  resources: { cpu: { request: Cpu.millis(250) } },
  podLabels: { 'cost-centre': 'platform' },
  topologySpread: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' }],
  terminationGracePeriod: Duration.minutes(1),
  exposure: GatewayExposure.internal(CloudLoadBalancer.GKE),
  patches: { service: { spec: { internalTrafficPolicy: 'Local' } } },
});

function make(name: string, options: ProvisionedGatewayOptions = {}, props: Partial<MeshedGatewayProps> = {}): void {
  new MeshedGateway(chart, name, {
    namespace: edge,
    form: GatewayForm.provisioned(GatewayClass.ISTIO, options),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    ...props,
  });
}

make('plain');
make('own', {
  minReplicas: 6,
  maxReplicas: 12,
  resources: { cpu: { request: Cpu.units(1) } },
  podLabels: { 'cost-centre': 'shop' },
  terminationGracePeriod: Duration.minutes(3),
  patches: { service: { spec: { internalTrafficPolicy: 'Cluster' } } },
});
make('inside', {}, { exposures: [GatewayExposure.clusterIp()] });
make('near', {}, { exposures: [GatewayExposure.internal(CloudLoadBalancer.GKE, { sourceRanges: ['10.1.0.0/16'] })] });

app.synth();
