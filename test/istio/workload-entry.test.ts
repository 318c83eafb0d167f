import { Testing } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import { Gateway, IstioNetwork, UseWaypoint, WorkloadEntry, WorkloadEntryProps, WorkloadLocality } from '../../src';

const metadata = { name: 'vm-1', namespace: 'shop' };

function object(props: WorkloadEntryProps): unknown {
  const chart = Testing.chart();
  new WorkloadEntry(chart, 'Entry', { metadata, ...props });
  return Testing.synth(chart)[0];
}

describe('a WorkloadEntry', () => {
  test('writes what it is given and nothing else', () => {
    expect(object({ address: '10.1.2.3' })).toEqual({
      apiVersion: 'networking.istio.io/v1',
      kind: 'WorkloadEntry',
      metadata,
      spec: { address: '10.1.2.3' },
    });
  });

  test('writes every field', () => {
    // GIVEN
    const chart = Testing.chart();

    // WHEN
    new WorkloadEntry(chart, 'Entry', {
      metadata,
      address: 'vm-1.example.com',
      ports: { http: 8080 },
      labels: { app: 'db' },
      network: IstioNetwork.of('vm-net'),
      locality: WorkloadLocality.zone('eu', 'a'),
      weight: 3,
      serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'Account', 'db'),
    });

    // THEN
    expect(Testing.synth(chart)[0].spec).toEqual({
      address: 'vm-1.example.com',
      ports: { http: 8080 },
      labels: { app: 'db' },
      network: 'vm-net',
      locality: 'eu/a',
      weight: 3,
      serviceAccount: 'db',
    });
  });

  test('may be known by its network alone', () => {
    expect(object({ network: IstioNetwork.of('vm-net') })).toMatchObject({ spec: { network: 'vm-net' } });
  });

  test('says by labels of the object what the spec has no fields for', () => {
    expect(object({
      address: '10.1.2.3',
      canonicalName: 'db',
      canonicalRevision: 'v2',
      workloadName: 'db-vm',
      mtls: true,
      useWaypoint: UseWaypoint.gateway(Gateway.fromGatewayName('waypoint')),
    })).toMatchObject({
      metadata: {
        labels: {
          'service.istio.io/canonical-name': 'db',
          'service.istio.io/canonical-revision': 'v2',
          'service.istio.io/workload-name': 'db-vm',
          'security.istio.io/tlsMode': 'istio',
          'istio.io/use-waypoint': 'waypoint',
        },
      },
    });
    expect(object({ address: '10.1.2.3', mtls: false })).toMatchObject({ metadata: { labels: { 'security.istio.io/tlsMode': 'disabled' } } });
  });

  test.each<[Partial<WorkloadEntryProps>, string]>([
    [{ canonicalName: 'a/b' }, 'canonicalName must be at most 63 letters, digits and inner -_., got \'a/b\''],
    [{ canonicalRevision: 'a/b' }, 'canonicalRevision must be at most 63 letters, digits and inner -_., got \'a/b\''],
    [{ workloadName: 'a/b' }, 'workloadName must be at most 63 letters, digits and inner -_., got \'a/b\''],
    [{ useWaypoint: UseWaypoint.gateway({ name: 'one' }, { canary: { name: 'two' } }) },
      'useWaypoint of a workload takes no canary, which is for Services and ServiceEntries: leave canary out'],
    [{ metadata: { name: 'Vm' } }, 'name of the WorkloadEntry must be a DNS subdomain'],
  ])('refuses %j', (props, message) => {
    expect(() => object({ address: '10.1.2.3', ...props })).toThrow(message);
  });

  test('is selected by its labels', () => {
    const chart = Testing.chart();
    expect(new WorkloadEntry(chart, 'A', { address: '10.1.2.3', labels: { app: 'db' } }).selector.matchLabels).toEqual({ app: 'db' });
    expect(() => new WorkloadEntry(chart, 'B', { address: '10.1.2.3' }).selector).toThrow('a workload selector needs at least one label');
  });
});
