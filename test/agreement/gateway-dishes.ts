import { Duration, Size } from 'cdk8s';
import { Dish } from './dish';
import { AUTHORIZER, Kitchen, MeshedPods, namespaceOf, opaOf } from './kitchen';
import {
  CaCertificate, CanaryCaller, CanaryParent, CanaryProtocol, CanaryRoute, CanaryVersion, Certificate, ClientAddress, ClientCertificates,
  EgressForm, EgressGateway, ExternalPort, ExternalService, ExternalTls, ForwardProxy, Gateway, GatewayBinding, GatewayClass, GatewayForm,
  GatewayHost, GatewayWorkloadKind, HttpRouteMatch, JwtRule, Listener, ListenerNamespaces, ListenerSet, MeshClient, MeshedGateway, MeshNamespace,
  NginxHostHeader, NginxUpstream, ProviderService, RateLimitKey, RateLimitUnit, RouteNamespaces, StickyAssignment, TlsVersion,
  TrafficExtensionFilter, WasmModule, Waypoint,
} from '../../src';

const SIDECARS = ['default', 'revision', 'managed'];
const CERTIFICATE = Certificate.fromSecretName('door-tls');

/** A gateway, and the namespace whose routes it admits. */
interface Door {
  readonly gateway: MeshedGateway;
  readonly garden: MeshNamespace;
}

/** A gateway of a namespace of its own. */
function door(kitchen: Kitchen, form: GatewayForm, hosts: GatewayHost[], props = {}): Door {
  const { chart, mesh } = kitchen;
  const garden = namespaceOf(kitchen, 'garden');
  const namespace = new MeshNamespace(chart, 'namespace-doors', { mesh, name: 'doors', enrolled: false });
  return { gateway: new MeshedGateway(chart, 'Door', { namespace, name: 'door', form, hosts, admits: [garden], ...props }), garden };
}

const PROVISIONED = () => GatewayForm.provisioned(GatewayClass.ISTIO, { minReplicas: 2, maxReplicas: 4, podLabels: { team: 'doors' } });
const SELF_MANAGED = () => GatewayForm.selfManaged({ minReplicas: 2, podLabels: { team: 'doors' }, topologySpread: undefined });
const BOUND = () => GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API, kind: GatewayWorkloadKind.DAEMON_SET });

/** Has a rate limit service count, which is another workload of the mesh. */
function limitTogether(kitchen: Kitchen, gateway: MeshedGateway, hosts: string[] | undefined): void {
  const { chart, dice } = kitchen;
  const limiter = new MeshedPods(chart, 'limiter', namespaceOf(kitchen, 'limits'), 'limiter', { port: 8081, targetPort: 8081, portName: 'grpc' });
  gateway.edge.limitRateBy(ProviderService.service(limiter.service), {
    limits: [{ requests: 100, per: RateLimitUnit.MINUTE, each: dice.maybe(RateLimitKey.header('x-api-key')) }], hosts, limiter: limiter.workload,
  });
}

