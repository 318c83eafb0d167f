import { LabelSelectorOptions } from 'cdk8s-plus-28';

/** Whether services stay in their cluster. */
export interface MeshServiceSettings {
  /** Whether clients reach endpoints of their own cluster only. */
  readonly clusterLocal: boolean;

  /** The services: `foo.bar.svc.cluster.local`, `*.baz.svc.cluster.local`; at least one. */
  readonly hosts: string[];
}

/** How far a service reaches in an ambient mesh of several clusters. */
export enum ServiceScope {
  /** Its own cluster. */
  LOCAL = 'LOCAL',
  /** All clusters. */
  GLOBAL = 'GLOBAL',
}

/** How far some services reach in an ambient mesh of several clusters. */
export interface MeshServiceScope {
  /** How far they reach. */
  readonly scope: ServiceScope;

  /**
   * Their namespaces.
   *
   * @default - all
   */
  readonly namespaceSelector?: LabelSelectorOptions;

  /**
   * The services.
   *
   * @default - all
   */
  readonly servicesSelector?: LabelSelectorOptions;
}

/** Who sees a ServiceEntry. */
export enum EntryVisibility {
  /** Nobody. */
  NONE = 'NONE',
  /** Its own namespace. */
  NAMESPACE = 'NAMESPACE',
  /** All that its control plane configures. */
  PUBLIC = 'PUBLIC',
}

/** Who sees the ServiceEntries of some namespaces. */
export interface EntryVisibilityPolicy {
  /** Who sees them. */
  readonly visibility: EntryVisibility;

  /** The namespaces: those that all selectors select. At least one. */
  readonly namespaceSelectors: LabelSelectorOptions[];
}

/** Who sees ServiceEntries, whatever their exportTo says. */
export interface ServiceEntryVisibility {
  /**
   * Who sees those that no policy is for.
   *
   * @default EntryVisibility.PUBLIC
   */
  readonly defaultVisibility?: EntryVisibility;

  /**
   * Whether it holds for sidecars too, instead of ztunnel and waypoints only.
   *
   * @default false
   */
  readonly applyToSidecars?: boolean;

  /**
   * For some namespaces: the first policy that matches counts.
   *
   * @default - none
   */
  readonly policies?: EntryVisibilityPolicy[];
}

/** Which Ingress objects Istio serves. */
export enum IngressControllerMode {
  /** None. */
  OFF = 'OFF',
  /** Those with the class, and those without any. */
  DEFAULT = 'DEFAULT',
  /** Those with the class. */
  STRICT = 'STRICT',
}

/** How Istio serves Ingress objects. */
export interface MeshIngress {
  /**
   * The class of Ingress objects that Istio serves.
   *
   * @default 'istio'
   */
  readonly ingressClass?: string;

  /**
   * The Service of the gateway, whose address Ingress objects get.
   *
   * @default 'istio-ingressgateway'
   */
  readonly ingressService?: string;

  /**
   * The value of the label `istio` of the gateway's pods.
   *
   * @default 'ingressgateway'
   */
  readonly ingressSelector?: string;

  /**
   * Which Ingress objects Istio serves.
   *
   * @default IngressControllerMode.STRICT
   */
  readonly ingressControllerMode?: IngressControllerMode;
}

/** What of a cluster the mesh knows, and who knows what. */
export interface MeshVisibilitySettings {
  /**
   * The namespaces that istiod looks at: those that one of the selectors selects.
   *
   * @default - all
   */
  readonly discoverySelectors?: LabelSelectorOptions[];

  /**
   * To whom Services and ServiceEntries are shown that do not say it: namespaces, or `*`, `.` or `~`.
   *
   * @default - to all namespaces
   */
  readonly defaultServiceExportTo?: string[];

  /**
   * To whom VirtualServices are shown that do not say it: namespaces, or `*` or `.`.
   *
   * @default - to all namespaces
   */
  readonly defaultVirtualServiceExportTo?: string[];

  /**
   * To whom DestinationRules are shown that do not say it: namespaces, or `*` or `.`.
   *
   * @default - to all namespaces
   */
  readonly defaultDestinationRuleExportTo?: string[];

  /**
   * Which services stay in their cluster.
   *
   * @default - those of kube-system and the API server
   */
  readonly serviceSettings?: MeshServiceSettings[];

  /**
   * How far services reach in an ambient mesh of several clusters. Istio 1.27 and later.
   *
   * @default - those with the label `istio.io/global: 'true'` reach all clusters
   */
  readonly serviceScopeConfigs?: MeshServiceScope[];

  /**
   * Who sees ServiceEntries, whatever their exportTo says. Istio 1.31 and later.
   *
   * @default - everybody, or whom their exportTo names
   */
  readonly serviceEntryVisibility?: ServiceEntryVisibility;

  /**
   * How Istio serves Ingress objects.
   *
   * @default - those of the class `istio`
   */
  readonly ingress?: MeshIngress;
}
