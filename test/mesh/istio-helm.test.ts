import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import {
  ControlPlane, DataPlane, IstioArgoCd, IstioChart, IstioChartRepository, IstioFlux, IstioMesh, IstioMeshProps, IstioPlatform, IstioVersion,
  ManagedChannel, MeshCluster,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = Testing.chart();
});
const mesh = (props: IstioMeshProps = {}) => new IstioMesh(chart, 'Mesh', props);
const manifests = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);

describe('values of charts', () => {
  test('with sidecars', () => {
    const sidecars = mesh({ rootNamespace: 'mesh', defaultConfig: { meshId: 'shop' } });
    const options = { revision: '1-31', revisionTags: ['default'], clusterName: 'east', network: 'vpc', cni: true, platform: IstioPlatform.GKE, env: { A: 'b' } };
    expect(sidecars.helmValues(IstioChart.BASE, options)).toEqual({ platform: 'gke', defaultRevision: '1-31', global: { istioNamespace: 'mesh' } });
    expect(sidecars.helmValues(IstioChart.ISTIOD, options)).toEqual({
      platform: 'gke',
      revision: '1-31',
      revisionTags: ['default'],
      env: { A: 'b' },
      cni: { enabled: true },
      global: { istioNamespace: 'mesh', network: 'vpc', multiCluster: { clusterName: 'east' }, meshID: 'shop' },
      meshConfig: { trustDomain: 'cluster.local', rootNamespace: 'mesh', defaultConfig: { meshId: 'shop' } },
    });
    expect(sidecars.helmValues(IstioChart.CNI, options)).toEqual({ platform: 'gke', revision: '1-31' });
    expect(sidecars.helmValues(IstioChart.GATEWAY, options)).toEqual({ platform: 'gke', revision: '1-31' });
  });

  test('with ambient', () => {
    const ambient = mesh({ dataPlane: DataPlane.AMBIENT, defaultConfig: { proxyMetadata: { A: 'b' } } });
    expect(ambient.helmValues(IstioChart.CNI)).toEqual({ profile: 'ambient' });
    expect(ambient.helmValues(IstioChart.ZTUNNEL, { clusterName: 'east', network: 'vpc' })).toEqual({
      profile: 'ambient',
      istioNamespace: 'istio-system',
      network: 'vpc',
      multiCluster: { clusterName: 'east' },
      meshConfig: { defaultConfig: { proxyMetadata: { A: 'b' } } },
    });
  });

  test('the revision of the mesh is installed, unless it is a tag', () => {
    const revised = mesh({ controlPlane: ControlPlane.revision('stable') });
    expect(revised.helmValues(IstioChart.CNI)).toEqual({ revision: 'stable' });
    expect(revised.helmValues(IstioChart.CNI, { revisionTags: ['stable'] })).toEqual({});
    expect(() => revised.helmValues(IstioChart.CNI, { revision: '1-31' }))
      .toThrow("revision '1-31' has no tag 'stable', by which the mesh enrols workloads: pass revisionTags: ['stable']");
  });

  test('a managed control plane is not installed', () => {
    expect(() => mesh({ controlPlane: ControlPlane.managed(ManagedChannel.RAPID) }).helmValues(IstioChart.BASE))
      .toThrow("the charts install no managed control plane, got 'asm-managed-rapid': pass another controlPlane to the mesh");
  });

  test('free values are put in, and must not say something else', () => {
    const plain = mesh();
    expect(plain.helmValues(IstioChart.ISTIOD, { values: { istiod: { autoscaleMin: 2, global: { logAsJson: true } } } }))
      .toMatchObject({ autoscaleMin: 2, global: { istioNamespace: 'istio-system', logAsJson: true } });
    expect(() => plain.helmValues(IstioChart.ISTIOD, { values: { istiod: { meshConfig: { trustDomain: 'a' } } } }))
      .toThrow('values of chart \'istiod\' say meshConfig.trustDomain: "a", and the mesh says "cluster.local": say it once, on the mesh');
    expect(() => plain.helmValues(IstioChart.ISTIOD, { values: { pilot: {} } })).toThrow("values must be for charts of Istio, base, istiod, cni, ztunnel, gateway, got some for 'pilot'");
  });

  test('are written as files', () => {
    const directory = join(mkdtempSync(join(tmpdir(), 'values-')), 'out');
    const files = mesh().writeHelmValues(directory, [IstioChart.BASE]);
    expect(files).toEqual([join(directory, 'base.values.yaml')]);
    expect(readFileSync(files[0], 'utf8')).toBe('global:\n  istioNamespace: istio-system\n');
  });
});

