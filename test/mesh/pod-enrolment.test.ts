import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { ConfigMap, Cpu, Deployment, DeploymentProps, Secret } from 'cdk8s-plus-28';
import {
  ControlPlane, DataPlane, EnvoyLogLevel, IMeshNamespace, InboundInterceptionMode, IstioLogLevel, IstioMesh, IstioMeshProps, IstioProxyOptions,
  IstioVersion, Mesh, MeshNamespace, ProxyImageType, ProxyOptions, ProxyVolume, WorkloadProbe,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

function shopOf(mesh: Mesh, enrolled = true): MeshNamespace {
  return new MeshNamespace(chart, 'Shop', { mesh, name: 'shop', enrolled });
}

const sidecars = (props: IstioMeshProps = {}, enrolled = true) => shopOf(new IstioMesh(chart, 'Mesh', props), enrolled);
const ambient = (props: IstioMeshProps = {}, enrolled = true) => sidecars({ dataPlane: DataPlane.AMBIENT, ...props }, enrolled);
const imported = (labels: { [key: string]: string }, props: IstioMeshProps = {}) =>
  MeshNamespace.fromNamespaceName(chart, 'Shop', 'shop', { mesh: new IstioMesh(chart, 'Mesh', props), labels });

function web(props: Partial<DeploymentProps> = {}): Deployment {
  return new Deployment(chart, 'Web', { metadata: { name: 'web', namespace: 'shop' }, select: false, containers: [{ image: 'web', portNumber: 8080 }], ...props });
}

/** The labels and annotations of the pods; none is left out. */
function pods(): { labels?: object; annotations?: object } {
  const { metadata } = Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.template;
  const labels = Object.fromEntries(Object.entries(metadata.labels ?? {}).filter(([key]) => key !== 'cdk8s.io/metadata.addr'));
  return { ...Object.keys(labels).length > 0 && { labels }, ...metadata.annotations && { annotations: metadata.annotations } };
}

function annotationsOf(options: ProxyOptions, props: IstioMeshProps = {}): object | undefined {
  sidecars(props).enrol(web(), options);
  return pods().annotations;
}
const istioAnnotationsOf = (istio: IstioProxyOptions, props: IstioMeshProps = {}) => annotationsOf({ istio }, props);

describe('by which label pods join', () => {
  test('by that of their namespace: they need none', () => {
    sidecars().enrol(web());
    expect(pods()).toEqual({});
  });

  test('by their own, where the namespace is not enrolled', () => {
    sidecars({}, false).enrol(web());
    expect(pods()).toEqual({ labels: { 'sidecar.istio.io/inject': 'true' } });
  });

  test('by the revision of the mesh, where the namespace is not enrolled', () => {
    sidecars({ controlPlane: ControlPlane.revision('1-31') }, false).enrol(web());
    expect(pods()).toEqual({ labels: { 'istio.io/rev': '1-31' } });
  });

  test('by a revision of their own, where the namespace is not enrolled', () => {
    sidecars({}, false).enrol(web(), { istio: { revision: 'canary' } });
    expect(pods()).toEqual({ labels: { 'istio.io/rev': 'canary' } });
  });

  test('by that of a namespace that others made', () => {
    imported({ 'istio-injection': 'enabled' }).enrol(web());
    expect(pods()).toEqual({});
  });

  test('by their own in a namespace that others made without any', () => {
    imported({}).enrol(web());
    expect(pods()).toEqual({ labels: { 'sidecar.istio.io/inject': 'true' } });
  });

  test('a revision of their own that the namespace has already', () => {
    imported({ 'istio.io/rev': 'canary' }).enrol(web(), { istio: { revision: 'canary' } });
    expect(pods()).toEqual({});
  });

  test('ambient, by their namespace', () => {
    ambient().enrol(web());
    expect(pods()).toEqual({});
  });

  test('ambient, by their own label', () => {
    ambient({}, false).enrol(web());
    expect(pods()).toEqual({ labels: { 'istio.io/dataplane-mode': 'ambient' } });
  });

  test('the labels are those of the pods, never of the Deployment', () => {
    sidecars({}, false).enrol(web(), { excludedInboundPorts: [9090] });
    const { metadata } = Testing.synth(chart).find(({ kind }) => kind === 'Deployment');
    expect(metadata).toEqual({ name: 'web', namespace: 'shop' });
  });

  test('the namespace comes back', () => {
    const shop: IMeshNamespace = sidecars();
    expect(shop.enrol(web())).toBe(shop);
  });
});

describe('who is left out', () => {
  test('of sidecars', () => {
    const shop = sidecars();
    expect(shop.leaveOut(web())).toBe(shop);
    expect(pods()).toEqual({ labels: { 'sidecar.istio.io/inject': 'false' } });
  });

  test('of an ambient mesh', () => {
    ambient().leaveOut(web());
    expect(pods()).toEqual({ labels: { 'istio.io/dataplane-mode': 'none' } });
  });

  test('of a namespace that others made', () => {
    imported({ 'istio-injection': 'enabled' }).leaveOut(web());
    expect(pods()).toEqual({ labels: { 'sidecar.istio.io/inject': 'false' } });
  });

  test('a pod on the network of its node may be', () => {
    sidecars().leaveOut(web({ hostNetwork: true }));
    expect(pods()).toEqual({ labels: { 'sidecar.istio.io/inject': 'false' } });
  });
});

describe('what contradicts', () => {
  const refuses = (message: string, namespace: IMeshNamespace, options: ProxyOptions = {}, props: Partial<DeploymentProps> = {}) =>
    expect(() => namespace.enrol(web(props), options)).toThrow(message);

  test('another namespace', () => {
    refuses("workload 'web' is in namespace 'blog', got namespace 'shop': set metadata.namespace of the workload", sidecars(), {}, { metadata: { name: 'web', namespace: 'blog' } });
  });

  test('no namespace', () => {
    refuses("workload 'web' is in namespace 'default', got namespace 'shop'", sidecars(), {}, { metadata: { name: 'web' } });
  });

  test('a namespace that injectors leave out', () => {
    const system = MeshNamespace.fromNamespaceName(chart, 'System', 'kube-system', { mesh: new IstioMesh(chart, 'Mesh') });
    refuses("workload 'web' is in namespace 'kube-system', which injectors leave out: use another namespace", system, {}, { metadata: { name: 'web', namespace: 'kube-system' } });
  });

  test('the network of the node', () => {
    refuses("workload 'web' has hostNetwork, whose traffic is that of its node, so that no mesh captures it: remove hostNetwork, or use leaveOut",
      sidecars(), {}, { hostNetwork: true });
  });

  test('twice', () => {
    const shop = sidecars();
    const workload = web();
    shop.enrol(workload);
    expect(() => shop.enrol(workload)).toThrow("workload 'web' is enrolled already, got it enrolled again: say it once, with all options");
    expect(() => shop.leaveOut(workload)).toThrow("workload 'web' is enrolled already, got it left out again: say it once, with all options");
  });

  test('out, and then in', () => {
    const shop = sidecars();
    const workload = web();
    shop.leaveOut(workload);
    expect(() => shop.enrol(workload)).toThrow("workload 'web' is left out already, got it enrolled again: say it once, with all options");
  });

  test('a label on the Deployment', () => {
    refuses("workload 'web' has the label 'sidecar.istio.io/inject' on its Deployment, where nothing reads it: remove it, the namespace labels the pods",
      sidecars(), {}, { metadata: { name: 'web', namespace: 'shop', labels: { 'sidecar.istio.io/inject': 'true' } } });
  });

  test.each([['sidecar.istio.io/inject', 'false'], ['istio-injection', 'enabled'], ['istio.io/rev', 'x'], ['istio.io/dataplane-mode', 'none']])(
    'the label %s on the pods', (key, value) => {
      refuses(`pods of workload 'web' have '${key}: ${value}' already: remove it, the namespace says how they are enrolled`,
        sidecars(), {}, { podMetadata: { labels: { [key]: value } } });
    });

  test('a label on pods that are left out', () => {
    const workload = web({ podMetadata: { labels: { 'istio.io/rev': 'x' } } });
    expect(() => sidecars().leaveOut(workload)).toThrow("pods of workload 'web' have 'istio.io/rev: x' already: remove it, the namespace says how they are left out");
  });

  test('an annotation that an option says', () => {
    refuses("pods of workload 'web' have 'traffic.sidecar.istio.io/excludeInboundPorts: 1' already", sidecars(), { excludedInboundPorts: [9090] },
      { podMetadata: { annotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': '1' } } });
  });

  test('a namespace that lets none in', () => {
    refuses("workload 'web' cannot join: namespace 'shop' has istio-injection: disabled, which no label of a pod undoes; remove that label",
      imported({ 'istio-injection': 'disabled' }));
  });

  test('a namespace on another revision', () => {
    refuses("workload 'web' wants revision 'b', but namespace 'shop' is enrolled with 'a', which beats the label of a pod: leave it out, or pass enrolled: false to the MeshNamespace",
      imported({ 'istio.io/rev': 'a' }), { istio: { revision: 'b' } });
  });

  test('a namespace on the default tag', () => {
    refuses("workload 'web' wants revision 'b', but namespace 'shop' is enrolled with 'default'", sidecars(), { istio: { revision: 'b' } });
  });

  test('an ambient namespace in a mesh with sidecars', () => {
    refuses("workload 'web' cannot get a sidecar: namespace 'shop' has istio.io/dataplane-mode: ambient; declare an ambient mesh for it, or use a namespace of its own",
      imported({ 'istio.io/dataplane-mode': 'ambient' }));
  });

  test.each(['istio-injection', 'istio.io/rev'])('a namespace with %s in an ambient mesh', key => {
    refuses(`workload 'web' cannot be ambient: namespace 'shop' has '${key}: enabled', which injects sidecars; remove that label`,
      imported({ [key]: 'enabled' }, { dataPlane: DataPlane.AMBIENT }));
  });

  test('a namespace without injection is no hindrance in an ambient mesh', () => {
    imported({ 'istio-injection': 'disabled' }, { dataPlane: DataPlane.AMBIENT }).enrol(web());
    expect(pods()).toEqual({ labels: { 'istio.io/dataplane-mode': 'ambient' } });
  });

  test('the user of the proxy', () => {
    refuses("container 'main' of workload 'web' runs as user 1337, whose traffic the proxy does not capture: choose another user",
      sidecars(), {}, { containers: [{ image: 'web', securityContext: { user: 1337 } }] });
  });

  test('a port of the proxy', () => {
    refuses("container 'main' of workload 'web' listens on 15001, which is a port of the proxy: choose another port",
      sidecars(), {}, { containers: [{ image: 'web', portNumber: 15001 }] });
  });

  test('options of another mesh', () => {
    refuses("options of Linkerd need a Linkerd mesh, got them for workload 'web' in an Istio mesh: leave them out", sidecars(), { linkerd: {} });
  });

  test('options of ambient pods', () => {
    refuses("options of ambient pods need an ambient mesh, got them for workload 'web' in a mesh with sidecars: leave them out", sidecars(), { ambient: {} });
  });

  test('a revision that is none', () => {
    refuses("revision of workload 'web' must be a DNS label", sidecars({}, false), { istio: { revision: '1.31' } });
  });
});

describe('what a sidecar is told', () => {
  test('its CPU', () => {
    expect(annotationsOf({ cpu: { request: Cpu.millis(50), limit: Cpu.units(1) } })).toEqual({ 'sidecar.istio.io/proxyCPU': '50m', 'sidecar.istio.io/proxyCPULimit': '1' });
  });

  test('its memory', () => {
    expect(annotationsOf({ memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) } }))
      .toEqual({ 'sidecar.istio.io/proxyMemory': '64Mi', 'sidecar.istio.io/proxyMemoryLimit': '1Gi' });
  });

  test('that the application waits for it', () => {
    expect(annotationsOf({ holdApplicationUntilProxyStarts: true })).toEqual({ 'proxy.istio.io/config': '{"holdApplicationUntilProxyStarts":true}' });
  });

  test.each([true, false])('whether it is a native sidecar: %p', nativeSidecar => {
    expect(annotationsOf({ nativeSidecar })).toEqual({ 'sidecar.istio.io/nativeSidecar': `${nativeSidecar}` });
  });

  test('which ports do not pass it', () => {
    expect(annotationsOf({ excludedInboundPorts: [9090, 9091], excludedOutboundPorts: [5432] }))
      .toEqual({ 'traffic.sidecar.istio.io/excludeInboundPorts': '9090,9091', 'traffic.sidecar.istio.io/excludeOutboundPorts': '5432' });
  });

  test.each<[string, IstioProxyOptions, object]>([
    ['which inbound ports pass it', { includedInboundPorts: [8080, 8081] }, { 'traffic.sidecar.istio.io/includeInboundPorts': '8080,8081' }],
    ['that no inbound port passes it', { includedInboundPorts: [] }, { 'traffic.sidecar.istio.io/includeInboundPorts': '' }],
    ['which outbound ports pass it', { includedOutboundPorts: [443] }, { 'traffic.sidecar.istio.io/includeOutboundPorts': '443' }],
    ['which ranges pass it', { includedOutboundIpRanges: ['10.0.0.0/8', 'fd00::/8'] }, { 'traffic.sidecar.istio.io/includeOutboundIPRanges': '10.0.0.0/8,fd00::/8' }],
    ['that no range passes it', { includedOutboundIpRanges: [] }, { 'traffic.sidecar.istio.io/includeOutboundIPRanges': '' }],
    ['which ranges do not pass it', { excludedOutboundIpRanges: ['10.1.0.0/16'] }, { 'traffic.sidecar.istio.io/excludeOutboundIPRanges': '10.1.0.0/16' }],
    ['which interfaces do not pass it', { excludedInterfaces: ['net1', 'eth0.1'] }, { 'traffic.sidecar.istio.io/excludeInterfaces': 'net1,eth0.1' }],
    ['which interfaces are rerouted', { reroutedInterfaces: ['vnet0'] }, { 'istio.io/reroute-virtual-interfaces': 'vnet0' }],
    ['how connections reach it', { interceptionMode: InboundInterceptionMode.TPROXY }, { 'sidecar.istio.io/interceptionMode': 'TPROXY' }],
    ['that none does', { interceptionMode: InboundInterceptionMode.NONE }, { 'sidecar.istio.io/interceptionMode': 'NONE' }],
    ['that probes are not rewritten', { rewriteAppHttpProbers: false }, { 'sidecar.istio.io/rewriteAppHTTPProbers': 'false' }],
    ['how its readiness is asked', { readiness: { initialDelay: Duration.seconds(0), period: Duration.minutes(1), failureThreshold: 10 } }, {
      'readiness.status.sidecar.istio.io/initialDelaySeconds': '0',
      'readiness.status.sidecar.istio.io/periodSeconds': '60',
      'readiness.status.sidecar.istio.io/failureThreshold': '10',
    }],
    ['what Envoy logs', { logLevel: EnvoyLogLevel.INFO, componentLogLevels: { rbac: EnvoyLogLevel.DEBUG, http2: EnvoyLogLevel.OFF } },
      { 'sidecar.istio.io/logLevel': 'info', 'sidecar.istio.io/componentLogLevel': 'rbac:debug,http2:off' }],
    ['what its agent logs', { agentLogLevels: { default: IstioLogLevel.WARN, dns: IstioLogLevel.DEBUG } }, { 'sidecar.istio.io/agentLogLevel': 'default:warn,dns:debug' }],
    ['that metrics stay apart', { mergeMetrics: false }, { 'prometheus.istio.io/merge-metrics': 'false' }],
    ['its image', { image: 'registry.example.com/proxyv2:1.31.0' }, { 'sidecar.istio.io/proxyImage': 'registry.example.com/proxyv2:1.31.0' }],
    ['the build of its image', { imageType: ProxyImageType.DISTROLESS }, { 'sidecar.istio.io/proxyImageType': 'distroless' }],
    ['its first configuration', { bootstrapOverride: 'envoy-bootstrap' }, { 'sidecar.istio.io/bootstrapOverride': 'envoy-bootstrap' }],
    ['its histograms', { statsHistogramBuckets: { istiocustom: [1, 5.5, 50] } }, { 'sidecar.istio.io/statsHistogramBuckets': '{"istiocustom":[1,5.5,50]}' }],
    ['when statistics go', { statsFlushInterval: Duration.seconds(10), statsEvictionInterval: Duration.minutes(10) },
      { 'sidecar.istio.io/statsFlushInterval': '10s', 'sidecar.istio.io/statsEvictionInterval': '10m' }],
    ['its configuration', { proxyConfig: { concurrency: 2, terminationDrainDuration: Duration.seconds(30), proxyMetadata: { A: 'b' } } },
      { 'proxy.istio.io/config': '{"concurrency":2,"proxyMetadata":{"A":"b"},"terminationDrainDuration":"30s"}' }],
  ])('%s', (_, istio, annotations) => {
    expect(istioAnnotationsOf(istio)).toEqual(annotations);
  });

  test('its files', () => {
    const volumes = [
      ProxyVolume.secret(Secret.fromSecretName(chart, 'Client', 'client-certificate'), '/etc/client'),
      ProxyVolume.configMap(ConfigMap.fromConfigMapName(chart, 'Authorities', 'authorities.v1'), '/etc/authorities'),
    ];
    expect(istioAnnotationsOf({ volumes })).toEqual({
      'sidecar.istio.io/userVolume':
        '{"proxy-client-certificate":{"secret":{"secretName":"client-certificate"}},"proxy-authorities-v1":{"configMap":{"name":"authorities.v1"}}}',
      'sidecar.istio.io/userVolumeMount':
        '{"proxy-client-certificate":{"mountPath":"/etc/client","readOnly":true},"proxy-authorities-v1":{"mountPath":"/etc/authorities","readOnly":true}}',
    });
  });

  test('that the application waits, with other settings', () => {
    expect(annotationsOf({ holdApplicationUntilProxyStarts: false, istio: { proxyConfig: { concurrency: 0 } } }))
      .toEqual({ 'proxy.istio.io/config': '{"concurrency":0,"holdApplicationUntilProxyStarts":false}' });
  });

  test('nothing that is not said', () => {
    expect(annotationsOf({ cpu: {}, memory: {}, istio: { readiness: {} } })).toBeUndefined();
  });
});

describe('what a sidecar cannot be told', () => {
  const secret = (mountPath: string) => ProxyVolume.secret(Secret.fromSecretName(chart, `Secret-${mountPath}`, 'client'), mountPath);

  test.each<[string, () => ProxyOptions, string]>([
    ['more CPU than its limit', () => ({ cpu: { request: Cpu.units(2), limit: Cpu.millis(1900) } }),
      "the proxy of workload 'web' must not request more CPU than its limit, got 2 and 1900m"],
    ['more memory than its limit', () => ({ memory: { request: Size.gibibytes(1), limit: Size.mebibytes(512) } }),
      "the proxy of workload 'web' must not request more memory than its limit, got 1Gi and 512Mi"],
    ['a port that is none', () => ({ excludedInboundPorts: [0] }), "excludedInboundPorts of workload 'web' must be between 1 and 65535, got 0"],
    ['a port twice', () => ({ excludedOutboundPorts: [80, 80] }), "excludedOutboundPorts of workload 'web' must differ from each other, got '80' twice"],
    ['ports in and out', () => ({ excludedOutboundPorts: [80], istio: { includedOutboundPorts: [443, 80] } }),
      "outbound ports of workload 'web' must be included or excluded, got 80 in both lists"],
    ['inbound ports in and out', () => ({ excludedInboundPorts: [9090], istio: { includedInboundPorts: [8080] } }),
      "workload 'web' must say either includedInboundPorts or excludedInboundPorts, got both: exclusion counts only where all other ports are included"],
    ['an address as a range', () => ({ istio: { excludedOutboundIpRanges: ['10.0.0.1'] } }),
      "excludedOutboundIpRanges of workload 'web' must be CIDR blocks, got '10.0.0.1': add the number of its bits, such as 10.0.0.1/32"],
    ['an address of IPv6 as a range', () => ({ istio: { includedOutboundIpRanges: ['fd00::1'] } }),
      "includedOutboundIpRanges of workload 'web' must be CIDR blocks, got 'fd00::1': add the number of its bits, such as fd00::1/128"],
    ['a range that is none', () => ({ istio: { includedOutboundIpRanges: ['*'] } }),
      "includedOutboundIpRanges of workload 'web' must be an IP address or a CIDR block such as 10.0.0.0/8, got '*'"],
    ['an interface that is none', () => ({ istio: { excludedInterfaces: ['0net'] } }),
      "excludedInterfaces of workload 'web' must be names of network interfaces, a letter and up to 14 letters, digits or characters of _.-, got '0net'"],
    ['what to capture, when nothing is', () => ({ excludedInboundPorts: [80], istio: { interceptionMode: InboundInterceptionMode.NONE } }),
      "workload 'web' has interceptionMode NONE, by which nothing is captured, got 'traffic.sidecar.istio.io/excludeInboundPorts' as well: leave one of them out"],
    ['that the application does not wait for a native sidecar', () => ({ nativeSidecar: true, holdApplicationUntilProxyStarts: false }),
      "workload 'web' has a native sidecar, which starts before its containers, got holdApplicationUntilProxyStarts: false: leave it out"],
    ['a delay with a fraction', () => ({ istio: { readiness: { initialDelay: Duration.millis(1500) } } }),
      "initialDelay of readiness of workload 'web' must be in whole seconds, at least 0, got 1s500ms"],
    ['no period', () => ({ istio: { readiness: { period: Duration.seconds(0) } } }), "period of readiness of workload 'web' must be in whole seconds, at least 1, got 0s"],
    ['no threshold', () => ({ istio: { readiness: { failureThreshold: 0 } } }), "failureThreshold of readiness of workload 'web' must be between 1 and 4294967295, got 0"],
    ['a component that is none', () => ({ istio: { componentLogLevels: { 'a,b': EnvoyLogLevel.OFF } } }),
      "componentLogLevels of workload 'web' must have names of letters, digits and characters of _./-, got 'a,b'"],
    ['a scope that is none', () => ({ istio: { agentLogLevels: { '': IstioLogLevel.NONE } } }),
      "agentLogLevels of workload 'web' must have names of letters, digits and characters of _./-, got ''"],
    ['an image without a registry', () => ({ istio: { image: 'proxyv2:1.31.0' } }),
      "image of the proxy of workload 'web' must have a registry, such as registry.example.com/proxyv2:1.31.0, got 'proxyv2:1.31.0': Istio ignores others"],
    ['an image and its type', () => ({ istio: { image: 'example.com/proxyv2', imageType: ProxyImageType.DEBUG } }),
      "workload 'web' must have an image or an imageType of its proxy, got 'example.com/proxyv2' and 'debug': the image says the build already"],
    ['a ConfigMap that is none', () => ({ istio: { bootstrapOverride: 'A' } }), "bootstrapOverride of workload 'web' must be a DNS subdomain"],
    ['a directory of its own', () => ({ istio: { volumes: [secret('/etc/istio/proxy/')] } }),
      "mountPath of a volume of the proxy of workload 'web' must not be a directory of Istio, got '/etc/istio/proxy/': choose another"],
    ['a Secret twice', () => ({ istio: { volumes: [secret('/a'), secret('/b')] } }), "names of volumes of the proxy of workload 'web' must differ from each other, got 'proxy-client' twice"],
    ['a directory twice', () => ({ istio: { volumes: [secret('/a'), ProxyVolume.configMap(ConfigMap.fromConfigMapName(chart, 'Map', 'map'), '/a')] } }),
      "mountPaths of volumes of the proxy of workload 'web' must differ from each other, got '/a' twice"],
    ['a directory that is not absolute', () => ({ istio: { volumes: [secret('a')] } }), "mountPath of a volume of the proxy must be an absolute path without colons, got 'a'"],
    ['no bounds', () => ({ istio: { statsHistogramBuckets: { a: [] } } }),
      "statsHistogramBuckets of workload 'web' must have bounds above 0, each above the one before, got none for 'a'"],
    ['bounds in disorder', () => ({ istio: { statsHistogramBuckets: { a: [5, 1] } } }),
      "statsHistogramBuckets of workload 'web' must have bounds above 0, each above the one before, got 5, 1 for 'a'"],
    ['to flush never', () => ({ istio: { statsFlushInterval: Duration.minutes(5) } }), "statsFlushInterval of workload 'web' must be from 1ms to less than 5m, got 5m"],
    ['to forget between flushes', () => ({ istio: { statsFlushInterval: Duration.seconds(10), statsEvictionInterval: Duration.seconds(15) } }),
      "statsEvictionInterval of workload 'web' must be in whole seconds, and a multiple of statsFlushInterval, 10000ms, got 15s: Istio ignores others"],
    ['to forget at fractions', () => ({ istio: { statsFlushInterval: Duration.millis(500), statsEvictionInterval: Duration.millis(1500) } }),
      "statsEvictionInterval of workload 'web' must be in whole seconds, and a multiple of statsFlushInterval, 500ms, got 1s500ms: Istio ignores others"],
    ['a setting that Istio refuses', () => ({ istio: { proxyConfig: { concurrency: -1 } } }), 'concurrency must be between 0 and 2147483647, got -1'],
  ])('%s', (_, options, message) => {
    const shop = sidecars();
    expect(() => shop.enrol(web(), options())).toThrow(message);
  });

  test.each<[keyof NonNullable<IstioProxyOptions['proxyConfig']>, NonNullable<IstioProxyOptions['proxyConfig']>, string]>([
    ['holdApplicationUntilProxyStarts', { holdApplicationUntilProxyStarts: true }, 'use holdApplicationUntilProxyStarts beside istio'],
    ['interceptionMode', { interceptionMode: InboundInterceptionMode.TPROXY }, 'use interceptionMode beside proxyConfig'],
    ['image', { image: ProxyImageType.DEBUG }, 'use imageType beside proxyConfig'],
    ['meshId', { meshId: 'shop' }, 'it is one for all proxies: set it in defaultConfig of the mesh'],
    ['statusPort', { statusPort: 15020 }, 'probes and scrapes are sent to that of the mesh: set it in defaultConfig of the mesh'],
    ['readinessProbe', { readinessProbe: WorkloadProbe.tcpSocket(8080) }, 'it is for machines: use probes of the containers'],
    ['gatewayTopology', { gatewayTopology: { numTrustedProxies: 1 } }, 'it is for gateways: set it there'],
  ])('%s of its configuration', (field, proxyConfig, remedy) => {
    expect(() => istioAnnotationsOf({ proxyConfig })).toThrow(`proxyConfig of workload 'web' must leave '${field}' alone: ${remedy}`);
  });

  test.each<[string, ProxyOptions, IstioVersion, IstioVersion]>([
    ['sidecar.istio.io/nativeSidecar', { nativeSidecar: true }, IstioVersion.V1_23, IstioVersion.V1_24],
    ['istio.io/reroute-virtual-interfaces', { istio: { reroutedInterfaces: ['vnet0'] } }, IstioVersion.V1_24, IstioVersion.V1_25],
    ['sidecar.istio.io/statsFlushInterval', { istio: { statsFlushInterval: Duration.seconds(1) } }, IstioVersion.V1_27, IstioVersion.V1_28],
    ['sidecar.istio.io/statsEvictionInterval', { istio: { statsEvictionInterval: Duration.seconds(10) } }, IstioVersion.V1_27, IstioVersion.V1_28],
  ])('%s in an older release', (key, options, version, since) => {
    expect(() => annotationsOf(options, { version }))
      .toThrow(`'${key}' of workload 'web' is not read by Istio ${version}: it is since ${since}; leave it out, or declare the version of the mesh`);
    chart = new Chart(new App(), 'newer');
    expect(Object.keys(annotationsOf(options, { version: since })!)).toEqual([key]);
  });

  test('a setting that an older release does not know', () => {
    expect(() => istioAnnotationsOf({ proxyConfig: { statsCompression: false } }, { version: IstioVersion.V1_28 }))
      .toThrow('defaultConfig.statsCompression of the mesh is not in Istio 1.28: it is there since 1.29');
  });
});

describe('what a pod of an ambient mesh is told', () => {
  test('how its node captures', () => {
    ambient().enrol(web(), { ambient: { dnsCapture: false, bypassInboundCapture: true, reroutedInterfaces: ['vnet0', 'vnet1'] } });
    expect(pods().annotations).toEqual({
      'ambient.istio.io/dns-capture': 'false',
      'ambient.istio.io/bypass-inbound-capture': 'true',
      'istio.io/reroute-virtual-interfaces': 'vnet0,vnet1',
    });
  });

  test.each<[string, ProxyOptions]>([
    ['cpu', { cpu: {} }], ['memory', { memory: {} }], ['holdApplicationUntilProxyStarts', { holdApplicationUntilProxyStarts: true }], ['nativeSidecar', { nativeSidecar: true }],
    ['excludedInboundPorts', { excludedInboundPorts: [] }], ['excludedOutboundPorts', { excludedOutboundPorts: [80] }], ['istio', { istio: {} }],
  ])('not %s: there is no proxy in it', (option, options) => {
    expect(() => ambient().enrol(web(), options)).toThrow(
      `'${option}' of workload 'web' is for a proxy in its pods, and in an ambient mesh they have none: leave it out, or set it in the charts cni and ztunnel`);
  });

  test.each<[string, ProxyOptions, IstioVersion, IstioVersion]>([
    ['ambient.istio.io/bypass-inbound-capture', { ambient: { bypassInboundCapture: true } }, IstioVersion.V1_23, IstioVersion.V1_24],
    ['ambient.istio.io/dns-capture', { ambient: { dnsCapture: true } }, IstioVersion.V1_24, IstioVersion.V1_25],
  ])('%s not in an older release', (key, options, version, since) => {
    expect(() => ambient({ version }).enrol(web(), options)).toThrow(`'${key}' of workload 'web' is not read by Istio ${version}: it is since ${since}`);
  });

  test('no interface that is none', () => {
    expect(() => ambient().enrol(web(), { ambient: { reroutedInterfaces: ['a b'] } })).toThrow("reroutedInterfaces of workload 'web' must be names of network interfaces");
  });
});

test('Istio reads on pods how proxies run, not on their namespace', () => {
  const mesh = new IstioMesh(chart, 'Mesh');
  expect(() => new MeshNamespace(chart, 'Shop', { mesh, name: 'shop', proxy: { nativeSidecar: true } })).toThrow(
    "proxy of namespace 'shop' can be said in a Linkerd mesh only, got it in an Istio mesh, which reads it on pods: pass it to enrol for each workload, " +
    'set defaultConfig of the mesh, or make a ProxyConfig in the namespace');
});
