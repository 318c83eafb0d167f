import { App, Chart, Duration, Size } from 'cdk8s';
import { Scene } from '../edge-envoy-gateway-access/scene';
import {
  AccessLogFormat, ExtensionProvider, HttpMethod, HttpPathMatch, ProviderService, RateLimitKey, RateLimitUnit, TrafficExtensionFilter,
} from 'cdk8s-mesh';

/** What gateways of Envoy Gateway let through, and how: rates, bodies, headers, scripts and logs. */
const app = new App();
const scene = new Scene(new Chart(app, 'edge-envoy-gateway-traffic'));
const per = RateLimitUnit.HOUR;
const service = ProviderService.serviceName('envoy-ratelimit', 'envoy-gateway-system', 8081);

scene.make('rates', edge => edge.limitRate({
  limits: [
    { requests: 20, per },
    { requests: 3, per, path: HttpPathMatch.exact('/login'), method: HttpMethod.GET },
    { requests: 4, per, path: HttpPathMatch.prefix('/files') },
    { requests: 2, per, headers: { 'x-plan': 'free' } },
  ],
}));
scene.make('each', edge => edge
  .limitRate({ hosts: ['shop.example.com'], limits: [{ requests: 2, per, each: RateLimitKey.ADDRESS }] })
  .limitRate({ hosts: ['admin.example.com'], limits: [{ requests: 2, per, path: HttpPathMatch.prefix('/api'), each: RateLimitKey.header('x-api-key') }] }));
scene.make('together', edge => edge.limitRateBy(service, {
  limits: [{ requests: 100, per, each: RateLimitKey.ADDRESS }, { requests: 5, per, path: HttpPathMatch.regex('/login/[a-z]+') }], failOpen: true,
}));
scene.make('bodies', edge => edge.limitBody(Size.kibibytes(1)));
scene.make('headers', edge => edge
  .cleanHeaders({
    removeFromRequests: ['x-user'],
    removeFromResponses: ['server', 'x-powered-by', 'x-answered'],
    addToResponses: { 'x-frame-options': 'DENY', 'x-share': '100% safe' },
    strictTransportSecurity: Duration.days(365),
  }));
scene.make('headers-by-host', edge => edge.cleanHeaders({ hosts: ['admin.example.com'], addToResponses: { 'x-frame-options': 'DENY' } }));
scene.make('scripts', edge => edge
  .extend(TrafficExtensionFilter.lua('function envoy_on_request(request_handle)\n  request_handle:headers():add("x-script", "first")\nend'))
  .extend(TrafficExtensionFilter.lua('function envoy_on_request(request_handle)\n  request_handle:headers():add("x-script", "second")\nend')));
// Whatever is said first: addresses are looked at before scripts run, and rates before bodies are kept.
scene.make('ordered', edge => edge
  .limitBody(Size.kibibytes(1))
  .extend(TrafficExtensionFilter.lua(
    'function envoy_on_request(request_handle)\n  if request_handle:headers():get("x-tea") then\n    request_handle:respond({[":status"] = "418"}, "tea")\n  end\nend'))
  .limitRate({ limits: [{ requests: 1, per, path: HttpPathMatch.prefix('/upload') }] })
  .restrictAddresses({ denied: ['10.6.6.6'] }));
scene.make('logs', edge => edge.logAccess({
  provider: ExtensionProvider.envoyFileAccessLog('short', { logFormat: AccessLogFormat.text('%REQ(:PATH)% %RESPONSE_CODE%') }), filter: 'response.code >= 400',
}));
scene.make('logs-elsewhere', edge => edge.logAccess({
  provider: ExtensionProvider.envoyHttpAls('als', { service: ProviderService.serviceName('logs', 'logging', 9000), additionalRequestHeadersToLog: ['x-user'] }),
}));

app.synth();
