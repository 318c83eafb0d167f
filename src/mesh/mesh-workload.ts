import { Resource, Service, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkClient, requireProxy } from './calls/call-checks';
import { CallPolicies } from './calls/call-policies';
import { ProxyOptions } from './enrolment/proxy-options';
import { IMeshClient, IMeshNamespace } from './mesh-client';
import { WorkloadSelector } from '../istio/workload-selector';

/** Properties of a workload of the mesh. */
export interface MeshWorkloadProps {
  /** The namespace of the workload. */
  readonly namespace: IMeshNamespace;

  /** The Deployment, StatefulSet or other workload; it needs a service account of its own to call others. */
  readonly workload: Workload;

  /**
   * The name of its policy.
   *
   * @default - the name of the workload
   */
  readonly name?: string;

  /**
   * The Services by which it is called: waypoints of an ambient mesh tell calls by them. An empty list says that it has none.
   *
   * @default - not known
   */
  readonly services?: Service[];

  /**
   * How its proxy runs; the workload is enrolled with it, as by `namespace.enrol`.
   *
   * @default - as the mesh and the namespace say
   */
  readonly proxy?: ProxyOptions;
}

/** What a client may ask for: every field that is given must match, by one of its values. */
export interface AllowOptions {
  /**
   * The ports, as the workload's containers listen on them.
   *
   * @default - every port
   */
  readonly ports?: number[];

  /**
   * HTTP methods. In an ambient mesh only a waypoint reads HTTP.
   *
   * @default - every method
   */
  readonly methods?: string[];

  /**
   * HTTP paths: exact, `prefix*`, `*suffix`, or with `{*}` for an element and `{**}` for the rest. In an ambient mesh only a waypoint reads HTTP.
   *
   * @default - every path
   */
  readonly paths?: string[];

  /**
   * Hosts that requests name, with any port that clients add to them. In an ambient mesh only a waypoint reads HTTP.
   *
   * @default - every host
   */
  readonly hosts?: string[];

  /**
   * Whether the client calls the pods by their own address, past waypoints: as peers of a StatefulSet do. It says nothing where there are none.
   *
   * @default - false; true for a gateway, unless its requests come by a waypoint
   */
  readonly pastWaypoint?: boolean;
}

/**
 * A workload of the mesh: it has an identity, and says who may call it.
 *
 * The first `allowFrom` of a namespace closes it: from then on nothing in it may be called that no policy allows.
 *
 * @see https://istio.io/latest/docs/concepts/security/#authorization
 */
export class MeshWorkload extends Construct implements IMeshClient {
  /** The namespace of the workload. */
  public readonly clientNamespace: IMeshNamespace;

  /** The name by which policies and reports know it. */
  public readonly name: string;

  private readonly props: MeshWorkloadProps;
  private policies?: CallPolicies;

  /**
   * @throws when the workload, or one of its Services, is in another namespace, or the mesh does not know an option of its proxy
   */
  constructor(scope: Construct, id: string, props: MeshWorkloadProps) {
    super(scope, id);
    const { namespace, workload, services = [], proxy } = props;
    this.props = props;
    this.name = props.name ?? workload.name;
    this.clientNamespace = namespace;
    requireNamespace('workload', workload, namespace);
    services.forEach(service => requireNamespace('Service', service, namespace));
    if (proxy !== undefined) {
      namespace.enrol(workload, proxy);
    }
    namespace._policies.addWorkload(workload);
  }

  /** The service account by which others know the workload. */
  public get clientServiceAccount(): string | undefined {
    const account = this.props.workload.serviceAccount;
    if (account === undefined) {
      throw new Error(`workload '${this.props.workload.name}' needs a service account of its own: others of its namespace share the default one`);
    }
    return account.name;
  }

  /**
   * Lets a client call this workload, and closes the namespace.
   *
   * @param client who may call: a workload, a namespace, a gateway, or any other
   * @param options what it may ask for; default: everything
   * @throws when the client can have no identity that this mesh knows, the workload has no proxy, or nothing on the way reads what is asked for
   */
  public allowFrom(client: IMeshClient, options: AllowOptions = {}): this {
    const { namespace, workload, services } = this.props;
    requireProxy(workload, namespace);
    checkClient(`workload '${workload.name}'`, namespace, client);
    namespace._policies.close();
    this.policies ??= namespace._policies.open(this, { name: this.name, selector: WorkloadSelector.workload(workload), workload, services });
    this.policies.allow({ client, ...options });
    return this;
  }

  /**
   * Lets this workload call another one: its proxy gets to know the other namespace, and the other side lets it in, for these requests and no others.
   *
   * @param callee the workload that is called
   * @param options what this one may ask for; default: everything
   * @throws as `allowFrom` of the other one does
   */
  public mayCall(callee: MeshWorkload, options: AllowOptions = {}): this {
    if (callee.clientNamespace !== this.clientNamespace) {
      this.clientNamespace._policies.reach(callee.clientNamespace.name);
    }
    callee.allowFrom(this, options);
    return this;
  }

  /** @internal */
  public _requireIdentity(): void {
    requireProxy(this.props.workload, this.props.namespace);
  }
}

function requireNamespace(kind: string, { name, metadata }: Resource, namespace: IMeshNamespace): void {
  if (metadata.namespace !== namespace.name) {
    throw new Error(`${kind} '${name}' is in namespace '${metadata.namespace ?? 'default'}', got namespace '${namespace.name}': set metadata.namespace of the ${kind}`);
  }
}
