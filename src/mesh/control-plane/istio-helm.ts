/** The official charts of Istio. */
export enum IstioChart {
  /** CRDs and what is there once in a cluster. */
  BASE = 'base',
  /** The control plane. */
  ISTIOD = 'istiod',
  /** What redirects the traffic of pods on each node. */
  CNI = 'cni',
  /** The proxy of ambient workloads on each node. */
  ZTUNNEL = 'ztunnel',
  /** A gateway with classic injection. */
  GATEWAY = 'gateway',
}

/** Kinds of clusters for which the charts have settings. */
export enum IstioPlatform {
  /** Google Kubernetes Engine. */
  GKE = 'gke',
  /** K3s in containers. */
  K3D = 'k3d',
  /** K3s. */
  K3S = 'k3s',
  /** MicroK8s. */
  MICROK8S = 'microk8s',
  /** minikube. */
  MINIKUBE = 'minikube',
  /** OpenShift. */
  OPENSHIFT = 'openshift',
}

/** What the charts of Istio need to know of an installation beside the mesh. */
export interface IstioHelmOptions {
  /**
   * The revision of the installation.
   *
   * @default - that of the controlPlane of the mesh
   */
  readonly revision?: string;

  /**
   * Tags that point to the revision; `default` for namespaces with the label `istio-injection`.
   *
   * @default - none
   */
  readonly revisionTags?: string[];

  /**
   * The name of the cluster in a mesh of several.
   *
   * @default 'Kubernetes'
   */
  readonly clusterName?: string;

  /**
   * The network of the cluster in a mesh of several.
   *
   * @default - none
   */
  readonly network?: string;

  /**
   * Whether the chart `cni` redirects the traffic of sidecars. Ambient has it always.
   *
   * @default - with ambient only
   */
  readonly cni?: boolean;

  /**
   * The kind of the cluster.
   *
   * @default - none in particular
   */
  readonly platform?: IstioPlatform;

  /**
   * Environment variables of istiod.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Values of charts that nothing here says, by chart: `{ istiod: { autoscaleMin: 2 } }`.
   *
   * @default - none
   */
  readonly values?: { [chart: string]: any };
}
