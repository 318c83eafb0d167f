import { IServiceAccount } from 'cdk8s-plus-28';
import { IstioNetwork } from './istio-network';
import { WorkloadLocality } from './workload-locality';

/** What is known of workloads that are no pods, whatever their address. */
export interface WorkloadTemplate {
  /**
   * The port numbers by the names of ports of the ServiceEntry or Service, 1 to 65535; at most 128.
   *
   * @default - the target ports of the ServiceEntry
   */
  readonly ports?: { [name: string]: number };

  /**
   * The network: endpoints of another network are reached by that network's gateway.
   *
   * @default - that of the cluster
   */
  readonly network?: IstioNetwork;

  /**
   * The locality.
   *
   * @default - not known: no locality goes before it or after it
   */
  readonly locality?: WorkloadLocality;

  /**
   * The share of traffic in proportion to those of the others, 1 to 4294967295. There is no 0: Istio would take it for 1.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * The service account as which it runs, in the same namespace; one of the cluster is `ServiceAccount.fromServiceAccountName(...)`.
   *
   * With it, clients take the workload for one that speaks mTLS of the mesh.
   *
   * @default - not known
   */
  readonly serviceAccount?: IServiceAccount;
}

/** Where traffic goes that does not go to pods. */
export interface WorkloadEndpoint extends WorkloadTemplate {
  /**
   * An IP address, a DNS name, or `unix://` and the absolute path or abstract name of a socket in the client's pod.
   *
   * In a ServiceEntry resolution STATIC takes no names, and the others no sockets.
   *
   * @default - the gateway of `network`, which must then be given
   */
  readonly address?: string;

  /**
   * Labels, by which ServiceEntries, policies and subsets choose; at most 256.
   *
   * @default - no labels
   */
  readonly labels?: { [key: string]: string };
}
