import { AMBIENT, LINKERD, LINKERD_EXPERIMENTAL, MANAGED, MESHES, SIDECAR } from './meshes';
import { Scene } from './scene';
import { Column, Row, Section } from './section';
import {
  EgressAllowOptions, EgressBypass, EgressForm, EgressGateway, EgressGatewayProps, ExternalPort, ExternalService, ExternalTls, ForwardProxy,
  IMeshClient,
} from '../../src';

interface EgressColumn extends Column {
  readonly form: () => EgressForm;
}

const FORMS: { readonly [id: string]: { readonly title: string; readonly covers: string; readonly form: () => EgressForm } } = {
  'self-managed': { title: 'self-managed gateway', covers: 'EgressForm.selfManaged', form: () => EgressForm.selfManaged() },
  'provisioned': { title: 'provisioned gateway', covers: 'EgressForm.provisioned', form: () => EgressForm.provisioned() },
  'without-gateway': { title: 'without a gateway', covers: 'EgressForm.withoutGateway', form: () => EgressForm.withoutGateway() },
  'waypoint': { title: 'waypoint', covers: 'EgressForm.waypoint', form: () => EgressForm.waypoint() },
  'egress-network': { title: 'EgressNetwork', covers: 'EgressForm.egressNetwork', form: () => EgressForm.egressNetwork() },
};

/** Names of databases are known where proxies answer DNS. */
const DNS = { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } };

function egress(scene: Scene, form: EgressForm, props: Partial<EgressGatewayProps> = {}): EgressGateway {
  if (scene.kind === SIDECAR || scene.kind === MANAGED) {
    scene.declare(DNS);
  }
  return new EgressGateway(scene.chart, 'Egress', { namespace: scene.namespace('egress'), form, clientNamespaces: [scene.shop], ...props });
}

export const EGRESS_FORMS: Section = {
  id: 'egress-forms',
  title: 'EgressGateway, by form',
  about: 'One host over plain HTTP, for the workloads of one namespace, and nothing else.',
  columns: MESHES.map(mesh => ({ id: mesh.id, title: mesh.title, mesh })),
  rows: [
    ...Object.entries(FORMS).map(([id, { title, covers, form }]) => ({
      id,
      what: title,
      covers: ['EgressGateway', 'EgressGateway.allow', covers],
      program: (scene: Scene) => void egress(scene, form()).allow(ExternalService.http('api.example.com')),
    })),
    {
      id: 'bypass',
      what: 'ranges past the proxy (`EgressBypass`)',
      covers: ['EgressBypass'],
      program: scene => void new EgressBypass(scene.chart, 'Bypass', { namespace: scene.shop, workload: scene.deployment('backup'), ranges: ['10.20.0.0/16'] }),
    },
    {
      id: 'confine',
      what: 'a namespace whose pods reach the cluster only (`confine`)',
      covers: ['MeshNamespace.confine', 'MeshNamespace.reach'],
      program: scene => void scene.shop.confine(),
    },
  ],
};

type EgressRow = Row<EgressColumn>;

/** A row that allows a service. */
function allowed(
  id: string, what: string, covers: readonly string[], service: () => ExternalService, options?: (client: IMeshClient) => EgressAllowOptions,
): EgressRow {
  return { id, what, covers, program: (scene, { form }) => void egress(scene, form()).allow(service(), options?.(scene.client())) };
}

const proxy = ForwardProxy.host('proxy.corp.example.com', 3128);
const onlyClients = (client: IMeshClient) => ({ clients: [client] });

