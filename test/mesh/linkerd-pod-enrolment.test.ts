import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu, Deployment, DeploymentProps } from 'cdk8s-plus-28';
import { LinkerdAccessLog, LinkerdAccessPolicy, LinkerdMesh, LinkerdPortRange, LinkerdProxyOptions, MeshNamespace, ProxyOptions } from '../../src';

let chart: Chart;
let mesh: LinkerdMesh;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
  mesh = new LinkerdMesh(chart, 'Mesh');
});

const shop = (proxy?: ProxyOptions, annotations?: { [key: string]: string }) => new MeshNamespace(chart, 'Shop', { mesh, name: 'shop', proxy, annotations });
const web = (props: Partial<DeploymentProps> = {}) =>
  new Deployment(chart, 'Web', { metadata: { name: 'web', namespace: 'shop' }, containers: [{ image: 'web', portNumber: 8080 }], ...props });
const annotationsOf = (kind: string) => {
  const object = Testing.synth(chart).find(each => each.kind === kind);
  return (object.spec?.template ?? object).metadata.annotations;
};

const EVERYTHING: ProxyOptions = {
  cpu: { request: Cpu.millis(50), limit: Cpu.units(1) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
  holdApplicationUntilProxyStarts: false,
  nativeSidecar: true,
  excludedInboundPorts: [9090],
  excludedOutboundPorts: [5432, 6379],
  linkerd: {
    skipInboundPorts: [LinkerdPortRange.range(8000, 8010)],
    skipOutboundPorts: [LinkerdPortRange.port(25)],
    skipSubnets: ['10.1.0.0/16', '192.0.2.1'],
    opaquePorts: [LinkerdPortRange.port(3306)],
    defaultInboundPolicy: LinkerdAccessPolicy.ALL_AUTHENTICATED,
    requireIdentityInboundPorts: [LinkerdPortRange.port(8080)],
    podInboundPorts: [LinkerdPortRange.port(8080), LinkerdPortRange.range(9000, 9000)],
    accessLog: LinkerdAccessLog.JSON,
    logLevel: 'warn,linkerd=debug',
    shutdownGracePeriod: Duration.minutes(2),
  },
};
const WRITTEN = {
  'config.linkerd.io/proxy-cpu-request': '50m',
  'config.linkerd.io/proxy-cpu-limit': '1',
  'config.linkerd.io/proxy-memory-request': '64Mi',
  'config.linkerd.io/proxy-memory-limit': '256Mi',
  'config.linkerd.io/proxy-await': 'disabled',
  'config.linkerd.io/proxy-enable-native-sidecar': 'true',
  'config.linkerd.io/skip-inbound-ports': '9090,8000-8010',
  'config.linkerd.io/skip-outbound-ports': '5432,6379,25',
  'config.linkerd.io/skip-subnets': '10.1.0.0/16,192.0.2.1',
  'config.linkerd.io/opaque-ports': '3306',
  'config.linkerd.io/default-inbound-policy': 'all-authenticated',
  'config.linkerd.io/proxy-require-identity-inbound-ports': '8080',
  'config.linkerd.io/pod-inbound-ports': '8080,9000-9000',
  'config.linkerd.io/access-log': 'json',
  'config.linkerd.io/proxy-log-level': 'warn,linkerd=debug',
  'config.linkerd.io/shutdown-grace-period': '120s',
};

describe('a pod', () => {
  test('joins by its annotation', () => {
    shop().enrol(web());
    expect(annotationsOf('Deployment')).toEqual({ 'linkerd.io/inject': 'enabled' });
  });

  test('says how its proxy runs', () => {
    shop().enrol(web(), EVERYTHING);
    expect(annotationsOf('Deployment')).toEqual({ 'linkerd.io/inject': 'enabled', ...WRITTEN });
  });

  test('is that of a controller which sends to pods by itself', () => {
    shop().enrol(web(), { linkerd: { ingressMode: true } });
    expect(annotationsOf('Deployment')).toEqual({ 'linkerd.io/inject': 'ingress' });
  });

  test('waits for its proxy', () => {
    shop().enrol(web(), { holdApplicationUntilProxyStarts: true });
    expect(annotationsOf('Deployment')).toEqual({ 'linkerd.io/inject': 'enabled', 'config.linkerd.io/proxy-await': 'enabled' });
  });

  test('is left out', () => {
    shop().leaveOut(web());
    expect(annotationsOf('Deployment')).toEqual({ 'linkerd.io/inject': 'disabled' });
  });

  test('that has the annotation already', () => {
    const workload = web({ podMetadata: { annotations: { 'linkerd.io/inject': 'disabled' } } });
    expect(() => shop().enrol(workload)).toThrow("pods of workload 'web' have 'linkerd.io/inject: disabled' already: remove it, the namespace says how they are enrolled");
  });

  test('in a namespace that no injector sees', () => {
    const namespace = MeshNamespace.fromNamespaceName(chart, 'Shop', 'shop', { mesh, labels: { 'config.linkerd.io/admission-webhooks': 'disabled' } });
    expect(() => namespace.enrol(web())).toThrow(
      "workload 'web' cannot join: namespace 'shop' has config.linkerd.io/admission-webhooks: disabled, by which no injector sees its pods; remove that label");
  });

  test('that listens on a port of the proxy', () => {
    const workload = web({ containers: [{ image: 'web', portNumber: 4143 }] });
    expect(() => shop().enrol(workload)).toThrow("container 'main' of workload 'web' listens on 4143, which is a port of the proxy: choose another port");
  });

  test('on the network of its node', () => {
    const workload = web({ hostNetwork: true });
    expect(() => shop().enrol(workload)).toThrow("workload 'web' has hostNetwork, whose traffic is that of its node");
  });

  test.each<[string, ProxyOptions]>([['istio', { istio: {} }], ['ambient', { ambient: {} }]])('with options of %s', (other, options) => {
    expect(() => shop().enrol(web(), options)).toThrow(`options of ${other} need an Istio mesh, got them for workload 'web' in a Linkerd mesh: leave them out`);
  });

  test.each<[string, LinkerdProxyOptions, string]>([
    ['a subnet that is none', { skipSubnets: ['10.0.0.0/40'] }, "skipSubnets of workload 'web' must be an IP address or a CIDR block such as 10.0.0.0/8, got '10.0.0.0/40'"],
    ['a port twice', { skipInboundPorts: [LinkerdPortRange.port(9090)] }, "inbound ports of workload 'web' must differ from each other, got '9090' twice: leave one out"],
    ['no level', { logLevel: 'warn, linkerd=debug' }, "logLevel of the proxy of workload 'web' must be levels with commas, such as warn,linkerd=debug, got 'warn, linkerd=debug'"],
    ['a fraction of a second', { shutdownGracePeriod: Duration.millis(1500) }, "shutdownGracePeriod of workload 'web' must be in whole seconds, at least 1, got 1s500ms"],
  ])('with %s', (_, linkerd, message) => {
    expect(() => shop().enrol(web(), { excludedInboundPorts: [9090], linkerd })).toThrow(message);
  });

  test('with more memory than its limit', () => {
    expect(() => shop().enrol(web(), { memory: { request: Size.mebibytes(2), limit: Size.mebibytes(1) } })).toThrow('must not request more memory than its limit, got 2Mi and 1Mi');
  });
});

describe('a namespace', () => {
  test('says how the proxies of its pods run', () => {
    shop(EVERYTHING, { team: 'shop' });
    expect(annotationsOf('Namespace')).toEqual({ 'team': 'shop', 'linkerd.io/inject': 'enabled', ...WRITTEN });
  });

  test('does not say what is for one controller', () => {
    expect(() => shop({ linkerd: { ingressMode: true } })).toThrow("ingressMode is for the pods of one controller, got it for all of namespace 'shop': enrol the workload with it");
  });

  test('does not say it twice', () => {
    expect(() => shop({ nativeSidecar: true }, { 'config.linkerd.io/proxy-enable-native-sidecar': 'false' })).toThrow(
      "annotations of namespace 'shop' must leave 'config.linkerd.io/proxy-enable-native-sidecar' alone: proxy says it");
  });

  test('does not say what another mesh reads', () => {
    expect(() => shop({ ambient: {} })).toThrow("options of ambient need an Istio mesh, got them for namespace 'shop' in a Linkerd mesh: leave them out");
  });
});

describe('a range of ports', () => {
  test('is of ports', () => {
    expect(() => LinkerdPortRange.port(0)).toThrow('port must be between 1 and 65535, got 0');
    expect(() => LinkerdPortRange.range(0, 1)).toThrow('first port of a range must be between 1 and 65535, got 0');
    expect(() => LinkerdPortRange.range(1, 65536)).toThrow('last port of a range must be between 1 and 65535, got 65536');
  });

  test('ends after it begins', () => {
    expect(() => LinkerdPortRange.range(2, 1)).toThrow('a range of ports must end where it begins or later, got 2 to 1');
  });
});
