import { App, Chart, Testing } from 'cdk8s';
import {
  Certificate, GatewayCanary, GatewayCanaryStage, GatewayExposure, GatewayForm, GatewayHost, GatewayWorkloadKind, IstioMesh, MeshedGateway,
  MeshNamespace, SelfManagedGatewayOptions,
} from '../../src';

/** The objects of a gateway, by kind and name. */
function synth(options: SelfManagedGatewayOptions, exposures?: GatewayExposure[]): Map<string, any> {
  const chart = new Chart(new App(), 'test');
  const mesh = new IstioMesh(chart, 'Mesh');
  new MeshedGateway(chart, 'Gateway', {
    name: 'door',
    namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }),
    form: GatewayForm.selfManaged(options),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    exposures,
  });
  return new Map(Testing.synth(chart).filter(({ kind }) => !['Namespace', 'PeerAuthentication'].includes(kind)).map(object => [`${object.kind} ${object.metadata.name}`, object]));
}

/** What applying one after the other changes. */
function changes(before: Map<string, any>, after: Map<string, any>) {
  const differs = (key: string) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key));
  return {
    added: [...after.keys()].filter(key => !before.has(key)).sort(),
    removed: [...before.keys()].filter(key => !after.has(key)).sort(),
    changed: [...after.keys()].filter(key => before.has(key) && differs(key)).sort(),
  };
}

const revisionOf = (objects: Map<string, any>, key: string) => objects.get(key).spec.template.metadata.labels['istio.io/rev'];
const instanceOf = (objects: Map<string, any>, key: string) => objects.get(key).spec.selector['app.kubernetes.io/instance'];
const replicasOf = (objects: Map<string, any>, key: string) => {
  const { minReplicas, maxReplicas } = objects.get(key).spec;
  return [minReplicas, maxReplicas];
};

describe('a canary behind the same Service', () => {
  const OLD = { revision: '1-30' };
  const at = (weight: number) => synth({ ...OLD, canary: GatewayCanary.replicas('1-31', weight) });

  test('has exactly its share of the pods, and autoscalers that hold it', () => {
    const tried = at(20);
    expect(replicasOf(tried, 'HorizontalPodAutoscaler door')).toEqual([4, 4]);
    expect(replicasOf(tried, 'HorizontalPodAutoscaler door-canary')).toEqual([1, 1]);
    expect(revisionOf(tried, 'Deployment door')).toBe('1-30');
    expect(revisionOf(tried, 'Deployment door-canary')).toBe('1-31');
  });

  test('comes with two objects, and changes nothing else but how many old pods there are', () => {
    expect(changes(synth(OLD), at(20))).toEqual({
      added: ['Deployment door-canary', 'HorizontalPodAutoscaler door-canary'], removed: [], changed: ['HorizontalPodAutoscaler door'],
    });
  });

  test('is promoted by its weight: what stays has the names that it had, and only the objects of the canary go', () => {
    const promoted = at(100);
    expect(changes(at(20), promoted)).toEqual({
      added: [],
      removed: ['Deployment door-canary', 'HorizontalPodAutoscaler door-canary'],
      changed: ['Deployment door', 'HorizontalPodAutoscaler door'],
    });
    expect(revisionOf(promoted, 'Deployment door')).toBe('1-31');
    expect(replicasOf(promoted, 'HorizontalPodAutoscaler door')).toEqual([2, 5]);
  });

  test('is rolled back by its weight: the old Deployment is not touched', () => {
    expect(changes(at(20), at(0))).toEqual({
      added: [], removed: ['Deployment door-canary', 'HorizontalPodAutoscaler door-canary'], changed: ['HorizontalPodAutoscaler door'],
    });
  });

  test('leaves nothing behind: what revision takes over changes no object', () => {
    expect(at(100)).toEqual(synth({ revision: '1-31' }));
    expect(at(0)).toEqual(synth(OLD));
  });

  test.each([[10, 10, [9, 1]], [50, 2, [1, 1]], [25, 8, [6, 2]]])('of weight %i with %i pods', (weight, replicas, [stable, canary]) => {
    const tried = synth({ ...OLD, canary: GatewayCanary.replicas('1-31', weight, { replicas }) });
    expect(replicasOf(tried, 'HorizontalPodAutoscaler door')).toEqual([stable, stable]);
    expect(replicasOf(tried, 'HorizontalPodAutoscaler door-canary')).toEqual([canary, canary]);
  });

  test('is refused where no number of pods is its share', () => {
    expect(() => at(10)).toThrow(
      "weight 10 of the canary of gateway 'door' is 0.5 of 5 pods, got no whole number: pass replicas that are a multiple of 10, or a weight that is a multiple of 20");
    expect(() => synth({ ...OLD, canary: GatewayCanary.replicas('1-31', 50, { replicas: 1 }) })).toThrow(
      "replicas of the canary of gateway 'door' must be a whole number of at least 2, got 1: each revision has one at least");
    expect(() => GatewayCanary.replicas('1-31', 101)).toThrow('weight of a canary must be between 0 and 100, got 101');
    expect(() => GatewayCanary.replicas('1-31', 0.5)).toThrow('got 0.5');
    expect(() => GatewayCanary.replicas('1.31', 20)).toThrow('revision of a canary must be a DNS label');
  });
});

