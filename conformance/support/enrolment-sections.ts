import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { LINKERD, MANAGED, MESHES } from './meshes';
import { Scene, Unwritable } from './scene';
import { Row, Section } from './section';
import {
  ControlPlane, GatewayClass, GatewayClassDefaults, LinkerdPortRange, MeshNamespace, MeshNamespaceProps, MtlsMigration, MtlsMode, MtlsStep,
  ProxyOptions,
} from '../../src';

const columns = MESHES.map(mesh => ({ id: mesh.id, title: mesh.title, mesh }));

/** A pod that joins by itself, with a proxy as it says. */
function proxy(id: string, what: string, covers: readonly string[], options: ProxyOptions): Row {
  return { id, what, covers, program: scene => void scene.namespace('shop').enrol(scene.deployment('web'), options) };
}

function namespace(id: string, what: string, covers: readonly string[], props: Partial<MeshNamespaceProps>): Row {
  return { id, what, covers, program: scene => void scene.namespace('shop', props) };
}

/** A mesh whose control plane is chosen by a row. */
function plane(id: string, what: string, covers: readonly string[], controlPlane: (scene: Scene) => ControlPlane): Row {
  return { id, what, covers, program: scene => void scene.declare({ controlPlane: controlPlane(scene) }).shop };
}

export const ENROLMENT: Section = {
  id: 'enrolment',
  title: 'Namespaces and pods',
  about: 'Who is in the mesh, and how their proxies run.',
  columns,
  rows: [
    namespace('namespace', 'a namespace that one makes (`MeshNamespace`)', ['MeshNamespace', 'MeshNamespaceProps.mesh', 'MeshNamespaceProps.enrolled'], {}),
    {
      id: 'namespace-of-others',
      what: 'a namespace that others make',
      covers: ['MeshNamespace.fromNamespaceName', 'ImportedNamespace'],
      program: scene => void MeshNamespace.fromNamespaceName(scene.chart, 'Others', 'others', { mesh: scene.mesh }).enrol(scene.deployment('web', 'others')),
    },
    {
      id: 'pod',
      what: 'one workload of a namespace that is not enrolled (`enrol`)',
      covers: ['MeshNamespace.enrol'],
      program: scene => void scene.namespace('shop', { enrolled: false }).enrol(scene.deployment('web')),
    },
    { id: 'left-out', what: 'a workload that stays out (`leaveOut`)', covers: ['MeshNamespace.leaveOut'], program: scene => void scene.shop.leaveOut(scene.deployment('web')) },
    proxy('resources', 'resources of the proxy', ['ProxyOptions.cpu', 'ProxyOptions.memory'],
      { cpu: { request: Cpu.millis(100) }, memory: { limit: Size.mebibytes(512) } }),
    proxy('hold', 'the application waits for its proxy', ['ProxyOptions.holdApplicationUntilProxyStarts'], { holdApplicationUntilProxyStarts: true }),
    proxy('native-sidecar', 'a native sidecar, or not', ['ProxyOptions.nativeSidecar'], { nativeSidecar: true }),
    proxy('excluded-ports', 'ports past the proxy', ['ProxyOptions.excludedInboundPorts', 'ProxyOptions.excludedOutboundPorts'],
      { excludedInboundPorts: [9090], excludedOutboundPorts: [5432] }),
    proxy('istio-options', 'all else that Istio\'s proxies know, such as ranges and probes', ['ProxyOptions.istio'],
      { istio: { excludedOutboundIpRanges: ['10.20.0.0/16'], rewriteAppHttpProbers: true } }),
    proxy('ambient-options', 'what ambient pods know, such as who answers DNS', ['ProxyOptions.ambient'], { ambient: { dnsCapture: false } }),
    proxy('linkerd-options', 'all else that Linkerd\'s proxies know, such as opaque ports', ['ProxyOptions.linkerd'],
      { linkerd: { opaquePorts: [LinkerdPortRange.port(5432)] } }),
    namespace('namespace-proxy', 'proxies of a whole namespace', ['MeshNamespaceProps.proxy'], { proxy: { cpu: { request: Cpu.millis(100) } } }),
    namespace('managed-data-plane', 'a provider that restarts the proxies of a namespace, or not', ['MeshNamespaceProps.managedDataPlane', 'ControlPlane.managed',
      'ManagedChannel.REGULAR', 'ManagedChannel.RAPID', 'ManagedChannel.STABLE'], { managedDataPlane: false }),
    namespace('mtls', 'mTLS of a namespace', ['MeshNamespaceProps.mtls'], { mtls: MtlsMode.PERMISSIVE }),
    {
      id: 'mtls-migration',
      what: 'mTLS everywhere, in steps (`MtlsMigration`)',
      covers: ['MtlsMigration', 'MtlsStep.PERMISSIVE', 'MtlsStep.strictIn', 'MtlsStep.strict'],
      program: scene => {
        scene.namespace('shop', { mtls: undefined });
        new MtlsMigration(scene.chart, 'Mtls', { mesh: scene.mesh, step: MtlsStep.strictIn(scene.shop) });
      },
    },
  ],
};

export const UPGRADES: Section = {
  id: 'upgrades',
  title: 'Control planes and upgrades',
  about: 'Which control plane configures a workload, and how it moves to another one. Gateways have canaries of their own.',
  columns,
  rows: [
    plane('default-tag', 'the default control plane', ['ControlPlane.defaultTag'], ({ kind }) => {
      if (kind === MANAGED) {
        throw new Unwritable('a managed control plane is known by its channel: ControlPlane.managed takes no tag');
      }
      return ControlPlane.defaultTag('1-31');
    }),
    plane('revision', 'one by its revision', ['ControlPlane.revision'], ({ kind }) => kind === MANAGED ? ControlPlane.managed(kind.nextRevision as never) : ControlPlane.revision('1-31')),
    plane('tag', 'one by a tag', ['ControlPlane.tag'], ({ kind }) => {
      if (kind === MANAGED) {
        throw new Unwritable('a managed control plane is known by its channel: ControlPlane.managed takes no tag');
      }
      return ControlPlane.tag('stable', '1-31');
    }),
    {
      id: 'upgrade',
      what: 'an upgrade, tried in some namespaces first',
      covers: [],
      program: scene => void scene.declare(scene.kind.upgrade ?? {}).shop,
    },
    {
      id: 'gateway-class-defaults',
      what: 'defaults of all gateways of a class (`GatewayClassDefaults`)',
      covers: ['GatewayClassDefaults'],
      program: scene => void new GatewayClassDefaults(scene.chart, 'Defaults', {
        mesh: scene.istioMesh('it takes an IstioMesh, for whose controller it is; say it to Envoy Gateway in the EnvoyProxy of its GatewayClass'),
        gatewayClass: GatewayClass.ISTIO,
        minReplicas: 3,
      }),
    },
    {
      id: 'upgrade-plan',
      what: 'what has to restart for it (`upgradePlan`)',
      covers: ['IstioMesh', 'LinkerdMesh'],
      program: scene => {
        if (scene.kind !== LINKERD) {
          scene.declare(scene.kind.upgrade!);
        }
        scene.shop.enrol(scene.deployment('web'));
        scene.mesh.upgradePlan().toText();
      },
    },
  ],
};
