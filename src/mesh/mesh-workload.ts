import { Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IMeshClient, IMeshNamespace } from './mesh-client';
import { patternLabels } from './pattern-labels';
import { sourceOf } from './source';
import { AuthorizationAction } from '../istio/authorization-action';
import { AuthorizationPolicy } from '../istio/authorization-policy';
import { WorkloadSelector } from '../istio/workload-selector';

/** Properties of a workload of the mesh. */
export interface MeshWorkloadProps {
  /** The namespace of the workload. */
  readonly namespace: IMeshNamespace;

  /** The Deployment, StatefulSet or other workload; it needs a service account of its own. */
  readonly workload: Workload;

  /**
   * The name of its policy.
   *
   * @default - the name of the workload
   */
  readonly name?: string;
}

/** What a client may ask for. */
export interface AllowOptions {
  /**
   * The ports, as the workload's containers listen on them.
   *
   * @default - every port
   */
  readonly ports?: number[];

  /**
   * HTTP methods. Proxies of ambient nodes do not read HTTP.
   *
   * @default - every method
   */
  readonly methods?: string[];

  /**
   * HTTP paths: exact, `prefix*`, `*suffix`, or with `{*}` for an element and `{**}` for the rest.
   *
   * @default - every path
   */
  readonly paths?: string[];
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

  private readonly props: MeshWorkloadProps;
  private policy?: AuthorizationPolicy;

  /**
   * @throws when the workload is in another namespace
   */
  constructor(scope: Construct, id: string, props: MeshWorkloadProps) {
    super(scope, id);
    this.props = props;
    this.clientNamespace = props.namespace;
    if (props.workload.metadata.namespace !== props.namespace.name) {
      throw new Error(`workload '${props.workload.name}' is in namespace '${props.workload.metadata.namespace ?? 'default'}', ` +
        `got namespace '${props.namespace.name}': set metadata.namespace of the workload`);
    }
    props.namespace._policies.addWorkload(props.workload);
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
   * @param client who may call
   * @param options what it may ask for; default: everything
   * @throws when the mesh is not Istio, or when HTTP attributes are asked for in an ambient mesh
   */
  public allowFrom(client: IMeshClient, options: AllowOptions = {}): this {
    const { namespace, workload } = this.props;
    const { sidecars } = namespace.mesh._requireIstio('allowFrom');
    if (!sidecars && (options.methods ?? options.paths) !== undefined) {
      throw new Error(`methods and paths are HTTP, which only a waypoint reads in an ambient mesh, got them for workload '${workload.name}': ` +
        'allow ports, or attach an AuthorizationPolicy to the waypoint');
    }
    const asked = Object.values(options).some(value => value !== undefined);
    namespace._policies.close();
    this.policy ??= this.makePolicy();
    this.policy.addRule({ sources: [sourceOf(client)], operations: asked ? [options] : undefined });
    return this;
  }

  private makePolicy(): AuthorizationPolicy {
    const name = this.props.name ?? this.props.workload.name;
    return new AuthorizationPolicy(this, 'AuthorizationPolicy', {
      metadata: { name, namespace: this.props.namespace.name, labels: patternLabels('mesh-workload', name) },
      action: AuthorizationAction.ALLOW,
      selector: WorkloadSelector.workload(this.props.workload),
    });
  }
}
