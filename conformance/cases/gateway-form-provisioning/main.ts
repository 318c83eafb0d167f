import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Certificate, ClientAddress, CloudLoadBalancer, ControlPlane, ExternalTrafficPolicy, GatewayAddressType, GatewayBinding, GatewayClass,
  GatewayExposure, GatewayForm, GatewayHost, IstioMesh, MeshedGateway, MeshedGatewayProps, MeshNamespace, ProvisionedGatewayOptions,
} from 'cdk8s-mesh';

/** Gateways for which Istio makes all: by what it reads of the Gateway, and of the ConfigMap of its parameters. */
const app = new App();
const chart = new Chart(app, 'gateway-form-provisioning');
const mesh = new IstioMesh(chart, 'Mesh', { controlPlane: ControlPlane.revision('stable') });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });

function make(name: string, options: ProvisionedGatewayOptions = {}, props: Partial<MeshedGatewayProps> = {}): void {
  new MeshedGateway(chart, name, {
    namespace: edge,
    form: GatewayForm.provisioned(GatewayClass.ISTIO, options),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    ...props,
  });
}

make('plain');
make('named', { objectName: 'front-door', serviceAccount: 'door', addressType: GatewayAddressType.HOSTNAME });
make('scaled', { minReplicas: 3, maxReplicas: 9, targetCpuUtilization: 60, targetMemoryUtilization: 70, maxUnavailable: 1 });
make('placed', {
  resources: { cpu: { request: Cpu.millis(200), limit: Cpu.units(1) }, memory: { request: Size.mebibytes(256), limit: Size.gibibytes(1) } },
  environment: { GODEBUG: 'x' },
  podLabels: { team: 'edge' },
  podAnnotations: { 'example.com/note': 'x' },
  serviceAccountAnnotations: { 'example.com/cloud-identity': 'edge' },
  nodeSelector: { pool: 'edge' },
  tolerations: [{ key: 'edge', operator: 'Exists' }],
  topologySpread: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' }],
  priorityClassName: 'edge',
  terminationGracePeriod: Duration.minutes(2),
});
make('inside', {}, {
  exposures: [GatewayExposure.internal(CloudLoadBalancer.GKE, {
    sourceRanges: ['10.0.0.0/8'], loadBalancerClass: 'example.com/internal', loadBalancerIp: '10.1.2.3', externalTrafficPolicy: ExternalTrafficPolicy.CLUSTER,
  })],
});
make('nodes', {}, { exposures: [GatewayExposure.nodePort({ nodePorts: { 443: 30443 } })] });
make('both', {}, { exposures: [GatewayExposure.external(), GatewayExposure.internal(CloudLoadBalancer.AKS)], clientAddress: ClientAddress.PEER });
make('behind', {}, { exposures: [GatewayExposure.clusterIp()], clientAddress: ClientAddress.forwardedFor(2) });
make('patched', {
  minReplicas: 2,
  patches: {
    deployment: { spec: { revisionHistoryLimit: 3 } },
    horizontalPodAutoscaler: { spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 600 } } } },
    podDisruptionBudget: { spec: { minAvailable: 1 } },
    service: { spec: { sessionAffinity: 'ClientIP' } },
    serviceAccount: { metadata: { labels: { team: 'edge' } } },
  },
});
// For this one Istio makes nothing: its pods are a Deployment of the app.
new MeshedGateway(chart, 'own', {
  namespace: edge,
  form: GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API }),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
});

app.synth();
