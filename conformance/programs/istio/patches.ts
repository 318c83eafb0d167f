import { Value } from '../program';

/** Parts of Envoy's configuration, by what they are put into. */
const PARTS: { readonly [factory: string]: object } = {
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

/** The arguments of a patch: a part as it is for what is patched. */
export function patchArgs(args: readonly Value[], on: Value): readonly Value[] {
  const part = 'factory' in on ? PARTS[on.factory.replace(/.*\./, '')] : undefined;
  return part ? args.map(arg => 'map' in arg ? valueOf(part) : arg) : args;
}
