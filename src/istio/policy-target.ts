import { Service } from 'cdk8s-plus-28';
import { DataPlane } from './data-plane';
import { IstioDeclaration } from './istio';
import { IServiceEntry } from './service-entry-reference';
import { WorkloadSelector } from './workload-selector';
import { IGateway } from '../gateway-api/gateway';
import { GatewayClass, IGatewayClass } from '../gateway-api/gateway-class';
import type { AuthorizationPolicySpecTargetRefs } from '../imports/security.istio.io';
import { checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { article, checkDnsLabel, checkDnsSubdomain } from '../semantics/names';

/** The most objects that a policy can be attached to. */
const MAX_TARGETS = 16;

/** What is known of an object to which a policy is attached. */
interface Target {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

const GATEWAY_API = 'gateway.networking.k8s.io';

/**
 * The object that a policy is attached to, in place of workloads by label: the way of Gateway API gateways and ambient waypoints.
 *
 * It is in the policy's own namespace; only a GatewayClass is in none, and the policy then in the root namespace of the mesh.
 *
 * @see https://istio.io/latest/docs/reference/config/type/workload-selector/#PolicyTargetReference
 */
export class PolicyTarget {
  /** A Gateway of Gateway API: an ingress gateway or a waypoint. */
  public static gateway(gateway: IGateway): PolicyTarget {
    const { name, namespace, gatewayClass, listeners = [] } = gateway;
    const httpOnly = listeners.length > 0 && listeners.every(({ protocol }) => protocol === 'HTTP' || protocol === 'HTTPS');
    return new PolicyTarget({ group: GATEWAY_API, kind: 'Gateway', name, namespace }, gatewayClass, httpOnly);
  }

  /**
   * A Gateway of Gateway API that is in the policy's namespace already.
   *
   * @throws when the name breaks DNS rules
   */
  public static gatewayName(name: string): PolicyTarget {
    return new PolicyTarget({ group: GATEWAY_API, kind: 'Gateway', name: checkDnsSubdomain(name, 'name of the Gateway') });
  }

  /** A Service of this app, behind a waypoint. */
  public static service(service: Service): PolicyTarget {
    return new PolicyTarget({ group: '', kind: 'Service', name: service.name, namespace: service.metadata.namespace });
  }

  /**
   * A Service that is in the policy's namespace already, behind a waypoint.
   *
   * @throws when the name breaks DNS rules
   */
  public static serviceName(name: string): PolicyTarget {
    return new PolicyTarget({ group: '', kind: 'Service', name: checkDnsLabel(name, 'name of the Service') });
  }

  /** A ServiceEntry behind a waypoint. */
  public static serviceEntry(entry: IServiceEntry): PolicyTarget {
    return new PolicyTarget({ group: 'networking.istio.io', kind: 'ServiceEntry', name: entry.name, namespace: entry.namespace });
  }

  /**
   * A ServiceEntry that is in the policy's namespace already, behind a waypoint.
   *
   * @throws when the name breaks DNS rules
   */
  public static serviceEntryName(name: string): PolicyTarget {
    return new PolicyTarget({ group: 'networking.istio.io', kind: 'ServiceEntry', name: checkDnsSubdomain(name, 'name of the ServiceEntry') });
  }

  /**
   * Every waypoint of the mesh, by their class: `GatewayClass.ISTIO_WAYPOINT`. The policy must be in the root namespace of the mesh.
   *
   * @param gatewayClass the class, which Istio knows by its name
   */
  public static gatewayClass(gatewayClass: IGatewayClass): PolicyTarget {
    return new PolicyTarget({ group: GATEWAY_API, kind: 'GatewayClass', name: gatewayClass.name });
  }

  /**
   * Refuses a policy that says twice, or with an empty list, what it is about, or that is attached to what it cannot bind.
   *
   * @param kind the kind of the policy
   * @param namespace the namespace of the policy
   * @param selector its workloads
   * @param targets its targets
   * @param mesh what is declared of the mesh
   * @internal
   */
  public static _check(
    kind: string, namespace: string | undefined, selector: WorkloadSelector | undefined, targets: PolicyTarget[] | undefined, mesh?: IstioDeclaration,
  ): void {
    if (targets === undefined) {
      return;
    }
    const policy = article(kind);
    if (selector !== undefined) {
      throw new Error(`${policy} takes selector or targets, got both: use targets for gateways and waypoints, selector for other workloads`);
    }
    if (targets.length < 1 || targets.length > MAX_TARGETS) {
      throw new Error(`${policy} takes 1 to ${MAX_TARGETS} targets, got ${targets.length}: ` +
        (targets.length === 0 ? 'leave targets out to mean the whole namespace' : 'use a second policy'));
    }
    checkUnique(targets.map(({ target }) => `${target.kind} ${target.name}`), `targets of ${policy}`);
    targets.forEach(target => target.checkBinds(policy, namespace, mesh));
  }

  private constructor(
    private readonly target: Target,
    private readonly gatewayClass?: IGatewayClass,
    /**
     * Whether all that arrives is known to be HTTP: a DENY rule then denies nothing else.
     *
     * @internal
     */
    public readonly _httpOnly: boolean = false,
  ) {}

  /** @internal */
  public _toKube(): Manifest<AuthorizationPolicySpecTargetRefs> {
    return { group: this.target.group, kind: this.target.kind, name: this.target.name };
  }
  private checkBinds(policy: string, namespace: string | undefined, mesh: IstioDeclaration | undefined): void {
    const { kind, name, namespace: own } = this.target;
    const home = kind === 'GatewayClass' ? mesh?.rootNamespace : own;
    if (home !== undefined && home !== namespace) {
      throw new Error(`${policy} with target ${this.described} must be in namespace '${home}'${kind === 'GatewayClass' ? ', the root namespace of the mesh' : ''}, ` +
        `got ${namespace === undefined ? 'no given namespace' : `'${namespace}'`}: put the policy there`);
    }
    // istiod goes by the name: another class for the same controller is none to it.
    if (kind === 'GatewayClass' && name !== GatewayClass.ISTIO_WAYPOINT.name) {
      throw new Error(`${policy} binds to no class but '${GatewayClass.ISTIO_WAYPOINT.name}', got target ${this.described}: ` +
        'use GatewayClass.ISTIO_WAYPOINT, or target the Gateways');
    }
    const controller = this.gatewayClass?.controller?.name;
    if (controller !== undefined && !controller.startsWith('istio.io/')) {
      throw new Error(`${policy} binds gateways that Istio runs, got target ${this.described}, which is for ${controller}: use the policies of that controller`);
    }
    if (kind !== 'Gateway' && mesh?.dataPlane === DataPlane.SIDECAR) {
      throw new Error(`${policy} with target ${this.described} is read by waypoints only, got a mesh with sidecars: use selector, or declare DataPlane.AMBIENT`);
    }
  }

  private get described(): string {
    return `${this.target.kind} '${this.target.name}'`;
  }
}
