import { Testing } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import { IstioNetwork, UseWaypoint, WorkloadGroup, WorkloadGroupProps, WorkloadLocality, WorkloadProbe } from '../../src';

const metadata = { name: 'db', namespace: 'shop' };
const many = (count: number) => [...Array(count).keys()];

function object(props: WorkloadGroupProps = {}): unknown {
  const chart = Testing.chart();
  new WorkloadGroup(chart, 'Group', { metadata, ...props });
  return Testing.synth(chart)[0];
}

describe('a WorkloadGroup', () => {
  test('writes a template, even when nothing is known', () => {
    expect(object()).toEqual({ apiVersion: 'networking.istio.io/v1', kind: 'WorkloadGroup', metadata, spec: { template: {} } });
  });

  test('writes every field', () => {
    // GIVEN
    const chart = Testing.chart();
    const account = new ServiceAccount(chart, 'Account', { metadata });

    // WHEN
    new WorkloadGroup(chart, 'Group', {
      metadata,
      labels: { app: 'db' },
      annotations: { 'example.com/team': 'data' },
      template: {
        ports: { tcp: 5432 },
        network: IstioNetwork.of('vm-net'),
        locality: WorkloadLocality.region('eu'),
        weight: 2,
        serviceAccount: account,
      },
      probe: WorkloadProbe.tcpSocket(5432),
    });

    // THEN
    expect(Testing.synth(chart).find(({ kind }) => kind === 'WorkloadGroup').spec).toEqual({
      metadata: { labels: { app: 'db' }, annotations: { 'example.com/team': 'data' } },
      template: { ports: { tcp: 5432 }, network: 'vm-net', locality: 'eu', weight: 2, serviceAccount: 'db' },
      probe: { tcpSocket: { port: 5432 } },
    });
  });

  test('says by labels of its workloads what the spec has no fields for', () => {
    expect(object({ labels: { app: 'db' }, canonicalName: 'database', canonicalRevision: 'v2', mtls: false, useWaypoint: UseWaypoint.NONE })).toMatchObject({
      spec: {
        metadata: {
          labels: {
            'app': 'db',
            'service.istio.io/canonical-name': 'database',
            'service.istio.io/canonical-revision': 'v2',
            'security.istio.io/tlsMode': 'disabled',
            'istio.io/use-waypoint': 'none',
          },
        },
      },
    });
  });

  test.each<[WorkloadGroupProps, string]>([
    [{ labels: { app: '-' } }, 'labels of the WorkloadGroup must be Kubernetes labels'],
    [{ labels: Object.fromEntries(many(256).map(n => [`l${n}`, ''])), mtls: true }, 'the WorkloadGroup takes at most 256 labels, got 257'],
    [{ annotations: { 'a b': '' } }, 'annotation of the WorkloadGroup must be a name of at most 63 letters'],
    [{ annotations: Object.fromEntries(many(257).map(n => [`a${n}`, ''])) }, 'annotations of the WorkloadGroup must be at most 256, got 257: leave some out'],
    [{ template: { weight: 0 } }, 'weight of the template of the WorkloadGroup must be between 1 and 4294967295, got 0'],
    [{ template: { ports: { http: 70000 } } }, 'port \'http\' of the template of the WorkloadGroup must be between 1 and 65535, got 70000'],
    [{ useWaypoint: UseWaypoint.gateway({ name: 'one' }, { canary: { name: 'two' } }) }, 'useWaypoint of a workload takes no canary'],
  ])('refuses what no workload is (%#)', (props, message) => {
    expect(() => object(props)).toThrow(message);
  });

  test('selects its workloads by their labels', () => {
    const chart = Testing.chart();
    expect(new WorkloadGroup(chart, 'A', { labels: { app: 'db' } }).selector.matchLabels).toEqual({ app: 'db' });
    expect(() => new WorkloadGroup(chart, 'B').selector).toThrow('a workload selector needs at least one label');
  });
});