describe('a canary behind a Service of its own', () => {
  const OLD = { revision: '1-30' };
  const at = (stage?: GatewayCanaryStage) => synth({ ...OLD, canary: GatewayCanary.service('1-31', stage) });

  test('is reached by that Service only, and the others by theirs', () => {
    const tried = at();
    expect(instanceOf(tried, 'Service door')).toBe('door');
    expect(instanceOf(tried, 'Service door-canary')).toBe('door-canary');
    expect(tried.get('Service door-canary').spec.ports).toEqual(tried.get('Service door').spec.ports);
    expect(tried.get('Gateway door').spec.selector).toEqual({ app: 'door', istio: 'door' });
    expect(replicasOf(tried, 'HorizontalPodAutoscaler door-canary')).toEqual([2, 5]);
    expect(changes(synth(OLD), tried)).toEqual({
      added: ['Deployment door-canary', 'HorizontalPodAutoscaler door-canary', 'Service door-canary'], removed: [], changed: ['Service door'],
    });
  });

  test.each([[GatewayCanaryStage.PROMOTED, '1-31', ['Deployment door', 'Service door-canary']], [GatewayCanaryStage.ROLLED_BACK, '1-30', ['Service door-canary']]])(
    'when it is %s leads to the pods that stay, until it is taken out', (stage, revision, changed) => {
      const done = at(stage);
      expect(changes(at(), done)).toEqual({ added: [], removed: ['Deployment door-canary', 'HorizontalPodAutoscaler door-canary'], changed });
      expect(revisionOf(done, 'Deployment door')).toBe(revision);
      expect(instanceOf(done, 'Service door-canary')).toBe('door');
      expect(changes(done, synth({ revision }))).toEqual({ added: [], removed: ['Service door-canary'], changed: ['Service door'] });
    });

  test('gets no address and no ports of nodes that the other Service has', () => {
    const exposure = GatewayExposure.external({ loadBalancerIp: '203.0.113.7', nodePorts: { 443: 30443 }, sourceRanges: ['10.0.0.0/8'] });
    const tried = synth({ ...OLD, canary: GatewayCanary.service('1-31') }, [exposure]);
    expect(tried.get('Service door').spec).toMatchObject({ loadBalancerIP: '203.0.113.7', ports: [{}, {}, { nodePort: 30443 }] });
    expect(tried.get('Service door-canary').spec).toMatchObject({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'] });
    expect(tried.get('Service door-canary').spec.loadBalancerIP).toBeUndefined();
    expect(tried.get('Service door-canary').spec.ports.map(({ nodePort }: any) => nodePort)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a DaemonSet', () => {
  const kind = GatewayWorkloadKind.DAEMON_SET;

  test('has the pods of a Deployment, and neither autoscaler nor budget', () => {
    const objects = synth({ kind });
    expect([...objects.keys()].sort()).toEqual([
      'DaemonSet door', 'Gateway door', 'Role door', 'RoleBinding door', 'Service door', 'ServiceAccount door',
    ]);
    expect(objects.get('DaemonSet door').spec.template).toEqual(synth({}).get('Deployment door').spec.template);
    expect(objects.get('DaemonSet door').spec.selector).toEqual(synth({}).get('Deployment door').spec.selector);
  });

  test('tries another revision behind a Service of its own, and not by weight', () => {
    const canary = GatewayCanary.service('1-31');
    expect([...synth({ kind, revision: '1-30', canary }).keys()]).toEqual(expect.arrayContaining(['DaemonSet door-canary', 'Service door-canary']));
    expect(() => synth({ kind, revision: '1-30', canary: GatewayCanary.replicas('1-31', 20) })).toThrow(
      "canary of gateway 'door' cannot share a DaemonSet's Service by weight, got weight 20: each has a pod on every node; use GatewayCanary.service, or a Deployment");
  });

  test.each(['minReplicas', 'maxReplicas', 'targetCpuUtilization', 'targetMemoryUtilization', 'maxUnavailable'])('takes no %s', field => {
    expect(() => synth({ kind, [field]: 3 })).toThrow(
      `${field} of gateway 'door' is for Deployments, got 3 for a DaemonSet: it has a pod on every node, leave it out`);
  });
});
