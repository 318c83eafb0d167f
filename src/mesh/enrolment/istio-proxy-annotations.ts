import { Duration } from 'cdk8s';
import { IstioProxyOptions, ProxyReadiness } from './istio-proxy-options';
import { EnvoyLogLevel, IstioLogLevel } from './proxy-log-level';
import { ProxyOptions } from './proxy-options';
import { cpuText, memoryText, portsText, refuseUnordered } from './proxy-resources';
import { checkCount } from '../../istio/count';
import { checkIpSubnet } from '../../istio/ip-subnet';
import { checkMeshConfigSince } from '../../istio/mesh-config-since';
import { MeshProxyConfig } from '../../istio/mesh-proxy-config';
import { proxyConfigManifest } from '../../istio/mesh-proxy-config-manifest';
import { InboundInterceptionMode } from '../../istio/mesh-proxy-values';
import { formatDuration } from '../../semantics/duration';
import { isLater } from '../../semantics/gateway-api-version';
import { IstioVersion } from '../../semantics/istio-version';
import { IstioAnnotation } from '../../semantics/keys';
import { checkUnique } from '../../semantics/lists';
import { checkDnsSubdomain } from '../../semantics/names';

type Annotations = { [key: string]: string };

/** Since which release an annotation is read; those that are not here are in all of them. */
const SINCE: { readonly [key: string]: IstioVersion } = {
  [IstioAnnotation.NATIVE_SIDECAR]: IstioVersion.V1_24,
  [IstioAnnotation.AMBIENT_BYPASS_INBOUND]: IstioVersion.V1_24,
  [IstioAnnotation.AMBIENT_DNS_CAPTURE]: IstioVersion.V1_25,
  [IstioAnnotation.REROUTE_VIRTUAL_INTERFACES]: IstioVersion.V1_25,
  [IstioAnnotation.STATS_FLUSH_INTERVAL]: IstioVersion.V1_28,
  [IstioAnnotation.STATS_EVICTION_INTERVAL]: IstioVersion.V1_28,
};

/** Directories in which the injector puts files of its own. */
const TAKEN_DIRECTORIES = [
  '/etc/istio/proxy', '/etc/istio/pod', '/etc/istio/custom-bootstrap', '/etc/certs', '/var/lib/istio/data', '/var/run/secrets/istio', '/var/run/secrets/istio/crl',
  '/var/run/secrets/tokens', '/var/run/secrets/credential-uds', '/var/run/secrets/workload-spiffe-uds', '/var/run/secrets/workload-spiffe-credentials',
];

/** What of the settings of a mesh's proxies says nothing in a pod, with what does. */
const NOT_IN_A_POD: { readonly [field in keyof MeshProxyConfig]?: string } = {
  holdApplicationUntilProxyStarts: 'use holdApplicationUntilProxyStarts beside istio',
  interceptionMode: 'use interceptionMode beside proxyConfig',
  image: 'use imageType beside proxyConfig',
  meshId: 'it is one for all proxies: set it in defaultConfig of the mesh',
  statusPort: 'probes and scrapes are sent to that of the mesh: set it in defaultConfig of the mesh',
  readinessProbe: 'it is for machines: use probes of the containers',
  gatewayTopology: 'it is for gateways: set it there',
};

/** What a pod tells Istio's injector of its sidecar. */
export function istioProxyAnnotations(options: ProxyOptions, version: IstioVersion, what: string): Annotations {
  const { istio = {} } = options;
  const annotations = {
    ...resourceAnnotations(options, what),
    ...captureAnnotations(options, what),
    ...runAnnotations(istio, what),
    ...statisticsAnnotations(istio, what),
    ...text(IstioAnnotation.NATIVE_SIDECAR, options.nativeSidecar),
    ...text(IstioAnnotation.PROXY_CONFIG, proxyConfigText(options, version, what)),
  };
  return checkSince(annotations, version, what);
}

