import { Duration } from 'cdk8s';
import { OutlierDetection } from '../../src';

test('outlier detection writes every field, with upstream\'s names', () => {
  expect(OutlierDetection.of({
    consecutive5xxErrors: 5,
    consecutiveGatewayErrors: 0,
    consecutiveLocalOriginFailures: 3,
    splitExternalLocalOriginErrors: true,
    outlierDetectionHttpErrorCodes: [500, 429],
    interval: Duration.seconds(10),
    baseEjectionTime: Duration.seconds(30),
    maxEjectionPercent: 50,
    minHealthPercent: 0,
  })._toKube()).toEqual({
    consecutive5xxErrors: 5,
    consecutiveGatewayErrors: 0,
    consecutiveLocalOriginFailures: 3,
    splitExternalLocalOriginErrors: true,
    outlierDetectionHttpErrorCodes: [500, 429],
    interval: '10s',
    baseEjectionTime: '30s',
    maxEjectionPercent: 50,
    minHealthPercent: 0,
  });
});

test('nothing said is an empty object, which switches it on', () => {
  expect(OutlierDetection.of({})._toKube()).toEqual({});
});

test('local failures are counted only where they are told apart', () => {
  expect(() => OutlierDetection.of({ consecutiveLocalOriginFailures: 1 })).toThrow(
    'consecutiveLocalOriginFailures needs splitExternalLocalOriginErrors, got 1 without it');
  expect(OutlierDetection.of({ consecutiveLocalOriginFailures: 0 })._toKube()).toEqual({ consecutiveLocalOriginFailures: 0 });
});

test('numbers and durations are in range', () => {
  expect(() => OutlierDetection.of({ consecutive5xxErrors: -1 })).toThrow('consecutive5xxErrors must be between 0 and 4294967295, got -1');
  expect(() => OutlierDetection.of({ maxEjectionPercent: 0 })).toThrow('maxEjectionPercent must be between 1 and 100, got 0');
  expect(() => OutlierDetection.of({ minHealthPercent: -1 })).toThrow('minHealthPercent must be between 0 and 100, got -1');
  expect(() => OutlierDetection.of({ outlierDetectionHttpErrorCodes: [99] })).toThrow(
    'outlierDetectionHttpErrorCodes must be between 100 and 599, got 99');
  expect(() => OutlierDetection.of({ baseEjectionTime: Duration.seconds(0) })).toThrow('baseEjectionTime must be at least 1ms, got 0s');
  expect(() => OutlierDetection.of({ consecutiveGatewayErrors: 0.5 })).toThrow('consecutiveGatewayErrors must be between 0 and 4294967295, got 0.5');
  expect(() => OutlierDetection.of({ consecutiveLocalOriginFailures: -1 })).toThrow('consecutiveLocalOriginFailures must be between 0 and 4294967295, got -1');
  expect(() => OutlierDetection.of({ interval: Duration.seconds(0) })).toThrow('interval of outlier detection must be at least 1ms, got 0s');
});

test('errors of gateways are among the 500s, and count when they are fewer', () => {
  expect(() => OutlierDetection.of({ consecutiveGatewayErrors: 5 })).toThrow('consecutiveGatewayErrors must be below consecutive5xxErrors, which counts them too, ' +
    'got 5 and its default 5: set consecutive5xxErrors to 0 to switch it off, or higher');
  expect(() => OutlierDetection.of({ consecutiveGatewayErrors: 3, consecutive5xxErrors: 3 })).toThrow('got 3 and 3: set');
  expect(OutlierDetection.of({ consecutiveGatewayErrors: 4 })._toKube()).toEqual({ consecutiveGatewayErrors: 4 });
  expect(OutlierDetection.of({ consecutiveGatewayErrors: 9, consecutive5xxErrors: 0 })._toKube())
    .toEqual({ consecutiveGatewayErrors: 9, consecutive5xxErrors: 0 });
  expect(OutlierDetection.of({ consecutiveGatewayErrors: 9, outlierDetectionHttpErrorCodes: [502] })._toKube())
    .toEqual({ consecutiveGatewayErrors: 9, outlierDetectionHttpErrorCodes: [502] });
});