/** Gateways with what they can be told, and routes of every protocol. */
export const GATEWAY_DISHES: { readonly [name: string]: Dish } = {
  'edge': {
    meshes: ['default', 'revision', 'ambient'],
    make: kitchen => {
      const { dice, chart } = kitchen;
      const { gateway, garden } = door(kitchen, dice.pick(PROVISIONED, SELF_MANAGED, BOUND)(), [GatewayHost.https('door.example.com', CERTIFICATE)], {
        clientAddress: dice.pick(ClientAddress.PEER, ClientAddress.forwardedFor(1)),
      });
      const roses = new MeshedPods(chart, 'roses', garden);
      roses.workload.allowFrom(gateway, { ports: [8080] });
      const hosts = dice.maybe(['door.example.com']);
      const verbs = [
        () => gateway.edge.requireJwt({ rules: [JwtRule.issuer('https://issuer.example.com')], hosts }),
        () => gateway.edge.restrictAddresses({ allowed: ['203.0.113.0/24'], hosts }),
        () => gateway.edge.limitRate({ limits: [{ requests: 10, per: RateLimitUnit.SECOND, each: dice.maybe(RateLimitKey.ADDRESS) }], hosts }),
        () => gateway.edge.allowOrigins({ policy: { allowOrigins: ['https://shop.example.com'] }, hosts }),
        () => gateway.edge.cleanHeaders({ strictTransportSecurity: Duration.days(365), hosts }),
        () => gateway.edge.limitBody(Size.mebibytes(1), { hosts }),
        () => gateway.edge.logAccess(),
        () => gateway.edge.authorizeBy(AUTHORIZER, { hosts, authorizer: opaOf(kitchen), exceptPaths: dice.maybe(['/healthz']) }),
        () => limitTogether(kitchen, gateway, hosts),
        () => gateway.edge.extend(dice.pick(
          TrafficExtensionFilter.lua('function envoy_on_request(handle) end'), TrafficExtensionFilter.wasm({ module: WasmModule.oci('registry.example.com/filters/log:1.0') }),
        )),
      ];
      verbs.filter(() => dice.pick(true, false)).forEach(verb => verb());
    },
  },
  'gateway-tls': {
    meshes: SIDECARS,
    make: kitchen => {
      const authority = kitchen.dice.pick(CaCertificate.configMapName('clients'), CaCertificate.secretName('client-authority'));
      door(kitchen, kitchen.dice.pick(SELF_MANAGED, BOUND, PROVISIONED)(), [GatewayHost.https('door.example.com', CERTIFICATE), GatewayHost.passthrough('bank.example.com')], {
        tls: { clientCertificates: kitchen.dice.pick(ClientCertificates.required(authority), ClientCertificates.optional(authority)) },
      });
    },
  },
  'nginx-routes': {
    meshes: [...SIDECARS, 'ambient', 'linkerd'],
    make: kitchen => {
      const { chart, dice } = kitchen;
      const { gateway, garden } = door(kitchen, GatewayForm.nginx(), [GatewayHost.https('door.example.com', CERTIFICATE), GatewayHost.http('plain.example.com')], {
        tls: { minVersion: dice.maybe(TlsVersion.V1_3) },
      });
      const [roses, tulips] = ['roses', 'tulips'].map(name => new MeshedPods(chart, name, garden));
      gateway.addNginxRoute({ hostname: 'door.example.com', upstream: NginxUpstream.service(garden, roses.service), timeout: Duration.seconds(5), maxBodySize: Size.mebibytes(1) });
      gateway.addNginxRoute({
        hostname: 'plain.example.com',
        upstream: NginxUpstream.serviceName(garden, 'tulips', { port: 80, targetPort: 8080 }),
        hostHeader: kitchen.asked === 'default' ? dice.maybe(NginxHostHeader.CLIENT) : undefined,
      });
      tulips.workload.allowFrom(gateway, { ports: [8080] });
    },
  },
  'canary-protocols': {
    meshes: [...SIDECARS, 'ambient'],
    make: kitchen => {
      const { chart, dice } = kitchen;
      const protocol = dice.pick(CanaryProtocol.GRPC, CanaryProtocol.TCP, CanaryProtocol.TLS, CanaryProtocol.HTTP);
      const host = {
        [CanaryProtocol.HTTP]: GatewayHost.https('door.example.com', CERTIFICATE),
        [CanaryProtocol.GRPC]: GatewayHost.https('door.example.com', CERTIFICATE),
        [CanaryProtocol.TCP]: GatewayHost.tcp(5432),
        [CanaryProtocol.TLS]: GatewayHost.passthrough('door.example.com'),
      }[protocol];
      const isTcp = protocol === CanaryProtocol.TCP;
      const { gateway, garden } = door(kitchen, kitchen.asked === 'ambient' ? PROVISIONED() : dice.pick(PROVISIONED, SELF_MANAGED, BOUND)(), [host]);
      const ports = { port: 80, targetPort: 8080, portName: protocol.toLowerCase() };
      const [roses, tulips] = ['roses', 'tulips'].map(name => new MeshedPods(chart, name, garden, name, ports));
      new CanaryRoute(chart, 'Bulbs', {
        namespace: garden,
        name: 'bulbs',
        protocol,
        parents: [CanaryParent.gateway(gateway, isTcp ? 5432 : undefined)],
        hostnames: isTcp ? undefined : ['door.example.com'],
        stable: CanaryVersion.service(roses.service),
        canary: CanaryVersion.serviceName('tulips', { port: 80, targetPort: 8080 }),
        canaryWeight: dice.pick(0, 20, 50),
        sticky: protocol === CanaryProtocol.HTTP ? dice.maybe(StickyAssignment.cookie()) : undefined,
      });
      tulips.workload.allowFrom(gateway, { ports: [8080] });
    },
  },
  'canary-of-others': {
    meshes: SIDECARS,
    make: kitchen => {
      const { chart, dice } = kitchen;
      const garden = namespaceOf(kitchen, 'garden');
      const testers = namespaceOf(kitchen, 'testers');
      const [roses, tulips] = ['roses', 'tulips'].map(name => new MeshedPods(chart, name, garden));
      const gateway = new Gateway(chart, 'Common', {
        metadata: { name: 'common', namespace: garden.name },
        gatewayClass: GatewayClass.ISTIO,
        listeners: [Listener.http({ name: 'main', routes: RouteNamespaces.all() })],
        allowedListeners: ListenerNamespaces.named(garden.name),
      });
      const set = new ListenerSet(chart, 'Set', {
        metadata: { name: 'set', namespace: garden.name }, gateway, listeners: [Listener.http({ name: 'extra', port: 8081, routes: RouteNamespaces.all() })],
      });
      const theirs = new MeshedGateway(chart, 'Theirs', {
        namespace: new MeshNamespace(chart, 'namespace-doors', { mesh: kitchen.mesh, name: 'doors', enrolled: false }),
        name: 'theirs',
        form: SELF_MANAGED(),
        hosts: [GatewayHost.https('door.example.com', CERTIFICATE)],
        admits: [garden],
      });
      const [parent, pinnedCallers] = dice.pick<[CanaryParent, CanaryCaller[] | undefined]>(
        [CanaryParent.gatewayListener(gateway, 'main'), undefined], [CanaryParent.listenerSet(set, 'extra'), undefined], [CanaryParent.istioGateway(theirs.istioGateway), undefined],
        [CanaryParent.service(roses.service), [CanaryCaller.namespace(testers), CanaryCaller.pods(testers, { role: 'tester' })]],
      );
      new CanaryRoute(chart, 'Bulbs', {
        namespace: garden,
        name: 'bulbs',
        parents: [parent],
        hostnames: ['door.example.com'],
        stable: CanaryVersion.service(roses.service),
        canary: CanaryVersion.service(tulips.service),
        canaryWeight: 20,
        pinned: dice.maybe([HttpRouteMatch.cookie('version', 'next')]),
        pinnedCallers,
      });
    },
  },
  'egress-of-all': {
    meshes: SIDECARS,
    make: kitchen => {
      const { chart, dice } = kitchen;
      const form = dice.pick(EgressForm.selfManaged(), EgressForm.provisioned());
      const birds = namespaceOf(kitchen, 'birds');
      const proxy = ForwardProxy.host('proxy.corp.example.com', 3128);
      const clients = dice.maybe([MeshClient.serviceAccount(birds, new MeshedPods(chart, 'finch', birds).account)]);
      new EgressGateway(chart, 'Nest', { namespace: namespaceOf(kitchen, 'nest'), form, name: 'nest', clientNamespaces: [birds], reachableRanges: ['10.0.0.1'] })
        .allow(ExternalService.originate('seeds.example.com', { tls: dice.pick(ExternalTls.caSecretName('seeds-ca'), ExternalTls.clientCertificateName('finch')) }), { clients })
        .allow(ExternalService.originateGrpc('worms.example.com'), { clients, paths: ['/worms.Worms/Get'] })
        .allow(ExternalService.tls('owl.example.com', { proxy, gatewayPort: 10444 }), { clients })
        .allow(ExternalService.of({ hostnames: ['one.sky.example.com', 'two.sky.example.com'], ports: [ExternalPort.http(), ExternalPort.http({ port: 8081 })] }), { clients })
        .allow(ExternalService.tcp('tree.example.com', { port: 5433, addresses: ['198.51.100.17'] }), { clients });
    },
  },
  'egress-at-waypoint': {
    meshes: ['ambient'],
    make: kitchen => {
      const { chart } = kitchen;
      const birds = namespaceOf(kitchen, 'birds');
      const nest = namespaceOf(kitchen, 'nest');
      const waypoint = new Waypoint(chart, 'NestWaypoint', { namespace: nest, name: 'way' });
      new EgressGateway(chart, 'Nest', { namespace: nest, form: EgressForm.waypoint(waypoint), clientNamespaces: [birds] })
        .allow(ExternalService.originate('seeds.example.com', { tls: ExternalTls.caSecretName('seeds-ca') }), { clients: [birds] })
        .allow(ExternalService.http('*.sky.example.com'), { methods: ['GET'] })
        .allow(ExternalService.tcp('tree.example.com', { port: 5433 }));
    },
  },
  'egress-network': {
    meshes: ['linkerd'],
    make: kitchen => {
      const { chart, dice } = kitchen;
      const birds = namespaceOf(kitchen, 'birds');
      const finch = new MeshedPods(chart, 'finch', birds);
      const form = EgressForm.egressNetwork(dice.pick({}, { globalNamespace: namespaceOf(kitchen, 'way-out').name }));
      new EgressGateway(chart, 'Nest', { namespace: namespaceOf(kitchen, 'nest'), form, clientNamespaces: [birds] })
        .allow(ExternalService.http('seeds.example.com'), { clients: dice.maybe([birds]), methods: dice.maybe(['GET']) })
        .allow(ExternalService.grpc('worms.example.com', { port: 9090 }));
      finch.workload.allowFrom(kitchen.client.workload);
    },
  },
};
