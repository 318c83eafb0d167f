import { App, Chart } from 'cdk8s';
import { MtlsMode, PeerAuthentication } from 'cdk8s-mesh';

/** From plain text to mutual TLS: the second chart replaces what the first one says. */
export function makeMtlsTasks(app: App, namespace: string): void {
  const takes = (id: string, mode: MtlsMode) => new PeerAuthentication(new Chart(app, id), 'Mtls', { metadata: { name: 'default', namespace }, mode });

  // Clients without a sidecar are served still: look for them before the next step.
  takes('mtls-permissive', MtlsMode.PERMISSIVE);
  // Clients without a sidecar are refused, before they say a word.
  takes('mtls-strict', MtlsMode.STRICT);
}
