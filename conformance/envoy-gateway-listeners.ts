/** What Envoy Gateway's configuration of Envoy has in common: too many shapes to be typed here. */
type Message = { readonly [field: string]: any };

/** Of each filter chain, and of datagrams: what it takes, and where that leads to. */
export function describeListeners(listeners: readonly Message[]): string[] {
  return listeners.filter(({ name }) => !name.startsWith('envoy-gateway-')).flatMap(listener => {
    const { protocol = 'TCP', portValue } = listener.address.socketAddress;
    const chains = [...listener.filterChains ?? [], ...listener.defaultFilterChain ? [listener.defaultFilterChain] : []] as Message[];
    const datagrams = (listener.listenerFilters ?? []).map(({ typedConfig }: Message) => typedConfig?.matcher?.onNoMatch.action.typedConfig.cluster);
    const told = ((listener.listenerFilters ?? []) as Message[]).some(({ name }) => name === 'envoy.filters.listener.proxy_protocol');
    const place = `${listener.name} ${protocol}:${portValue}${told ? ' after the PROXY protocol' : ''}`;
    return [
      ...chains.map(chain => [place, ...takes(chain), '->', ...chain.filters.flatMap(leadsTo)].join(' ')),
      ...datagrams.filter(Boolean).map((cluster: string) => `${place} -> cluster ${cluster}`),
    ];
  }).sort();
}

function takes({ filterChainMatch = {}, transportSocket }: Message): string[] {
  const names = (filterChainMatch.serverNames ?? []) as string[];
  return [...names.length > 0 ? [`for ${names.join(', ')}`] : [], ...transportSocket ? [describeTls(transportSocket.typedConfig)] : []];
}

function describeTls({ commonTlsContext: tls, requireClientCertificate }: Message): string {
  const authority = tls.validationContextSdsSecretConfig ?? tls.combinedValidationContext?.validationContextSdsSecretConfig;
  const untrusted = tls.combinedValidationContext?.defaultValidationContext?.trustChainVerification === 'ACCEPT_UNTRUSTED';
  return [
    `TLS with ${(tls.tlsCertificateSdsSecretConfigs ?? []).map(({ name }: Message) => name).join(', ')}`,
    ...describeParameters(tls.tlsParams ?? {}),
    ...authority ? [`client certificate ${requireClientCertificate ? 'required' : 'asked for'}, by ${authority.name}${untrusted ? ' or anybody' : ''}`] : [],
  ].join(', ');
}

function describeParameters({ tlsMinimumProtocolVersion: least, tlsMaximumProtocolVersion: most, cipherSuites }: Message): string[] {
  return [...least ? [`from ${least}`] : [], ...most ? [`to ${most}`] : [], ...cipherSuites ? [`by ${cipherSuites.join(', ')}`] : []];
}

/** By what a client is known, where it is not the peer. */
function describeClient({ originalIpDetectionExtensions: ways = [] }: Message): string {
  const said = (ways as Message[]).map(({ name, typedConfig: { xffNumTrustedHops = 0 } }) => `${name.split('.').pop()} past ${xffNumTrustedHops} more`);
  return said.length === 0 ? '' : ` for clients by ${said.join(', ')}`;
}

function leadsTo({ name, typedConfig: config }: Message): string[] {
  switch (name) {
    case 'envoy.filters.network.http_connection_manager': return [`routes ${config.rds?.routeConfigName ?? config.routeConfig?.name}${describeClient(config)}`];
    case 'envoy.filters.network.tcp_proxy': return [`cluster ${config.cluster}`];
    default: return [];
  }
}

/** Of the clusters that are spoken to in another way than in plain HTTP/1.1: how. */
export function describeClusters(clusters: readonly Message[]): { [cluster: string]: unknown } {
  const described = clusters.map(cluster => [cluster.name as string, describeCluster(cluster)] as const);
  return Object.fromEntries(described.filter(([, how]) => Object.keys(how).length > 0));
}

function describeCluster({ transportSocketMatches = [], typedExtensionProtocolOptions = {} }: Message): object {
  const options = typedExtensionProtocolOptions['envoy.extensions.upstreams.http.v3.HttpProtocolOptions']?.explicitHttpConfig ?? {};
  const sockets = (transportSocketMatches as Message[]).map(match => match.transportSocket.typedConfig).filter(({ sni }) => sni !== undefined);
  return {
    ...'http2ProtocolOptions' in options && { protocol: 'HTTP/2' },
    ...sockets.length > 0 && { tls: sockets.map(describeUpstreamTls) },
  };
}

function describeUpstreamTls({ sni, commonTlsContext: tls }: Message): object {
  const { validationContextSdsSecretConfig: authority, defaultValidationContext = {} } = tls.combinedValidationContext ?? {};
  const certificates = (tls.tlsCertificateSdsSecretConfigs ?? []).map(({ name }: Message) => name);
  return {
    sni,
    names: (defaultValidationContext.matchTypedSubjectAltNames ?? []).map(({ matcher, sanType }: Message) => `${sanType} ${matcher.exact}`),
    ...authority && { authority: authority.name },
    ...certificates.length > 0 && { certificates },
  };
}

/** What is made for a Gateway, where its labels, annotations, addresses and settings are not those of any. */
export function describeInfrastructure(infrastructure: { readonly [gateway: string]: Message }): { [gateway: string]: object } {
  const described = Object.entries(infrastructure).map(([gateway, { proxy: { metadata: { labels = {}, annotations }, addresses, config } }]) => {
    const own = Object.fromEntries(Object.entries(labels).filter(([key]) => !key.startsWith('gateway.envoyproxy.io/')));
    const unusual = {
      ...Object.keys(own).length > 0 && { labels: own },
      ...annotations && { annotations },
      ...addresses && { addresses },
      ...config && { settings: config.spec },
    };
    return [gateway, unusual] as const;
  });
  return Object.fromEntries(described.filter(([, what]) => Object.keys(what).length > 0));
}
