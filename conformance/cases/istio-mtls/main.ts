import { App, Chart } from 'cdk8s';
import { MtlsMode, PeerAuthentication, WorkloadSelector } from 'cdk8s-mesh';

/** Mutual TLS by mesh, namespace, workload and port. */
const app = new App();
const chart = new Chart(app, 'istio-mtls');
PeerAuthentication.forMesh(chart, 'mesh', MtlsMode.STRICT);
PeerAuthentication.forNamespace(chart, 'permissive', 'permissive', MtlsMode.PERMISSIVE);
new PeerAuthentication(chart, 'lax', {
  metadata: { name: 'lax', namespace: 'strict' }, selector: WorkloadSelector.labels({ app: 'lax' }), mode: MtlsMode.PERMISSIVE,
});
new PeerAuthentication(chart, 'ports', {
  metadata: { name: 'ports', namespace: 'strict' },
  selector: WorkloadSelector.labels({ app: 'ports' }),
  mode: MtlsMode.STRICT,
  portModes: [{ port: 9090, mode: MtlsMode.DISABLE }],
});
new PeerAuthentication(chart, 'keen', {
  metadata: { name: 'keen', namespace: 'permissive' }, selector: WorkloadSelector.labels({ app: 'keen' }), mode: MtlsMode.STRICT,
});

app.synth();
