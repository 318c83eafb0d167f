import { IGatewayClass } from '../../gateway-api/gateway-class';
import { GatewayController } from '../../semantics/gateway-controller';

/** Controllers whose proxies are not pods that belong to one Gateway, so that no label can join them to a mesh. */
const NOT_PODS_OF_THE_GATEWAY = [
  GatewayController.GKE, GatewayController.AMAZON_VPC_LATTICE, GatewayController.CILIUM, GatewayController.TRAEFIK,
].map(controller => controller.name);

/** Controllers that name the service account of the pods `<gateway>-<class>`. */
const NAMED_AFTER_GATEWAY_AND_CLASS = [GatewayController.ISTIO, GatewayController.NGINX].map(controller => controller.name);

/** Refuses a class whose proxies cannot join a mesh. */
export function requireProxyPods({ name, controller }: IGatewayClass): void {
  if (controller !== undefined && NOT_PODS_OF_THE_GATEWAY.includes(controller.name)) {
    throw new Error(`gateway class '${name}' cannot join the mesh: its controller '${controller.name}' runs no pods for a Gateway; ` +
      'use GatewayForm.selfManaged() behind it, or a Gateway outside of the mesh');
  }
}

/** The service account of the pods that a controller makes for a Gateway, when its naming is known. */
export function proxyServiceAccount(gatewayName: string, { name, controller }: IGatewayClass): string | undefined {
  return controller !== undefined && NAMED_AFTER_GATEWAY_AND_CLASS.includes(controller.name) ? `${gatewayName}-${name}` : undefined;
}
