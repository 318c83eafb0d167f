/** Labels of Kubernetes itself. */
export const KubernetesLabel = {
  /** Set by the API server on every Namespace. */
  NAMESPACE_NAME: 'kubernetes.io/metadata.name',
  APP: 'app',
  APP_NAME: 'app.kubernetes.io/name',
  APP_INSTANCE: 'app.kubernetes.io/instance',
  APP_COMPONENT: 'app.kubernetes.io/component',
  APP_MANAGED_BY: 'app.kubernetes.io/managed-by',
  APP_PART_OF: 'app.kubernetes.io/part-of',
  /** Node, as are those of a zone and a subzone: where the endpoints on it are. */
  TOPOLOGY_REGION: 'topology.kubernetes.io/region',
  TOPOLOGY_ZONE: 'topology.kubernetes.io/zone',
} as const;

/** Labels that Argo Rollouts writes; they belong in no manifest. */
export const RolloutsLabel = {
  /** Pods, selectors of Services, subsets. */
  POD_TEMPLATE_HASH: 'rollouts-pod-template-hash',
} as const;

/** Types of Secrets. */
export const SecretType = {
  OPAQUE: 'Opaque',
  TLS: 'kubernetes.io/tls',
} as const;

/** Labels that Istio reads; where each may stand is in facts, and in test/data/label-placement.json. */
export const IstioLabel = {
  /** Namespace only. */
  INJECTION: 'istio-injection',
  /** Namespace, pod, Gateway. */
  REV: 'istio.io/rev',
  /** Service of a revision tag, as the charts write it. */
  TAG: 'istio.io/tag',
  /** Pod only. */
  SIDECAR_INJECT: 'sidecar.istio.io/inject',
  /** Namespace, pod. */
  DATAPLANE_MODE: 'istio.io/dataplane-mode',
  USE_WAYPOINT: 'istio.io/use-waypoint',
  USE_WAYPOINT_NAMESPACE: 'istio.io/use-waypoint-namespace',
  USE_WAYPOINT_CANARY: 'istio.io/use-waypoint-canary',
  USE_WAYPOINT_CANARY_NAMESPACE: 'istio.io/use-waypoint-canary-namespace',
  /** Gateway, GatewayClass. */
  WAYPOINT_FOR: 'istio.io/waypoint-for',
  /** Namespace, Service, ServiceEntry. */
  INGRESS_USE_WAYPOINT: 'istio.io/ingress-use-waypoint',
  /** ServiceEntry only. */
  ENABLE_AUTOALLOCATE_IP: 'networking.istio.io/enable-autoallocate-ip',
  /** Pod, WorkloadEntry. */
  CANONICAL_NAME: 'service.istio.io/canonical-name',
  CANONICAL_REVISION: 'service.istio.io/canonical-revision',
  WORKLOAD_NAME: 'service.istio.io/workload-name',
  TLS_MODE: 'security.istio.io/tlsMode',
  /** Node: the part of a zone. */
  TOPOLOGY_SUBZONE: 'topology.istio.io/subzone',
  /** Namespace of the control plane, Service and pods of a network's gateway, Gateway. */
  TOPOLOGY_NETWORK: 'topology.istio.io/network',
  /** Service or Gateway of a network: the port for other networks. */
  GATEWAY_PORT: 'networking.istio.io/gatewayPort',
  /** Service: all clusters of an ambient mesh share it. */
  SHARED: 'istio.io/global',
  /** The identity label of a classic gateway, by custom. */
  GATEWAY: 'istio',
} as const;

