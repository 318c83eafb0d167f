import { FormColumn } from './gateway-forms';
import { Scene } from './scene';
import { Row } from './section';
import {
  Backend, CaCertificate, Certificate, ClientAddress, ClientCertificates, CloudLoadBalancer, Destination, ExternalTrafficPolicy, GatewayCanary,
  GatewayCanaryStage, GatewayExposure, GatewayHost, GatewayTls, GatewayWorkloadKind, HttpRoute, IstioHost, MeshedGateway, MeshedGatewayProps,
  MeshWorkload, NginxUpstream, TlsVersion, VirtualService,
} from '../../src';

type FormRow = Row<FormColumn>;
type Props = Partial<MeshedGatewayProps>;

const CERTIFICATE = Certificate.fromSecretName('shop-tls');
const HTTPS = GatewayHost.https('shop.example.com', CERTIFICATE);
const AUTHORITY = CaCertificate.configMapName('clients');

/** A row whose gateway is made with some properties. */
function props(id: string, what: string, covers: readonly string[], given: Props): FormRow {
  return { id, what, covers, program: (scene, { form }) => void scene.gateway(form(), given) };
}

const hosts = (id: string, what: string, covers: readonly string[], ...given: GatewayHost[]) => props(id, what, covers, { hosts: given });
const tls = (id: string, what: string, covers: readonly string[], given: GatewayTls) => props(id, what, covers, { tls: given });
const exposed = (id: string, what: string, covers: readonly string[], ...exposures: GatewayExposure[]) => props(id, what, covers, { exposures });
const selfManaged = (id: string, what: string, covers: readonly string[], given: Parameters<FormColumn['selfManaged']>[0]): FormRow =>
  ({ id, what, covers, program: (scene, column) => void scene.gateway(column.selfManaged(given)) });
const provisioned = (id: string, what: string, covers: readonly string[], given: Parameters<FormColumn['provisioned']>[0]): FormRow =>
  ({ id, what, covers, program: (scene, column) => void scene.gateway(column.provisioned(given)) });

/** A row of a workload of two revisions. */
function upgraded(id: string, what: string, covers: readonly string[], canary: (next: string) => GatewayCanary): FormRow {
  return { id, what, covers, program: (scene, column) => void scene.gateway(column.selfManaged({ canary: canary(scene.kind.nextRevision) })) };
}

/** Sends what arrives for the shop to a Service, by whatever binds to the form. */
function sendTo(scene: Scene, gateway: MeshedGateway, { binds }: FormColumn): void {
  const service = scene.service('web');
  const metadata = { name: 'web', namespace: 'shop' };
  switch (binds) {
    case 'routes':
      new HttpRoute(scene.chart, 'Route', {
        metadata, hostnames: ['shop.example.com'], parents: [gateway.routeParent('shop.example.com')], rules: [{ backends: [{ backend: Backend.service(service) }] }],
      });
      gateway.sendsTo(service);
      break;
    case 'VirtualServices':
      new VirtualService(scene.chart, 'Route', {
        metadata, gateways: [gateway.istioGateway], hosts: [IstioHost.of('shop.example.com')], httpRoutes: [{ destinations: [{ destination: Destination.service(service) }] }],
      });
      break;
    default:
      gateway.addNginxRoute({ hostname: 'shop.example.com', upstream: NginxUpstream.service(scene.shop, service) });
  }
}

