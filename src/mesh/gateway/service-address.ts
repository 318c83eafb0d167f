import { ApiObject } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { patternLabels } from '../pattern-labels';

const ID = 'SendsToServiceAddress';

/**
 * Has NGINX Gateway Fabric send to the address of a Service instead of to its pods, so that the mesh sees which Service is meant: once for all gateways, in the
 * Service's chart.
 *
 * @see https://docs.nginx.com/nginx-gateway-fabric/reference/api/#gateway.nginx.org/v1alpha1.UpstreamSettingsPolicy
 */
export function sendToServiceAddress(gateway: string, service: Service): void {
  if (service.clusterIP === 'None') {
    throw new Error(`service '${service.name}' has no address to which gateway '${gateway}' could send, got a headless one: make a Service with an address`);
  }
  if (service.node.tryFindChild(ID) !== undefined) {
    return;
  }
  const name = `${service.name}-service-address`;
  new ApiObject(service, ID, {
    apiVersion: 'gateway.nginx.org/v1alpha1',
    kind: 'UpstreamSettingsPolicy',
    metadata: { name, namespace: service.metadata.namespace, labels: patternLabels('meshed-gateway', name) },
    spec: { targetRefs: [{ group: 'core', kind: 'Service', name: service.name }], useClusterIP: true },
  });
}
