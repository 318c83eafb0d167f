import { App, Chart } from 'cdk8s';
import { holdGuide } from './guide';
import {
  Certificate, ClientAddress, GatewayBinding, GatewayCanary, GatewayClass, GatewayExposure, GatewayForm, GatewayHost, IstioMesh, LinkerdMesh,
  MeshedGateway, MeshedGatewayProps, MeshNamespace, TlsVersion,
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
  code: 10,
  shown: [
    'Gateway public', 'ConfigMap sized-parameters', 'Gateway fabric', 'UpstreamSettingsPolicy web-service-address', 'Gateway own', 'Gateway bound',
    'Service both', 'Service both-internal', 'HorizontalPodAutoscaler moving', 'HorizontalPodAutoscaler moving-canary', 'Service apart-canary',
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
  ],
});
