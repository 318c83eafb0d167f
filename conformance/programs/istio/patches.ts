import { HOME } from './names';
import { given } from './world';
import { Fields, Value } from '../program';
import { Scene } from '../scene';

/** Parts of Envoy's configuration, by what they are put into. */
const PARTS: { readonly [factory: string]: { readonly name?: string; readonly typed_config?: object; readonly [field: string]: unknown } } = {
  cluster: { name: 'collector', connect_timeout: '5s', type: 'STRICT_DNS' },
  listener: { name: 'extra', address: { socket_address: { address: '0.0.0.0', port_value: 15999 } } },
  filterChain: { name: 'extra' },
  listenerFilter: {
    name: 'envoy.filters.listener.proxy_protocol',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol',
    },
  },
  networkFilter: {
    name: 'envoy.filters.network.local_ratelimit',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.local_ratelimit.v3.LocalRateLimit',
      'stat_prefix': 'limit',
      'token_bucket': { max_tokens: 10, fill_interval: '1s' },
    },
  },
  httpFilter: {
    name: 'envoy.filters.http.lua',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua', 'default_source_code': { inline_string: 'function envoy_on_request(handle) end' },
    },
  },
  routeConfiguration: { request_headers_to_remove: ['x-debug'] },
  virtualHost: { name: 'extra', domains: ['extra.example.com'] },
  httpRoute: { name: 'extra', match: { prefix: '/extra' }, direct_response: { status: 204 } },
};

/** A value of plain data. */
function valueOf(data: unknown): Value {
  if (Array.isArray(data)) {
    return { list: data.map(valueOf) };
  }
  return typeof data === 'object' ? { map: Object.fromEntries(Object.entries(data as object).map(([name, item]) => [name, valueOf(item)])) } :
    { literal: data as string | number | boolean };
}

/** The arguments of a patch: a part as it is for what is patched; what is merged is of the same type, which istiod takes for granted. */
export function patchArgs(method: string, args: readonly Value[], on: Value): readonly Value[] {
  const part = 'factory' in on ? PARTS[on.factory.replace(/.*\./, '')] : undefined;
  const name = part?.typed_config && method.endsWith('FilterOperations.merge') ? part.name : undefined;
  return part ? args.map(arg => 'map' in arg ? valueOf(part) : name ? { literal: name } : arg) : args;
}

/** What routes a patch is for: by the configuration, the virtual host, or a route of it; of waypoints by chance. */
export function routeMatch(scene: Scene, by: 'configuration' | 'host' | 'route'): Value | undefined {
  const { maybe, pick } = scene;
  if (by === 'route' && maybe(20)) {
    return waypointRoute(scene);
  }
  const factory = pick(['any', 'gateway', 'sidecarInbound', 'sidecarOutbound']);
  const text = (name: string, value: string): Fields => maybe(50) ? { [name]: { literal: value } } : {};
  const action: Fields = maybe(70) ? { action: { constant: `cdk8s-mesh.EnvoyRouteAction.${pick(['ANY', 'ROUTE', 'REDIRECT', 'DIRECT_RESPONSE'])}` } } : {};
  const route: Fields = by === 'route' ? { route: { struct: 'cdk8s-mesh.EnvoyHttpRouteMatch', fields: { ...action, ...text('name', 'first') } } } : {};
  const vhost: Fields = { ...text('name', 'web'), ...text('domainName', 'web.shop.example.com:80'), ...route };
  const ofGateway: Fields = factory !== 'gateway' ? {} : { ...text('portName', 'http'), ...maybe(50) && { gateway: given('cdk8s-mesh.IstioGateway', scene)! } };
  const fields: Fields = {
    ...text('name', 'http.80'),
    ...maybe(50) && { portNumber: { literal: 80 } },
    ...ofGateway,
    ...by !== 'configuration' && Object.keys(vhost).length > 0 && { vhost: { struct: 'cdk8s-mesh.EnvoyVirtualHostMatch', fields: vhost } },
  };
  const struct = factory === 'gateway' ? 'cdk8s-mesh.EnvoyGatewayRouteMatchOptions' : 'cdk8s-mesh.EnvoyRouteMatchOptions';
  return by === 'configuration' && maybe(40) ? undefined : { factory: `cdk8s-mesh.EnvoyRouteMatch.${factory}`, args: [{ struct, fields }] };
}

/** A route of waypoints. */
function waypointRoute({ maybe }: Scene): Value {
  const fields: Fields = { route: { literal: 'first' }, ...maybe(50) && { portNumber: { literal: 80 } } };
  return { factory: 'cdk8s-mesh.EnvoyRouteMatch.waypoint', args: [{ struct: 'cdk8s-mesh.EnvoyWaypointRouteMatchOptions', fields }] };
}

/** What clusters a patch is for: by name, or by what it leads to. */
export function clusterMatch({ maybe, pick }: Scene): Value {
  const factory = pick(['any', 'gateway', 'sidecarInbound', 'sidecarOutbound', 'waypoint']);
  const host: Value = { factory: 'cdk8s-mesh.IstioHost.serviceName', args: [{ literal: 'web' }, { literal: HOME }] };
  const port: Fields = maybe(60) ? { portNumber: { literal: 80 } } : {};
  const service: Fields = { ...port, ...maybe(60) && { service: host }, ...maybe(60) && { subset: { literal: 'v1' } } };
  const fields: Fields = factory === 'waypoint' ? port : maybe(40) ? { name: { literal: 'outbound|80||web' } } : service;
  const struct = factory === 'waypoint' ? 'cdk8s-mesh.EnvoyWaypointMatchOptions' : 'cdk8s-mesh.EnvoyClusterMatchOptions';
  return { factory: `cdk8s-mesh.EnvoyClusterMatch.${factory}`, args: [{ struct, fields }] };
}
