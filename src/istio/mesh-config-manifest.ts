import { ExtensionProvider, ProviderUse } from './extension-provider';
import { localityManifest, zoneAwareManifest } from './locality-manifest';
import { MeshConfig, MeshConfigSource } from './mesh-config';
import { MeshAccessLog, MeshDefaultProviders } from './mesh-config-observability';
import { MeshCa } from './mesh-config-security';
import { MeshDefaultTrafficPolicy } from './mesh-config-traffic';
import { checkAddress, checkTrustDomain, keepaliveManifest } from './mesh-config-values';
import { visibilityManifest } from './mesh-config-visibility-manifest';
import { proxyConfigManifest } from './mesh-proxy-config-manifest';
import { formatPositiveDuration } from './positive-duration';
import { describeDuration, formatDuration } from '../semantics/duration';
import { checkUnique } from '../semantics/lists';
import { checkPort } from '../semantics/port';

const HOUR = 3600000;
const COMMON_VARIABLES = ['%SERVICE%', '%SERVICE_NAME%', '%SERVICE_FQDN%', '%SERVICE_PORT%', '%SERVICE_PORT_NAME%'];

/** What else of a mesh its configuration says. */
export interface MeshIdentity {
  readonly trustDomain: string;
  readonly rootNamespace: string;
  readonly extensionProviders: readonly ExtensionProvider[];
}

/** Checks and writes the configuration of a mesh. */
export function meshConfigManifest(config: MeshConfig, { trustDomain, rootNamespace, extensionProviders }: MeshIdentity): { [field: string]: any } {
  checkUnique(extensionProviders.map(({ name }) => name), 'names of extensionProviders');
  checkUnique(extensionProviders.filter(({ _uses }) => _uses.includes(ProviderUse.SECRETS) && _uses.length === 1).map(() => 'sds'),
    'extension providers of secrets', value => value, 'a mesh uses the first one only');
  const providers = extensionProviders.flatMap(provider => provider._toKube() ?? []);
  const { proxyListenPort, proxyInboundListenPort, proxyHttpPort } = config;
  const ports = { proxyListenPort, proxyInboundListenPort, proxyHttpPort };
  Object.entries(ports).forEach(([name, port]) => port !== undefined && checkPort(port, name));
  config.trustDomainAliases?.forEach(alias => checkTrustDomain(alias, 'alias of the trust domain'));
  return {
    trustDomain,
    rootNamespace,
    extensionProviders: providers.length > 0 ? providers : undefined,
    ...ports,
    ...trafficManifest(config),
    ...visibilityManifest(config),
    trustDomainAliases: config.trustDomainAliases,
    enableAutoMtls: config.enableAutoMtls,
    meshMTLS: config.meshMtls && { minProtocolVersion: config.meshMtls.minProtocolVersion, cipherSuites: config.meshMtls.cipherSuites },
    tlsDefaults: config.tlsDefaults && tlsDefaultsManifest(config.tlsDefaults),
    caCertificates: config.caCertificates?.map(certificate => certificate._toKube()),
    ca: config.ca && caManifest(config.ca),
    ...config.accessLog && accessLogManifest(config.accessLog),
    enableEnvoyAccessLogService: config.enableEnvoyAccessLogService,
    disableEnvoyListenerLog: config.disableEnvoyListenerLog,
    enableTracing: config.enableTracing,
    defaultProviders: config.defaultProviders && defaultProvidersManifest(config.defaultProviders, extensionProviders),
    enablePrometheusMerge: config.enablePrometheusMerge,
    inboundClusterStatName: checkStatName(config.inboundClusterStatName, 'inboundClusterStatName', [...COMMON_VARIABLES, '%TARGET_PORT%']),
    outboundClusterStatName: checkStatName(config.outboundClusterStatName, 'outboundClusterStatName', [...COMMON_VARIABLES, '%SUBSET_NAME%']),
    defaultConfig: config.defaultConfig && proxyConfigManifest(config.defaultConfig),
    configSources: config.configSources?.map(sourceManifest),
  };
}

