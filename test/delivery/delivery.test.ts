import { Chart, Duration, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { ArgoCdApplication, ArgoCdApplicationProps, ArgoCdChartSource, ArgoCdSource, FluxCrds, FluxHelmRelease, FluxHelmRepository, FluxOciRepository } from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(Testing.app(), 'c', { namespace: 'cd' });
});
const web = (more: Partial<ArgoCdChartSource> = {}) =>
  ArgoCdSource.chart({ repoUrl: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0', ...more });
const application = (props: Partial<ArgoCdApplicationProps>) => {
  new ArgoCdApplication(chart, 'App', { source: web(), destinationNamespace: 'web', ...props });
  return Testing.synth(chart)[0];
};

test('an Application has every field', () => {
  expect(application({
    metadata: { name: 'web', annotations: { a: 'b' } },
    source: web({ releaseName: 'r', valuesObject: { a: {} }, skipCrds: true }),
    destinationName: 'east',
    project: 'p',
    syncWave: -1,
    syncPolicy: { automated: true, prune: false, selfHeal: true, syncOptions: ['Replace=true'], retry: { limit: 3, backoffFactor: 4, backoffMaxDuration: Duration.minutes(1) } },
    ignoreDifferences: [{ kind: 'Secret', name: 'n', namespace: 'm', jsonPointers: ['/data'], jqPathExpressions: ['.x'], managedFieldsManagers: ['y'] }],
    revisionHistoryLimit: 2,
  })).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'web', namespace: 'cd', annotations: { 'a': 'b', 'argocd.argoproj.io/sync-wave': '-1' } },
    spec: {
      project: 'p',
      source: { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0', helm: { releaseName: 'r', valuesObject: { a: {} }, skipCrds: true } },
      destination: { name: 'east', namespace: 'web' },
      syncPolicy: {
        automated: { prune: false, selfHeal: true },
        syncOptions: ['Replace=true'],
        retry: { limit: 3, backoff: { duration: '5s', factor: 4, maxDuration: '1m' } },
      },
      ignoreDifferences: [{ group: '', kind: 'Secret', name: 'n', namespace: 'm', jsonPointers: ['/data'], jqPathExpressions: ['.x'], managedFieldsManagers: ['y'] }],
      revisionHistoryLimit: 2,
    },
  });
});

test.each<[Partial<ArgoCdApplicationProps>, string]>([
  [{ destinationServer: 'https://a', destinationName: 'b' }, "an Application takes either destinationServer or destinationName, got 'https://a' and 'b'"],
  [{ syncPolicy: { prune: true } }, 'prune and selfHeal of an Application need automated: true'],
  [{ metadata: { name: 'Web' } }, 'name of the Application must be'],
  [{ ignoreDifferences: [{ kind: 'Secret' }] }, 'an ignored difference of Secret must name fields, got none'],
])('an Application refuses %j', (props, message) => {
  expect(() => application(props)).toThrow(message);
});

test('a chart is in a repository that Argo CD reads as one of charts', () => {
  expect(() => web({ repoUrl: 'oci://registry.example.com/charts' })).toThrow(
    "repoUrl of chart 'web' must be without oci:// for Argo CD, got 'oci://registry.example.com/charts': pass 'registry.example.com/charts'");
});

test('an Application has a folder of Git', () => {
  const source = ArgoCdSource.directory({ repoUrl: 'https://git.example.com/shop.git', path: 'dist/west', targetRevision: 'main', recurse: true });
  expect(application({ source }).spec.source).toEqual(
    { repoURL: 'https://git.example.com/shop.git', path: 'dist/west', targetRevision: 'main', directory: { recurse: true } });
});

test('of a folder, the least that is said is all that is written', () => {
  expect(application({ source: ArgoCdSource.directory({ repoUrl: 'git@git.example.com:shop', path: '.' }) }).spec.source)
    .toEqual({ repoURL: 'git@git.example.com:shop', path: '.' });
});

test.each(['', '/dist', '../dist', 'dist/../..'])('a folder is in its repository, not %j', path => {
  expect(() => ArgoCdSource.directory({ repoUrl: 'https://git.example.com/shop.git', path })).toThrow(
    `path of an Application must be a folder of the repository, without a slash before it, got '${path}': pass one such as 'dist', or '.'`);
});

