import { Duration, Testing } from 'cdk8s';
import { ConnectionScheme } from 'cdk8s-plus-28';
import { WorkloadGroup, WorkloadProbe } from '../../src';

function probe(value: WorkloadProbe): unknown {
  const chart = Testing.chart();
  new WorkloadGroup(chart, 'Group', { probe: value });
  return Testing.synth(chart)[0].spec.probe;
}

const timing = {
  initialDelay: Duration.seconds(0),
  timeout: Duration.seconds(2),
  period: Duration.minutes(1),
  successThreshold: 3,
  failureThreshold: 4,
};
const written = { initialDelaySeconds: 0, timeoutSeconds: 2, periodSeconds: 60, successThreshold: 3, failureThreshold: 4 };

test('a probe by HTTP writes every field', () => {
  expect(probe(WorkloadProbe.httpGet(8443, {
    ...timing,
    path: '/ready?full=1',
    host: '127.0.0.1',
    scheme: ConnectionScheme.HTTPS,
    headers: [{ name: 'X-Probe', value: 'a' }, { name: 'X-Probe', value: 'b' }],
  }))).toEqual({
    ...written,
    httpGet: {
      port: 8443,
      path: '/ready?full=1',
      host: '127.0.0.1',
      scheme: 'HTTPS',
      httpHeaders: [{ name: 'X-Probe', value: 'a' }, { name: 'X-Probe', value: 'b' }],
    },
  });
  expect(probe(WorkloadProbe.httpGet(80))).toEqual({ httpGet: { port: 80 } });
});

test('a probe by a connection writes every field', () => {
  expect(probe(WorkloadProbe.tcpSocket(5432, { ...timing, host: 'localhost' }))).toEqual({ ...written, tcpSocket: { port: 5432, host: 'localhost' } });
});

test('a probe by a command writes every field', () => {
  expect(probe(WorkloadProbe.exec(['/bin/ready', '-q'], timing))).toEqual({ ...written, exec: { command: ['/bin/ready', '-q'] } });
});

test.each<[() => WorkloadProbe, string]>([
  [() => WorkloadProbe.httpGet(0), 'port of a probe must be between 1 and 65535, got 0'],
  [() => WorkloadProbe.httpGet(80, { path: 'ready' }), 'path of a probe must start with \'/\' and have printable ASCII characters and percent escapes only, got \'ready\''],
  [() => WorkloadProbe.httpGet(80, { path: '/%zz' }), 'path of a probe must start with \'/\' and have printable ASCII characters and percent escapes only, got \'/%zz\''],
  [() => WorkloadProbe.httpGet(80, { host: '' }), 'host of a probe must not be empty: leave it out to mean the workload'],
  [() => WorkloadProbe.httpGet(80, { headers: [{ name: 'x_probe', value: '' }] }), 'header names of a probe must be letters, digits and dashes, got \'x_probe\''],
  [() => WorkloadProbe.tcpSocket(65536), 'port of a probe must be between 1 and 65535, got 65536'],
  [() => WorkloadProbe.tcpSocket(80, { host: '' }), 'host of a probe must not be empty'],
  [() => WorkloadProbe.exec([]), 'command of a probe must be a program and arguments, none of them empty, got []'],
  [() => WorkloadProbe.exec(['ready', '']), 'command of a probe must be a program and arguments, none of them empty, got [\'ready\', \'\']'],
  [() => WorkloadProbe.tcpSocket(80, { initialDelay: Duration.millis(500) }), 'initialDelay of a probe must be in whole seconds, at least 0, got 500ms'],
  [() => WorkloadProbe.tcpSocket(80, { timeout: Duration.seconds(0) }), 'timeout of a probe must be in whole seconds, at least 1, got 0s'],
  [() => WorkloadProbe.tcpSocket(80, { period: Duration.seconds(0) }), 'period of a probe must be in whole seconds, at least 1, got 0s'],
  [() => WorkloadProbe.tcpSocket(80, { successThreshold: 0 }), 'successThreshold of a probe must be between 1 and 2147483647, got 0'],
  [() => WorkloadProbe.tcpSocket(80, { failureThreshold: 1.5 }), 'failureThreshold of a probe must be between 1 and 2147483647, got 1.5'],
])('a probe is refused (%#)', (make, message) => {
  expect(make).toThrow(message);
});
