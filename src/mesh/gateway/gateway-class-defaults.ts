import { k8s, ServiceType } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { GatewayExposure } from './gateway-exposure';
import { checkProxyOptions } from './gateway-proxy-manifest';
import { GatewayProxyOptions } from './gateway-proxy-options';
import { istioOverlays, serviceOverlay } from './istio-gateway-parameters';
import { IstioGatewayPatches } from './provisioned-gateway-options';
import { IGatewayClass } from '../../gateway-api/gateway-class';
import { GatewayController } from '../../semantics/gateway-controller';
import { GatewayClassLabel, GatewayPodLabel } from '../../semantics/keys';
import { declaredPrimary } from '../../semantics/mesh-declaration';
import { checkDnsSubdomain } from '../../semantics/names';
import { IstioMesh } from '../istio-mesh';
import { patternLabels } from '../pattern-labels';

/** Properties of the defaults of a GatewayClass. */
export interface GatewayClassDefaultsProps extends GatewayProxyOptions {
  /** The mesh whose istiod makes the gateways. */
  readonly mesh: IstioMesh;

  /** The class: `GatewayClass.ISTIO`, `GatewayClass.ISTIO_WAYPOINT`, `GatewayClass.ISTIO_EAST_WEST`, or one of your own with a controller of Istio. */
  readonly gatewayClass: IGatewayClass;

  /**
   * What the cloud reads of the Services of the gateways, where they have load balancers: `GatewayExposure.internal(CloudLoadBalancer.GKE)` for internal ones. All else of
   * an exposure is for each gateway to say.
   *
   * @default - as each gateway says
   */
  readonly exposure?: GatewayExposure;

  /**
   * What is laid over the objects that Istio makes.
   *
   * @default - nothing
   */
  readonly patches?: IstioGatewayPatches;

  /**
   * The name of the ConfigMap.
   *
   * @default - `<class>-gateway-class-defaults`
   */
  readonly name?: string;
}

/** Those of Istio's controllers that make something for a Gateway. */
const MAKERS = [GatewayController.ISTIO, GatewayController.ISTIO_WAYPOINT, GatewayController.ISTIO_EAST_WEST].map(({ name }) => name);

/** What only one Service may have, or none without a load balancer. */
const OF_ONE_SERVICE = ['externalTrafficPolicy', 'nodePorts', 'sourceRanges', 'loadBalancerClass', 'loadBalancerIp', 'allocateNodePorts'] as const;

/** The classes that have defaults, by mesh: of two ConfigMaps Istio reads the older one. */
const taken = new WeakMap<IConstruct, Map<string, string>>();

/**
 * What a platform team says of all gateways of a class that Istio makes: how many proxies run, where and on what, and how their load balancers are made. It is for Gateways
 * of any namespace and any app, and what a gateway says of itself goes before it, field by field.
 *
 * Istio 1.26 and later read it, from a ConfigMap in the namespace of the control plane; `gatewayClasses` in the values of its chart make another one, of which Istio reads
 * the older. It takes changes over at once, so that proxies of all gateways start again.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#gatewayclass-defaults
 */
export class GatewayClassDefaults extends Construct {
  /** The name of the ConfigMap. */
  public readonly name: string;

  /**
   * @throws when nothing is said, the class is not one for which Istio makes gateways or has defaults already, an option cannot hold for several gateways, or Istio
   * reads no defaults: before 1.26, or in a cluster without control plane
   */
  constructor(scope: Construct, id: string, props: GatewayClassDefaultsProps) {
    super(scope, id);
    const { mesh, gatewayClass, exposure } = props;
    const what = `defaults of gateway class '${gatewayClass.name}'`;
    this.name = checkDnsSubdomain(props.name ?? `${gatewayClass.name}-gateway-class-defaults`, 'name of the defaults of a gateway class');
    checkClass(gatewayClass, what);
    checkOptions(props, what);
    const primary = declaredPrimary(mesh);
    if (primary !== undefined) {
      throw new Error(`${what} are read where the control plane is, got a cluster that uses that of '${primary}': make them there`);
    }
    const data = istioOverlays(mesh, {
      what,
      options: props,
      service: serviceOverlay(exposure, undefined),
      // Each gateway is spread by itself.
      spread: {
        labelSelector: { matchExpressions: [{ key: GatewayPodLabel.GATEWAY_NAME, operator: 'Exists' }] }, matchLabelKeys: [GatewayPodLabel.GATEWAY_NAME],
      },
    });
    if (data === undefined) {
      throw new Error(`${what} must say something, got nothing: pass an option, or leave them out`);
    }
    take(mesh, gatewayClass.name, this.name, what);
    new k8s.KubeConfigMap(this, 'Resource', {
      metadata: {
        name: this.name,
        namespace: mesh.rootNamespace,
        labels: { ...patternLabels('gateway-class-defaults', this.name), [GatewayClassLabel.DEFAULTS]: gatewayClass.name },
      },
      data,
    });
  }
}

function checkClass({ controller, name }: IGatewayClass, what: string): void {
  if (!MAKERS.includes(controller?.name ?? '')) {
    const unknown = `pass controller to GatewayClass.fromGatewayClassName('${name}')`;
    throw new Error(`${what} are read by Istio, which makes no gateways of it, got ${controller === undefined ? 'no controller' : `controller '${controller.name}'`}: ` +
      (controller === undefined ? unknown : 'use the parameters of the class\'s own controller'));
  }
}

function checkOptions({ gatewayClass, exposure, minReplicas, maxReplicas, ...options }: GatewayClassDefaultsProps, what: string): void {
  if (exposure !== undefined && exposure.type !== ServiceType.LOAD_BALANCER) {
    throw new Error(`${what} must leave the type of Services to each gateway, got an exposure of type ${exposure.type}, which would win over what it says: ` +
      'pass exposures to the gateways, or GatewayExposure.internal or external here');
  }
  const field = OF_ONE_SERVICE.find(each => exposure?._options[each] !== undefined);
  if (field !== undefined) {
    throw new Error(`${what} must leave ${field} of an exposure to each gateway, because no Service may have it that has no load balancer, or only one may: ` +
      'pass exposures to the gateways, or patches where all of them have load balancers');
  }
  const most = maxReplicas ?? Math.max(5, minReplicas ?? 1);
  checkProxyOptions(gatewayClass.name, options, minReplicas ?? Math.min(2, most), most, what);
}

function take(mesh: IstioMesh, gatewayClass: string, name: string, what: string): void {
  const known = taken.get(mesh) ?? new Map<string, string>();
  taken.set(mesh, known);
  const other = known.get(gatewayClass);
  if (other !== undefined) {
    throw new Error(`${what} are ConfigMap '${other}' already, got '${name}': Istio reads one for a class, say all in it`);
  }
  known.set(gatewayClass, name);
}
