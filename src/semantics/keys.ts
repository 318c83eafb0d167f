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
} as const;

/** Labels that Istio reads; where each may stand is in facts, and in test/data/label-placement.json. */
export const IstioLabel = {
  /** Namespace only. */
  INJECTION: 'istio-injection',
  /** Namespace, pod, Gateway. */
  REV: 'istio.io/rev',
  /** Pod only. */
  SIDECAR_INJECT: 'sidecar.istio.io/inject',
  /** Namespace, pod. */
  DATAPLANE_MODE: 'istio.io/dataplane-mode',
  USE_WAYPOINT: 'istio.io/use-waypoint',
  USE_WAYPOINT_NAMESPACE: 'istio.io/use-waypoint-namespace',
  /** The identity label of a classic gateway, by custom. */
  GATEWAY: 'istio',
} as const;

/** The labels by which a namespace, a pod or a gateway joins a mesh: the mesh alone says them. */
export const ENROLMENT_LABELS: string[] = [
  IstioLabel.INJECTION, IstioLabel.REV, IstioLabel.SIDECAR_INJECT, IstioLabel.DATAPLANE_MODE,
];

/** Annotations that Istio reads. */
export const IstioAnnotation = {
  INJECT_TEMPLATES: 'inject.istio.io/templates',
  /** AuthorizationPolicy only. */
  DRY_RUN: 'istio.io/dry-run',
  INCLUDE_INBOUND_PORTS: 'traffic.sidecar.istio.io/includeInboundPorts',
  AMBIENT_BYPASS_INBOUND: 'ambient.istio.io/bypass-inbound-capture',
} as const;

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

/** Annotations that Linkerd reads. */
export const LinkerdAnnotation = {
  INJECT: 'linkerd.io/inject',
  DEFAULT_INBOUND_POLICY: 'config.linkerd.io/default-inbound-policy',
} as const;
