import { Duration } from 'cdk8s';
import { ConnectionPool, H2UpgradePolicy } from '../../src';

test('a pool writes every field', () => {
  expect(ConnectionPool.of({
    tcp: {
      maxConnections: 100,
      connectTimeout: Duration.millis(30),
      idleTimeout: Duration.seconds(0),
      maxConnectionDuration: Duration.hours(1),
      tcpKeepalive: { probes: 3, time: Duration.hours(2), interval: Duration.seconds(75) },
    },
    http: {
      http1MaxPendingRequests: 10,
      http2MaxRequests: 1000,
      maxRequestsPerConnection: 0,
      maxRetries: 3,
      idleTimeout: Duration.minutes(5),
      h2UpgradePolicy: H2UpgradePolicy.DO_NOT_UPGRADE,
      useClientProtocol: true,
      maxConcurrentStreams: 50,
      http2KeepAlive: { interval: Duration.seconds(30), timeout: Duration.seconds(5) },
    },
  })._toKube()).toEqual({
    tcp: {
      maxConnections: 100,
      connectTimeout: '30ms',
      idleTimeout: '0s',
      maxConnectionDuration: '1h',
      tcpKeepalive: { probes: 3, time: '2h', interval: '1m15s' },
    },
    http: {
      http1MaxPendingRequests: 10,
      http2MaxRequests: 1000,
      maxRequestsPerConnection: 0,
      maxRetries: 3,
      idleTimeout: '5m',
      h2UpgradePolicy: 'DO_NOT_UPGRADE',
      useClientProtocol: true,
      maxConcurrentStreams: 50,
      http2KeepAlive: { interval: '30s', timeout: '5s' },
    },
  });
});

test('an empty part stays', () => {
  expect(ConnectionPool.of({ tcp: {} })._toKube()).toEqual({ tcp: {} });
  expect(ConnectionPool.of({ tcp: { tcpKeepalive: {} }, http: {} })._toKube()).toEqual({ tcp: { tcpKeepalive: {} }, http: {} });
});

test('a pool has a part', () => {
  expect(() => ConnectionPool.of({})).toThrow('a connection pool must have tcp or http, got neither: pass one, or leave the pool out');
});

test('an upgraded connection does not keep its protocol', () => {
  expect(() => ConnectionPool.of({ http: { h2UpgradePolicy: H2UpgradePolicy.UPGRADE, useClientProtocol: true } })).toThrow(
    'a connection cannot be upgraded to HTTP/2 and keep the client\'s protocol, got UPGRADE and useClientProtocol');
});

test('numbers are in range', () => {
  expect(() => ConnectionPool.of({ tcp: { maxConnections: 0 } })).toThrow('maxConnections must be between 1 and 2147483647, got 0');
  expect(() => ConnectionPool.of({ http: { maxRetries: 1.5 } })).toThrow('maxRetries must be between 1 and 2147483647, got 1.5');
  expect(() => ConnectionPool.of({ http: { http1MaxPendingRequests: 0 } })).toThrow('http1MaxPendingRequests must be between 1 and 2147483647, got 0');
  expect(() => ConnectionPool.of({ http: { http2MaxRequests: 0 } })).toThrow('http2MaxRequests must be between 1 and 2147483647, got 0');
  expect(() => ConnectionPool.of({ http: { maxRequestsPerConnection: -1 } })).toThrow('maxRequestsPerConnection must be between 0 and 2147483647, got -1');
  expect(() => ConnectionPool.of({ http: { maxConcurrentStreams: -1 } })).toThrow('maxConcurrentStreams must be between 0 and 2147483647, got -1');
  expect(() => ConnectionPool.of({ tcp: { tcpKeepalive: { probes: 4294967296 } } })).toThrow('probes of tcpKeepalive must be between 0 and 4294967295');
});

test.each([
  ['connectTimeout', { tcp: { connectTimeout: Duration.seconds(0) } }],
  ['maxConnectionDuration', { tcp: { maxConnectionDuration: Duration.seconds(0) } }],
  ['time of tcpKeepalive', { tcp: { tcpKeepalive: { time: Duration.seconds(0) } } }],
  ['interval of tcpKeepalive', { tcp: { tcpKeepalive: { interval: Duration.seconds(0) } } }],
  ['interval of http2KeepAlive', { http: { http2KeepAlive: { interval: Duration.seconds(0), timeout: Duration.seconds(1) } } }],
  ['idleTimeout of http', { http: { idleTimeout: Duration.seconds(0) } }],
  ['timeout of http2KeepAlive', { http: { http2KeepAlive: { interval: Duration.seconds(1), timeout: Duration.seconds(0) } } }],
])('%s is at least 1ms', (what, options) => {
  expect(() => ConnectionPool.of(options)).toThrow(`${what} must be at least 1ms, got 0s`);
});
