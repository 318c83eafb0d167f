import { Duration } from 'cdk8s';
import { GrpcStatus, HttpFault } from '../../src';

test('a fault is a delay, an abort, or both', () => {
  const fault = HttpFault.delay(Duration.seconds(7), 100).combinedWith(HttpFault.abort(503, 0.1));
  expect(fault._toKube()).toEqual({
    delay: { fixedDelay: '7s', percentage: { value: 100 } },
    abort: { httpStatus: 503, percentage: { value: 0.1 } },
  });
  expect(HttpFault.abort(503, 0).combinedWith(HttpFault.delay(Duration.seconds(1), 1))._toKube().delay).toEqual({ fixedDelay: '1s', percentage: { value: 1 } });
});

test('an abort can be a gRPC status', () => {
  expect(HttpFault.abortGrpc(GrpcStatus.NOT_FOUND, 10)._toKube()).toEqual({ delay: undefined, abort: { grpcStatus: 'NOT_FOUND', percentage: { value: 10 } } });
});

test('two of a kind are refused', () => {
  const delay = HttpFault.delay(Duration.seconds(1), 1);
  const abort = HttpFault.abort(500, 1);
  expect(() => delay.combinedWith(delay)).toThrow('a fault has at most one delay and one abort, got two delays');
  expect(() => abort.combinedWith(HttpFault.abortGrpc(GrpcStatus.UNAVAILABLE, 1))).toThrow('got two aborts');
});

test.each([-1, 0.00001, 100.1, NaN])('%d percent are refused', percentage => {
  expect(() => HttpFault.abort(500, percentage)).toThrow(`percentage of a fault must be 0, or between 0.0001 and 100, got ${percentage}`);
});

test.each([199, 600, 200.5])('status %d is refused', status => {
  expect(() => HttpFault.abort(status, 1)).toThrow(`status of a fault must be between 200 and 599, got ${status}`);
});

test('a delay is at least 1ms', () => {
  expect(() => HttpFault.delay(Duration.seconds(0), 1)).toThrow('delay of a fault must be at least 1ms, got 0s');
});
