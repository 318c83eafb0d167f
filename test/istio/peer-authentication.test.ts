import { Testing } from 'cdk8s';
import { MtlsMode, PeerAuthentication, PeerAuthenticationProps, WorkloadSelector } from '../../src';

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
  [{ selector, portModes: [] }, 'portModes of a PeerAuthentication must have at least one port and each once, got none'],
  [{ selector, portModes: [{ port: 0, mode: MtlsMode.STRICT }] }, 'port of a PeerAuthentication must be between 1 and 65535, got 0'],
  [{ selector, portModes: [{ port: 80, mode: MtlsMode.STRICT }, { port: 80, mode: MtlsMode.UNSET }] },
    'portModes of a PeerAuthentication must have at least one port and each once, got 80 twice'],
])('what cannot be is refused (%#)', (props, message) => {
  expect(() => spec(props)).toThrow(message);
});
