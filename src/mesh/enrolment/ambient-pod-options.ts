/**
 * What a pod of an ambient mesh can say of how its node captures its traffic. It has no proxy of its own.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/#AmbientDnsCapture
 */
export interface AmbientPodOptions {
  /**
   * Whether the node's proxy answers DNS queries of the pod. Istio 1.25 and later.
   *
   * @default - as the chart `cni` is installed: it does, from Istio 1.25 on
   */
  readonly dnsCapture?: boolean;

  /**
   * Whether connections to the pod go past the node's proxy, as for a gateway with clients outside of the mesh: no mTLS, no policy. Istio 1.24 and later.
   *
   * @default false
   */
  readonly bypassInboundCapture?: boolean;

  /**
   * Network interfaces of the pod whose inbound traffic counts as outbound traffic of the pod, such as those of virtual machines in it. Istio 1.25 and later.
   *
   * @default - none
   */
  readonly reroutedInterfaces?: string[];
}
