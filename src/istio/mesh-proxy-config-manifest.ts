import { Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import { checkCount, checkPercent, MAX_INT32 } from './count';
import { checkAddress, keepaliveManifest } from './mesh-config-values';
import { MeshConnectionSettings } from './mesh-connection-settings';
import { MeshProxyConfig } from './mesh-proxy-config';
import { ForwardClientCertDetails, MeshGatewayTopology, MeshProxyHeaders } from './mesh-proxy-headers';
import { MeshTracing } from './mesh-proxy-tracing';
import { PrivateKeyProvider, ProxyRemoteService } from './mesh-proxy-values';
import { formatPositiveDuration } from './positive-duration';
import { checkRe2Pattern } from './re2-pattern';
import { formatDuration } from '../semantics/duration';
import { checkPort } from '../semantics/port';

/** Checks and writes the settings of proxies. */
export function proxyConfigManifest(config: MeshProxyConfig): object {
  const {
    tracing, serviceName, envoyAccessLogService, envoyMetricsService, proxyHeaders, gatewayTopology, connectionSettings, privateKeyProvider, image,
    terminationDrainDuration, drainDuration, fileFlushInterval, fileFlushMinSize, readinessProbe, ...same
  } = config;
  checkCount(config.concurrency, 'concurrency', MAX_INT32);
  checkCount(config.statNameLength, 'statNameLength', MAX_INT32, 1);
  (['proxyAdminPort', 'statusPort'] as const).forEach(port => config[port] !== undefined && checkPort(config[port]!, port));
  (['statsdUdpAddress', 'discoveryAddress'] as const).forEach(address => config[address] !== undefined && checkAddress(config[address]!, address));
  config.proxyStatsMatcher?.inclusionRegexps?.forEach(pattern => checkRe2Pattern(pattern, 'inclusionRegexps of proxyStatsMatcher'));
  if (drainDuration && (drainDuration.toMilliseconds() < 1000 || drainDuration.toMilliseconds() % 1000 !== 0)) {
    throw new Error(`drainDuration must be in whole seconds, at least 1, got ${formatDuration(drainDuration)}`);
  }
  return {
    ...same,
    ...serviceName?._toKube(),
    image: image && { imageType: image.imageType },
    tracing: tracing && tracingManifest(tracing),
    envoyAccessLogService: envoyAccessLogService && remoteManifest(envoyAccessLogService, 'envoyAccessLogService'),
    envoyMetricsService: envoyMetricsService && remoteManifest(envoyMetricsService, 'envoyMetricsService'),
    proxyHeaders: proxyHeaders && headersManifest(proxyHeaders),
    gatewayTopology: gatewayTopology && topologyManifest(gatewayTopology),
    connectionSettings: connectionSettings && connectionsManifest(connectionSettings),
    privateKeyProvider: privateKeyProvider && keyProviderManifest(privateKeyProvider),
    terminationDrainDuration: terminationDrainDuration && formatDuration(terminationDrainDuration, 'terminationDrainDuration'),
    drainDuration: drainDuration && formatDuration(drainDuration, 'drainDuration'),
    fileFlushInterval: fileFlushInterval && formatPositiveDuration(fileFlushInterval, 'fileFlushInterval'),
    fileFlushMinSizeKb: fileFlushMinSize && checkCount(fileFlushMinSize.toKibibytes({ rounding: SizeRoundingBehavior.NONE }), 'fileFlushMinSize in KiB'),
    readinessProbe: readinessProbe?._toKube(),
  };
}

function tracingManifest({ tracer, sampling, customTags, maxPathTagLength, tlsSettings, enableIstioTags }: MeshTracing): object {
  const tags = Object.entries(customTags ?? {}).map(([name, tag]) => {
    const value = tag._toKube();
    if ('formatter' in value && value.formatter) {
      throw new Error(`tag '${name}' of a mesh takes no formatter, got '${value.formatter.value}': set it in a Telemetry in the root namespace`);
    }
    return [name, value];
  });
  return {
    ...tracer && { [tracer._kind]: { address: checkTracerAddress(tracer._address) } },
    sampling: checkPercent(sampling, 'sampling'),
    customTags: customTags && Object.fromEntries(tags),
    maxPathTagLength: checkCount(maxPathTagLength, 'maxPathTagLength', undefined, 1),
    tlsSettings: tlsSettings?._toKube(),
    enableIstioTags,
  };
}

function checkTracerAddress(address: string): string {
  checkAddress(address.replace('$(HOST_IP)', '127.0.0.1'), 'address of a tracer');
  return address;
}

function remoteManifest({ address, tlsSettings, tcpKeepalive }: ProxyRemoteService, what: string): object {
  checkAddress(address, `address of ${what}`);
  return { address, tlsSettings: tlsSettings?._toKube(), tcpKeepalive: keepaliveManifest(tcpKeepalive) };
}

function headersManifest(headers: MeshProxyHeaders): object {
  const { forwardedClientCert, setCurrentClientCertDetails, server, serverValue, metadataExchangeInMeshOnly } = headers;
  const setting = [ForwardClientCertDetails.APPEND_FORWARD, ForwardClientCertDetails.SANITIZE_SET];
  if (setCurrentClientCertDetails && forwardedClientCert !== undefined && !setting.includes(forwardedClientCert)) {
    throw new Error(`setCurrentClientCertDetails needs forwardedClientCert ${setting.join(' or ')}, got ${forwardedClientCert}`);
  }
  if (server === false && serverValue !== undefined) {
    throw new Error(`serverValue needs the header server, got '${serverValue}' and server: false`);
  }
  const disabled = (on: boolean | undefined) => on === undefined ? undefined : { disabled: !on };
  const enabled = (on: boolean | undefined) => on === undefined ? undefined : { enabled: on };
  return {
    forwardedClientCert,
    setCurrentClientCertDetails,
    requestId: disabled(headers.requestId),
    server: server === undefined && serverValue === undefined ? undefined : { ...disabled(server), value: serverValue },
    attemptCount: disabled(headers.attemptCount),
    envoyDebugHeaders: disabled(headers.envoyDebugHeaders),
    metadataExchangeHeaders: metadataExchangeInMeshOnly === undefined ? undefined : { mode: metadataExchangeInMeshOnly ? 'IN_MESH' : 'UNDEFINED' },
    preserveHttp1HeaderCase: headers.preserveHttp1HeaderCase,
    xForwardedHost: enabled(headers.xForwardedHost),
    xForwardedPort: enabled(headers.xForwardedPort),
  };
}

function topologyManifest({ numTrustedProxies, forwardClientCertDetails, proxyProtocol }: MeshGatewayTopology): object {
  return {
    numTrustedProxies: checkCount(numTrustedProxies, 'numTrustedProxies'),
    forwardClientCertDetails,
    // Its presence is what switches it on.
    proxyProtocol: proxyProtocol ? {} : undefined,
  };
}

function connectionsManifest(settings: MeshConnectionSettings): object {
  const { listenerPerConnectionBufferLimit, clusterPerConnectionBufferLimit, ...rest } = settings;
  const numbers = {
    httpMaxConcurrentStreams: 1,
    http2InitialStreamWindowSize: 65535,
    http2InitialConnectionWindowSize: 65535,
    listenerConnectionLimit: 1,
    globalDownstreamConnectionLimit: 1,
  };
  Object.entries(numbers).forEach(([name, min]) => checkCount(settings[name as keyof typeof numbers], name, MAX_INT32, min));
  return {
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value instanceof Duration ? formatDuration(value, name) : value])),
    listenerPerConnectionBufferLimitBytes: bytesOf(listenerPerConnectionBufferLimit, 'listenerPerConnectionBufferLimit'),
    clusterPerConnectionBufferLimitBytes: bytesOf(clusterPerConnectionBufferLimit, 'clusterPerConnectionBufferLimit'),
  };
}

function bytesOf(size: Size | undefined, what: string): number | undefined {
  return size && checkCount(size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * 1024, `${what} in bytes`, MAX_INT32, 1);
}

function keyProviderManifest({ _kind, _options }: PrivateKeyProvider): object {
  return { [_kind]: { pollDelay: formatPositiveDuration(_options.pollDelay, 'pollDelay'), fallback: _options.fallback } };
}
