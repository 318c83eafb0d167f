import { KubeObject } from '../examples/kube-object';

const namespace = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const account = (name: string, of: string): KubeObject => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: of } });
const istiod = (name: string): KubeObject => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'istio-system' }, spec: { ports: [{ port: 443 }, { port: 15012 }] },
});

/** What clusters with a mesh have beside an app. */
export const GIVEN: readonly KubeObject[] = [
  ...['istio-system', 'linkerd', 'monitoring', 'flux-system', 'argocd', 'others'].map(namespace),
  // Istio makes it.
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'istio-waypoint' }, spec: { controllerName: 'istio.io/mesh-controller' } },
  ...['istiod', 'istiod-stable', 'istiod-1-30', 'istiod-1-31'].map(istiod),
  account('prometheus', 'monitoring'),
  // What Envoy Gateway makes is named as its settings say.
  account('public', 'edge'), account('edge', 'edge'), account('edge', 'public-1'),
];