function trafficManifest(config: MeshConfig): object {
  const { connectTimeout, hboneIdleTimeout, protocolDetectionTimeout, dnsRefreshRate, inboundTrafficPolicy, pathNormalization } = config;
  const { defaultHttpRetryPolicy, localityLbSetting, zoneAwareLbSetting, defaultTrafficPolicy } = config;
  if (connectTimeout && connectTimeout.toMilliseconds() > HOUR) {
    throw new Error(`connectTimeout of the mesh must be at most 1h, got ${describeDuration(connectTimeout)}`);
  }
  const retries = defaultHttpRetryPolicy?._toKube();
  if (retries?.perTryTimeout !== undefined) {
    throw new Error(`defaultHttpRetryPolicy takes no perTryTimeout, got ${retries.perTryTimeout}: Istio takes it on routes only`);
  }
  if (localityLbSetting && zoneAwareLbSetting && zoneAwareLbSetting.enabled !== false) {
    throw new Error('a mesh takes either localityLbSetting or zoneAwareLbSetting, got both: Istio would ignore localityLbSetting');
  }
  return {
    outboundTrafficPolicy: config.outboundTrafficPolicy?._toKube(),
    inboundTrafficPolicy: inboundTrafficPolicy && { mode: inboundTrafficPolicy },
    connectTimeout: connectTimeout && formatPositiveDuration(connectTimeout, 'connectTimeout of the mesh'),
    hboneIdleTimeout: hboneIdleTimeout && formatPositiveDuration(hboneIdleTimeout, 'hboneIdleTimeout'),
    protocolDetectionTimeout: protocolDetectionTimeout && formatDuration(protocolDetectionTimeout, 'protocolDetectionTimeout'),
    tcpKeepalive: keepaliveManifest(config.tcpKeepalive),
    dnsRefreshRate: dnsRefreshRate && formatPositiveDuration(dnsRefreshRate, 'dnsRefreshRate'),
    h2UpgradePolicy: config.h2UpgradePolicy,
    defaultHttpRetryPolicy: retries,
    defaultTrafficPolicy: defaultTrafficPolicy && defaultTrafficManifest(defaultTrafficPolicy),
    localityLbSetting: localityLbSetting && localityManifest(localityLbSetting),
    zoneAwareLbSetting: zoneAwareLbSetting && zoneAwareManifest(zoneAwareLbSetting),
    pathNormalization: pathNormalization && { normalization: pathNormalization },
  };
}

function defaultTrafficManifest({ connectionPool, outlierDetection }: MeshDefaultTrafficPolicy): object {
  if (!connectionPool && !outlierDetection) {
    throw new Error('defaultTrafficPolicy must say at least one thing, got none: leave it out');
  }
  return { connectionPool: connectionPool?._toKube(), outlierDetection: outlierDetection?._toKube() };
}

function accessLogManifest({ file, format }: MeshAccessLog): object {
  const { text, labels } = format?._parts ?? {};
  return {
    accessLogFile: file ?? '/dev/stdout',
    accessLogEncoding: labels ? 'JSON' : 'TEXT',
    accessLogFormat: labels && Object.keys(labels).length > 0 ? JSON.stringify(labels) : text,
  };
}

function defaultProvidersManifest({ tracing, metrics, accessLogging }: MeshDefaultProviders, known: readonly ExtensionProvider[]): object {
  const names = (what: string, use: ProviderUse, providers?: ExtensionProvider[]) => providers?.map(provider => {
    if (!provider._uses.includes(use)) {
      throw new Error(`${what} of defaultProviders needs providers for ${use}, got '${provider.name}', which is for ${provider._uses.join(', ')}`);
    }
    if (!provider._builtIn && !known.some(({ name }) => name === provider.name)) {
      throw new Error(`${what} of defaultProviders names '${provider.name}', which the mesh does not have: pass it in extensionProviders too`);
    }
    return provider.name;
  });
  return {
    tracing: names('tracing', ProviderUse.TRACING, tracing),
    metrics: names('metrics', ProviderUse.METRICS, metrics),
    accessLogging: names('accessLogging', ProviderUse.ACCESS_LOGGING, accessLogging),
  };
}

function tlsDefaultsManifest({ minProtocolVersion, ecdhCurves, cipherSuites }: NonNullable<MeshConfig['tlsDefaults']>): object {
  const curves = ['P-256', 'P-384', 'P-521', 'X25519', 'X25519MLKEM768'];
  const unknown = ecdhCurves?.find(curve => !curves.includes(curve));
  if (unknown !== undefined) {
    throw new Error(`ecdhCurves must be ${curves.join(', ')}, got '${unknown}'`);
  }
  checkUnique(ecdhCurves ?? [], 'ecdhCurves');
  return { minProtocolVersion, ecdhCurves, cipherSuites };
}

function caManifest({ address, tlsSettings, requestTimeout, istiodSide }: MeshCa): object {
  return {
    address: checkAddress(address, 'address of the ca'),
    tlsSettings: tlsSettings?._toKube(),
    requestTimeout: requestTimeout && formatPositiveDuration(requestTimeout, 'requestTimeout of the ca'),
    // Istio reads what is left out as false, whatever its reference says.
    istiodSide: istiodSide ?? true,
  };
}

function checkStatName(pattern: string | undefined, what: string, variables: string[]): string | undefined {
  const unknown = pattern?.match(/%[^%]*%/g)?.find(variable => !variables.includes(variable));
  if (unknown !== undefined) {
    throw new Error(`${what} takes ${variables.join(', ')}, got ${unknown}`);
  }
  return pattern;
}

function sourceManifest({ address, tlsSettings, serviceRegistryOnly }: MeshConfigSource): object {
  if (!/^(xds:\/\/.+|k8s:\/\/.*|fs:\/\/\/.+)$/.test(address)) {
    throw new Error(`address of a source of configuration must start with xds://, k8s:// or fs:///, got '${address}'`);
  }
  return { address, tlsSettings: tlsSettings?._toKube(), subscribedResources: serviceRegistryOnly ? ['SERVICE_REGISTRY'] : undefined };
}