describe('by Argo CD', () => {
  test('sidecars need base and istiod, in this order', () => {
    new IstioArgoCd(chart, 'Istio', { mesh: mesh({ version: IstioVersion.V1_31 }) });
    expect(manifests('Application').map(({ metadata, spec }) => [metadata.name, metadata.annotations, spec.source.chart, spec.source.targetRevision])).toEqual([
      ['istio-base', { 'argocd.argoproj.io/sync-wave': '0' }, 'base', '1.31.x'],
      ['istiod', { 'argocd.argoproj.io/sync-wave': '1' }, 'istiod', '1.31.x'],
    ]);
  });

  test('an Application says all that Istio needs', () => {
    new IstioArgoCd(chart, 'Istio', { mesh: mesh(), chartVersion: '1.31.1', project: 'infra', destinationServer: 'https://east', argoCdNamespace: 'cd' });
    expect(manifests('Application')[1]).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'istiod', namespace: 'cd', annotations: { 'argocd.argoproj.io/sync-wave': '1' } },
      spec: {
        project: 'infra',
        source: {
          repoURL: IstioChartRepository.OFFICIAL,
          chart: 'istiod',
          targetRevision: '1.31.1',
          helm: {
            releaseName: 'istiod',
            valuesObject: { global: { istioNamespace: 'istio-system' }, meshConfig: { trustDomain: 'cluster.local', rootNamespace: 'istio-system' } },
          },
        },
        destination: { server: 'https://east', namespace: 'istio-system' },
        syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true', 'ServerSideApply=true', 'RespectIgnoreDifferences=true'] },
        ignoreDifferences: [
          {
            group: 'admissionregistration.k8s.io',
            kind: 'ValidatingWebhookConfiguration',
            jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]?.failurePolicy'],
          },
          { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
        ],
      },
    });
  });

  test('gateways come last, with values of their own', () => {
    const argo = new IstioArgoCd(chart, 'Istio', {
      mesh: mesh({ dataPlane: DataPlane.AMBIENT }),
      automated: false,
      repoUrl: 'https://charts.example.com',
      gateways: [{ name: 'edge', namespace: 'edge', values: { replicaCount: 2 } }, { name: 'east', namespace: 'edge' }],
    });
    expect(argo.applications.map(({ name }) => name)).toEqual(['istio-base', 'istiod', 'istio-cni', 'ztunnel', 'edge', 'east']);
    const [edge] = manifests('Application').filter(({ metadata }) => metadata.name === 'edge');
    expect(edge.metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '3' });
    expect(edge.spec.source.helm.valuesObject).toEqual({ replicaCount: 2 });
    expect(edge.spec.source.repoURL).toBe('https://charts.example.com');
    expect(edge.spec.syncPolicy.automated).toBeUndefined();
  });

  test('values of a gateway are put over those of all gateways', () => {
    new IstioArgoCd(chart, 'Istio', {
      mesh: mesh(),
      values: { gateway: { service: { type: 'LoadBalancer', externalTrafficPolicy: 'Local' } } },
      gateways: [{ name: 'edge', namespace: 'edge', values: { service: { type: 'ClusterIP' } } }, { name: 'east', namespace: 'edge' }],
    });
    expect(manifests('Application').slice(-2).map(({ spec }) => spec.source.helm.valuesObject)).toEqual([
      { service: { type: 'ClusterIP', externalTrafficPolicy: 'Local' } },
      { service: { type: 'LoadBalancer', externalTrafficPolicy: 'Local' } },
    ]);
  });

  test('the Applications of a cluster have its name, and the releases do not', () => {
    const west = new MeshCluster(chart, 'West', { clusterName: 'west', controlPlane: ControlPlane.revision('1-31') });
    new IstioArgoCd(chart, 'Istio', { mesh: west, gateways: [{ name: 'edge', namespace: 'edge' }] });
    expect(manifests('Application').map(({ metadata, spec }) => [metadata.name, spec.source.helm.releaseName])).toEqual([
      ['west-istio-base', 'istio-base'], ['west-istiod-1-31', 'istiod-1-31'], ['west-edge', 'edge'],
    ]);
  });

  test('two releases have two names, and ambient has cni', () => {
    const ambient = mesh({ dataPlane: DataPlane.AMBIENT });
    expect(() => new IstioArgoCd(chart, 'A', { mesh: ambient, gateways: [{ name: 'istiod', namespace: 'a' }] }))
      .toThrow("names of releases must differ from each other, got 'istiod' twice");
    expect(() => new IstioArgoCd(chart, 'B', { mesh: ambient, cni: false })).toThrow('an ambient mesh needs the chart cni, got cni: false: leave it out');
  });
});

