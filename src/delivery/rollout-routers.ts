/** Stickiness of an ALB. */
export interface RolloutAlbStickiness {
  /** How long, in seconds. */
  readonly durationSeconds: number;
}

/** Routing by an ALB. */
export interface RolloutAlb {
  /** The Ingresses, at least one. */
  readonly ingresses: string[];
  /** The port of the Service. */
  readonly servicePort: number;

  /**
   * The Service that the Ingress names.
   *
   * @default - the stable one
   */
  readonly rootService?: string;

  /**
   * The prefix of annotations.
   *
   * @default 'alb.ingress.kubernetes.io'
   */
  readonly annotationPrefix?: string;

  /**
   * Whether clients keep their version.
   *
   * @default - they do not
   */
  readonly stickiness?: RolloutAlbStickiness;
}

/** Routing by NGINX Ingress. */
export interface RolloutNginx {
  /** The Ingresses of the stable version, at least one. */
  readonly stableIngresses: string[];

  /**
   * The prefix of annotations.
   *
   * @default 'nginx.ingress.kubernetes.io'
   */
  readonly annotationPrefix?: string;

  /**
   * More annotations of NGINX, without prefix.
   *
   * @default - none
   */
  readonly additionalIngressAnnotations?: { [key: string]: string };

  /**
   * Annotations of the Ingress of the canary.
   *
   * @default - none
   */
  readonly canaryIngressAnnotations?: { [key: string]: string };
}

/** Routing by App Mesh. */
export interface RolloutAppMesh {
  /** The VirtualService of App Mesh. */
  readonly virtualService: string;
  /** The VirtualNode of the canary. */
  readonly canaryVirtualNode: string;
  /** The VirtualNode of the stable version. */
  readonly stableVirtualNode: string;

  /**
   * The routes, by name.
   *
   * @default - the only one
   */
  readonly routes?: string[];
}

/** Routing by APISIX. */
export interface RolloutApisix {
  /** The ApisixRoute. */
  readonly route: string;

  /**
   * The rules, by name.
   *
   * @default - the only one
   */
  readonly rules?: string[];
}

/** Routing by the Service Mesh Interface. */
export interface RolloutSmi {
  /**
   * The Service that clients call.
   *
   * @default - the stable one
   */
  readonly rootService?: string;

  /**
   * The TrafficSplit.
   *
   * @default - the name of the Rollout
   */
  readonly trafficSplitName?: string;
}