const ROWS: readonly EgressRow[] = [
  allowed('tls', 'TLS that is passed through', ['ExternalService.tls', 'ExternalPort.tls', 'ExternalProtocol.TLS'], () => ExternalService.tls('api.example.com')),
  allowed('http', 'plain HTTP', ['ExternalService.http', 'ExternalPort.http', 'ExternalProtocol.HTTP'], () => ExternalService.http('api.example.com')),
  allowed('originate', 'TLS that is begun, trusting the system\'s authorities', ['ExternalService.originate', 'ExternalPort.originate', 'ExternalTls.systemTrust',
    'ExternalProtocol.HTTP_WITH_TLS_ORIGINATION'], () => ExternalService.originate('api.example.com')),
  allowed('own-ca', 'TLS that is begun, trusting an authority of one\'s own', ['ExternalTls.caSecret', 'ExternalTls.caSecretName'],
    () => ExternalService.originate('api.example.com', { tls: ExternalTls.caSecretName('own-ca') })),
  allowed('client-certificate', 'TLS that is begun, with a client certificate', ['ExternalTls.clientCertificate', 'ExternalTls.clientCertificateName'],
    () => ExternalService.originate('api.example.com', { tls: ExternalTls.clientCertificateName('client-certificate') })),
  allowed('grpc', 'gRPC', ['ExternalService.grpc', 'ExternalPort.grpc', 'ExternalProtocol.GRPC'], () => ExternalService.grpc('api.example.com', { port: 50051 })),
  allowed('originate-grpc', 'gRPC with TLS that is begun', ['ExternalService.originateGrpc', 'ExternalPort.originateGrpc', 'ExternalProtocol.GRPC_WITH_TLS_ORIGINATION'],
    () => ExternalService.originateGrpc('api.example.com')),
  allowed('tcp', 'a database (TCP) by its addresses', ['ExternalService.tcp', 'ExternalPort.tcp', 'ExternalProtocol.TCP'],
    () => ExternalService.tcp('db.example.com', { port: 5432, addresses: ['198.51.100.7'] })),
  allowed('tcp-name', 'a database (TCP) by its name', [], () => ExternalService.tcp('db.example.com', { port: 5432 })),
  allowed('wildcard-tls', 'TLS to any host of a domain', [], () => ExternalService.tls('*.example.com')),
  allowed('wildcard-http', 'HTTP to any host of a domain', [], () => ExternalService.http('*.example.com')),
  allowed('several', 'several hosts and ports of one service', ['ExternalService.of'],
    () => ExternalService.of({ hostnames: ['one.example.com', 'two.example.com'], ports: [ExternalPort.http(), ExternalPort.tls({ port: 8443 })] })),
  allowed('forward-proxy', 'through a forward proxy (CONNECT)', ['ForwardProxy.host', 'ForwardProxy.address'], () => ExternalService.tls('api.example.com', { proxy })),
  {
    id: 'clients-namespaces',
    what: 'for some namespaces only: HTTP',
    covers: [],
    program: (scene, { form }) => void egress(scene, form()).allow(ExternalService.http('api.example.com'), { clients: [scene.shop] }),
  },
  allowed('clients-http', 'for some accounts only: HTTP', [], () => ExternalService.http('api.example.com'), onlyClients),
  allowed('clients-tls', 'for some accounts only: TLS that is passed through', [], () => ExternalService.tls('api.example.com'), onlyClients),
  allowed('clients-tcp', 'for some accounts only: TCP', [], () => ExternalService.tcp('db.example.com', { port: 5432, addresses: ['198.51.100.7'] }), onlyClients),
  allowed('methods', 'some methods and paths only', [], () => ExternalService.originate('api.example.com'), () => ({ methods: ['GET'], paths: ['/public/*'] })),
  {
    id: 'confine-clients',
    what: 'clients that cannot go past it (NetworkPolicy)',
    covers: [],
    program: (scene, { form }) => void egress(scene, form(), { confineClients: true, reachableRanges: ['10.0.0.0/8'] }).allow(ExternalService.http('api.example.com')),
  },
];

const column = (id: string, title: string, mesh: Column['mesh'], form: string, twin?: string): EgressColumn => ({ id, title, mesh, form: FORMS[form].form, twin });

export const EGRESS_PROTOCOLS: Section = {
  id: 'egress',
  title: 'EgressGateway, what may leave',
  about: 'In the meshes that know the form. Only what is allowed leaves, and only clients that are named, where some are.',
  columns: [
    column('self-managed', 'self-managed, sidecars', SIDECAR, 'self-managed'),
    column('provisioned', 'provisioned, sidecars', SIDECAR, 'provisioned'),
    column('without-gateway', 'without a gateway, sidecars', SIDECAR, 'without-gateway'),
    column('managed', 'self-managed, ASM', MANAGED, 'self-managed', 'self-managed'),
    column('managed-provisioned', 'provisioned, ASM', MANAGED, 'provisioned', 'provisioned'),
    column('managed-without-gateway', 'without a gateway, ASM', MANAGED, 'without-gateway', 'without-gateway'),
    column('waypoint', 'waypoint, ambient', AMBIENT, 'waypoint'),
    column('egress-network', 'EgressNetwork, Linkerd', LINKERD, 'egress-network'),
    column('egress-network-experimental', 'the same, Gateway API of the experimental channel', LINKERD_EXPERIMENTAL, 'egress-network'),
  ],
  rows: ROWS as readonly Row[],
};
