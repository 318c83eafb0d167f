import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { Deployment, ServiceAccount } from 'cdk8s-plus-28';
import {
  CertManagerIssuer, ControlPlane, DataPlane, EastWestForm, EastWestGateway, EgressForm, EgressGateway, GatewayClass, GatewayForm,
  GatewayHost, GatewayWorkloadKind, IMeshNamespace, IstioArgoCd, IstioCertificateAuthority, IstioChart, IstioFlux, IstioMesh,
  IstioMeshProps, IstioNetwork,
  IstioUpgrade, IstioVersion, LinkerdMesh, ManagedChannel, MeshedGateway, MeshNamespace, MeshWorkload, Waypoint,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const istio = (props: IstioMeshProps) => new IstioMesh(chart, 'Mesh', props);
const labelsOf = (namespace: string) => {
  const { labels } = Testing.synth(chart).find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace).metadata;
  return Object.fromEntries(Object.entries(labels).filter(([key]) => key.includes('istio')));
};
const podLabelsOf = (name: string) =>
  Testing.synth(chart).find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name).spec.template.metadata.labels;

function deployment(namespace: IMeshNamespace, name: string): Deployment {
  return new Deployment(chart, `${namespace.name}-${name}`, {
    metadata: { name, namespace: namespace.name },
    serviceAccount: new ServiceAccount(chart, `Account-${namespace.name}-${name}`, { metadata: { name, namespace: namespace.name } }),
    containers: [{ image: name, portNumber: 8080 }],
  });
}

/** Namespaces with workloads that are enrolled in every way, and a gateway. */
function world(mesh: IstioMesh): void {
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  new MeshWorkload(chart, 'Web', { namespace: shop, workload: deployment(shop, 'web') });
  const blog = new MeshNamespace(chart, 'Blog', { mesh, name: 'blog' });
  if (mesh.dataPlane === DataPlane.SIDECAR) {
    blog.enrol(deployment(blog, 'posts'), { excludedOutboundPorts: [5432] });
    const tools = new MeshNamespace(chart, 'Tools', { mesh, name: 'tools', enrolled: false });
    tools.enrol(deployment(tools, 'batch'));
    const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
    new MeshedGateway(chart, 'Public', { namespace: edge, form: GatewayForm.selfManaged(), hosts: [GatewayHost.http('shop.example.com')] });
  }
}

describe('a control plane', () => {
  test('by a tag of the mesh', () => {
    const { revisionName, tagName, installedRevision } = ControlPlane.tag('stable', '1-31');
    expect({ revisionName, tagName, installedRevision }).toEqual({ revisionName: 'stable', tagName: 'stable', installedRevision: '1-31' });
  });

  test('by the default tag, of a known revision', () => {
    const { revisionName, tagName, installedRevision } = ControlPlane.defaultTag('1-31');
    expect({ revisionName, tagName, installedRevision }).toEqual({ tagName: 'default', installedRevision: '1-31' });
  });

  test('by its channel', () => {
    const { revisionName, channel, managedDataPlane } = ControlPlane.managed(ManagedChannel.RAPID, { managedDataPlane: true });
    expect({ revisionName, channel, managedDataPlane }).toEqual({ revisionName: 'asm-managed-rapid', channel: 'asm-managed-rapid', managedDataPlane: true });
  });

  test('by a tag that is none', () => {
    expect(() => ControlPlane.tag('1.31', '1-31')).toThrow('tag of a revision must be a DNS label');
    expect(() => ControlPlane.tag('stable', '1.31')).toThrow('revision must be a DNS label');
    expect(() => ControlPlane.tag('default', '1-31')).toThrow(
      "the tag 'default' stands for the label istio-injection, got it with revision '1-31': use ControlPlane.defaultTag('1-31')");
    expect(() => ControlPlane.tag('a', 'a')).toThrow("a tag must not be called as a revision, got 'a' for both: choose another tag");
  });
});

