import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  Backend, CaCertificate, Certificate, ClientAddress, ClientCertificates, CloudLoadBalancer, Destination, ExternalTrafficPolicy, GatewayBinding,
  GatewayCanary, GatewayClass, GatewayExposure, GatewayForm, GatewayHost, GatewayWorkloadKind, HttpRoute, IstioHost, IstioMesh, MeshedGateway,
  MeshedGatewayProps, MeshNamespace, MeshWorkload, NginxUpstream, VirtualService,
} from 'cdk8s-mesh';

/** What of gateways no other case asks, for each form. */
const app = new App();
const HOST = 'shop.example.com';
const CERTIFICATE = Certificate.fromSecretName('shop-tls');

class Shop {
  public readonly shop: MeshNamespace;
  public readonly edge: MeshNamespace;
  public readonly service: Service;
  public readonly web: MeshWorkload;

  constructor(public readonly chart: Chart) {
    const mesh = new IstioMesh(chart, 'Mesh');
    this.shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
    this.edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
    const metadata = { name: 'web', namespace: 'shop' };
    const labels = { app: 'web' };
    const workload = new Deployment(chart, 'Web', {
      metadata,
      podMetadata: { labels },
      select: false,
      serviceAccount: new ServiceAccount(chart, 'Account', { metadata }),
      containers: [{ image: 'registry.example.com/web:1.0.0', portNumber: 8080 }],
    });
    workload.select(LabelSelector.of({ labels }));
    this.service = new Service(chart, 'Service', { metadata, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    this.service.selectLabel('app', 'web');
    this.web = new MeshWorkload(chart, 'Workload', { namespace: this.shop, workload, services: [this.service] });
  }

  /** A gateway with a route to the Service. */
  public make(name: string, form: GatewayForm, props: Partial<MeshedGatewayProps> = {}): MeshedGateway {
    const hosts = [GatewayHost.https(HOST, CERTIFICATE)];
    const gateway = new MeshedGateway(this.chart, name, { namespace: this.edge, form, admits: [this.shop], hosts, ...props });
    const metadata = { name: `${name}-web`, namespace: 'shop' };
    if (gateway._body.nginx !== undefined) {
      gateway.addNginxRoute({ hostname: HOST, upstream: NginxUpstream.service(this.shop, this.service) });
    } else if (gateway._body.istioGateway !== undefined) {
      new VirtualService(gateway, 'Route', {
        metadata,
        gateways: [gateway.istioGateway],
        hosts: [IstioHost.of(HOST)],
        httpRoutes: [{ destinations: [{ destination: Destination.service(this.service) }] }],
      });
    } else {
      new HttpRoute(gateway, 'Route', { metadata, hostnames: [HOST], parents: [gateway.routeParent(HOST)], rules: [{ backends: [{ backend: Backend.service(this.service) }] }] });
      gateway.sendsTo(this.service);
    }
    return gateway;
  }
}

const EXPOSURES: { readonly [name: string]: GatewayExposure[] } = {
  external: [GatewayExposure.external({ sourceRanges: ['203.0.113.0/24'] })],
  internal: [GatewayExposure.internal(CloudLoadBalancer.GKE)],
  both: [GatewayExposure.external(), GatewayExposure.internal(CloudLoadBalancer.GKE)],
  nodes: [GatewayExposure.nodePort({ nodePorts: { 443: 30443 } })],
  inside: [GatewayExposure.clusterIp()],
};
const PODS = { minReplicas: 3, maxReplicas: 6, maxUnavailable: 1, podLabels: { team: 'edge' }, nodeSelector: { pool: 'edge' } };

// Those whose proxy is Istio's.
const istio = new Shop(new Chart(app, 'istio'));
const system = MeshNamespace.fromNamespaceName(istio.chart, 'System', 'istio-system', { mesh: istio.shop.mesh });
for (const [kind, binding] of [['own', GatewayBinding.ISTIO_GATEWAY], ['routes', GatewayBinding.GATEWAY_API]] as const) {
  Object.entries(EXPOSURES).forEach(([name, exposures], i) =>
    istio.make(`${kind}-${name}`, GatewayForm.selfManaged({ binding }), name === 'nodes' ? { exposures: [GatewayExposure.nodePort({ nodePorts: { 443: 30443 + i + (kind === 'own' ? 0 : 10) } })] } : { exposures }));
  istio.make(`${kind}-pods`, GatewayForm.selfManaged({ binding, ...PODS }));
  istio.make(`${kind}-daemons`, GatewayForm.selfManaged({ binding, kind: GatewayWorkloadKind.DAEMON_SET }));
  istio.make(`${kind}-shared`, GatewayForm.selfManaged({ binding, revision: '1-30', canary: GatewayCanary.replicas('1-31', 20) }));
  istio.make(`${kind}-revised`, GatewayForm.selfManaged({ binding, revision: '1-31' }));
  istio.make(`${kind}-system`, GatewayForm.selfManaged({ binding }), { namespace: system, besideControlPlane: true, admits: [istio.shop] });
}
istio.make('by-istio-revised', GatewayForm.provisioned(GatewayClass.ISTIO, { revision: '1-31' }));
istio.make('by-istio-told', GatewayForm.provisioned(GatewayClass.ISTIO, { parameters: { group: '', kind: 'ConfigMap', name: 'door-settings' } }));
istio.make('by-istio-system', GatewayForm.provisioned(GatewayClass.ISTIO), { namespace: system, besideControlPlane: true, admits: [istio.shop] });

// Gateways that alone get into a closed namespace, and one that does not.
const closed = new Shop(new Chart(app, 'closed'));
const admitted = [
  closed.make('by-istio', GatewayForm.provisioned(GatewayClass.ISTIO)),
  closed.make('own', GatewayForm.selfManaged()),
  closed.make('routes', GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API })),
];
admitted.forEach(gateway => closed.web.allowFrom(gateway, { ports: [8080] }));
closed.make('stranger', GatewayForm.selfManaged());

