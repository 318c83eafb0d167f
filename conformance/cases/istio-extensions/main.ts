import { App, Chart } from 'cdk8s';
import {
  Destination, EnvoyFilter, EnvoyListenerMatch, EnvoyPatch, EnvoyRouteMatch, IstioGateway, IstioHost, IstioServer, TrafficExtension,
  TrafficExtensionFilter, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

/** A gateway with code in Lua and a limit of the rate. */
const app = new App();
const chart = new Chart(app, 'istio-extensions');
const gateways = ['extended', 'plain'].map(name => new IstioGateway(chart, name, {
  metadata: { name, namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: name }),
  servers: [IstioServer.http({ hosts: ['*.example.com'] })],
}));
const web = [{ destination: Destination.host(IstioHost.serviceName('web', 'shop'), { port: 80 }) }];
for (const name of ['web', 'limited']) {
  new VirtualService(chart, name, {
    metadata: { name, namespace: 'shop' }, hosts: [IstioHost.of(`${name}.example.com`)], gateways, httpRoutes: [{ destinations: web }],
  });
}
const selector = WorkloadSelector.labels({ istio: 'extended' });
new TrafficExtension(chart, 'lua', {
  metadata: { name: 'lua', namespace: 'edge' },
  selector,
  filter: TrafficExtensionFilter.lua(`
function envoy_on_request(handle)
  handle:headers():add("x-lua", "was here")
end
`),
});
const LIMIT = { '@type': 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit' };
new EnvoyFilter(chart, 'limit', {
  metadata: { name: 'limit', namespace: 'edge' },
  workloadSelector: selector,
  configPatches: [
    EnvoyPatch.httpFilter(EnvoyListenerMatch.gateway()).insertFirst({
      name: 'envoy.filters.http.local_ratelimit', typed_config: { ...LIMIT, stat_prefix: 'limit' },
    }),
    EnvoyPatch.virtualHost(EnvoyRouteMatch.gateway({ vhost: { name: 'limited.example.com:80' } })).merge({
      typed_per_filter_config: {
        'envoy.filters.http.local_ratelimit': {
          ...LIMIT,
          stat_prefix: 'limit',
          token_bucket: { max_tokens: 2, tokens_per_fill: 2, fill_interval: '3600s' },
          filter_enabled: { default_value: { numerator: 100 } },
          filter_enforced: { default_value: { numerator: 100 } },
        },
      },
    }),
  ],
});

app.synth();