describe('by Flux', () => {
  test('releases wait for those before', () => {
    new IstioFlux(chart, 'Istio', { mesh: mesh({ dataPlane: DataPlane.AMBIENT }), gateways: [{ name: 'edge', namespace: 'edge' }] });
    expect(manifests('HelmRepository')[0].spec).toEqual({ url: IstioChartRepository.OFFICIAL, interval: '10m' });
    expect(manifests('HelmRelease').map(({ metadata, spec }) => [metadata.name, spec.chart.spec.chart, spec.dependsOn?.map(({ name }: { name: string }) => name)])).toEqual([
      ['istio-base', 'base', undefined],
      ['istiod', 'istiod', ['istio-base']],
      ['istio-cni', 'cni', ['istiod']],
      ['ztunnel', 'ztunnel', ['istiod']],
      ['edge', 'gateway', ['istio-cni', 'ztunnel']],
    ]);
  });

  test('a HelmRelease says all that Istio needs', () => {
    new IstioFlux(chart, 'Istio', { mesh: mesh(), fluxNamespace: 'flux' });
    expect(manifests('HelmRelease')[0]).toEqual({
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: 'istio-base', namespace: 'flux' },
      spec: {
        interval: '10m',
        releaseName: 'istio-base',
        targetNamespace: 'istio-system',
        chart: { spec: { chart: 'base', version: '1.31.x', sourceRef: { kind: 'HelmRepository', name: 'istio', namespace: 'flux' } } },
        install: { createNamespace: true, crds: 'CreateReplace', remediation: { retries: 3 } },
        upgrade: { crds: 'CreateReplace', remediation: { retries: 3 } },
        driftDetection: {
          mode: 'enabled',
          ignore: [
            { paths: ['/webhooks'], target: { kind: 'ValidatingWebhookConfiguration' } },
            { paths: ['/webhooks'], target: { kind: 'MutatingWebhookConfiguration' } },
          ],
        },
        values: { global: { istioNamespace: 'istio-system' } },
      },
    });
  });

  test('what others change is undone in all charts', () => {
    new IstioFlux(chart, 'Istio', { mesh: mesh({ dataPlane: DataPlane.AMBIENT }) });
    expect(manifests('HelmRelease').map(({ spec }) => [spec.driftDetection.mode, spec.driftDetection.ignore.length])).toEqual([
      ['enabled', 2], ['enabled', 2], ['enabled', 0], ['enabled', 0],
    ]);
  });

  test('charts may be images, each of which is a source', () => {
    new IstioFlux(chart, 'Istio', { mesh: mesh(), repoUrl: 'oci://registry.example.com/charts/', gateways: [{ name: 'a', namespace: 'a' }, { name: 'b', namespace: 'b' }] });
    expect(manifests('OCIRepository').map(({ spec }) => [spec.url, spec.ref])).toEqual([
      ['oci://registry.example.com/charts/base', { semver: '1.31.x' }],
      ['oci://registry.example.com/charts/istiod', { semver: '1.31.x' }],
      ['oci://registry.example.com/charts/gateway', { semver: '1.31.x' }],
    ]);
    expect(manifests('HelmRelease')[1].spec.chartRef).toEqual({ kind: 'OCIRepository', name: 'istio-istiod', namespace: 'flux-system' });
  });
});