// Envoy Gateway.
const envoy = new Shop(new Chart(app, 'envoy-gateway'));
const byEnvoyGateway = (options: object = {}) => GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY, { serviceAccount: 'door', ...options });
const envoySystem = MeshNamespace.fromNamespaceName(envoy.chart, 'System', 'istio-system', { mesh: envoy.shop.mesh });
envoy.make('hosts', byEnvoyGateway(), { hosts: [GatewayHost.https(HOST, CERTIFICATE), GatewayHost.https('*.blog.example.com', CERTIFICATE), GatewayHost.http('plain.example.com')] });
envoy.make('external', byEnvoyGateway(), { exposures: EXPOSURES.external });
envoy.make('internal', byEnvoyGateway(), { exposures: EXPOSURES.internal });
envoy.make('inside', byEnvoyGateway(), { exposures: EXPOSURES.inside });
envoy.make('revised', byEnvoyGateway({ revision: '1-31' }));
envoy.make('told', byEnvoyGateway({ parameters: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'settings' } }));
envoy.make('system', byEnvoyGateway(), { namespace: envoySystem, besideControlPlane: true, admits: [envoy.shop] });
envoy.web.allowFrom(envoy.make('closed', byEnvoyGateway()), { ports: [8080] });

// An nginx in front.
const nginx = new Shop(new Chart(app, 'nginx'));
const nginxSystem = MeshNamespace.fromNamespaceName(nginx.chart, 'System', 'istio-system', { mesh: nginx.shop.mesh });
Object.entries(EXPOSURES).forEach(([name, exposures]) => nginx.make(name, GatewayForm.nginx(), { exposures }));
nginx.make('pods', GatewayForm.nginx(PODS));
nginx.make('direct', GatewayForm.nginx(), {
  clientAddress: ClientAddress.PEER, exposures: [GatewayExposure.external({ externalTrafficPolicy: ExternalTrafficPolicy.LOCAL })],
});
nginx.make('suites', GatewayForm.nginx(), { tls: { cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384'] } });
nginx.make('optional', GatewayForm.nginx(), { tls: { clientCertificates: ClientCertificates.optional(CaCertificate.configMapName('client-ca')) } });
nginx.make('system', GatewayForm.nginx(), { namespace: nginxSystem, besideControlPlane: true, admits: [nginx.shop] });

// Others, of which only what is written is judged.
const others = new Shop(new Chart(app, 'others'));
const othersSystem = MeshNamespace.fromNamespaceName(others.chart, 'System', 'istio-system', { mesh: others.shop.mesh });
for (const [kind, gatewayClass] of [['nginx', GatewayClass.NGINX], ['kgateway', GatewayClass.KGATEWAY]] as const) {
  const form = (options: object = {}) => GatewayForm.provisioned(gatewayClass, { serviceAccount: 'door', ...options });
  others.make(`${kind}-hosts`, form(), {
    hosts: [GatewayHost.https(HOST, CERTIFICATE), GatewayHost.https('*.blog.example.com', CERTIFICATE), GatewayHost.http('plain.example.com'), GatewayHost.passthrough('secure.example.com'),
      GatewayHost.tcp(5432)],
    tls: { clientCertificates: ClientCertificates.required(CaCertificate.configMapName('clients')) },
  });
  others.make(`${kind}-told`, form({ revision: '1-31', parameters: { group: 'example.com', kind: 'Settings', name: 'settings' } }));
  others.make(`${kind}-system`, form(), { namespace: othersSystem, besideControlPlane: true, admits: [others.shop] });
  others.web.allowFrom(others.make(`${kind}-closed`, form()), { ports: [8080] });
}

app.synth();
