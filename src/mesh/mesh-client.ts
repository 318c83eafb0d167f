import { IServiceAccount, Workload } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { Mesh } from './mesh';
import { NamespacePolicies } from './namespace-policies';
import { ProxyOptions } from './proxy-options';
import { checkDnsSubdomain } from '../semantics/names';

/** Who calls: every workload of a namespace, or the workloads of one service account. */
export interface IMeshClient {
  /** The namespace of the caller. */
  readonly clientNamespace: IMeshNamespace;

  /**
   * The service account of the caller.
   *
   * @default - every workload of the namespace
   */
  readonly clientServiceAccount?: string;
}

/** A namespace of a mesh: of this app, or in the cluster already. */
export interface IMeshNamespace extends IConstruct, IMeshClient {
  /** The mesh. */
  readonly mesh: Mesh;

  /** The name of the namespace. */
  readonly name: string;

  /** The labels of the namespace, as far as they are known. */
  readonly labels: { [key: string]: string };

  /** @internal */
  readonly _policies: NamespacePolicies;

  /**
   * Has the pods of a workload join the mesh, where the namespace does not do so already, with a proxy that runs as the options say. Labels and annotations go onto the pod
   * template.
   *
   * @param workload the Deployment, StatefulSet or other workload, in this namespace
   * @param options how its proxy runs; default: as the mesh and the namespace say
   * @throws when the workload is in another namespace, uses the network of its node, is enrolled or left out already, or has labels of enrolment; when a label of the
   *   namespace contradicts; when an option is one that the mesh does not know, or takes no effect
   */
  enrol(workload: Workload, options?: ProxyOptions): IMeshNamespace;

  /**
   * Keeps the pods of a workload out of the mesh: they have no identity, so that workloads which take mTLS only refuse them.
   *
   * @param workload the Deployment, StatefulSet or other workload, in this namespace
   * @throws when the workload is in another namespace, is enrolled or left out already, or has labels of enrolment
   */
  leaveOut(workload: Workload): IMeshNamespace;

  /**
   * Writes on the Namespace what something of it needs; of one that others make, it is known already or refused.
   *
   * @param what what needs it, for messages
   * @internal
   */
  _mark(what: string, labels: { [key: string]: string }, annotations: { [key: string]: string }): void;
}

/**
 * Callers that no construct of this app stands for.
 *
 * @see https://istio.io/latest/docs/concepts/security/#istio-identity
 */
export class MeshClient {
  /**
   * The workloads of a service account of this app.
   *
   * @param namespace the namespace of the service account
   * @param account the service account
   */
  public static serviceAccount(namespace: IMeshNamespace, account: IServiceAccount): IMeshClient {
    return MeshClient.serviceAccountName(namespace, account.name);
  }

  /**
   * The workloads of a service account that is in the cluster already.
   *
   * @param namespace the namespace of the service account
   * @param name its name
   * @throws when the name breaks Kubernetes' rules
   */
  public static serviceAccountName(namespace: IMeshNamespace, name: string): IMeshClient {
    return { clientNamespace: namespace, clientServiceAccount: checkDnsSubdomain(name, 'name of the service account') };
  }

  private constructor() {}
}
