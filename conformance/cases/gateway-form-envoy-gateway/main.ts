import { App, Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  Backend, CaCertificate, Certificate, ClientAddress, ClientCertificates, CloudLoadBalancer, GatewayClass, GatewayExposure, GatewayForm,
  GatewayHost, HttpRoute, IstioMesh, MeshedGateway, MeshedGatewayProps, MeshNamespace, ProvisionedGatewayOptions, TlsVersion,
} from 'cdk8s-mesh';

/** Gateways of Envoy Gateway that are part of an Istio mesh: they send to the addresses of Services, and are told of clients and of how they run. */
const app = new App();
const chart = new Chart(app, 'gateway-form-envoy-gateway');
const mesh = new IstioMesh(chart, 'Mesh');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
const authority = CaCertificate.configMapName('clients');

function make(name: string, props: Partial<MeshedGatewayProps> = {}, options: ProvisionedGatewayOptions = {}): void {
  const gateway = new MeshedGateway(chart, name, {
    namespace: edge,
    form: GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY, options),
    admits: [shop],
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    ...props,
  });
  new HttpRoute(gateway, 'Web', {
    metadata: { name: `${name}-web`, namespace: 'shop' },
    parents: [gateway.routeParent('shop.example.com')],
    hostnames: ['shop.example.com'],
    rules: [{ backends: [{ backend: Backend.serviceName('web', { namespace: 'shop', port: 80 }) }] }],
  });
}

make('plain', {
  hosts: [
    GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls')), GatewayHost.passthrough('secure.example.com'), GatewayHost.tcp(5432),
  ],
});
make('modern', { tls: { minVersion: TlsVersion.V1_3 } });
make('suites', { tls: { minVersion: TlsVersion.V1_2, maxVersion: TlsVersion.V1_2, cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384'] } });
make('required', { tls: { clientCertificates: ClientCertificates.required(authority) } });
make('optional', { tls: { clientCertificates: ClientCertificates.optional(authority) } });
make('behind', { clientAddress: ClientAddress.forwardedFor(1) });
make('balanced', { clientAddress: ClientAddress.PROXY_PROTOCOL });
make('direct', { clientAddress: ClientAddress.PEER });
make('inside', { exposures: [GatewayExposure.internal(CloudLoadBalancer.GKE, { sourceRanges: ['10.0.0.0/8'] })] }, {
  minReplicas: 3,
  maxReplicas: 9,
  maxUnavailable: 1,
  resources: { cpu: { request: Cpu.millis(200) }, memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) } },
  environment: { GODEBUG: 'x' },
  podLabels: { team: 'edge' },
  podAnnotations: { 'example.com/note': 'x' },
  nodeSelector: { pool: 'edge' },
  tolerations: [{ key: 'edge', operator: 'Exists' }],
  priorityClassName: 'edge',
  envoyProxy: { logging: { level: { default: 'info' } } },
});

app.synth();
