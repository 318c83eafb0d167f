import { DataPlane } from '../../istio/data-plane';
import { ProxyOptions } from '../enrolment/proxy-options';

/** Clients from outside speak no mTLS: in Istio, what arrives on public ports must not pass the mesh's inbound side. The agent asks nginx for the kubelet. */
export function istioPublicPods(dataPlane: DataPlane, publicPorts: number[]): ProxyOptions {
  return dataPlane === DataPlane.AMBIENT ? { ambient: { bypassInboundCapture: true } } : {
    holdApplicationUntilProxyStarts: true, excludedInboundPorts: publicPorts, istio: { rewriteAppHttpProbers: true },
  };
}

/** In Linkerd, the kubelet asks nginx itself. */
export function linkerdPublicPods(publicPorts: number[], healthPort: number): ProxyOptions {
  return { excludedInboundPorts: [...publicPorts, healthPort] };
}
