import { Size } from 'cdk8s';
import { ConfigMap, Cpu } from 'cdk8s-plus-28';
import { CLUSTER_DISHES } from './cluster-dishes';
import { Dish } from './dish';
import { GATEWAY_DISHES } from './gateway-dishes';
import { AUTHORIZER, istioOf, MeshedPods, namespaceOf, opaOf, Pods } from './kitchen';
import {
  CallGraph, ClientAddress, EgressBypass, ExternalAuthorization, GatewayClass, GatewayClassDefaults, IMeshClient, IpAccessList,
  IstioArgoCd, IstioDashboard, IstioFlux, IstioGoldenSignals, IstioMonitoring, IstioScrapeConfig, LinkerdExport, LinkerdPortRange, MachineService,
  MeshClient, MeshClosure, MeshNamespace, MeshWorkload, MtlsMigration, MtlsMode, MtlsStep, ProxyVolume, SharedService,
  StaticMachines, Waypoint, WaypointTraffic, WorkloadSelector,
} from '../../src';

const ISTIO = ['default', 'revision', 'managed', 'ambient'];
const SIDECARS = ['default', 'revision', 'managed'];

/** Patterns that a recipe may add to all else, each in namespaces of its own where that is possible. */
const OTHERS: { readonly [name: string]: Dish } = {
  'shared-service': {
    make: kitchen => {
      const ledger = new MeshedPods(kitchen.chart, 'ledger', kitchen.shop);
      const linkerdExport = kitchen.mesh.meshName === 'Linkerd' ? kitchen.dice.pick(LinkerdExport.GATEWAY, LinkerdExport.FLAT, LinkerdExport.FEDERATED) : undefined;
      new SharedService(kitchen.chart, 'Shared', { namespace: kitchen.shop, service: ledger.service, linkerdExport });
    },
  },
  'static-machines': {
    meshes: SIDECARS,
    make: ({ chart, shop, dice }) => {
      new StaticMachines(chart, 'Static', {
        namespace: shop,
        name: 'ledger-machines',
        ports: { tcp: 5432, http: 8081 },
        machines: [{ address: '10.20.0.5' }, { address: '10.20.0.6', weight: 2 }],
        service: dice.pick(undefined, MachineService.kubernetes('ledger-db'), MachineService.host('ledger.example.com')),
      });
    },
  },
  'closure': {
    meshes: ISTIO,
    make: kitchen => {
      const { chart, mesh, shop, client, dice } = kitchen;
      new MeshClosure(chart, 'Closure', { mesh });
      const books = namespaceOf(kitchen, 'books');
      const [shelf, reader] = ['shelf', 'reader'].map(name => new MeshedPods(chart, name, books));
      reader.workload.mayCall(shelf.workload, { ports: [8080] });
      const caller: IMeshClient = dice.pick<IMeshClient>(client.workload, shop, MeshClient.inTrustDomain('partner.example', shop, 'caller'));
      shelf.workload.allowFrom(caller, { ports: [8080] });
      CallGraph.of(shop, books).toMarkdown();
    },
  },
  'monitoring': {
    meshes: ISTIO,
    make: kitchen => {
      const { chart, dice } = kitchen;
      const mesh = istioOf(kitchen);
      new IstioMonitoring(chart, 'Monitoring', { mesh, selectedBy: dice.maybe({ release: 'prometheus' }), namespace: dice.maybe('monitoring') });
      new IstioScrapeConfig(chart, 'Scrape', { mesh, metadata: { name: 'istio-scrape', namespace: 'monitoring' } });
      new IstioDashboard(chart, 'Dashboard', { mesh, metadata: { name: 'istio-dashboard', namespace: 'monitoring' } });
      new IstioGoldenSignals(chart, 'Signals', { mesh, metadata: { name: 'istio-signals', namespace: 'monitoring' } });
    },
  },
  'allow-monitoring': {
    make: kitchen => {
      const { chart, mesh, shop } = kitchen;
      const monitoring = MeshNamespace.fromNamespaceName(chart, 'MonitoringNamespace', 'monitoring', { mesh });
      shop.allowMonitoring(MeshClient.serviceAccountName(monitoring, 'prometheus'), { ports: [9000] });
    },
  },
  'delivery': {
    meshes: ['default', 'revision', 'ambient'],
    make: kitchen => {
      const mesh = istioOf(kitchen);
      kitchen.dice.pick<() => unknown>(() => new IstioArgoCd(kitchen.chart, 'Installed', { mesh }), () => new IstioFlux(kitchen.chart, 'Installed', { mesh }))();
    },
  },
  'external-authorization': {
    meshes: SIDECARS,
    make: kitchen => {
      const guarded = new MeshedPods(kitchen.chart, 'guarded', kitchen.shop);
      new ExternalAuthorization(kitchen.chart, 'Ask', {
        metadata: { name: 'ask', namespace: kitchen.shop.name }, selector: WorkloadSelector.workload(guarded.deployment), provider: AUTHORIZER, exceptPaths: ['/healthz'],
      }).letAsk(guarded.workload, opaOf(kitchen), { ports: [9191] });
    },
  },
  'addresses': {
    meshes: SIDECARS,
    make: ({ chart, shop, dice }) => {
      new IpAccessList(chart, 'Addresses', {
        metadata: { name: 'office', namespace: shop.name },
        selector: WorkloadSelector.labels({ app: 'client' }),
        clientAddress: dice.pick(ClientAddress.PEER, ClientAddress.forwardedFor(1)),
        ...dice.pick({ allowed: ['203.0.113.0/24'] }, { denied: ['198.51.100.0/24'] }),
      });
    },
  },
  'mtls-migration': {
    meshes: ISTIO,
    make: kitchen => {
      const old = namespaceOf(kitchen, 'old', { mtls: MtlsMode.UNSET });
      new MtlsMigration(kitchen.chart, 'Mtls', { mesh: kitchen.mesh, step: kitchen.dice.pick(MtlsStep.PERMISSIVE, MtlsStep.strictIn(old), MtlsStep.strict(old)) });
    },
  },
  'permissive': {
    meshes: ISTIO,
    make: kitchen => {
      const old = namespaceOf(kitchen, 'lenient', { mtls: MtlsMode.PERMISSIVE, labels: { team: 'lenient' } });
      new MeshedPods(kitchen.chart, 'lenient', old).workload.allowFrom(kitchen.client.workload);
    },
  },
  'bypass': {
    make: ({ chart, shop, dice }) => {
      const backup = new Pods(chart, 'backup', shop);
      new EgressBypass(chart, 'Bypass', { namespace: shop, workload: backup.deployment, ranges: ['169.254.169.254', '192.0.2.0/28'], ports: dice.maybe([80]) });
    },
  },
  'left-out': {
    make: kitchen => {
      const { chart, dice } = kitchen;
      const tools = namespaceOf(kitchen, 'tools', { enrolled: dice.pick(true, false) });
      tools.leaveOut(new Pods(chart, 'outside', tools).deployment);
      tools.enrol(new Pods(chart, 'inside', tools).deployment);
      if (SIDECARS.includes(kitchen.asked)) {
        tools.confine().reach(kitchen.shop);
      }
      tools.close();
    },
  },
  'of-others': {
    make: ({ chart, mesh, client }) => {
      const others = MeshNamespace.fromNamespaceName(chart, 'Others', 'others', { mesh, labels: { team: 'others' }, annotations: { 'config.linkerd.io/default-inbound-policy': 'deny' } });
      const theirs = new Pods(chart, 'theirs', others);
      new MeshWorkload(chart, 'theirs-workload', { namespace: others, workload: theirs.deployment, services: [theirs.service] }).allowFrom(client.workload, { ports: [8080] });
    },
  },
  'proxies': {
    meshes: [...SIDECARS, 'linkerd'],
    make: ({ chart, mesh, shop, dice }) => {
      const busy = new Pods(chart, 'busy', shop);
      const settings = new ConfigMap(chart, 'Settings', { metadata: { name: 'proxy-settings', namespace: shop.name } });
      new MeshWorkload(chart, 'busy-workload', {
        namespace: shop,
        workload: busy.deployment,
        services: [busy.service],
        proxy: {
          cpu: { request: Cpu.millis(100) },
          memory: { limit: Size.mebibytes(512) },
          excludedInboundPorts: dice.maybe([8080]),
          excludedOutboundPorts: dice.maybe([5432]),
          ...mesh.meshName === 'Linkerd' ? { linkerd: { opaquePorts: [LinkerdPortRange.port(5432)] } } : { istio: { volumes: [ProxyVolume.configMap(settings, '/etc/extra')] } },
        },
      });
    },
  },
  'waypoints': {
    meshes: ['ambient'],
    make: kitchen => {
      const { chart, dice } = kitchen;
      const infra = namespaceOf(kitchen, 'infra');
      const tea = namespaceOf(kitchen, 'tea');
      const [green, black, white] = ['green', 'black', 'white'].map(name => new MeshedPods(chart, name, tea));
      const next = new Waypoint(chart, 'Next', { namespace: infra, name: 'next' });
      const shared = new Waypoint(chart, 'Shared', { namespace: infra, name: 'shared', minReplicas: dice.maybe(2) });
      shared.serve(tea, { canary: next, canaryWeight: 20, ingress: dice.maybe(true) }).exceptService(black.service);
      new Waypoint(chart, 'One', { namespace: tea, name: 'one', traffic: WaypointTraffic.ALL }).serveService(white.service);
      const account = new Waypoint(chart, 'Account', { namespace: tea, name: 'account', traffic: WaypointTraffic.WORKLOAD });
      dice.pick(() => account.serveServiceAccount(green.workload), () => account.serveWorkload(green.deployment))();
      white.workload.allowFrom(kitchen.client.workload, { ports: [8080], methods: ['GET'], paths: ['/leaves/*'] });
    },
  },
  'class-defaults': {
    meshes: ['default', 'revision'],
    make: kitchen => {
      new GatewayClassDefaults(kitchen.chart, 'ClassDefaults', { mesh: istioOf(kitchen), gatewayClass: GatewayClass.ISTIO, patches: { deployment: { spec: { minReadySeconds: 5 } } } });
    },
  },
};

/** All of them. */
export const DISHES: { readonly [name: string]: Dish } = { ...OTHERS, ...GATEWAY_DISHES, ...CLUSTER_DISHES };
