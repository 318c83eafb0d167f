import { Duration } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { AMBIENT, LINKERD, MESHES } from './meshes';
import { Scene, Unwritable } from './scene';
import { Row, Section } from './section';
import {
  AllowOptions, Backend, CallGraph, ExternalAuthorization, ExternalAuthorizer, ClientAddress, HttpRoute, IMeshClient, IpAccessList, IstioArgoCd,
  IstioDashboard, IstioFlux, IstioGoldenSignals, IstioMonitoring, IstioProtocol, IstioScrapeConfig, IWaypoint, MeshClient, MeshClosure,
  MeshWorkload, ProviderService, RouteParent, ServiceEntry, ServiceEntryResolution, Waypoint, WaypointTraffic, WorkloadSelector,
} from '../../src';

const columns = MESHES.map(mesh => ({ id: mesh.id, title: mesh.title, mesh }));

/** A workload with its Service; in an ambient mesh behind a waypoint where something is said of requests. */
function callee(scene: Scene, name: string, options: AllowOptions = {}): MeshWorkload {
  const workload = scene.deployment(name);
  const service = scene.service(name, 'http', 80, workload);
  if (scene.kind === AMBIENT && (options.methods ?? options.paths ?? options.hosts)) {
    new Waypoint(scene.chart, 'Waypoint', { namespace: scene.shop }).serve(scene.shop);
  }
  return new MeshWorkload(scene.chart, `${name}-workload`, { namespace: scene.shop, workload, services: [service] });
}

function allowed(
  id: string, what: string, covers: readonly string[], options: AllowOptions, client: (scene: Scene) => IMeshClient = scene => scene.client(),
): Row {
  return { id, what, covers: ['MeshWorkload', ...covers], program: scene => void callee(scene, 'web', options).allowFrom(client(scene), options) };
}

export const TRUST: Section = {
  id: 'zero-trust',
  title: 'Who may call whom',
  about: 'A namespace is closed before it is opened: the first `allowFrom` closes it. In an ambient mesh a waypoint reads requests, where there is something to read.',
  columns,
  rows: [
    allowed('account', 'a service account', ['MeshWorkload.allowFrom', 'MeshClient.serviceAccount', 'MeshClient.serviceAccountName'], {}),
    allowed('namespace', 'all of a namespace', [], {}, scene => scene.namespace('clients')),
    allowed('ports', 'some ports only', ['AllowOptions.ports'], { ports: [8080] }),
    allowed('past-waypoint', 'past the waypoint', ['AllowOptions.pastWaypoint'], { ports: [8080], pastWaypoint: true }),
    allowed('methods', 'some methods and paths only', ['AllowOptions.methods', 'AllowOptions.paths'], { ports: [8080], methods: ['GET'], paths: ['/products/*'] }),
    allowed('hosts', 'some hosts only', ['AllowOptions.hosts'], { ports: [8080], hosts: ['shop.example.com'] }),
    allowed('trust-domain', 'a client of another trust domain', ['MeshClient.inTrustDomain'], { ports: [8080] },
      scene => MeshClient.inTrustDomain('partner.example', scene.namespace('partners'), 'caller')),
    {
      id: 'may-call',
      what: 'the same from the caller (`mayCall`)',
      covers: ['MeshWorkload.mayCall'],
      program: scene => void callee(scene, 'web').mayCall(callee(scene, 'catalog'), { ports: [8080] }),
    },
    { id: 'close', what: 'a closed namespace (`close`)', covers: ['MeshNamespace.close'], program: scene => void scene.shop.close() },
    {
      id: 'close-mesh',
      what: 'a closed mesh (`MeshClosure`)',
      covers: ['MeshClosure'],
      program: scene => void new MeshClosure(scene.chart, 'Closure', { mesh: scene.mesh }),
    },
    {
      id: 'monitoring',
      what: 'metrics of a closed namespace (`allowMonitoring`)',
      covers: ['MeshNamespace.allowMonitoring'],
      program: scene => {
        const prometheus = MeshClient.serviceAccountName(scene.namespace('monitoring'), 'prometheus');
        callee(scene, 'web').allowFrom(scene.client(), { ports: [8080] });
        scene.shop.allowMonitoring(prometheus, { ports: [8080], paths: ['/metrics'] });
      },
    },
    {
      id: 'call-graph',
      what: 'the table of who may call whom (`CallGraph`)',
      covers: ['CallGraph.of'],
      program: scene => {
        callee(scene, 'web').allowFrom(scene.client(), { ports: [8080] });
        CallGraph.of(scene.shop).toMarkdown();
      },
    },
    {
      id: 'ip-access-list',
      what: 'lists of addresses at a workload (`IpAccessList`)',
      covers: ['IpAccessList'],
      program: scene => void new IpAccessList(scene.shop, 'Office', {
        metadata: { name: 'office', namespace: 'shop' }, selector: WorkloadSelector.labels({ app: 'web' }), clientAddress: ClientAddress.PEER, allowed: ['203.0.113.0/24'],
      }),
    },
    {
      id: 'external-authorization',
      what: 'an authorizer of others (`ExternalAuthorization`)',
      covers: ['ExternalAuthorization', 'ExternalAuthorization.letAsk', 'ExternalAuthorizer.oauth2Proxy', 'ExternalAuthorizer.openPolicyAgent'],
      program: scene => {
        if (scene.kind === LINKERD) {
          throw new Unwritable('a LinkerdMesh declares no ExtensionProvider: let a gateway of Envoy Gateway ask the authorizer');
        }
        const provider = ExternalAuthorizer.openPolicyAgent('opa', { timeout: Duration.seconds(1), service: ProviderService.serviceName('opa', 'policies', 9191) });
        scene.declare({ extensionProviders: [provider] });
        new ExternalAuthorization(scene.shop, 'Ask', { metadata: { name: 'ask', namespace: 'shop' }, selector: WorkloadSelector.labels({ app: 'web' }), provider });
      },
    },
  ],
};