/** Annotations that Istio reads. */
export const IstioAnnotation = {
  INJECT_TEMPLATES: 'inject.istio.io/templates',
  /** AuthorizationPolicy only. */
  DRY_RUN: 'istio.io/dry-run',
  /** Where there is USE_WAYPOINT_CANARY. */
  USE_WAYPOINT_CANARY_WEIGHT: 'istio.io/use-waypoint-canary-weight',
  /** Namespace, Service, ServiceEntry. */
  TRAFFIC_DISTRIBUTION: 'networking.istio.io/traffic-distribution',
  /** ServiceEntry only. */
  CONNECT_STRATEGY: 'istio.io/connect-strategy',
  /** Pod, infrastructure of a Gateway: a YAML or JSON object as a string. */
  PROXY_CONFIG: 'proxy.istio.io/config',
  INCLUDE_INBOUND_PORTS: 'traffic.sidecar.istio.io/includeInboundPorts',
  /** Pod, as are those below. */
  EXCLUDE_INBOUND_PORTS: 'traffic.sidecar.istio.io/excludeInboundPorts',
  INCLUDE_OUTBOUND_PORTS: 'traffic.sidecar.istio.io/includeOutboundPorts',
  EXCLUDE_OUTBOUND_PORTS: 'traffic.sidecar.istio.io/excludeOutboundPorts',
  INCLUDE_OUTBOUND_IP_RANGES: 'traffic.sidecar.istio.io/includeOutboundIPRanges',
  EXCLUDE_OUTBOUND_IP_RANGES: 'traffic.sidecar.istio.io/excludeOutboundIPRanges',
  EXCLUDE_INTERFACES: 'traffic.sidecar.istio.io/excludeInterfaces',
  REROUTE_VIRTUAL_INTERFACES: 'istio.io/reroute-virtual-interfaces',
  INTERCEPTION_MODE: 'sidecar.istio.io/interceptionMode',
  PROXY_CPU: 'sidecar.istio.io/proxyCPU',
  PROXY_CPU_LIMIT: 'sidecar.istio.io/proxyCPULimit',
  PROXY_MEMORY: 'sidecar.istio.io/proxyMemory',
  PROXY_MEMORY_LIMIT: 'sidecar.istio.io/proxyMemoryLimit',
  PROXY_IMAGE: 'sidecar.istio.io/proxyImage',
  PROXY_IMAGE_TYPE: 'sidecar.istio.io/proxyImageType',
  LOG_LEVEL: 'sidecar.istio.io/logLevel',
  COMPONENT_LOG_LEVEL: 'sidecar.istio.io/componentLogLevel',
  AGENT_LOG_LEVEL: 'sidecar.istio.io/agentLogLevel',
  NATIVE_SIDECAR: 'sidecar.istio.io/nativeSidecar',
  REWRITE_APP_HTTP_PROBERS: 'sidecar.istio.io/rewriteAppHTTPProbers',
  USER_VOLUME: 'sidecar.istio.io/userVolume',
  USER_VOLUME_MOUNT: 'sidecar.istio.io/userVolumeMount',
  BOOTSTRAP_OVERRIDE: 'sidecar.istio.io/bootstrapOverride',
  STATS_HISTOGRAM_BUCKETS: 'sidecar.istio.io/statsHistogramBuckets',
  STATS_FLUSH_INTERVAL: 'sidecar.istio.io/statsFlushInterval',
  STATS_EVICTION_INTERVAL: 'sidecar.istio.io/statsEvictionInterval',
  MERGE_METRICS: 'prometheus.istio.io/merge-metrics',
  READINESS_INITIAL_DELAY: 'readiness.status.sidecar.istio.io/initialDelaySeconds',
  READINESS_PERIOD: 'readiness.status.sidecar.istio.io/periodSeconds',
  READINESS_FAILURE_THRESHOLD: 'readiness.status.sidecar.istio.io/failureThreshold',
  AMBIENT_DNS_CAPTURE: 'ambient.istio.io/dns-capture',
  AMBIENT_BYPASS_INBOUND: 'ambient.istio.io/bypass-inbound-capture',
  /** WorkloadEntry; on pods, the CNI writes it. */
  AMBIENT_REDIRECTION: 'ambient.istio.io/redirection',
  /** Namespace of the control plane in a cluster without one. */
  CONTROL_PLANE_CLUSTERS: 'topology.istio.io/controlPlaneClusters',
} as const;

/** Keys of the TLS options of a listener that Istio reads. */
export const IstioListenerOption = {
  TLS_TERMINATE_MODE: 'gateway.istio.io/tls-terminate-mode',
  TLS_CIPHER_SUITES: 'gateway.istio.io/tls-cipher-suites',
  LISTENER_PROTOCOL: 'gateway.istio.io/listener-protocol',
} as const;

/** Annotations of a Gateway that Istio provisions for; each stands on the Gateway itself. */
export const IstioGatewayAnnotation = {
  SERVICE_TYPE: 'networking.istio.io/service-type',
  NAME_OVERRIDE: 'gateway.istio.io/name-override',
  SERVICE_ACCOUNT: 'gateway.istio.io/service-account',
  ADDRESS_TYPE: 'networking.istio.io/address-type',
} as const;

/** Labels by which controllers mark the pods that they make for a Gateway. */
export const GatewayPodLabel = {
  GATEWAY_NAME: 'gateway.networking.k8s.io/gateway-name',
} as const;

/** Labels of ConfigMaps that Istio's controller of Gateways looks for. */
export const GatewayClassLabel = {
  /** In the namespace of the control plane. */
  DEFAULTS: 'gateway.istio.io/defaults-for-class',
} as const;

