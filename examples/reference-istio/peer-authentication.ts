import { Chart } from 'cdk8s';
import { Shop } from './shop';
import { MtlsMode, PeerAuthentication } from 'cdk8s-mesh';

export function peerAuthentications(chart: Chart, { mqtt, orders, cart, web }: Shop): void {
  const metadata = (name: string) => ({ name, namespace: 'shop' });

  // mtls.mode: STRICT, for the mesh
  PeerAuthentication.forMesh(chart, 'Mesh', MtlsMode.STRICT);

  // mtls.mode: PERMISSIVE, selector.matchLabels, portLevelMtls of each mode
  new PeerAuthentication(chart, 'Mqtt', {
    metadata: metadata('mqtt'),
    selector: mqtt.selector,
    mode: MtlsMode.PERMISSIVE,
    portModes: [{ port: 1883, mode: MtlsMode.STRICT }, { port: 8883, mode: MtlsMode.DISABLE }],
  });

  // mtls.mode: DISABLE, portLevelMtls of mode UNSET: what the namespace says holds for the port
  new PeerAuthentication(chart, 'Cart', {
    metadata: metadata('cart'),
    selector: cart.selector,
    mode: MtlsMode.DISABLE,
    portModes: [{ port: 8080, mode: MtlsMode.UNSET }],
  });

  // mtls.mode: UNSET, portLevelMtls.mode: PERMISSIVE
  new PeerAuthentication(chart, 'Web', {
    metadata: metadata('web'),
    selector: web.selector,
    mode: MtlsMode.UNSET,
    portModes: [{ port: 8080, mode: MtlsMode.PERMISSIVE }],
  });

  // The port on which the sidecar of orders takes TLS itself: see sidecar.ts.
  new PeerAuthentication(chart, 'Orders', {
    metadata: metadata('orders'),
    selector: orders.selector,
    mode: MtlsMode.STRICT,
    portModes: [8443, 9443, 9444, 9445, 9446, 9447].map(port => ({ port, mode: MtlsMode.DISABLE })),
  });
}
