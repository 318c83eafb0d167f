import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Certificate, GatewayForm, GatewayHost, IstioMesh, MeshedGateway, MeshNamespace, SelfManagedGatewayOptions } from '../../src';
import chartObjects from '../data/istio-gateway-chart.json';

function synth(options: SelfManagedGatewayOptions): any[] {
  const chart = new Chart(new App(), 'test');
  const mesh = new IstioMesh(chart, 'Mesh');
  new MeshedGateway(chart, 'Gateway', {
    name: 'istio-door',
    namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }),
    form: GatewayForm.selfManaged(options),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  });
  return Testing.synth(chart);
}

const only = (objects: any[], kind: string) => objects.find(object => object.kind === kind);
const pods = (options: SelfManagedGatewayOptions) => only(synth(options), 'Deployment').spec.template;

// Rendered by Istio's own renderer from the chart `gateway`, release istio-door, with revision 1-31, two pods at least and a budget.
test.each(Object.entries(chartObjects))('the %s says all that Istio\'s chart says', (kind, said) => {
  const object = only(synth({ revision: '1-31' }), kind);
  expect(object).toMatchObject(said);
});

test('pods run as they are told', () => {
  const { metadata, spec } = pods({
    resources: { cpu: { request: Cpu.millis(200) } },
    environment: { A: 'b' },
    podLabels: { team: 'edge' },
    podAnnotations: { note: 'x' },
    nodeSelector: { pool: 'edge' },
    tolerations: [{ key: 'edge', operator: 'Exists' }],
    topologySpread: [
      { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
      { maxSkew: 2, topologyKey: 'node', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { team: 'edge' } } },
    ],
    priorityClassName: 'edge',
    terminationGracePeriod: Duration.minutes(2),
  });
  expect(metadata).toMatchObject({ labels: { team: 'edge' }, annotations: { note: 'x' } });
  expect(spec).toMatchObject({
    nodeSelector: { pool: 'edge' },
    tolerations: [{ key: 'edge', operator: 'Exists' }],
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'istio-door', istio: 'door' } } },
      { maxSkew: 2, topologyKey: 'node', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { team: 'edge' } } },
    ],
    priorityClassName: 'edge',
    terminationGracePeriodSeconds: 120,
    containers: [{ env: [{ name: 'A', value: 'b' }], resources: { requests: { cpu: '200m' } } }],
  });
  expect(spec.containers[0].resources.limits).toBeUndefined();
});

test('what runs them is told too', () => {
  const objects = synth({ maxUnavailable: 2, targetMemoryUtilization: 70, serviceAccountAnnotations: { cloud: 'edge' }, resources: { memory: { request: Size.mebibytes(64) } } });
  expect(only(objects, 'PodDisruptionBudget').spec.maxUnavailable).toBe(2);
  expect(only(objects, 'HorizontalPodAutoscaler').spec.metrics.map(({ resource }: any) => [resource.name, resource.target.averageUtilization])).toEqual([
    ['cpu', 80], ['memory', 70],
  ]);
  expect(only(objects, 'ServiceAccount').metadata.annotations).toEqual({ cloud: 'edge' });
});

test.each([[{ maxReplicas: 1 }, [1, 1]], [{ maxReplicas: 3 }, [2, 3]], [{ minReplicas: 4 }, [4, 5]]])('%j is a range of pods', (options, [least, most]) => {
  expect(only(synth(options), 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: least, maxReplicas: most });
});

test.each(['targetCpuUtilization', 'targetMemoryUtilization', 'maxUnavailable'])('%s is at least 1', field => {
  expect(() => synth({ [field]: 0 })).toThrow(`${field} of gateway 'istio-door' must be between 1 and 2147483647, got 0`);
});