/** Annotations of Services that the load balancers of clouds read. */
export const CloudAnnotation = {
  GKE_LOAD_BALANCER_TYPE: 'networking.gke.io/load-balancer-type',
  AWS_SCHEME: 'service.beta.kubernetes.io/aws-load-balancer-scheme',
  AZURE_INTERNAL: 'service.beta.kubernetes.io/azure-load-balancer-internal',
} as const;

/** With what Istio starts the names of annotations that only it writes, on configuration that it makes of other objects. */
export const ISTIO_INTERNAL_PREFIX = 'internal.istio.io/';

/** Annotations of Google's managed Istio control plane. */
export const ManagedMeshAnnotation = {
  /** A JSON object as a string. */
  PROXY: 'mesh.cloud.google.com/proxy',
} as const;

/** Annotations that Prometheus' customary pod discovery reads. */
export const PrometheusAnnotation = {
  SCRAPE: 'prometheus.io/scrape',
  PORT: 'prometheus.io/port',
  PATH: 'prometheus.io/path',
} as const;

/** Labels that keep pods from being scraped. */
export const MonitoringLabel = {
  /** Pod, with any value. */
  IGNORE: 'istio-prometheus-ignore',
} as const;

/** Labels by which the sidecar of Grafana finds what it loads. */
export const GrafanaLabel = {
  /** ConfigMap, Secret. */
  DASHBOARD: 'grafana_dashboard',
} as const;

/** Annotations that the sidecar of Grafana reads. */
export const GrafanaAnnotation = {
  FOLDER: 'grafana_folder',
} as const;

/** Annotations that Linkerd reads. */
export const LinkerdAnnotation = {
  INJECT: 'linkerd.io/inject',
  DEFAULT_INBOUND_POLICY: 'config.linkerd.io/default-inbound-policy',
  /** Namespace, pod, as are those below. */
  SKIP_INBOUND_PORTS: 'config.linkerd.io/skip-inbound-ports',
  SKIP_OUTBOUND_PORTS: 'config.linkerd.io/skip-outbound-ports',
  SKIP_SUBNETS: 'config.linkerd.io/skip-subnets',
  OPAQUE_PORTS: 'config.linkerd.io/opaque-ports',
  REQUIRE_IDENTITY_INBOUND_PORTS: 'config.linkerd.io/proxy-require-identity-inbound-ports',
  POD_INBOUND_PORTS: 'config.linkerd.io/pod-inbound-ports',
  ACCESS_LOG: 'config.linkerd.io/access-log',
  PROXY_CPU_REQUEST: 'config.linkerd.io/proxy-cpu-request',
  PROXY_CPU_LIMIT: 'config.linkerd.io/proxy-cpu-limit',
  PROXY_MEMORY_REQUEST: 'config.linkerd.io/proxy-memory-request',
  PROXY_MEMORY_LIMIT: 'config.linkerd.io/proxy-memory-limit',
  PROXY_LOG_LEVEL: 'config.linkerd.io/proxy-log-level',
  PROXY_AWAIT: 'config.linkerd.io/proxy-await',
  SHUTDOWN_GRACE_PERIOD: 'config.linkerd.io/shutdown-grace-period',
  ENABLE_NATIVE_SIDECAR: 'config.linkerd.io/proxy-enable-native-sidecar',
} as const;

/** Annotations of Services, EgressNetworks and routes to them, by which Linkerd's proxies call. */
export const LinkerdTrafficAnnotation = {
  REQUEST_TIMEOUT: 'timeout.linkerd.io/request',
  RESPONSE_TIMEOUT: 'timeout.linkerd.io/response',
  IDLE_TIMEOUT: 'timeout.linkerd.io/idle',
  RETRY_HTTP: 'retry.linkerd.io/http',
  RETRY_GRPC: 'retry.linkerd.io/grpc',
  RETRY_LIMIT: 'retry.linkerd.io/limit',
  RETRY_TIMEOUT: 'retry.linkerd.io/timeout',
  /** Service, EgressNetwork, as are those below. */
  FAILURE_ACCRUAL: 'balancer.linkerd.io/failure-accrual',
  MAX_FAILURES: 'balancer.linkerd.io/failure-accrual-consecutive-max-failures',
  MIN_PENALTY: 'balancer.linkerd.io/failure-accrual-consecutive-min-penalty',
  MAX_PENALTY: 'balancer.linkerd.io/failure-accrual-consecutive-max-penalty',
  JITTER_RATIO: 'balancer.linkerd.io/failure-accrual-consecutive-jitter-ratio',
} as const;

