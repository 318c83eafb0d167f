import { App, Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  DataPlane, IstioMesh, IstioMeshProps, MtlsMode, PeerAuthentication, PeerAuthenticationProps, PolicyEnforcement, WorkloadSelector,
} from '../../src';

const selector = WorkloadSelector.labels({ app: 'web' });

function spec(props?: PeerAuthenticationProps): unknown {
  const chart = Testing.chart();
  new PeerAuthentication(chart, 'Peer', props);
  return Testing.synth(chart)[0].spec;
}

test('a namespace is made strict', () => {
  // GIVEN
  const chart = Testing.chart();

  // WHEN
  new PeerAuthentication(chart, 'Peer', { metadata: { name: 'default', namespace: 'shop' }, mode: MtlsMode.STRICT });

  // THEN
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace: 'shop' },
    spec: { mtls: { mode: 'STRICT' } },
  }]);
});

test('ports of workloads may differ', () => {
  const portModes = [{ port: 8080, mode: MtlsMode.PERMISSIVE }, { port: 9090, mode: MtlsMode.DISABLE }];
  expect(spec({ selector, mode: MtlsMode.STRICT, portModes })).toEqual({
    selector: { matchLabels: { app: 'web' } },
    mtls: { mode: 'STRICT' },
    portLevelMtls: { 8080: { mode: 'PERMISSIVE' }, 9090: { mode: 'DISABLE' } },
  });
});

test('an empty one stays', () => {
  expect(spec()).toEqual({});
});

test.each<[PeerAuthenticationProps, string]>([
  [{ portModes: [{ port: 80, mode: MtlsMode.STRICT }] }, 'portModes of a PeerAuthentication need a selector: ports are those of workloads, pass selector'],
  [{ selector, portModes: [] }, 'portModes of a PeerAuthentication must have at least one port, got none: leave portModes out for one mode everywhere'],
  [{ selector, portModes: [{ port: 0, mode: MtlsMode.STRICT }] }, 'port of a PeerAuthentication must be between 1 and 65535, got 0'],
  [{ selector, portModes: [{ port: 80, mode: MtlsMode.STRICT }, { port: 80, mode: MtlsMode.UNSET }] },
    'portModes of a PeerAuthentication must differ from each other, got \'80\' twice: leave one out'],
])('what cannot be is refused (%#)', (props, message) => {
  expect(() => spec(props)).toThrow(message);
});

describe('one for', () => {
  function peer(make: (scope: Construct) => PeerAuthentication, mesh?: IstioMeshProps): any {
    const chart = new Chart(new App(), 'test');
    if (mesh) {
      new IstioMesh(chart, 'Mesh', mesh);
    }
    make(chart);
    return Testing.synth(chart).find(({ kind }) => kind === 'PeerAuthentication');
  }

  test('the mesh is in its root namespace', () => {
    const make = (scope: Construct) => PeerAuthentication.forMesh(scope, 'Peer', MtlsMode.STRICT);
    expect(peer(make, { rootNamespace: 'mesh-root' })).toMatchObject({ metadata: { name: 'default', namespace: 'mesh-root' }, spec: { mtls: { mode: 'STRICT' } } });
    expect(peer(make).metadata).toEqual({ name: 'default', namespace: 'istio-system' });
  });

  test('a namespace is not that of the whole mesh', () => {
    const make = (scope: Construct) => PeerAuthentication.forNamespace(scope, 'Peer', 'shop', MtlsMode.PERMISSIVE);
    expect(peer(make)).toMatchObject({ metadata: { name: 'default', namespace: 'shop' }, spec: { mtls: { mode: 'PERMISSIVE' } } });
    expect(() => peer(make, { rootNamespace: 'shop' })).toThrow(
      'a PeerAuthentication for namespace \'shop\' would hold for the whole mesh, whose root namespace it is: use PeerAuthentication.forMesh');
  });

  test('a workload has its labels, name and namespace', () => {
    const make = (scope: Construct) => {
      const workload = new Deployment(scope, 'Web', { metadata: { name: 'web', namespace: 'shop' }, containers: [{ image: 'web' }] });
      return PeerAuthentication.forWorkload(scope, 'Peer', workload, MtlsMode.STRICT, { portModes: [{ port: 9090, mode: MtlsMode.PERMISSIVE }] });
    };
    expect(peer(make)).toEqual({
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        selector: { matchLabels: { 'cdk8s.io/metadata.addr': expect.any(String) } },
        mtls: { mode: 'STRICT' },
        portLevelMtls: { 9090: { mode: 'PERMISSIVE' } },
      },
    });
  });

  test.each<[PeerAuthenticationProps, string]>([
    [{ mode: MtlsMode.DISABLE }, 'mode DISABLE of PeerAuthentication \'peer\' is not heeded by ztunnel, which always takes mTLS: ' +
      'use PERMISSIVE, or pass enforcement: PolicyEnforcement.PROXY for workloads with sidecars'],
    [{ selector, portModes: [{ port: 80, mode: MtlsMode.DISABLE }] }, 'mode DISABLE of PeerAuthentication \'peer\' is not heeded by ztunnel'],
  ])('ambient workloads says what ztunnel heeds (%#)', (props, message) => {
    const make = (more: PeerAuthenticationProps) => (scope: Construct) => new PeerAuthentication(scope, 'Peer', { metadata: { name: 'peer' }, ...props, ...more });
    const ambient = { dataPlane: DataPlane.AMBIENT };
    expect(() => peer(make({}), ambient)).toThrow(message);
    expect(() => peer(make({ enforcement: PolicyEnforcement.PROXY }), ambient)).not.toThrow();
    expect(() => peer(make({}), {})).not.toThrow();
  });

  test.each([DataPlane.SIDECAR, DataPlane.AMBIENT])('workloads of the root namespace has no effect in a %s mesh', dataPlane => {
    const make = (scope: Construct) => new PeerAuthentication(scope, 'Peer', { metadata: { name: 'peer', namespace: 'mesh-root' }, selector });
    expect(() => peer(make, { dataPlane, rootNamespace: 'mesh-root' })).toThrow('PeerAuthentication \'peer\' for workloads of the root namespace ' +
      '\'mesh-root\' is not heeded by Istio: leave the selector out to mean the whole mesh, or have the workloads in another namespace');
    expect(() => peer(make, { dataPlane })).not.toThrow();
  });
});