function waypoint(id: string, what: string, covers: readonly string[], make: (scene: Scene) => IWaypoint): Row {
  return { id, what, covers: ['Waypoint', ...covers], program: scene => void make(scene) };
}

const make = (scene: Scene, name: string, traffic?: WaypointTraffic) => new Waypoint(scene.chart, name, { namespace: scene.namespace('infra'), name: name.toLowerCase(), traffic });

export const WAYPOINTS: Section = {
  id: 'waypoints',
  title: 'Waypoints',
  about: 'Proxies of an ambient mesh that read requests on their way to Services or workloads.',
  columns,
  rows: [
    waypoint('namespace', 'for a namespace', ['WaypointTraffic.SERVICE', 'MeshNamespaceProps.waypoint'], scene => new Waypoint(scene.chart, 'Shop', { namespace: scene.shop }).serve(scene.shop)),
    waypoint('shared', 'shared across namespaces', ['WaypointBase.serve'], scene => make(scene, 'Shared').serve(scene.shop)),
    waypoint('of-others', 'one that others made', ['Waypoint.fromWaypointName'],
      scene => Waypoint.fromWaypointName(scene.chart, 'Others', 'others', { namespace: scene.namespace('infra') }).serve(scene.shop)),
    waypoint('service', 'for one Service', ['WaypointBase.serveService'], scene => make(scene, 'One').serveService(scene.service('web'))),
    waypoint('entry', 'for a host outside', ['WaypointBase.serveServiceEntry', 'WaypointBase.exceptServiceEntry'], scene => make(scene, 'Out').serveServiceEntry(
      new ServiceEntry(scene.shop, 'Outside', {
        metadata: { name: 'outside', namespace: 'shop' }, hosts: ['api.example.com'], ports: [{ name: 'http', number: 80, protocol: IstioProtocol.HTTP }], resolution: ServiceEntryResolution.DNS,
      }))),
    waypoint('workload', 'for the pods of one workload', ['WaypointBase.serveWorkload', 'WaypointTraffic.WORKLOAD'],
      scene => make(scene, 'One', WaypointTraffic.WORKLOAD).serveWorkload(deployed(scene))),
    waypoint('account', 'for the pods of one account', ['WaypointBase.serveServiceAccount'], scene => make(scene, 'One', WaypointTraffic.WORKLOAD).serveServiceAccount(callee(scene, 'web'))),
    waypoint('all', 'for Services and pods', ['WaypointTraffic.ALL'], scene => make(scene, 'All', WaypointTraffic.ALL).serve(scene.shop)),
    waypoint('except', 'for all but one Service or workload', ['WaypointBase.exceptService', 'WaypointBase.exceptWorkload'],
      scene => make(scene, 'Shared').serve(scene.shop).exceptService(scene.service('plain'))),
    waypoint('ingress', 'for what gateways send', [], scene => make(scene, 'Shared').serve(scene.shop, { ingress: true })),
    waypoint('canary', 'with a second one for a share of requests', [], scene => make(scene, 'Shared').serve(scene.shop, { canary: make(scene, 'Next'), canaryWeight: 20 })),
    waypoint('route', 'with a route of its own', [], scene => {
      const made = new Waypoint(scene.chart, 'Shop', { namespace: scene.shop }).serve(scene.shop);
      const service = scene.service('web');
      new HttpRoute(scene.chart, 'Route', {
        metadata: { name: 'web', namespace: 'shop' }, parents: [RouteParent.producerService(service)], rules: [{ backends: [{ backend: Backend.service(service) }] }],
      });
      return made;
    }),
    waypoint('closed', 'that refuses what no policy allows', ['WaypointBase.close'], scene => {
      const made = new Waypoint(scene.chart, 'Shop', { namespace: scene.shop });
      made.serve(scene.shop);
      made.close();
      callee(scene, 'web').allowFrom(scene.client(), { ports: [8080], methods: ['GET'] });
      return made;
    }),
  ],
};