/** Refuses annotations that a release does not read: it would ignore them in silence. */
export function checkSince(annotations: Annotations, version: IstioVersion, what: string): Annotations {
  const late = Object.keys(annotations).find(key => SINCE[key] !== undefined && isLater(SINCE[key], version));
  if (late !== undefined) {
    throw new Error(`'${late}' of ${what} is not read by Istio ${version}: it is since ${SINCE[late]}; leave it out, or declare the version of the mesh`);
  }
  return annotations;
}

export function interfacesText(names: string[], what: string): string {
  names.forEach(name => {
    if (!/^[A-Za-z][A-Za-z0-9_.-]{0,14}$/.test(name)) {
      throw new Error(`${what} must be names of network interfaces, a letter and up to 14 letters, digits or characters of _.-, got '${name}'`);
    }
  });
  return names.join(',');
}

function resourceAnnotations({ cpu, memory }: ProxyOptions, what: string): Annotations {
  refuseUnordered(cpu, memory, what);
  return {
    ...text(IstioAnnotation.PROXY_CPU, cpuText(cpu?.request)),
    ...text(IstioAnnotation.PROXY_CPU_LIMIT, cpuText(cpu?.limit)),
    ...text(IstioAnnotation.PROXY_MEMORY, memoryText(memory?.request)),
    ...text(IstioAnnotation.PROXY_MEMORY_LIMIT, memoryText(memory?.limit)),
  };
}

function captureAnnotations({ excludedInboundPorts, excludedOutboundPorts, istio = {} }: ProxyOptions, what: string): Annotations {
  const { includedInboundPorts, includedOutboundPorts, includedOutboundIpRanges, excludedOutboundIpRanges } = istio;
  const { excludedInterfaces, reroutedInterfaces } = istio;
  if (includedInboundPorts !== undefined && excludedInboundPorts !== undefined) {
    throw new Error(`${what} must say either includedInboundPorts or excludedInboundPorts, got both: ` +
      'exclusion counts only where all other ports are included');
  }
  const both = includedOutboundPorts?.find(port => excludedOutboundPorts?.includes(port));
  if (both !== undefined) {
    throw new Error(`outbound ports of ${what} must be included or excluded, got ${both} in both lists`);
  }
  const captures = {
    ...text(IstioAnnotation.INCLUDE_INBOUND_PORTS, includedInboundPorts && portsText(includedInboundPorts, `includedInboundPorts of ${what}`)),
    ...text(IstioAnnotation.EXCLUDE_INBOUND_PORTS, excludedInboundPorts && portsText(excludedInboundPorts, `excludedInboundPorts of ${what}`)),
    ...text(IstioAnnotation.INCLUDE_OUTBOUND_PORTS, includedOutboundPorts && portsText(includedOutboundPorts, `includedOutboundPorts of ${what}`)),
    ...text(IstioAnnotation.EXCLUDE_OUTBOUND_PORTS, excludedOutboundPorts && portsText(excludedOutboundPorts, `excludedOutboundPorts of ${what}`)),
    ...text(IstioAnnotation.INCLUDE_OUTBOUND_IP_RANGES,
      includedOutboundIpRanges && rangesText(includedOutboundIpRanges, `includedOutboundIpRanges of ${what}`)),
    ...text(IstioAnnotation.EXCLUDE_OUTBOUND_IP_RANGES,
      excludedOutboundIpRanges && rangesText(excludedOutboundIpRanges, `excludedOutboundIpRanges of ${what}`)),
    ...text(IstioAnnotation.EXCLUDE_INTERFACES, excludedInterfaces && interfacesText(excludedInterfaces, `excludedInterfaces of ${what}`)),
    ...text(IstioAnnotation.REROUTE_VIRTUAL_INTERFACES, reroutedInterfaces && interfacesText(reroutedInterfaces, `reroutedInterfaces of ${what}`)),
  };
  const [idle] = Object.keys(captures);
  if (istio.interceptionMode === InboundInterceptionMode.NONE && idle !== undefined) {
    throw new Error(`${what} has interceptionMode NONE, by which nothing is captured, got '${idle}' as well: leave one of them out`);
  }
  return { ...captures, ...text(IstioAnnotation.INTERCEPTION_MODE, istio.interceptionMode) };
}

