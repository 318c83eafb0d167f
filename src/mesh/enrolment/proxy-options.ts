import { CpuResources, MemoryResources } from 'cdk8s-plus-28';
import { AmbientPodOptions } from './ambient-pod-options';
import { IstioProxyOptions } from './istio-proxy-options';
import { LinkerdProxyOptions } from './linkerd-proxy-options';

/**
 * How the proxy of a pod runs: what every mesh with proxies in pods knows, and what one mesh knows alone. A change reaches pods when they start again, which a change
 * of a pod template makes them do.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 * @see https://linkerd.io/2-edge/reference/proxy-configuration/
 */
export interface ProxyOptions {
  /**
   * The CPU of the proxy. In Istio the proxy then has no other requests and limits than those given here and in `memory`.
   *
   * @default - as the mesh is installed
   */
  readonly cpu?: CpuResources;

  /**
   * The memory of the proxy. In Istio the proxy then has no other requests and limits than those given here and in `cpu`.
   *
   * @default - as the mesh is installed
   */
  readonly memory?: MemoryResources;

  /**
   * Whether the containers of the pod start after the proxy is ready. With a native sidecar they always do.
   *
   * @default - as the mesh is installed: Istio does not hold them, Linkerd does
   */
  readonly holdApplicationUntilProxyStarts?: boolean;

  /**
   * Whether the proxy is a native sidecar: an init container that runs as long as the pod, and ends after its other containers. Istio 1.24 and later.
   *
   * @default - as the mesh is installed
   */
  readonly nativeSidecar?: boolean;

  /**
   * Ports of the pod, 1 to 65535, on which connections do not pass the proxy: no mTLS, no policy, no metrics.
   *
   * @default - none
   */
  readonly excludedInboundPorts?: number[];

  /**
   * Ports, 1 to 65535, to which connections of the pod do not pass the proxy.
   *
   * @default - none
   */
  readonly excludedOutboundPorts?: number[];

  /**
   * What only sidecars of Istio know.
   *
   * @default - as the mesh says
   */
  readonly istio?: IstioProxyOptions;

  /**
   * What only pods of an ambient mesh of Istio know.
   *
   * @default - as the mesh says
   */
  readonly ambient?: AmbientPodOptions;

  /**
   * What only proxies of Linkerd know.
   *
   * @default - as the namespace and the mesh say
   */
  readonly linkerd?: LinkerdProxyOptions;
}
