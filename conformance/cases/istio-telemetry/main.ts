import { App, Chart } from 'cdk8s';
import {
  Destination, ExtensionProvider, IstioGateway, IstioHost, IstioServer, Telemetry, TelemetryAccessLogging, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

/** Gateways that log all, errors, and nothing. */
const app = new App();
const chart = new Chart(app, 'istio-telemetry');
const names = ['all', 'errors', 'none'];
const gateways = names.map(name => new IstioGateway(chart, name, {
  metadata: { name, namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: name }),
  servers: [IstioServer.http({ hosts: ['*.example.com'] })],
}));
new VirtualService(chart, 'web', {
  metadata: { name: 'web', namespace: 'shop' },
  hosts: [IstioHost.of('*.example.com')],
  gateways,
  httpRoutes: [{ destinations: [{ destination: Destination.host(IstioHost.serviceName('web', 'shop'), { port: 80 }) }] }],
});
const log = (gateway: string, accessLogging: TelemetryAccessLogging) => new Telemetry(chart, `${gateway}-log`, {
  metadata: { name: gateway, namespace: 'edge' }, selector: WorkloadSelector.labels({ istio: gateway }), accessLogging: [accessLogging],
});
log('all', TelemetryAccessLogging.to([ExtensionProvider.ENVOY]));
log('errors', TelemetryAccessLogging.to([ExtensionProvider.ENVOY], { filter: 'response.code >= 500' }));
log('none', TelemetryAccessLogging.off());

app.synth();