function deployed(scene: Scene): Deployment {
  return scene.deployment('web');
}

const LINKERD_MONITORS = 'it takes an IstioMesh; Linkerd\'s own chart makes PodMonitors (podMonitor.enabled), and a PodMonitor for the port linkerd-admin is one of this library';
const LINKERD_CHARTS = 'it takes an IstioMesh; the values of Linkerd\'s chart are LinkerdMesh.helmValues, for an ArgoCdApplication or a FluxHelmRelease';

export const OBSERVING: Section = {
  id: 'monitoring',
  title: 'Monitoring and delivery',
  about: 'What is scraped, what rings, and how the mesh itself is installed.',
  columns,
  rows: [
    { id: 'monitors', what: '`IstioMonitoring`', covers: ['IstioMonitoring'], program: scene => void new IstioMonitoring(scene.chart, 'Monitoring', { mesh: scene.istioMesh(LINKERD_MONITORS) }) },
    { id: 'scrape-config', what: '`IstioScrapeConfig`', covers: ['IstioScrapeConfig'], program: scene => void new IstioScrapeConfig(scene.chart, 'Scrape', { mesh: scene.istioMesh(LINKERD_MONITORS) }) },
    { id: 'golden-signals', what: '`IstioGoldenSignals`', covers: ['IstioGoldenSignals'], program: scene => void new IstioGoldenSignals(scene.chart, 'Signals', { mesh: scene.istioMesh(LINKERD_MONITORS) }) },
    { id: 'dashboard', what: '`IstioDashboard`', covers: ['IstioDashboard'], program: scene => void new IstioDashboard(scene.chart, 'Dashboard', { mesh: scene.istioMesh(LINKERD_MONITORS) }) },
    { id: 'argo-cd', what: 'the charts by Argo CD (`IstioArgoCd`)', covers: ['IstioArgoCd'], program: scene => void new IstioArgoCd(scene.chart, 'Istio', { mesh: scene.istioMesh(LINKERD_CHARTS) }) },
    { id: 'flux', what: 'the charts by Flux (`IstioFlux`)', covers: ['IstioFlux'], program: scene => void new IstioFlux(scene.chart, 'Istio', { mesh: scene.istioMesh(LINKERD_CHARTS) }) },
  ],
};
