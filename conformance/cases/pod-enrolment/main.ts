import { App, Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, DaemonSet, Deployment, Job, LabelSelector, Probe, Secret, Workload } from 'cdk8s-plus-28';
import {
  EnvoyLogLevel, InboundInterceptionMode, IMeshNamespace, IstioLogLevel, IstioMesh, MeshNamespace, ProxyImageType, ProxyOptions, ProxyVolume,
} from 'cdk8s-mesh';

const app = new App();
const chart = new Chart(app, 'pod-enrolment', { disableResourceNameHashes: true });
const mesh = new IstioMesh(chart, 'Mesh');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
/** Its pods join by their own labels. */
const tools = new MeshNamespace(chart, 'Tools', { mesh, name: 'tools', enrolled: false });
/** Made by others, who enrolled it. */
const legacy = MeshNamespace.fromNamespaceName(chart, 'Legacy', 'legacy', { mesh, labels: { 'istio-injection': 'enabled' } });

function deployment(namespace: IMeshNamespace, name: string): Deployment {
  const workload = new Deployment(chart, `${namespace.name}-${name}`, {
    metadata: { name, namespace: namespace.name },
    podMetadata: { labels: { app: name } },
    select: false,
    containers: [{ image: 'registry.example.com/web:1', portNumber: 8080, readiness: Probe.fromHttpGet('/ready', { port: 8080 }) }],
  });
  workload.select(LabelSelector.of({ labels: { app: name } }));
  return workload;
}

/** One workload for each setting, named after it. */
const SETTINGS: { readonly [name: string]: ProxyOptions } = {
  'plain': {},
  'cpu': { cpu: { request: Cpu.millis(50), limit: Cpu.units(1) } },
  'memory': { memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) } },
  'cpu-and-memory': { cpu: { request: Cpu.millis(50) }, memory: { limit: Size.mebibytes(256) } },
  'held': { nativeSidecar: false, holdApplicationUntilProxyStarts: true },
  'not-native': { nativeSidecar: false },
  'native': { nativeSidecar: true },
  'excluded-ports': { excludedInboundPorts: [9090, 9091], excludedOutboundPorts: [5432] },
  'included-ports': { istio: { includedInboundPorts: [8080], includedOutboundPorts: [443] } },
  'no-inbound': { istio: { includedInboundPorts: [] } },
  'ranges': { istio: { includedOutboundIpRanges: ['10.0.0.0/8'], excludedOutboundIpRanges: ['10.1.0.0/16', '10.2.0.0/16'] } },
  'no-outbound': { istio: { includedOutboundIpRanges: [] } },
  'interfaces': { istio: { excludedInterfaces: ['net1'], reroutedInterfaces: ['vnet0'] } },
  'tproxy': { istio: { interceptionMode: InboundInterceptionMode.TPROXY } },
  'not-captured': { istio: { interceptionMode: InboundInterceptionMode.NONE } },
  'probes-kept': { istio: { rewriteAppHttpProbers: false } },
  'readiness': { istio: { readiness: { initialDelay: Duration.seconds(5), period: Duration.seconds(3), failureThreshold: 10 } } },
  'logs': {
    istio: {
      logLevel: EnvoyLogLevel.INFO,
      componentLogLevels: { rbac: EnvoyLogLevel.DEBUG, connection: EnvoyLogLevel.TRACE },
      agentLogLevels: { default: IstioLogLevel.WARN, dns: IstioLogLevel.DEBUG },
    },
  },
  'metrics-apart': { istio: { mergeMetrics: false } },
  'image': { istio: { image: 'registry.example.com/istio/proxyv2:1.31.0' } },
  'image-type': { istio: { imageType: ProxyImageType.DISTROLESS } },
  'bootstrap': { istio: { bootstrapOverride: 'envoy-bootstrap' } },
  'volumes': {
    istio: {
      volumes: [
        ProxyVolume.secret(Secret.fromSecretName(chart, 'ClientCertificate', 'client-certificate'), '/etc/client'),
        ProxyVolume.configMap(ConfigMap.fromConfigMapName(chart, 'Authorities', 'authorities.v1'), '/etc/authorities'),
      ],
    },
  },
  'statistics': {
    istio: {
      statsHistogramBuckets: { istiocustom: [1, 5, 50] },
      statsFlushInterval: Duration.seconds(10),
      statsEvictionInterval: Duration.minutes(10),
    },
  },
  'proxy-config': {
    istio: { proxyConfig: { concurrency: 4, terminationDrainDuration: Duration.seconds(30), proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } },
  },
};

Object.entries(SETTINGS).forEach(([name, options]) => shop.enrol(deployment(shop, name), options));
shop.leaveOut(deployment(shop, 'left-out'));

const podMetadata = { labels: { app: 'batch' } };
const containers = [{ image: 'registry.example.com/batch:1' }];
const others: Workload[] = [
  new Job(chart, 'Job', { metadata: { name: 'job', namespace: 'shop' }, podMetadata, containers }),
  new DaemonSet(chart, 'DaemonSet', { metadata: { name: 'daemon', namespace: 'shop' }, podMetadata, containers }),
];
others.forEach(workload => shop.enrol(workload, { nativeSidecar: true }));

tools.enrol(deployment(tools, 'by-label'), { holdApplicationUntilProxyStarts: true });
tools.enrol(deployment(tools, 'by-revision'), { istio: { revision: 'next' } });
tools.leaveOut(deployment(tools, 'left-out'));
deployment(tools, 'unknown');
legacy.enrol(deployment(legacy, 'web'), { excludedOutboundPorts: [3306] });
legacy.leaveOut(deployment(legacy, 'left-out'));

app.synth();
