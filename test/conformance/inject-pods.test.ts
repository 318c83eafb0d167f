import { objectsOf } from '../../conformance/objects';
import { podsOf } from '../../conformance/pods';

const pods = (manifests: string) => podsOf(objectsOf(manifests));
const template = 'template: { metadata: { labels: { app: web }, annotations: { a: b } }, spec: { containers: [{ name: main, image: web }] } }';

test('a Deployment makes pods that its ReplicaSet owns, with the hash of its template', () => {
  const [{ from, pod }] = pods(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { ${template} }`);

  expect(from).toBe('Deployment shop/web');
  expect(pod).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      generateName: 'web-5d8f6c7b9-',
      namespace: 'shop',
      labels: { 'app': 'web', 'pod-template-hash': '5d8f6c7b9' },
      annotations: { a: 'b' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d8f6c7b9', uid: 'owner', controller: true }],
    },
    spec: { containers: [{ name: 'main', image: 'web' }] },
  });
});

test.each([
  ['apps/v1', 'StatefulSet', `spec: { ${template} }`],
  ['apps/v1', 'DaemonSet', `spec: { ${template} }`],
  ['batch/v1', 'Job', `spec: { ${template} }`],
  ['batch/v1', 'CronJob', `spec: { jobTemplate: { spec: { ${template} } } }`],
])('%s %s owns its pods itself', (apiVersion, kind, spec) => {
  const [{ from, pod }] = pods(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: web }, ${spec} }`);

  expect(from).toBe(`${kind} default/web`);
  expect(pod.metadata).toMatchObject({ generateName: 'web-', namespace: 'default', labels: { app: 'web' }, ownerReferences: [{ kind, name: 'web' }] });
  expect(pod.metadata.labels).toEqual({ app: 'web' });
});

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { ${template} }`;

test.each([
  ['of its own', `spec: { ${template} }`],
  ['of the Deployment that it takes over', 'spec: { workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } }'],
])('a Rollout makes pods of the template %s, with the label of its controller', (_, spec) => {
  const [, { from, pod }] = pods(`${deployment}\n---\n{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: web, namespace: shop }, ${spec} }`);

  expect(from).toBe('Rollout shop/web');
  expect(pod.metadata).toMatchObject({ generateName: 'web-5d8f6c7b9-', annotations: { a: 'b' }, ownerReferences: [{ kind: 'ReplicaSet', name: 'web-5d8f6c7b9' }] });
  expect(pod.metadata.labels).toEqual({ 'app': 'web', 'rollouts-pod-template-hash': '5d8f6c7b9' });
  expect(pod.spec).toEqual({ containers: [{ name: 'main', image: 'web' }] });
});

test('a Canary of Flagger makes the pods of its target once more, with a label of their own', () => {
  const canary = '{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: web, namespace: shop }, spec: { targetRef: { kind: Deployment, name: web } } }';
  const [, { from, pod }] = pods(`${deployment}\n---\n${canary}`);

  expect(from).toBe('Canary shop/web');
  expect(pod.metadata).toMatchObject({ generateName: 'web-primary-5d8f6c7b9-', annotations: { a: 'b' } });
  expect(pod.metadata.labels).toEqual({ 'app': 'web-primary', 'pod-template-hash': '5d8f6c7b9' });
});

test('what takes over a workload that is not there makes no pods', () => {
  expect(pods('{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: web, namespace: shop }, spec: { targetRef: { kind: Deployment, name: web } } }')).toEqual([]);
  expect(pods('{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: web, namespace: shop }, spec: { workloadRef: { kind: Deployment, name: web } } }')).toEqual([]);
});

test('a pod is itself', () => {
  const [{ from, pod }] = pods('{ apiVersion: v1, kind: Pod, metadata: { name: one, namespace: shop, labels: { app: web } }, spec: { hostNetwork: true } }');

  expect(from).toBe('Pod shop/one');
  expect(pod).toEqual({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one', namespace: 'shop', labels: { app: 'web' } }, spec: { hostNetwork: true } });
});

const gateway = (className: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: edge, labels: { team: edge } }
spec: { gatewayClassName: ${className}, infrastructure: { labels: { istio.io/rev: stable }, annotations: { a: b } } }`;
const gatewayClass = (name: string, controller: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: ${name} }
spec: { controllerName: ${controller} }`;

test('the pods of a Gateway of another controller carry what its infrastructure says', () => {
  const [{ from, pod }] = pods(gateway('nginx'));

  expect(from).toBe('Gateway edge/public');
  expect(pod.metadata).toMatchObject({ namespace: 'edge', annotations: { a: 'b' } });
  expect(pod.metadata.labels).toEqual({ 'istio.io/rev': 'stable', 'pod-template-hash': '5d8f6c7b9' });
});

test.each([
  ['of a class that Istio makes', gateway('istio')],
  ['of a class of our own for Istio', `${gatewayClass('mesh', 'istio.io/gateway-controller')}\n---${gateway('mesh')}`],
])('a Gateway %s makes no pods that are injected', (_, manifests) => {
  expect(pods(manifests)).toEqual([]);
});

test('a class named istio of another controller is not Istio\'s', () => {
  expect(pods(`${gatewayClass('istio', 'example.com/controller')}\n---${gateway('istio')}`)).toHaveLength(1);
});

test('an Istio Gateway, a Service and an empty document make none', () => {
  expect(pods(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public }
spec: { selector: { app: gateway } }
---
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: {}`)).toEqual([]);
});