function runAnnotations(istio: IstioProxyOptions, what: string): Annotations {
  const { image, imageType, bootstrapOverride, componentLogLevels, agentLogLevels, volumes } = istio;
  if (image !== undefined && imageType !== undefined) {
    throw new Error(`${what} must have an image or an imageType of its proxy, got '${image}' and '${imageType.imageType}': the image says the build already`);
  }
  if (image !== undefined && !/^[^\s/]+\/[^\s]+$/.test(image)) {
    throw new Error(`image of the proxy of ${what} must have a registry, such as registry.example.com/proxyv2:1.31.0, got '${image}': Istio ignores others`);
  }
  volumes?.forEach(({ mountPath }) => {
    if (TAKEN_DIRECTORIES.includes(mountPath.replace(/\/+$/, ''))) {
      throw new Error(`mountPath of a volume of the proxy of ${what} must not be a directory of Istio, got '${mountPath}': choose another`);
    }
  });
  checkUnique((volumes ?? []).map(({ mountPath }) => mountPath), `mountPaths of volumes of the proxy of ${what}`);
  checkUnique((volumes ?? []).map(({ _name }) => _name), `names of volumes of the proxy of ${what}`);
  return {
    ...text(IstioAnnotation.REWRITE_APP_HTTP_PROBERS, istio.rewriteAppHttpProbers),
    ...readinessAnnotations(istio.readiness ?? {}, what),
    ...text(IstioAnnotation.LOG_LEVEL, istio.logLevel),
    ...text(IstioAnnotation.COMPONENT_LOG_LEVEL, componentLogLevels && levelsText(componentLogLevels, `componentLogLevels of ${what}`)),
    ...text(IstioAnnotation.AGENT_LOG_LEVEL, agentLogLevels && levelsText(agentLogLevels, `agentLogLevels of ${what}`)),
    ...text(IstioAnnotation.MERGE_METRICS, istio.mergeMetrics),
    ...text(IstioAnnotation.PROXY_IMAGE, image),
    ...text(IstioAnnotation.PROXY_IMAGE_TYPE, imageType?.imageType),
    ...text(IstioAnnotation.BOOTSTRAP_OVERRIDE, bootstrapOverride && checkDnsSubdomain(bootstrapOverride, `bootstrapOverride of ${what}`)),
    ...text(IstioAnnotation.USER_VOLUME, volumes && JSON.stringify(Object.fromEntries(volumes.map(({ _name, _source }) => [_name, _source])))),
    ...text(IstioAnnotation.USER_VOLUME_MOUNT,
      volumes && JSON.stringify(Object.fromEntries(volumes.map(({ _name, mountPath }) => [_name, { mountPath, readOnly: true }])))),
  };
}

function readinessAnnotations({ initialDelay, period, failureThreshold }: ProxyReadiness, what: string): Annotations {
  return {
    ...text(IstioAnnotation.READINESS_INITIAL_DELAY, initialDelay && seconds(initialDelay, `initialDelay of readiness of ${what}`, 0)),
    ...text(IstioAnnotation.READINESS_PERIOD, period && seconds(period, `period of readiness of ${what}`, 1)),
    ...text(IstioAnnotation.READINESS_FAILURE_THRESHOLD, checkCount(failureThreshold, `failureThreshold of readiness of ${what}`, undefined, 1)),
  };
}

