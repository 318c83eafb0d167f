import { App, Chart } from 'cdk8s';
import { IstioProtocol, OutboundTrafficMode, ServiceEntry, ServiceEntryResolution, Sidecar } from 'cdk8s-mesh';

/** A namespace whose workloads reach only what is registered. */
const app = new App();
const chart = new Chart(app, 'istio-egress');
new Sidecar(chart, 'closed', { metadata: { name: 'closed', namespace: 'closed' }, outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY });
const outside = (name: string, host: string, exportTo?: string[]) => new ServiceEntry(chart, name, {
  metadata: { name, namespace: 'closed' },
  hosts: [host],
  ports: [{ number: 80, name: 'http', protocol: IstioProtocol.HTTP }, { number: 443, name: 'tls', protocol: IstioProtocol.TLS }],
  resolution: ServiceEntryResolution.DNS,
  exportTo,
});
outside('api', 'api.example.com');
outside('private', 'private.example.com', ['.']);

app.synth();
