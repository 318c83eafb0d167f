const UNSPECIFIED = 'the same as leaving it out';
const TARGET_REF = 'deprecated: `targetRefs` says the same, and several';
const OTHER_NAMESPACE = 'no reader: a target is in the namespace of its policy';
const UNREAD = 'istiod does not read it';
const INVALID = 'no word to use: it stands for none';
const PORT = 'refused by the webhook';
const POLICIES = ['trafficPolicy', 'subsets[].trafficPolicy', 'trafficPolicy.portLevelSettings[]', 'subsets[].trafficPolicy.portLevelSettings[]'];
const OF_SIDECAR = 'a sidecar takes certificates in files only, of one server; the webhook refuses the rest';

/** What every place of settings in a DestinationRule has. */
const LOAD_BALANCING: { readonly [path: string]: string } = {
  'loadBalancer.simple=LEAST_CONN': 'deprecated: `LEAST_REQUEST`',
  'loadBalancer.simple=UNSPECIFIED': UNSPECIFIED,
  'loadBalancer.consistentHash.minimumRingSize': 'deprecated: `ringHash.minimumRingSize`',
  'loadBalancer.warmupDurationSecs': 'deprecated: `warmup.duration`',
  'outlierDetection.consecutiveErrors': 'deprecated: `consecutive5xxErrors` and `consecutiveGatewayErrors`',
};

const all = (kind: string, reason: string, ...paths: string[]) => Object.fromEntries(paths.map(path => [`${kind} ${path}`, reason]));

/** Why fields of Istio are left out, by kind and path; all below a path is left out with it. */
export const REASONS: { readonly [field: string]: string } = {
  ...Object.fromEntries(['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin'].map(kind => [`${kind} targetRef`, TARGET_REF])),
  ...Object.fromEntries(['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin', 'TrafficExtension', 'EnvoyFilter']
    .map(kind => [`${kind} targetRefs[].namespace`, OTHER_NAMESPACE])),
  ...Object.fromEntries(POLICIES.flatMap(policy => Object.entries(LOAD_BALANCING).map(([path, reason]) => [`DestinationRule ${policy}.${path}`, reason]))),
  ...all('EnvoyFilter', INVALID, 'configPatches[].applyTo=INVALID', 'configPatches[].patch.operation=INVALID'),
  ...all('EnvoyFilter', UNREAD, 'configPatches[].applyTo=BOOTSTRAP', 'configPatches[].match.listener.portName', 'configPatches[].patch.filterClass'),
  ...all('Gateway', PORT, 'servers[].port.targetPort'),
  'Gateway servers[].tls.tlsCertificates[].caCertificates': 'istiod reads that of the server only',
  'RequestAuthentication jwtRules[].jwks_uri': 'deprecated: `jwksUri`',
  ...all('Sidecar', PORT, 'egress[].port.targetPort', 'ingress[].port.targetPort'),
  'Sidecar outboundTrafficPolicy.egressProxy': 'deprecated: a DestinationRule, or an egress gateway',
  ...all('Sidecar', OF_SIDECAR,
    'ingress[].tls.caCertCredentialName', 'ingress[].tls.credentialName', 'ingress[].tls.credentialNames', 'ingress[].tls.httpsRedirect',
    'ingress[].tls.insecureSkipVerify', 'ingress[].tls.mode=AUTO_PASSTHROUGH', 'ingress[].tls.mode=ISTIO_MUTUAL', 'ingress[].tls.mode=OPTIONAL_MUTUAL',
    'ingress[].tls.mode=PASSTHROUGH', 'ingress[].tls.subjectAltNames', 'ingress[].tls.tlsCertificates', 'ingress[].tls.verifyCertificateHash',
    'ingress[].tls.verifyCertificateSpki'),
  ...all('TrafficExtension', UNSPECIFIED, 'match[].mode=UNDEFINED', 'phase=UNSPECIFIED', 'wasm.imagePullPolicy=UNSPECIFIED_POLICY', 'wasm.type=UNSPECIFIED_PLUGIN_TYPE'),
  ...all('TrafficExtension', UNREAD, 'wasm.verificationKey'),
  ...all('WasmPlugin', UNSPECIFIED, 'match[].mode=UNDEFINED', 'phase=UNSPECIFIED_PHASE', 'imagePullPolicy=UNSPECIFIED_POLICY', 'type=UNSPECIFIED_PLUGIN_TYPE'),
  ...all('WasmPlugin', UNREAD, 'verificationKey'),
  'VirtualService http[].corsPolicy.allowOrigin': 'deprecated: `allowOrigins`',
  'VirtualService http[].corsPolicy.unmatchedPreflights=UNSPECIFIED': UNSPECIFIED,
  ...all('VirtualService', 'not supported: the webhook refuses it', 'http[].fault.abort.http2Error', 'http[].fault.delay.exponentialDelay'),
  'VirtualService http[].fault.delay.percent': 'deprecated: `percentage`',
  ...all('VirtualService', 'older form of `mirrors`, which takes several', 'http[].mirror', 'http[].mirrorPercent', 'http[].mirrorPercentage', 'http[].mirror_percent'),
  ...all('VirtualService', UNREAD, 'tcp[].match[].sourceSubnet'),
  'WorkloadGroup probe.grpc': 'refused by the webhook',
  ...all('WorkloadGroup', 'each workload says its own address; labels are those of `metadata`', 'template.address', 'template.labels'),
};
