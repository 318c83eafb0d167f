import { ApiObject, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import * as gatewayApi from 'cdk8s-mesh/lib/imports/gateway.networking.k8s.io';
import * as istio from 'cdk8s-mesh/lib/imports/networking.istio.io';

/** An object as it is written in YAML. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [key: string]: unknown;
}

/** Makes an object of equal content in other ways. */
export type Peer = (chart: Chart, id: string) => unknown;

/** A bare ApiObject. */
export function bare(manifest: Manifest): Peer {
  return (chart, id) => new ApiObject(chart, id, manifest);
}

type L1 = new (scope: Chart, id: string, props: never) => ApiObject;

const L1_CLASSES: { readonly [type: string]: L1 } = {
  'gateway.networking.k8s.io/v1/Gateway': gatewayApi.Gateway,
  'gateway.networking.k8s.io/v1/HTTPRoute': gatewayApi.HttpRoute,
  'networking.istio.io/v1/Gateway': istio.Gateway,
  'networking.istio.io/v1/VirtualService': istio.VirtualService,
  'v1/Service': k8s.KubeService,
  'v1/ServiceAccount': k8s.KubeServiceAccount,
  'apps/v1/Deployment': k8s.KubeDeployment,
  'autoscaling/v2/HorizontalPodAutoscaler': k8s.KubeHorizontalPodAutoscalerV2,
  'policy/v1/PodDisruptionBudget': k8s.KubePodDisruptionBudget,
  'rbac.authorization.k8s.io/v1/Role': k8s.KubeRole,
  'rbac.authorization.k8s.io/v1/RoleBinding': k8s.KubeRoleBinding,
};

/** The class that is generated for its kind. */
export function l1({ apiVersion, kind, ...content }: Manifest): Peer {
  const type = L1_CLASSES[`${apiVersion}/${kind}`];
  const props = wrapped(content) as never;
  return (chart, id) => new type(chart, id, props);
}

/** Names that the generated classes spell in another way. */
const NAMES: { readonly [name: string]: string } = { setHostnameAsFQDN: 'setHostnameAsFqdn' };
const INT_OR_STRING = ['targetPort', 'maxSurge', 'maxUnavailable', 'minAvailable'];
const QUANTITIES = ['limits', 'requests'];

/** The values as the generated Kubernetes classes want them. */
function wrapped(value: unknown, key = ''): unknown {
  if (INT_OR_STRING.includes(key)) {
    return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(String(value));
  }
  if (QUANTITIES.includes(key)) {
    return Object.fromEntries(Object.entries(value as object).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]));
  }
  if (Array.isArray(value)) {
    return value.map(item => wrapped(item));
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([k, v]) => [NAMES[k] ?? k, wrapped(v, k)])) : value;
}