describe('what the charts install', () => {
  const valuesOf = (controlPlane: ControlPlane, name: IstioChart, options = {}, upgrade?: IstioUpgrade) => {
    const { revision, revisionTags, defaultRevision } = istio({ controlPlane, upgrade }).helmValues(name, options);
    return { revision, revisionTags, defaultRevision };
  };

  test('the revision of a tag, and the tag', () => {
    expect(valuesOf(ControlPlane.tag('stable', '1-31'), IstioChart.ISTIOD)).toEqual({ revision: '1-31', revisionTags: ['stable'] });
  });

  test('other tags beside it', () => {
    expect(valuesOf(ControlPlane.tag('stable', '1-31'), IstioChart.ISTIOD, { revisionTags: ['stable', 'default'] }))
      .toEqual({ revision: '1-31', revisionTags: ['stable', 'default'] });
  });

  test('the revision that validates, never the tag', () => {
    expect(valuesOf(ControlPlane.tag('stable', '1-31'), IstioChart.BASE)).toEqual({ defaultRevision: '1-31' });
  });

  test('the default tag', () => {
    expect(valuesOf(ControlPlane.defaultTag('1-31'), IstioChart.ISTIOD)).toEqual({ revision: '1-31', revisionTags: ['default'] });
  });

  test('what is to take over, without the tag', () => {
    expect(valuesOf(ControlPlane.tag('stable', '1-30'), IstioChart.ISTIOD, { revision: '1-31' }, { to: ControlPlane.revision('1-31') })).toEqual({ revision: '1-31' });
  });

  test('into a file of its own', () => {
    const mesh = istio({ controlPlane: ControlPlane.tag('stable', '1-30'), upgrade: { to: ControlPlane.revision('1-31') } });
    const directory = mkdtempSync(join(tmpdir(), 'values-'));
    const files = [...mesh.writeHelmValues(directory, [IstioChart.ISTIOD]), ...mesh.writeHelmValues(directory, [IstioChart.ISTIOD], { revision: '1-31' })];
    expect(files).toEqual([join(directory, 'istiod.values.yaml'), join(directory, 'istiod-1-31.values.yaml')]);
    rmSync(directory, { recursive: true });
  });

  test('no other revision than that of the tag', () => {
    expect(() => valuesOf(ControlPlane.tag('stable', '1-30'), IstioChart.ISTIOD, { revision: '1-29' })).toThrow(
      "tag 'stable' of the mesh points to revision '1-30', got revision '1-29' for a chart: say it once, on the mesh");
  });

  test('no managed control plane, also while it is left', () => {
    const upgrade = { to: ControlPlane.managed(ManagedChannel.RAPID) };
    expect(() => valuesOf(ControlPlane.managed(ManagedChannel.REGULAR), IstioChart.ISTIOD, { revision: 'asm-managed-rapid' }, upgrade)).toThrow(
      "the charts install no managed control plane, got 'asm-managed': pass another controlPlane to the mesh");
  });

  test('by Argo CD, both revisions, each as a release', () => {
    new IstioArgoCd(chart, 'Istio', {
      mesh: istio({ version: IstioVersion.V1_30, controlPlane: ControlPlane.tag('stable', '1-30'), upgrade: { to: ControlPlane.revision('1-31'), version: IstioVersion.V1_31 } }),
    });
    const applications = Testing.synth(chart).filter(({ kind }) => kind === 'Application');
    expect(applications.map(({ metadata, spec: { source: { targetRevision, helm: { valuesObject } } } }) =>
      [metadata.name, targetRevision, valuesObject.revision, valuesObject.revisionTags])).toEqual([
      ['istio-base', '1.31.x', undefined, undefined],
      ['istiod-1-30', '1.30.x', '1-30', ['stable']],
      ['istiod-1-31', '1.31.x', '1-31', undefined],
    ]);
  });

  test('by Flux, a chart in two versions from two sources', () => {
    const mesh = istio({ version: IstioVersion.V1_30, controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31'), version: IstioVersion.V1_31 } });
    new IstioFlux(chart, 'Istio', { mesh, repoUrl: 'oci://registry.example.com/charts' });
    const objects = Testing.synth(chart);
    expect(objects.filter(({ kind }) => kind === 'OCIRepository').map(({ metadata, spec }) => [metadata.name, spec.ref.semver])).toEqual([
      ['istio-base', '1.31.x'], ['istio-istiod', '1.30.x'], ['istio-istiod-1-31-x', '1.31.x'],
    ]);
    expect(objects.filter(({ kind }) => kind === 'HelmRelease').map(({ metadata, spec }) => [metadata.name, spec.chartRef.name])).toEqual([
      ['istio-base', 'istio-base'], ['istiod-1-30', 'istio-istiod'], ['istiod-1-31', 'istio-istiod-1-31-x'],
    ]);
  });

  const installed = () => Testing.synth(chart).filter(({ kind }) => kind === 'Application').map(
    ({ metadata, spec: { source: { targetRevision, helm: { valuesObject: { revision, revisionTags } } } } }) =>
      [metadata.annotations['argocd.argoproj.io/sync-wave'], metadata.name, targetRevision, revision, revisionTags]);

  test('the former revision until the upgrade is left out, and before the one that takes its tag', () => {
    const upgrade = { to: ControlPlane.revision('1-31'), version: IstioVersion.V1_31, promoted: true };
    const mesh = istio({ version: IstioVersion.V1_30, dataPlane: DataPlane.AMBIENT, controlPlane: ControlPlane.tag('stable', '1-30'), upgrade });
    new IstioArgoCd(chart, 'Istio', { mesh, gateways: [{ name: 'edge', namespace: 'edge' }] });
    expect(installed()).toEqual([
      ['0', 'istio-base', '1.31.x', undefined, undefined],
      ['1', 'istiod-1-30', '1.30.x', '1-30', undefined],
      ['2', 'istiod-1-31', '1.31.x', '1-31', ['stable']],
      ['3', 'istio-cni', '1.31.x', '1-31', undefined],
      ['3', 'ztunnel', '1.31.x', '1-31', undefined],
      ['4', 'edge', '1.31.x', '1-31', undefined],
    ]);
    expect(mesh.helmValues(IstioChart.ISTIOD, { revision: '1-31' }).revisionTags).toEqual(['stable']);
  });

  test('the promoted one waits for the former one with Flux', () => {
    new IstioFlux(chart, 'Istio', { mesh: istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31'), promoted: true } }) });
    expect(Testing.synth(chart).filter(({ kind }) => kind === 'HelmRelease').map(({ metadata, spec }) => [metadata.name, spec.dependsOn?.[0].name])).toEqual([
      ['istio-base', undefined], ['istiod-1-30', 'istio-base'], ['istiod-1-31', 'istiod-1-30'],
    ]);
  });

  test('a former control plane without revision, which injects nothing any more', () => {
    const mesh = istio({ upgrade: { to: ControlPlane.revision('1-31'), promoted: true } });
    new IstioArgoCd(chart, 'Istio', { mesh, values: { istiod: { global: { logAsJson: true } } } });
    expect(installed().map(([, name,, revision, tags]) => [name, revision, tags])).toEqual([
      ['istio-base', undefined, undefined], ['istiod', undefined, undefined], ['istiod-1-31', '1-31', ['default']],
    ]);
    const [, former, promoted] = Testing.synth(chart).map(({ spec }) => spec.source.helm.valuesObject.global);
    expect(former).toEqual({ istioNamespace: 'istio-system', logAsJson: true, operatorManageWebhooks: true });
    expect(promoted).toEqual({ istioNamespace: 'istio-system', logAsJson: true });
  });

  test('no former channel', () => {
    const upgrade = { to: ControlPlane.revision('1-31'), promoted: true };
    new IstioArgoCd(chart, 'Istio', { mesh: istio({ controlPlane: ControlPlane.managed(ManagedChannel.REGULAR), upgrade }) });
    expect(installed().map(([, name]) => name)).toEqual(['istio-base', 'istiod-1-31']);
  });

  test('istio-csr knows both, also once the new one is promoted', () => {
    const certificateAuthority = IstioCertificateAuthority.istioCsr(CertManagerIssuer.clusterIssuer('root'));
    const mesh = istio({ certificateAuthority, controlPlane: ControlPlane.tag('stable', '1-30'), upgrade: { to: ControlPlane.revision('1-31'), promoted: true } });
    expect(mesh.istioCsrValues().app.istio.revisions).toEqual(['1-30', '1-31']);
  });

  test('a channel to which the mesh moves is no release', () => {
    new IstioArgoCd(chart, 'Istio', { mesh: istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.managed(ManagedChannel.RAPID) } }) });
    expect(Testing.synth(chart).map(({ metadata }) => metadata.name)).toEqual(['istio-base', 'istiod-1-30']);
  });
});

describe('while an upgrade is under way', () => {
  test('canary namespaces have the new control plane, and others the old one', () => {
    world(istio({ controlPlane: ControlPlane.tag('stable', '1-30'), upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop', 'tools'] } }));
    expect([labelsOf('shop'), labelsOf('blog'), labelsOf('tools')]).toEqual([{ 'istio.io/rev': '1-31' }, { 'istio.io/rev': 'stable' }, {}]);
    expect(podLabelsOf('batch')).toMatchObject({ 'istio.io/rev': '1-31' });
    expect(podLabelsOf('public')).toMatchObject({ 'istio.io/rev': 'stable' });
  });

  test('all namespaces have the new control plane once it is promoted', () => {
    world(istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop'], promoted: true } }));
    expect([labelsOf('shop'), labelsOf('blog'), podLabelsOf('public')]).toEqual(
      [{ 'istio.io/rev': '1-31' }, { 'istio.io/rev': '1-31' }, expect.objectContaining({ 'istio.io/rev': '1-31' })]);
  });

  test('they have the tag of the mesh again, canaries too', () => {
    world(istio({ controlPlane: ControlPlane.tag('stable', '1-30'), upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop'], promoted: true } }));
    expect([labelsOf('shop'), labelsOf('blog')]).toEqual([{ 'istio.io/rev': 'stable' }, { 'istio.io/rev': 'stable' }]);
  });

  test('a canary namespace leaves the default tag, by the one label', () => {
    world(istio({ upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop'] } }));
    expect([labelsOf('shop'), labelsOf('blog')]).toEqual([{ 'istio.io/rev': '1-31' }, { 'istio-injection': 'enabled' }]);
  });

  test('a canary has the managed data plane of its channel', () => {
    const mesh = istio({
      controlPlane: ControlPlane.managed(ManagedChannel.REGULAR, { managedDataPlane: true }),
      upgrade: { to: ControlPlane.managed(ManagedChannel.RAPID, { managedDataPlane: false }), canaries: ['shop'] },
    });
    world(mesh);
    const managed = Testing.synth(chart).filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.annotations?.['mesh.cloud.google.com/proxy']);
    expect(managed).toEqual(['{"managed":"false"}', '{"managed":"true"}', undefined, undefined]);
  });

  test.each<[string, IstioMeshProps, string]>([
    ['to the same revision', { controlPlane: ControlPlane.tag('stable', '1-31'), upgrade: { to: ControlPlane.revision('1-31') } },
      "an upgrade must lead to another control plane, got revision '1-31' for both: pass the new revision in 'to'"],
    ['to the same label', { controlPlane: ControlPlane.revision('stable'), upgrade: { to: ControlPlane.tag('stable', '1-31') } },
      "an upgrade must lead to another control plane, got tag 'stable' of revision '1-31' for both"],
    ['to a tag', { controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.tag('stable', '1-31') } },
      "an upgrade must lead to a revision, got tag 'stable' of revision '1-31': pass ControlPlane.revision('1-31'), and move the tag when it is done"],
    ['to the default tag', { controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.defaultTag() } },
      "an upgrade must lead to a revision, got tag 'default': pass ControlPlane.revision('1-31'), and move the tag when it is done"],
    ['of ambient namespaces', { dataPlane: DataPlane.AMBIENT, upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop', 'blog'] } },
      'namespaces of an ambient mesh have the proxies of their nodes, which no label chooses, got canaries shop, blog: leave them out'],
    ['of a namespace that is none', { upgrade: { to: ControlPlane.revision('1-31'), canaries: ['Shop'] } }, 'canary of an upgrade must be a DNS label'],
    ['of a namespace twice', { upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop', 'shop'] } }, "canaries of an upgrade must differ from each other, got 'shop' twice"],
  ])('not %s', (_, props, message) => {
    expect(() => istio(props)).toThrow(message);
  });
});

describe('the plan of an upgrade', () => {
  test('by a tag: labels stay, and all that is enrolled restarts', () => {
    const mesh = istio({ controlPlane: ControlPlane.tag('stable', '1-30'), upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop'] } });
    world(mesh);
    const { title, steps } = mesh.upgradePlan();
    expect([title, ...steps.map(step => step.title)]).toEqual([
      "Upgrade from tag 'stable' of revision '1-30' to revision '1-31'", 'Install revision 1-31 beside', 'Try it in canary namespaces',
      "Promote: point tag 'stable' to revision '1-31'", "Remove what ran before revision '1-31'",
    ]);
    expect(steps[0].commands).toEqual([
      'helm upgrade istio-base istio/base --namespace istio-system --reuse-values',
      'helm install istiod-1-31 istio/istiod --namespace istio-system --values istiod-1-31.values.yaml --wait',
    ]);
    expect(steps[1]).toMatchObject({
      changes: ["upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop'] } of the mesh", "the canary of each self-managed gateway: GatewayCanary.replicas('1-31', weight)"],
      relabelled: ['shop: istio.io/rev=1-31'],
      restarts: ['Deployment shop/web', 'all other pods of namespace shop'],
      rolls: [],
      commands: ['kubectl rollout restart deployment,statefulset,daemonset --namespace shop', 'istioctl proxy-status'],
    });
    expect(steps[2]).toMatchObject({
      changes: ["upgrade: { to: ControlPlane.revision('1-31'), promoted: true } of the mesh", 'GatewayCanary of weight 100, and then none, for each self-managed gateway'],
      // The pods of the canary namespace have the right proxy already.
      relabelled: ['shop: istio.io/rev=stable'],
      restarts: ['Deployment blog/posts', 'all other pods of namespace blog', 'Deployment tools/batch', 'Deployment edge/public'],
      rolls: ["gateways and waypoints of other apps that ask for tag 'stable'"],
      commands: [
        'istioctl tag set stable --revision 1-31 --overwrite',
        'kubectl rollout restart deployment,statefulset,daemonset --namespace blog',
        'kubectl rollout restart deployment/batch --namespace tools',
        'kubectl rollout restart deployment/public --namespace edge',
      ],
    });
    expect(steps[3].changes).toEqual(["controlPlane: ControlPlane.tag('stable', '1-31') of the mesh, without upgrade"]);
    expect(steps[3].commands).toEqual(['helm uninstall istiod-1-30 --namespace istio-system']);
  });

  test('by revision: what has the label on its pods rolls by itself', () => {
    const mesh = istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31'), canaries: ['tools'] } });
    world(mesh);
    const [, canaries, rest] = mesh.upgradePlan().steps;
    expect(canaries).toMatchObject({ relabelled: [], restarts: [], rolls: ['Deployment tools/batch'], commands: ['istioctl proxy-status'] });
    expect(rest).toMatchObject({
      title: "Move the rest to revision '1-31'",
      relabelled: ['shop: istio.io/rev=1-31', 'blog: istio.io/rev=1-31'],
      restarts: ['Deployment shop/web', 'all other pods of namespace shop', 'Deployment blog/posts', 'all other pods of namespace blog'],
      rolls: [
        'Deployment edge/public',
        'gateways and waypoints of other apps where their namespace says the revision; those that say it themselves need the label istio.io/rev=1-31',
      ],
      commands: [
        'kubectl rollout restart deployment,statefulset,daemonset --namespace shop', 'kubectl rollout restart deployment,statefulset,daemonset --namespace blog',
      ],
    });
  });

  test('of the default tag', () => {
    const mesh = istio({ upgrade: { to: ControlPlane.revision('1-31') } });
    world(mesh);
    const [, canaries, promotion, removal] = mesh.upgradePlan().steps;
    expect(canaries).toMatchObject({ changes: ["upgrade: { to: ControlPlane.revision('1-31'), canaries: [...] } of the mesh", expect.anything()], restarts: [] });
    expect(promotion.changes[0]).toBe("upgrade: { to: ControlPlane.revision('1-31'), promoted: true } of the mesh");
    expect(removal.changes).toEqual(["controlPlane: ControlPlane.defaultTag('1-31') of the mesh, without upgrade"]);
    expect(promotion.restarts).toContain('Deployment edge/public');
    expect(removal.commands).toEqual(['helm uninstall istiod --namespace istio-system']);
  });

  test('names gateways on every node as what they are', () => {
    const mesh = istio({ upgrade: { to: ControlPlane.revision('1-31') } });
    const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
    const gateway = (name: string, form: GatewayForm) => new MeshedGateway(chart, name, { namespace: edge, form, hosts: [GatewayHost.http(`${name}.example.com`)] });
    gateway('nodes', GatewayForm.selfManaged({ kind: GatewayWorkloadKind.DAEMON_SET }));
    gateway('elsewhere', GatewayForm.selfManaged({ revision: '1-30' }));
    const [, , { restarts, commands }] = mesh.upgradePlan().steps;
    expect(restarts).toEqual(expect.arrayContaining(['DaemonSet edge/nodes']));
    expect(restarts).not.toContain('Deployment edge/elsewhere');
    expect(commands).toContain('kubectl rollout restart daemonset/nodes --namespace edge');
  });

  test('of a managed channel: the provider installs and keeps', () => {
    const mesh = istio({ controlPlane: ControlPlane.managed(ManagedChannel.REGULAR), upgrade: { to: ControlPlane.managed(ManagedChannel.RAPID), canaries: ['shop'] } });
    world(mesh);
    const { steps } = mesh.upgradePlan();
    expect(steps[0]).toMatchObject({
      title: 'Have the provider run channel asm-managed-rapid beside',
      changes: ['upgrade: { to: ControlPlane.managed(ManagedChannel.RAPID) } of the mesh'],
    });
    expect(steps[2]).toMatchObject({
      title: "Move the rest to revision 'asm-managed-rapid'", relabelled: ['blog: istio.io/rev=asm-managed-rapid'], rolls: ['Deployment tools/batch', 'Deployment edge/public', expect.anything()],
    });
    expect(steps[3]).toMatchObject({ commands: [], done: 'no namespace and no pod asks for asm-managed any more: the provider keeps the channel' });
  });

  test('of a managed channel says who restarts proxies', () => {
    const mesh = istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.managed(ManagedChannel.STABLE, { managedDataPlane: true }) } });
    expect(mesh.upgradePlan().steps[0].changes).toEqual(['upgrade: { to: ControlPlane.managed(ManagedChannel.STABLE, { managedDataPlane: true }) } of the mesh']);
  });

  test('of an ambient mesh: nodes in place, and no pod restarts', () => {
    const mesh = istio({ dataPlane: DataPlane.AMBIENT, controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31') } });
    world(mesh);
    const plan = mesh.upgradePlan();
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Install revision 1-31 beside', "Move the rest to revision '1-31'", 'Upgrade the proxies of the nodes in place', "Remove what ran before revision '1-31'",
    ]);
    expect(plan.restarts).toEqual([]);
    expect(plan.steps.flatMap(({ relabelled }) => relabelled)).toEqual([]);
    expect(plan.steps[2].commands).toEqual([
      'helm upgrade istio-cni istio/cni --namespace istio-system --values cni.values.yaml --wait',
      'helm upgrade ztunnel istio/ztunnel --namespace istio-system --values ztunnel.values.yaml --wait',
    ]);
  });

  test('labels namespaces of others by command', () => {
    const mesh = istio({ controlPlane: ControlPlane.defaultTag(), upgrade: { to: ControlPlane.revision('1-31'), canaries: ['legacy'] } });
    MeshNamespace.fromNamespaceName(chart, 'Legacy', 'legacy', { mesh, labels: { 'istio-injection': 'enabled' } });
    MeshNamespace.fromNamespaceName(chart, 'Outside', 'outside', { mesh, labels: { 'istio-injection': 'disabled' } });
    const [, canaries, promotion] = mesh.upgradePlan().steps;
    expect(canaries.commands[0]).toBe('kubectl label namespace legacy istio.io/rev=1-31 istio-injection- --overwrite');
    expect(promotion.restarts).toEqual([]);
  });

  describe('of gateways that Istio provisions', () => {
    const gateway = (name: string, at: MeshNamespace, revision?: string) => new MeshedGateway(chart, name, {
      namespace: at, form: GatewayForm.provisioned(GatewayClass.ISTIO, { revision }), hosts: [GatewayHost.http('shop.example.com')],
    });
    const made = (of: string, maker: string, why: string) => {
      const [namespace, name] = of.split('/');
      return `Deployment ${namespace}/${name}-istio of Gateway ${of}, which ${maker} makes anew as soon as ${why}`;
    };
    const watch = (name: string, namespace = 'edge') => `kubectl rollout status deployment/${name} --namespace ${namespace}`;
    const edgeOf = (mesh: IstioMesh, enrolled = false) => new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled });

    test('they follow the tag that they ask for', () => {
      const mesh = istio({ controlPlane: ControlPlane.tag('stable', '1-30'), upgrade: { to: ControlPlane.revision('1-31'), canaries: ['edge'] } });
      const edge = edgeOf(mesh);
      gateway('public', edge);
      gateway('tagged', edge, 'stable');
      const [, canaries, promotion] = mesh.upgradePlan().steps;
      expect([canaries.rolls, canaries.commands]).toEqual([[], ['istioctl proxy-status']]);
      expect(promotion.rolls).toEqual([
        made('edge/public', 'istiod of revision 1-31', "tag 'stable' points to it"),
        made('edge/tagged', 'istiod of revision 1-31', "tag 'stable' points to it"),
        "gateways and waypoints of other apps that ask for tag 'stable'",
      ]);
      expect(promotion.commands).toEqual(['istioctl tag set stable --revision 1-31 --overwrite', watch('public-istio'), watch('tagged-istio')]);
    });

    test('they get another label with the mesh, or have to be told', () => {
      const mesh = istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31') } });
      const edge = edgeOf(mesh);
      gateway('public', edge);
      gateway('kept', edge, '1-30');
      gateway('ahead', edge, '1-31');
      const [,, rest] = mesh.upgradePlan().steps;
      expect(rest.changes[2]).toBe("revision '1-30' of Gateway edge/kept, which says it itself: leave it out, or pass '1-31'");
      expect(rest.rolls[0]).toBe(made('edge/public', 'istiod of revision 1-31', 'its label becomes istio.io/rev=1-31'));
      expect([rest.changes.length, rest.rolls.length, rest.commands]).toEqual([3, 2, [watch('public-istio'), watch('kept-istio')]]);
    });

    test('one that says the revision behind a tag stays behind', () => {
      const mesh = istio({ controlPlane: ControlPlane.tag('stable', '1-30'), upgrade: { to: ControlPlane.revision('1-31') } });
      gateway('kept', edgeOf(mesh), '1-30');
      const [,, promotion] = mesh.upgradePlan().steps;
      expect(promotion.changes[2]).toBe("revision '1-30' of Gateway edge/kept, which says it itself: leave it out, or pass 'stable'");
      expect(promotion.rolls).toEqual(["gateways and waypoints of other apps that ask for tag 'stable'"]);
    });

    test('without a label they follow their namespace, and else the default tag', () => {
      const mesh = istio({ upgrade: { to: ControlPlane.revision('1-31'), canaries: ['edge'] } });
      gateway('public', edgeOf(mesh, true));
      gateway('other', new MeshNamespace(chart, 'Other', { mesh, name: 'other' }));
      const [, canaries, promotion] = mesh.upgradePlan().steps;
      expect(canaries.rolls).toEqual([made('edge/public', 'istiod of revision 1-31', 'its namespace says istio.io/rev=1-31')]);
      expect(canaries.commands.slice(-2)).toEqual([watch('public-istio'), 'istioctl proxy-status']);
      expect(promotion.rolls).toEqual([
        made('other/other', 'istiod of revision 1-31', "tag 'default' points to it"), 'gateways and waypoints of other apps that ask for no revision',
      ]);
    });

    test('the provider makes them anew when they move to its channel', () => {
      const mesh = istio({ controlPlane: ControlPlane.managed(ManagedChannel.REGULAR), upgrade: { to: ControlPlane.managed(ManagedChannel.RAPID) } });
      gateway('public', edgeOf(mesh));
      expect(mesh.upgradePlan().steps[2].rolls[0]).toBe(
        made('edge/public', "the provider's channel asm-managed-rapid", 'its label becomes istio.io/rev=asm-managed-rapid'));
    });

    test('so do waypoints, ways out and ways to other networks', () => {
      const mesh = istio({ dataPlane: DataPlane.AMBIENT, controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31') } });
      const edge = edgeOf(mesh, true);
      new Waypoint(chart, 'Waypoint', { namespace: edge });
      new EastWestGateway(chart, 'EastWest', { namespace: edge, network: IstioNetwork.of('net1') });
      expect(mesh.upgradePlan().steps[1].commands).toEqual([watch('waypoint'), watch('istio-eastwestgateway')]);
      chart = new Chart(new App(), 'test');
      const sidecars = istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31') } });
      const egress = edgeOf(sidecars);
      new EgressGateway(chart, 'Egress', { namespace: egress, name: 'egress', form: EgressForm.provisioned() });
      new EastWestGateway(chart, 'EastWest', { namespace: egress, network: IstioNetwork.of('net1'), form: EastWestForm.provisioned() });
      expect(sidecars.upgradePlan().steps[2].commands).toEqual([watch('egress-istio'), watch('istio-eastwestgateway-istio')]);
    });
  });

  describe('where something else than helm delivers', () => {
    const planOf = (install: (mesh: IstioMesh) => unknown, props: IstioMeshProps = {}) => {
      const mesh = istio({ controlPlane: ControlPlane.tag('stable', '1-30'), upgrade: { to: ControlPlane.revision('1-31'), version: IstioVersion.V1_31 }, version: IstioVersion.V1_30, ...props });
      install(mesh);
      return mesh.upgradePlan().steps;
    };

    test('Argo CD', () => {
      const [install,, promotion, removal] = planOf(mesh => new IstioArgoCd(chart, 'Istio', { mesh, argoCdNamespace: 'cd' }));
      expect(install.changes).toEqual(["upgrade: { to: ControlPlane.revision('1-31') } of the mesh"]);
      expect(install.commands).toEqual(['istio-base', 'istiod-1-31'].map(name =>
        `kubectl wait application/${name} --namespace cd --for=jsonpath='{.status.health.status}'=Healthy --timeout=10m`));
      expect(promotion.commands).toEqual(['istioctl tag list']);
      expect(removal).toMatchObject({
        changes: ["version: IstioVersion.V1_31 and controlPlane: ControlPlane.tag('stable', '1-31') of the mesh, without upgrade"],
        commands: ['kubectl delete application/istiod-1-30 --namespace cd --ignore-not-found', 'istioctl uninstall --revision 1-30 --skip-confirmation'],
      });
    });

    test('Argo CD, a control plane without revision', () => {
      const removal = planOf(mesh => new IstioArgoCd(chart, 'Istio', { mesh }), { controlPlane: ControlPlane.defaultTag() })[3];
      expect(removal.commands).toEqual([
        'kubectl delete application/istiod --namespace argocd --ignore-not-found', 'istioctl uninstall --revision default --skip-confirmation',
      ]);
    });

    test('Flux', () => {
      const [install,, promotion, removal] = planOf(mesh => new IstioFlux(chart, 'Istio', { mesh }));
      expect(install.commands[1]).toBe('kubectl wait helmrelease/istiod-1-31 --namespace flux-system --for=condition=Ready --timeout=10m');
      expect(promotion.commands).toEqual(['istioctl tag list']);
      expect(removal.commands).toEqual(['kubectl wait deployment/istiod-1-30 --namespace istio-system --for=delete --timeout=10m']);
    });

    test('Flux, on nodes', () => {
      const nodes = planOf(mesh => new IstioFlux(chart, 'Istio', { mesh }), { dataPlane: DataPlane.AMBIENT })[2];
      expect([nodes.changes, nodes.commands]).toEqual([[], ['istio-cni', 'ztunnel'].map(name =>
        `kubectl wait helmrelease/${name} --namespace flux-system --for=condition=Ready --timeout=10m`)]);
    });
  });

  test('stays as it is once the new control plane is promoted', () => {
    const planOf = (promoted: boolean) => {
      chart = new Chart(new App(), 'test');
      const mesh = istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop'], promoted } });
      world(mesh);
      return mesh.upgradePlan().toText();
    };
    expect(planOf(true)).toBe(planOf(false));
  });

  test('says each restart once', () => {
    const mesh = istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop'] } });
    world(mesh);
    expect(mesh.upgradePlan().restarts).toEqual([
      'Deployment shop/web', 'all other pods of namespace shop', 'Deployment blog/posts', 'all other pods of namespace blog',
    ]);
  });

  test('is Markdown', () => {
    const mesh = istio({ controlPlane: ControlPlane.revision('1-30'), upgrade: { to: ControlPlane.revision('1-31') } });
    new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
    expect(mesh.upgradePlan().toText()).toContain(`
## 3. Move the rest to revision '1-31'

In the app:
- upgrade: { to: ControlPlane.revision('1-31'), promoted: true } of the mesh
- GatewayCanary of weight 100, and then none, for each self-managed gateway

Labels of namespaces:
- shop: istio.io/rev=1-31

Restarts by itself:
- gateways and waypoints of other apps where their namespace says the revision; those that say it themselves need the label istio.io/rev=1-31

Has to be restarted:
- all other pods of namespace shop

\`\`\`sh
kubectl rollout restart deployment,statefulset,daemonset --namespace shop
\`\`\`

Done when istioctl proxy-status shows no proxy on 1-30.
`);
  });

  test('needs an upgrade', () => {
    expect(() => istio({ controlPlane: ControlPlane.tag('stable', '1-30') }).upgradePlan()).toThrow(
      "the mesh declares no upgrade of tag 'stable' of revision '1-30': pass upgrade: { to: ControlPlane.revision('...') } to it");
  });

  test('needs canaries that are namespaces of the mesh', () => {
    const mesh = istio({ upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop'] } });
    expect(() => mesh.upgradePlan()).toThrow("canary 'shop' of the upgrade is no namespace of this mesh: it has none");
    new MeshNamespace(chart, 'Blog', { mesh, name: 'blog' });
    expect(() => mesh.upgradePlan()).toThrow("canary 'shop' of the upgrade is no namespace of this mesh: it has blog");
  });

  test('of Linkerd: in place, and all restarts', () => {
    const mesh = new LinkerdMesh(chart, 'Mesh');
    const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
    shop.enrol(deployment(shop, 'web'));
    const tools = new MeshNamespace(chart, 'Tools', { mesh, name: 'tools', enrolled: false });
    tools.enrol(deployment(tools, 'batch'));
    new MeshNamespace(chart, 'Outside', { mesh, name: 'outside', enrolled: false });
    const { steps, restarts } = mesh.upgradePlan();
    expect(restarts).toEqual(['Deployment shop/web', 'all other pods of namespace shop', 'Deployment tools/batch']);
    expect(steps.map(({ commands }) => commands)).toEqual([
      [
        'helm upgrade linkerd-crds linkerd-edge/linkerd-crds --namespace linkerd',
        'helm upgrade linkerd-control-plane linkerd-edge/linkerd-control-plane --namespace linkerd --reuse-values --wait',
        'linkerd check',
      ],
      [
        'kubectl rollout restart deployment,statefulset,daemonset --namespace shop',
        'kubectl rollout restart deployment,statefulset,daemonset --namespace tools',
        'linkerd check --proxy',
      ],
    ]);
  });
});

describe('the managed data plane of a namespace', () => {
  const annotationOf = (controlPlane: ControlPlane, props: { managedDataPlane?: boolean; enrolled?: boolean }) => {
    new MeshNamespace(chart, 'Shop', { mesh: istio({ controlPlane }), name: 'shop', ...props });
    return Testing.synth(chart).find(({ kind }) => kind === 'Namespace').metadata.annotations;
  };

  test('is as the namespace says', () => {
    expect(annotationOf(ControlPlane.managed(ManagedChannel.STABLE, { managedDataPlane: true }), { managedDataPlane: false }))
      .toEqual({ 'mesh.cloud.google.com/proxy': '{"managed":"false"}' });
  });

  test('concerns pods that join by themselves, too', () => {
    expect(annotationOf(ControlPlane.managed(ManagedChannel.STABLE), { managedDataPlane: true, enrolled: false })).toEqual({ 'mesh.cloud.google.com/proxy': '{"managed":"true"}' });
  });

  test('is not said of a namespace that does not join', () => {
    expect(annotationOf(ControlPlane.managed(ManagedChannel.STABLE, { managedDataPlane: true }), { enrolled: false })).toBeUndefined();
  });

  test('needs a managed control plane', () => {
    expect(() => annotationOf(ControlPlane.revision('1-31'), { managedDataPlane: true })).toThrow(
      "managedDataPlane of namespace 'shop' needs a managed control plane, got true: leave it out, or pass ControlPlane.managed to the mesh");
    const mesh = new LinkerdMesh(chart, 'Linkerd');
    expect(() => new MeshNamespace(chart, 'Blog', { mesh, name: 'blog', managedDataPlane: false })).toThrow(
      "managedDataPlane of namespace 'blog' needs a managed Istio, got false in a Linkerd mesh: leave it out");
  });
});