/** Headers that Linkerd's proxies read. */
export const LinkerdHeader = {
  /** Where a proxy in ingress mode sends a request: a Service with its port. */
  DST_OVERRIDE: 'l5d-dst-override',
} as const;

/** Headers that gateways give to requests, for what stands beside them in a mesh. */
export const GatewayHeader = {
  /** The host of the Service that the gateway has chosen. */
  BACKEND_HOST: 'x-backend-host',
} as const;

/** Labels that Linkerd's multicluster extension reads. */
export const LinkerdLabel = {
  /** Service. */
  EXPORTED: 'mirror.linkerd.io/exported',
  FEDERATED: 'mirror.linkerd.io/federated',
  /** Namespace. */
  ADMISSION_WEBHOOKS: 'config.linkerd.io/admission-webhooks',
} as const;

/** Annotations by which cert-manager makes certificates for a Gateway or ListenerSet. */
export const CertManagerAnnotation = {
  ISSUER: 'cert-manager.io/issuer',
  CLUSTER_ISSUER: 'cert-manager.io/cluster-issuer',
  ISSUER_KIND: 'cert-manager.io/issuer-kind',
  ISSUER_GROUP: 'cert-manager.io/issuer-group',
  COMMON_NAME: 'cert-manager.io/common-name',
  ALT_NAMES: 'cert-manager.io/alt-names',
  IP_SANS: 'cert-manager.io/ip-sans',
  URI_SANS: 'cert-manager.io/uri-sans',
  EMAIL_SANS: 'cert-manager.io/email-sans',
  DURATION: 'cert-manager.io/duration',
  RENEW_BEFORE: 'cert-manager.io/renew-before',
  RENEW_BEFORE_PERCENTAGE: 'cert-manager.io/renew-before-percentage',
  USAGES: 'cert-manager.io/usages',
  REVISION_HISTORY_LIMIT: 'cert-manager.io/revision-history-limit',
  PRIVATE_KEY_ALGORITHM: 'cert-manager.io/private-key-algorithm',
  PRIVATE_KEY_ENCODING: 'cert-manager.io/private-key-encoding',
  PRIVATE_KEY_SIZE: 'cert-manager.io/private-key-size',
  PRIVATE_KEY_ROTATION_POLICY: 'cert-manager.io/private-key-rotation-policy',
  SUBJECT_ORGANIZATIONS: 'cert-manager.io/subject-organizations',
  SUBJECT_ORGANIZATIONAL_UNITS: 'cert-manager.io/subject-organizationalunits',
  SUBJECT_COUNTRIES: 'cert-manager.io/subject-countries',
  SUBJECT_PROVINCES: 'cert-manager.io/subject-provinces',
  SUBJECT_LOCALITIES: 'cert-manager.io/subject-localities',
  SUBJECT_STREET_ADDRESSES: 'cert-manager.io/subject-streetaddresses',
  SUBJECT_POSTAL_CODES: 'cert-manager.io/subject-postalcodes',
  SUBJECT_SERIAL_NUMBER: 'cert-manager.io/subject-serialnumber',
  SECRET_TEMPLATE: 'cert-manager.io/secret-template',
  IGNORE_TLS_LISTENERS: 'cert-manager.io/ignore-tls-listeners',
  /** Secret only. */
  ALLOW_DIRECT_INJECTION: 'cert-manager.io/allow-direct-injection',
  /** ListenerSet only. */
  HTTP01_PARENT_REF_FALLBACK: 'acme.cert-manager.io/http01-parentreffallback',
} as const;

/** With what external-dns starts the names of its annotations. */
export const ExternalDnsPrefix = {
  /** From 0.22 on. */
  CURRENT: 'external-dns.kubernetes.io/',
  /** Up to 0.21. */
  ALPHA: 'external-dns.alpha.kubernetes.io/',
} as const;

/** What follows the prefix in the annotations that external-dns reads. */
export const ExternalDnsSuffix = {
  /** Gateway, ListenerSet. */
  TARGET: 'target',
  /** Routes, as are those below. */
  HOSTNAME: 'hostname',
  HOSTNAME_SOURCE: 'gateway-hostname-source',
  TTL: 'ttl',
  SET_IDENTIFIER: 'set-identifier',
  CONTROLLER: 'controller',
} as const;

/** Annotations of pods, by custom. */
export const RolloutAnnotation = {
  /** What the configuration is that pods have read: with another one they start again. */
  CONFIG_CHECKSUM: 'checksum/config',
} as const;

/** Annotations of Argo CD. */
export const ArgoCdAnnotation = {
  SYNC_WAVE: 'argocd.argoproj.io/sync-wave',
} as const;