function statisticsAnnotations({ statsHistogramBuckets, statsFlushInterval, statsEvictionInterval }: IstioProxyOptions, what: string): Annotations {
  Object.entries(statsHistogramBuckets ?? {}).forEach(([prefix, bounds]) => {
    if (bounds.length === 0 || bounds.some((bound, i) => !(bound > (bounds[i - 1] ?? 0)))) {
      throw new Error(`statsHistogramBuckets of ${what} must have bounds above 0, each above the one before, got ${bounds.join(', ') || 'none'} for '${prefix}'`);
    }
  });
  const flush = statsFlushInterval?.toMilliseconds() ?? 5000;
  if (flush < 1 || flush >= 300000) {
    throw new Error(`statsFlushInterval of ${what} must be from 1ms to less than 5m, got ${formatDuration(statsFlushInterval!)}`);
  }
  const eviction = statsEvictionInterval?.toMilliseconds();
  if (eviction !== undefined && (eviction < 1000 || eviction % 1000 !== 0 || eviction % flush !== 0)) {
    throw new Error(`statsEvictionInterval of ${what} must be in whole seconds, and a multiple of statsFlushInterval, ${flush}ms, ` +
      `got ${formatDuration(statsEvictionInterval!)}: Istio ignores others`);
  }
  return {
    ...text(IstioAnnotation.STATS_HISTOGRAM_BUCKETS, statsHistogramBuckets && JSON.stringify(statsHistogramBuckets)),
    ...text(IstioAnnotation.STATS_FLUSH_INTERVAL, statsFlushInterval && formatDuration(statsFlushInterval)),
    ...text(IstioAnnotation.STATS_EVICTION_INTERVAL, statsEvictionInterval && formatDuration(statsEvictionInterval)),
  };
}

function proxyConfigText(options: ProxyOptions, version: IstioVersion, what: string): string | undefined {
  const { holdApplicationUntilProxyStarts, nativeSidecar, istio } = options;
  if (nativeSidecar && holdApplicationUntilProxyStarts === false) {
    throw new Error(`${what} has a native sidecar, which starts before its containers, got holdApplicationUntilProxyStarts: false: leave it out`);
  }
  const { proxyConfig } = istio ?? {};
  const [misplaced, remedy] = Object.entries(NOT_IN_A_POD).find(([field]) => proxyConfig?.[field as keyof MeshProxyConfig] !== undefined) ?? [];
  if (misplaced !== undefined) {
    throw new Error(`proxyConfig of ${what} must leave '${misplaced}' alone: ${remedy}`);
  }
  if (proxyConfig === undefined && holdApplicationUntilProxyStarts === undefined) {
    return undefined;
  }
  // JSON knows no undefined, so what is not said is not there.
  const json = JSON.stringify({ ...proxyConfig && proxyConfigManifest(proxyConfig), holdApplicationUntilProxyStarts });
  checkMeshConfigSince({ defaultConfig: JSON.parse(json) as object }, version);
  return json;
}

function rangesText(ranges: string[], what: string): string {
  ranges.forEach(range => {
    checkIpSubnet(range, what);
    if (!range.includes('/')) {
      throw new Error(`${what} must be CIDR blocks, got '${range}': add the number of its bits, such as ${range}/${range.includes(':') ? 128 : 32}`);
    }
  });
  return ranges.join(',');
}

function levelsText(levels: { [name: string]: EnvoyLogLevel | IstioLogLevel }, what: string): string {
  return Object.entries(levels).map(([name, level]) => {
    if (!/^[A-Za-z0-9_./-]+$/.test(name)) {
      throw new Error(`${what} must have names of letters, digits and characters of _./-, got '${name}'`);
    }
    return `${name}:${level}`;
  }).join(',');
}

function seconds(duration: Duration, what: string, min: number): number {
  const value = duration.toMilliseconds() / 1000;
  if (!Number.isInteger(value) || value < min) {
    throw new Error(`${what} must be in whole seconds, at least ${min}, got ${formatDuration(duration)}`);
  }
  return value;
}

function text(key: string, value: string | number | boolean | undefined): Annotations {
  return value === undefined ? {} : { [key]: `${value}` };
}
