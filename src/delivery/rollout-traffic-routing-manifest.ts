import { RolloutGatewayApi, RolloutGatewayRoute, RolloutTrafficRouting } from './rollout-traffic-routing';
import type { RolloutSpecStrategyCanaryTrafficRouting } from '../imports/argoproj.io';
import { checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

/** The plugin for Gateway API. */
const GATEWAY_API_PLUGIN = 'argoproj-labs/gatewayAPI';

/** Writes who divides the requests. */
export function trafficRoutingManifest(routing: RolloutTrafficRouting, namespace?: string): Manifest<RolloutSpecStrategyCanaryTrafficRouting> {
  const { istio, gatewayApi, plugins, alb, ambassadorMappings, apisix, appMesh, nginx, smi, traefikService } = routing;
  const { managedRoutes, maxTrafficWeight } = routing;
  if ([istio, gatewayApi, plugins, alb, ambassadorMappings, apisix, appMesh, nginx, smi, traefikService].every(router => router === undefined)) {
    throw new Error('trafficRouting must name who divides the requests, got nobody: pass istio or gatewayApi');
  }
  if (istio?.virtualServices.length === 0) {
    throw new Error('istio of trafficRouting needs at least one VirtualService, got none');
  }
  checkUnique(managedRoutes ?? [], 'managedRoutes');
  if (maxTrafficWeight !== undefined && (!Number.isInteger(maxTrafficWeight) || maxTrafficWeight < 1)) {
    throw new Error(`maxTrafficWeight must be a whole number from 1, got ${maxTrafficWeight}`);
  }
  return {
    istio: istio && {
      ...istio.virtualServices.length === 1 ? { virtualService: istio.virtualServices[0] } : { virtualServices: istio.virtualServices },
      destinationRule: istio.destinationRule,
    },
    plugins: gatewayApi || plugins ? { ...plugins, ...gatewayApi && { [GATEWAY_API_PLUGIN]: gatewayApiConfig(gatewayApi, namespace) } } : undefined,
    alb: alb && {
      ...alb.ingresses.length === 1 ? { ingress: alb.ingresses[0] } : { ingresses: alb.ingresses },
      servicePort: alb.servicePort,
      rootService: alb.rootService,
      annotationPrefix: alb.annotationPrefix,
      stickinessConfig: alb.stickiness && { enabled: true, durationSeconds: alb.stickiness.durationSeconds },
    },
    ambassador: ambassadorMappings && { mappings: ambassadorMappings },
    apisix: apisix && { route: { name: apisix.route, rules: apisix.rules } },
    appMesh: appMesh && {
      virtualService: { name: appMesh.virtualService, routes: appMesh.routes },
      virtualNodeGroup: { canaryVirtualNodeRef: { name: appMesh.canaryVirtualNode }, stableVirtualNodeRef: { name: appMesh.stableVirtualNode } },
    },
    nginx: nginx && {
      ...nginx.stableIngresses.length === 1 ? { stableIngress: nginx.stableIngresses[0] } : { stableIngresses: nginx.stableIngresses },
      annotationPrefix: nginx.annotationPrefix,
      additionalIngressAnnotations: nginx.additionalIngressAnnotations,
      canaryIngressAnnotations: nginx.canaryIngressAnnotations,
    },
    smi,
    traefik: traefikService === undefined ? undefined : { weightedTraefikServiceName: traefikService },
    managedRoutes: managedRoutes?.map(name => ({ name })),
    maxTrafficWeight,
  };
}

function gatewayApiConfig({ namespace, httpRoutes, grpcRoutes, tcpRoutes, tlsRoutes }: RolloutGatewayApi, own?: string): object {
  const given = { httpRoutes, grpcRoutes, tcpRoutes, tlsRoutes };
  const all = Object.values(given).flatMap(routes => routes ?? []);
  if (all.length === 0) {
    throw new Error('gatewayApi of trafficRouting needs at least one route, got none: pass httpRoutes, grpcRoutes, tcpRoutes or tlsRoutes');
  }
  const headers = [...tcpRoutes ?? [], ...tlsRoutes ?? []].find(({ useHeaderRoutes }) => useHeaderRoutes);
  if (headers !== undefined) {
    throw new Error(`route '${headers.name}' is of connections, which have no headers, got useHeaderRoutes: leave it out`);
  }
  const write = ({ name, useHeaderRoutes, ruleName }: RolloutGatewayRoute) => ({ name, useHeaderRoutes, ruleName });
  return {
    namespace: namespace ?? own,
    ...Object.fromEntries(Object.entries(given).filter(([, routes]) => routes !== undefined).map(([kind, routes]) => [kind, routes!.map(write)])),
  };
}
