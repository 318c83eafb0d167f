import { patternOf } from './cell-ids';
import { Column } from './section';

/** Why what is as with sidecars, and proved there, is not proved here. */
export const TWIN_REASONS: { readonly [mesh: string]: string } = {
  managed: 'what is written is what is written for sidecars, but for the revision (a test compares them), and is judged there: the control plane of a provider is not among the engines',
  ambient: 'what is written is what is written for sidecars, but for the label of the namespace (a test compares them), and is judged there: the last hop is a ztunnel\'s, ' +
    'and there is no ztunnel among the engines',
};

const NO_LINKERD = 'there is no Linkerd among the engines: its definitions take what is written, and unit tests hold each of its admission rules';
const NO_ZTUNNEL = 'there is no ztunnel among the engines: what istiod tells ztunnels of workloads, Services and policies is judged instead';
const NO_ZTUNNEL_AT_GATEWAY = 'the last hop is a ztunnel\'s, and there is no ztunnel among the engines: that requests leave the gateway for the Service is judged instead';
const NO_TLS_AT_WAYPOINT = 'no case begins TLS to a Service behind a waypoint: that istiod takes the route is judged instead';
const NO_CALLS_AT_WAYPOINT = 'the Services behind waypoints answer no calls among the engines: that istiod takes the route is judged instead';
const NO_CNI = 'neither a ztunnel nor Istio\'s CNI plugin is among the engines: that the injector puts no sidecar into the pods is judged instead';
const NO_NGINX_GATEWAY_FABRIC = 'there is no NGINX Gateway Fabric among the engines: definitions take what is written, and the injector the pods that are made of it';
const NO_KGATEWAY = 'the controllers of other classes are not among the engines: definitions take what is written, and the injector the pods that are made of it';
const NO_LOAD_BALANCER = 'what a cloud or the nodes make of a Service is not among the engines: that the Service fits its gateway and its pods is judged instead';
const NO_FLAGGER = 'there is no Flagger among the engines: its definitions take the Canary, and tests play what it does with it';
const NO_ROLLOUTS = 'there is no Argo Rollouts among the engines: what is written is judged as it is before the first step';
const NO_NODES = 'no NetworkPolicy is enforced among the engines: an evaluator of ours reads it in unit tests';

/** Why no case proves cells, by their ids; the first that fits counts. */
const REASONS: { readonly [cells: string]: string | undefined } = {
  'gateway-*/*/by-nginx': NO_NGINX_GATEWAY_FABRIC,
  'gateway-*/*/by-others': NO_KGATEWAY,
  'canary-parents/by-nginx/*': NO_NGINX_GATEWAY_FABRIC,
  'edge-ambient/*/by-envoy-gateway': NO_ZTUNNEL_AT_GATEWAY,
  'edge-ambient/*/nginx': NO_ZTUNNEL_AT_GATEWAY,
  'edge-*/wasm/*': 'no Wasm runs among the engines: that the controller takes the policy is judged instead',
  'edge-*/global-rate-limit/by-envoy-gateway': 'Envoy Gateway has a rate limit service of its own, which is not among the engines: that it takes the policy is judged instead',
  'edge-*/access-log/nginx': 'no case reads the log of an nginx: that nginx takes its configuration is judged instead',
  'gateway-ambient/*/by-envoy-gateway': NO_ZTUNNEL_AT_GATEWAY,
  'gateway-ambient/*/nginx': NO_ZTUNNEL_AT_GATEWAY,
  'canary-parents/by-envoy-gateway/ambient': NO_ZTUNNEL_AT_GATEWAY,
  'gateway-*/external/self-managed*': NO_LOAD_BALANCER,
  'gateway-*/internal/self-managed*': NO_LOAD_BALANCER,
  'gateway-*/both/self-managed*': NO_LOAD_BALANCER,
  'gateway-*/node-port/self-managed*': NO_LOAD_BALANCER,
  'gateway-*/cluster-ip/self-managed*': NO_LOAD_BALANCER,
  'gateway-*/external/nginx': NO_LOAD_BALANCER,
  'gateway-*/internal/nginx': NO_LOAD_BALANCER,
  'gateway-*/both/nginx': NO_LOAD_BALANCER,
  'gateway-*/node-port/nginx': NO_LOAD_BALANCER,
  'gateway-*/cluster-ip/nginx': NO_LOAD_BALANCER,
  'upgrades/gateway-class-defaults/ambient': TWIN_REASONS.ambient,
  'enrolment/mtls*/ambient': NO_ZTUNNEL,
  'enrolment/*/ambient': NO_CNI,
  'upgrades/*/ambient': 'neither a ztunnel nor an upgrade of one is among the engines: that Istio\'s charts take the revision and the tag is judged instead',
  'canary/flagger/*': NO_FLAGGER,
  'canary/rollouts/*': NO_ROLLOUTS,
  'canary/tls/service-ambient': NO_TLS_AT_WAYPOINT,
  'canary/grpc/service-ambient': NO_CALLS_AT_WAYPOINT,
  'canary/calls/service-ambient': NO_CALLS_AT_WAYPOINT,
  'canary/mirror/service-ambient': 'copies that a waypoint sends are not counted among the engines: that istiod takes the route is judged instead',
  'egress/confine-clients/*': NO_NODES,
  'egress-forms/bypass/ambient': NO_NODES,
  'clusters/one-network/*': 'no case has clusters that share a network: that Istio\'s charts take their values is judged instead',
  'clusters/remote-network-gateway/sidecar': 'no case has a network without a control plane beside a mesh with sidecars: that istiod reads the same Gateway in an ambient mesh is judged instead',
  'clusters/failover/sidecar': 'no case names regions that take over from each other: that requests go over to another region by themselves is judged instead',
  'clusters/*/ambient': NO_ZTUNNEL,
  'machines/virtual-machine-*/sidecar': 'requests are sent to a machine behind a Service of its own; another name for it is held by unit tests',
  'machines/*/ambient': NO_ZTUNNEL,
  'waypoints/of-others/ambient': 'what is written is the label that a waypoint of the app brings too, and is judged there',
  'waypoints/ingress/ambient': 'no case sends requests of a gateway through a waypoint: that istiod puts the waypoint before the Service is judged instead',
  'zero-trust/hosts/ambient': 'no case asks a waypoint for hosts: that the same policy tells methods and paths apart there is judged instead',
  'zero-trust/methods/ambient': undefined,
  'zero-trust/*/ambient': NO_ZTUNNEL,
  'zero-trust/trust-domain/sidecar': 'the certificates of the engines are of one trust domain: that the same policy knows identities is judged instead, and unit tests hold the identity',
  'monitoring/*/managed': 'the provider of a control plane is not among the engines: that Prometheus takes what is written for the proxies of other control planes is judged instead',
};

/** Why no case proves a cell that is supported; `undefined` where one does, or should. */
export function reasonOf(id: string, { mesh }: Column): string | undefined {
  const because = Object.entries(REASONS).find(([cells]) => patternOf(cells).test(id))?.[1];
  return mesh.id.startsWith('linkerd') ? NO_LINKERD : because;
}