test('sources of charts have every field', () => {
  const secret = Secret.fromSecretName(chart, 'S', 'login');
  const options = { interval: Duration.hours(1), timeout: Duration.seconds(20), secret, suspend: true };
  new FluxHelmRepository(chart, 'A', { ...options, url: 'oci://charts.example.com', metadata: { name: 'a' } });
  new FluxOciRepository(chart, 'B', { ...options, url: 'oci://charts.example.com/web', semver: '1.x', metadata: { name: 'b' } });
  const common = { interval: '1h', timeout: '20s', secretRef: { name: 'login' }, suspend: true };
  expect(Testing.synth(chart).map(({ apiVersion, kind, spec }) => ({ apiVersion, kind, spec }))).toEqual([
    { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', spec: { ...common, url: 'oci://charts.example.com', type: 'oci' } },
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      spec: {
        ...common,
        url: 'oci://charts.example.com/web',
        ref: { semver: '1.x' },
        layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      },
    },
  ]);
  expect(() => new FluxOciRepository(chart, 'C', { url: 'https://a', semver: '1.x' })).toThrow("address of charts must start with oci://, got 'https://a'");
  expect(() => new FluxHelmRepository(chart, 'D', { url: 'a' })).toThrow("address of charts must start with http://, https:// or oci://, got 'a'");
});

test('objects of Flux refuse names that are none, and times that it does not read', () => {
  expect(() => new FluxHelmRepository(chart, 'A', { url: 'https://a', timeout: Duration.minutes(90) })).toThrow('timeout of a HelmRepository must be less than 1h, got 1h30m');
  expect(() => new FluxHelmRepository(chart, 'B', { url: 'https://a', metadata: { name: 'A' } })).toThrow('name of the HelmRepository must be');
  expect(() => new FluxHelmRelease(chart, 'C', { source: { kind: 'OCIRepository', name: 'o' }, metadata: { name: 'A' } })).toThrow('name of the HelmRelease must be');
});

test('a pause of retries is as Argo CD has it, where nothing is said', () => {
  const { retry } = application({ syncPolicy: { automated: true, retry: { limit: -1 } } }).spec.syncPolicy;
  expect(retry).toEqual({ limit: -1, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } });
});

test('a HelmRelease has every field', () => {
  const source = { kind: 'HelmRepository', name: 'charts' };
  const before = new FluxHelmRelease(chart, 'A', { metadata: { name: 'a' }, source, chart: 'a' });
  new FluxHelmRelease(chart, 'B', {
    metadata: { name: 'b' },
    source,
    chart: 'b',
    version: '1.x',
    interval: Duration.minutes(1),
    timeout: Duration.minutes(2),
    releaseName: 'r',
    targetNamespace: 't',
    createNamespace: true,
    dependsOn: [before],
    values: { a: 1 },
    crds: FluxCrds.SKIP,
    retries: -1,
    ignoredDrift: [{ paths: ['/x'], name: 'n' }, { paths: ['/y'] }],
    suspend: true,
  });
  expect(Testing.synth(chart)[1].spec).toEqual({
    interval: '1m',
    timeout: '2m',
    releaseName: 'r',
    targetNamespace: 't',
    chart: { spec: { chart: 'b', version: '1.x', sourceRef: { kind: 'HelmRepository', name: 'charts' } } },
    dependsOn: [{ name: 'a', namespace: 'cd' }],
    install: { createNamespace: true, crds: 'Skip', remediation: { retries: -1 } },
    upgrade: { crds: 'Skip', remediation: { retries: -1 } },
    driftDetection: { mode: 'enabled', ignore: [{ paths: ['/x'], target: { name: 'n' } }, { paths: ['/y'] }] },
    suspend: true,
    values: { a: 1 },
  });
  expect(() => new FluxHelmRelease(chart, 'C', { source })).toThrow("HelmRepository 'charts' has many charts: pass chart");
  expect(() => new FluxHelmRelease(chart, 'D', { source: { kind: 'OCIRepository', name: 'o' }, chart: 'c' })).toThrow("OCIRepository 'o' is a chart of some version already");
});
