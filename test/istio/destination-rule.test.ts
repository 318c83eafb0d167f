import { Chart, Duration, Testing } from 'cdk8s';
import { ClientTls, DestinationRule, DestinationRuleProps, IstioHost, IstioMesh, IstioVersion, LoadBalancer, WorkloadSelector } from '../../src';

const host = IstioHost.serviceName('backend', 'shop');
const make = (props: Partial<DestinationRuleProps> = {}, chart: Chart = Testing.chart()) =>
  new DestinationRule(chart, 'Backend', { metadata: { name: 'backend', namespace: 'shop' }, host, ...props });

test('a rule writes every field', () => {
  // GIVEN
  const chart = Testing.chart();

  // WHEN
  make({
    trafficPolicy: { loadBalancer: LoadBalancer.random() },
    subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' }, trafficPolicy: { tls: ClientTls.disable() } }, { name: 'all' }],
    exportTo: ['.'],
    workloadSelector: WorkloadSelector.labels({ app: 'web' }),
  }, chart);

  // THEN
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'backend', namespace: 'shop' },
    spec: {
      host: 'backend.shop.svc.cluster.local',
      trafficPolicy: { loadBalancer: { simple: 'RANDOM' } },
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v2', labels: { version: 'v2' }, trafficPolicy: { tls: { mode: 'DISABLE' } } },
        { name: 'all' },
      ],
      exportTo: ['.'],
      workloadSelector: { matchLabels: { app: 'web' } },
    },
  }]);
});

test('a rule without anything has a host', () => {
  const chart = Testing.chart();
  expect(make({}, chart).resourceType).toBe('destinationrules');
  expect(Testing.synth(chart)[0].spec).toEqual({ host: 'backend.shop.svc.cluster.local' });
});

test('subsets are added and found by name', () => {
  const rule = make({ subsets: [{ name: 'v1' }] });
  const v2 = rule.addSubset({ name: 'v2', labels: { version: 'v2' } });
  expect(v2).toMatchObject({ name: 'v2', host });
  expect(rule.subset('v2')).toBe(v2);
  expect(rule.subsets.map(({ name }) => name)).toEqual(['v1', 'v2']);
});

test('a subset that is not there is refused', () => {
  expect(() => make({ subsets: [{ name: 'v1' }, { name: 'v2' }] }).subset('v3')).toThrow('destination rule \'backend\' has no subset \'v3\': it has v1, v2');
  expect(() => make().subset('v3')).toThrow('destination rule \'backend\' has no subset \'v3\': it has none');
});

test('names and labels of subsets', () => {
  expect(() => make({ subsets: [{ name: 'v1' }, { name: 'v1' }] })).toThrow('subset \'v1\' is there already: names are unique in a destination rule');
  expect(() => make({ subsets: [{ name: 'V1' }] })).toThrow('name of the subset must be a DNS label');
  expect(() => make({ subsets: [{ name: 'v1', labels: { version: 'v 1' } }] })).toThrow('labels of subset \'v1\' must be Kubernetes labels');
});

test('what the declared release lacks is refused by place', () => {
  const chart = Testing.chart();
  new IstioMesh(chart, 'Mesh', { version: IstioVersion.V1_30 });
  const zones = { loadBalancer: LoadBalancer.random({ zoneAware: { enabled: true } }) };
  expect(() => make({ trafficPolicy: zones }, chart)).toThrow(
    'trafficPolicy.loadBalancer.zoneAwareLbSetting of DestinationRule \'backend\' is not in Istio 1.30, which would drop it in silence: it is there since 1.31');
  const rule = new DestinationRule(chart, 'Other', { metadata: { name: 'other', namespace: 'shop' }, host, subsets: [{ name: 'v1' }] });
  expect(() => rule.addSubset({ name: 'v2', trafficPolicy: { portLevelSettings: [{ port: 80, ...zones }] } })).toThrow(
    'subsets[1].trafficPolicy.portLevelSettings[0].loadBalancer.zoneAwareLbSetting of DestinationRule \'other\' is not in Istio 1.30');
  expect(rule.subsets.map(({ name }) => name)).toEqual(['v1']);
});

test('a warm-up that slows down is for Istio 1.31 and later', () => {
  const chart = Testing.chart();
  new IstioMesh(chart, 'Mesh', { version: IstioVersion.V1_30 });
  const policy = (aggression: number) => ({ loadBalancer: LoadBalancer.roundRobin({ warmup: { duration: Duration.minutes(1), aggression } }) });
  const rule = make({ trafficPolicy: policy(1) }, chart);
  expect(() => rule.addSubset({ name: 'v1', trafficPolicy: policy(0.5) })).toThrow(
    'aggression of warmup must be at least 1 before Istio 1.31, got 0.5: the mesh has 1.30');
  expect(() => rule.addSubset({ name: 'v1', trafficPolicy: { portLevelSettings: [{ port: 80, ...policy(0.5) }] } })).toThrow('got 0.5: the mesh has 1.30');
  expect(() => make({ trafficPolicy: policy(0.5) })).not.toThrow();
});

test('exportTo is checked', () => {
  expect(() => make({ exportTo: ['~'] })).toThrow('exportTo takes \'~\' on a ServiceEntry only');
});

test('a rule for some workloads stays in its namespace', () => {
  const workloadSelector = WorkloadSelector.labels({ app: 'web' });
  expect(() => make({ workloadSelector, exportTo: ['shop'] })).not.toThrow();
  expect(() => make({ workloadSelector })).not.toThrow();
  expect(() => make({ workloadSelector, exportTo: ['*'] })).toThrow(
    'exportTo of a rule with a workloadSelector can only be its own namespace, got \'*\': use \'.\'');
  expect(() => make({ workloadSelector, exportTo: ['.', 'web'] })).toThrow('got \'web\'');
});

test('a ConfigMap with certificates is in the namespace of the rule', () => {
  const trafficPolicy = (ns: string) => ({ tls: ClientTls.simple({ credentialName: `configmap://${ns}/ca` }) });
  expect(() => make({ trafficPolicy: trafficPolicy('shop') })).not.toThrow();
  expect(() => make({ trafficPolicy: trafficPolicy('web') })).toThrow(
    'credentialName must name a ConfigMap in the namespace of the rule, \'shop\', got one in \'web\'');
});

describe('settings of a port that are added', () => {
  const tls = ClientTls.disable();

  test('are written beside those of other ports', () => {
    const chart = Testing.chart();
    make({ trafficPolicy: { portLevelSettings: [{ port: 80, tls }] } }, chart).addPortLevelSettings({ port: 443, tls: ClientTls.istioMutual() });
    expect(Testing.synth(chart)[0].spec.trafficPolicy).toEqual({
      portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'DISABLE' } }, { port: { number: 443 }, tls: { mode: 'ISTIO_MUTUAL' } }],
    });
  });

  test('are refused where the port has some, or subsets would not have them', () => {
    expect(() => make({ trafficPolicy: { portLevelSettings: [{ port: 80, tls }] } }).addPortLevelSettings({ port: 80, tls })).toThrow('80');
    expect(() => make({ subsets: [{ name: 'v1' }] }).addPortLevelSettings({ port: 80, tls })).toThrow(
      "destination rule 'backend' has subsets, which would not have settings of port 80 that are added now: add them before");
  });
});