/** What a MeshedGateway can be asked for, but for the policies at the edge. */
export const GATEWAY_ROWS: readonly FormRow[] = [
  {
    id: 'https',
    what: 'HTTPS, port 80 that only redirects, and a route to a Service',
    covers: ['MeshedGateway', 'MeshedGatewayProps.hosts', 'MeshedGatewayProps.redirect', 'MeshedGatewayProps.admits', 'MeshedGateway.routeParent', 'MeshedGateway.sendsTo',
      'MeshedGateway.addNginxRoute', 'GatewayHost.https', 'GatewayForm.provisioned', 'GatewayForm.selfManaged', 'GatewayForm.nginx',
      'GatewayBinding.ISTIO_GATEWAY', 'GatewayBinding.GATEWAY_API', 'MeshedGatewayProps.name', 'MeshedGatewayProps.namespace', 'MeshedGatewayProps.form'],
    program: (scene, column) => sendTo(scene, scene.gateway(column.form()), column),
  },
  {
    id: 'hosts',
    what: 'several hosts, and hosts under a wildcard',
    covers: ['MeshedGateway.addHost'],
    program: (scene, column) => void scene.gateway(column.form()).addHost(GatewayHost.https('*.blog.example.com', CERTIFICATE)),
  },
  hosts('http', 'a host over plain HTTP', ['GatewayHost.http'], GatewayHost.http('shop.example.com')),
  hosts('passthrough', 'TLS that is passed through', ['GatewayHost.passthrough'], GatewayHost.passthrough('shop.example.com')),
  hosts('tcp', 'bytes on a port (TCP)', ['GatewayHost.tcp'], HTTPS, GatewayHost.tcp(5432)),
  tls('tls-versions', 'least version of TLS', ['MeshedGatewayProps.tls', 'GatewayTls.minVersion', 'GatewayTls.maxVersion'], { minVersion: TlsVersion.V1_3 }),
  tls('cipher-suites', 'cipher suites', ['GatewayTls.cipherSuites'], { cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384'] }),
  tls('client-certificates', 'certificates that clients must show', ['GatewayTls.clientCertificates', 'ClientCertificates.required'],
    { clientCertificates: ClientCertificates.required(AUTHORITY) }),
  tls('optional-client-certificates', 'certificates that clients may show', ['ClientCertificates.optional'], { clientCertificates: ClientCertificates.optional(AUTHORITY) }),
  exposed('external', 'an external load balancer, for some sources', ['MeshedGatewayProps.exposures', 'GatewayExposure.external'],
    GatewayExposure.external({ sourceRanges: ['203.0.113.0/24'] })),
  exposed('internal', 'an internal load balancer', ['GatewayExposure.internal'], GatewayExposure.internal(CloudLoadBalancer.GKE)),
  exposed('both', 'both at once', [], GatewayExposure.external(), GatewayExposure.internal(CloudLoadBalancer.GKE)),
  exposed('node-port', 'ports of the nodes, that one chooses', ['GatewayExposure.nodePort'], GatewayExposure.nodePort({ nodePorts: { 443: 30443 } })),
  exposed('cluster-ip', 'inside of the cluster only', ['GatewayExposure.clusterIp'], GatewayExposure.clusterIp()),
  props('forwarded-for', 'addresses of clients by X-Forwarded-For', ['MeshedGatewayProps.clientAddress', 'ClientAddress.forwardedFor'], { clientAddress: ClientAddress.forwardedFor(1) }),
  props('proxy-protocol', 'addresses of clients by the PROXY protocol', ['ClientAddress.PROXY_PROTOCOL'], { clientAddress: ClientAddress.PROXY_PROTOCOL }),
  props('peer', 'addresses of clients by the connection itself', ['ClientAddress.PEER'],
    { clientAddress: ClientAddress.PEER, exposures: [GatewayExposure.external({ externalTrafficPolicy: ExternalTrafficPolicy.LOCAL })] }),
  {
    id: 'pods',
    what: 'replicas, resources, placement of its pods',
    covers: [],
    program: (scene, { form }) => void scene.gateway(form({ minReplicas: 3, maxReplicas: 6, maxUnavailable: 1, podLabels: { team: 'edge' }, nodeSelector: { pool: 'edge' } })),
  },
  selfManaged('daemon-set', 'a DaemonSet', ['GatewayWorkloadKind.DEPLOYMENT', 'GatewayWorkloadKind.DAEMON_SET'], { kind: GatewayWorkloadKind.DAEMON_SET }),
  upgraded('canary-replicas', 'an upgrade by a share of its replicas', ['GatewayCanary.replicas'], next => GatewayCanary.replicas(next, 20)),
  upgraded('canary-service', 'an upgrade by a second Service', ['GatewayCanary.service'], next => GatewayCanary.service(next, GatewayCanaryStage.TRIED)),
  {
    id: 'revision',
    what: 'a revision that is not the mesh\'s',
    covers: [],
    program: (scene, column) => void scene.gateway(column[column.id.startsWith('by-') ? 'provisioned' : 'selfManaged']({ revision: scene.kind.nextRevision })),
  },
  provisioned('patches', 'overlays of Istio over what it makes', [], { patches: { deployment: { spec: { minReadySeconds: 5 } } } }),
  provisioned('envoy-proxy', 'more for its EnvoyProxy', [], { envoyProxy: { logging: { level: { default: 'warn' } } } }),
  provisioned('parameters', 'parameters of the class, written elsewhere', [], { parameters: { group: '', kind: 'ConfigMap', name: 'door-settings' } }),
  provisioned('ingress-mode', 'Linkerd\'s ingress mode', [], { linkerdIngressMode: true }),
  {
    id: 'closed',
    what: 'a way into a closed namespace, for the gateway alone',
    covers: [],
    program: (scene, column) => {
      const gateway = scene.gateway(column.form());
      const web = scene.deployment('web');
      const service = scene.service('web', 'http', 80, web);
      new MeshWorkload(scene.chart, 'Web', { namespace: scene.shop, workload: web, services: [service] }).allowFrom(gateway, { ports: [8080] });
    },
  },
  {
    id: 'policies',
    what: 'policies of Istio on what arrives there',
    covers: [],
    program: (scene, { form }) => void scene.gateway(form()).policyScope,
  },
  {
    id: 'beside-control-plane',
    what: 'in the namespace of the control plane',
    covers: ['MeshedGatewayProps.besideControlPlane'],
    program: (scene, { form }) => void scene.gateway(form(), {
      namespace: scene.systemNamespace, besideControlPlane: true,
    }),
  },
];
