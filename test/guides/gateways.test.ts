import { App, Chart, Size } from 'cdk8s';
import { holdGuide } from './guide';
import {
  Backend, Certificate, ClientAddress, GatewayBinding, GatewayCanary, GatewayClass, GatewayExposure, GatewayForm, GatewayHost, HttpRoute,
  IstioMesh, JwtRule, LinkerdMesh, MeshedGateway, MeshedGatewayProps, MeshNamespace, TlsVersion,
} from '../../src';

const ISTIO = GatewayForm.provisioned(GatewayClass.ISTIO);
const hosts = [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))];

function make(form: GatewayForm, props: Partial<MeshedGatewayProps> = {}, linkerd = false): MeshedGateway {
  const chart = new Chart(new App(), 'test');
  const mesh = linkerd ? new LinkerdMesh(chart, 'Mesh') : new IstioMesh(chart, 'Mesh');
  return new MeshedGateway(chart, 'Public', { namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }), form, hosts, ...props });
}

const root = () => {
  const chart = new Chart(new App(), 'test');
  const mesh = new IstioMesh(chart, 'Mesh');
  return MeshNamespace.fromNamespaceName(chart, 'Root', 'istio-system', { mesh });
};

holdGuide('gateways', {
  code: 20,
  shown: [
    'Gateway public', 'ConfigMap sized-parameters', 'Gateway fabric', 'UpstreamSettingsPolicy web-service-address', 'HTTPRoute fabric', 'Gateway own', 'Gateway bound',
    'Service both', 'Service both-internal', 'HorizontalPodAutoscaler moving', 'HorizontalPodAutoscaler moving-canary', 'Service apart-canary',
    'AuthorizationPolicy door-jwt-api-example-com-required', 'AuthorizationPolicy door-addresses-www-example-com',
    'ConfigMap doors-door-global-rate-limit-api-example-com', 'Telemetry door-access-log',
  ],
  refused: [
    () => GatewayHost.https('shop.example.com'),
    () => make(ISTIO, { namespace: root() }),
    () => make(ISTIO).routeParent('shop.example.org'),
    () => make(GatewayForm.selfManaged(), { hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('tls', { namespace: 'certs' }))] }),
    () => make(ISTIO, { tls: { minVersion: TlsVersion.V1_3 } }),
    () => make(GatewayForm.provisioned(GatewayClass.NGINX), { exposures: [GatewayExposure.clusterIp()] }),
    () => make(GatewayForm.provisioned(GatewayClass.NGINX)).policyScope,
    () => make(GatewayForm.provisioned(GatewayClass.GKE_L7_GLOBAL_EXTERNAL_MANAGED)),
    () => make(ISTIO, {}, true),
    () => make(GatewayForm.nginx(), { hosts: [GatewayHost.tcp(5432)] }),
    () => make(GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API }), { tls: { maxVersion: TlsVersion.V1_2 } }),
    () => make(GatewayForm.selfManaged({ revision: '1-30', canary: GatewayCanary.replicas('1-31', 10) })),
    () => make(GatewayForm.selfManaged(), { clientAddress: ClientAddress.PEER, exposures: [] }),
    () => {
      const gateway = make(GatewayForm.provisioned(GatewayClass.NGINX));
      const [v1, v2] = ['v1', 'v2'].map(name => ({ backend: Backend.serviceName(name, { port: 80 }) }));
      const rules = [{ backends: [v1, v2] }];
      new HttpRoute(gateway, 'Route', { metadata: { name: 'web', namespace: 'edge' }, parents: [gateway.routeParent('shop.example.com')], rules });
      return (gateway.node.root as App).synthYaml();
    },
    () => make(GatewayForm.provisioned(GatewayClass.NGINX)).edge.limitBody(Size.mebibytes(1)),
    () => make(GatewayForm.nginx()).edge.requireJwt({ rules: [JwtRule.issuer('https://id.example.com/')] }),
    () => make(ISTIO).edge.restrictAddresses({ denied: ['198.51.100.0/24'] }),
    () => make(ISTIO).addHost(GatewayHost.passthrough('vault.example.com')).edge.limitBody(Size.mebibytes(1), { hosts: ['vault.example.com'] }),
    () => make(ISTIO).edge.limitBody(Size.mebibytes(1)).limitBody(Size.mebibytes(2), { hosts: ['shop.example.com'] }),
  ],
});
