import { IServiceAccount, Workload } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import type { AllowMonitoringOptions } from './calls/allow-monitoring';
import { ProxyOptions } from './enrolment/proxy-options';
import { Mesh } from './mesh';
import { NamespacePolicies } from './namespace-policies';
import { checkTrustDomain } from '../istio/mesh-config-values';
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

  /**
   * The trust domain of the caller.
   *
   * @default - that of its mesh
   */
  readonly clientTrustDomain?: string;

  /**
   * Whether it is a gateway, which sends past waypoints unless a Service says otherwise.
   *
   * @internal
   */
  readonly _entersPastWaypoints?: boolean;

  /**
   * Refuses a client that is known to have no identity.
   *
   * @internal
   */
  _requireIdentity?(): void;
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
   * Whether all of its pods join the mesh; `undefined` where others know.
   *
   * @internal
   */
  readonly _enrolled?: boolean;

  /**
   * Refuses in this namespace, from now on, what nothing allows: `allowFrom` of its workloads, and what patterns of this app need, such as a route of a gateway.
   * The first `allowFrom` does so too.
   *
   * @throws when the namespace is that of the control plane
   */
  close(): IMeshNamespace;

  /**
   * Lets a monitoring system, by its identity, get metrics from the workloads of this namespace when it is closed. What proxies tell of themselves needs it not.
   *
   * @param monitoring who scrapes, which must be in the mesh: nobody else has an identity
   * @param options where the metrics are
   * @throws when the client cannot be known, or there is no port
   */
  allowMonitoring(monitoring: IMeshClient, options: AllowMonitoringOptions): IMeshNamespace;

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

  /**
   * The workloads of a namespace, or of a service account in it, of another trust domain, which this mesh trusts: by `caCertificates` or a root that both have.
   *
   * @param trustDomain the other trust domain
   * @param namespace the name of the namespace there, as one that is in the cluster already
   * @param serviceAccount the name of the service account; default: every workload of the namespace
   * @throws when a name breaks Kubernetes' rules, or the trust domain those of Istio
   */
  public static inTrustDomain(trustDomain: string, namespace: IMeshNamespace, serviceAccount?: string): IMeshClient {
    return {
      clientTrustDomain: checkTrustDomain(trustDomain, 'trust domain of the client'),
      clientNamespace: namespace,
      clientServiceAccount: serviceAccount === undefined ? undefined : checkDnsSubdomain(serviceAccount, 'name of the service account'),
    };
  }

  private constructor() {}
}
