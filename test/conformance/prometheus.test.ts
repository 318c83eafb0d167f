import { join } from 'node:path';
import { CASES } from '../../conformance/case';
import { recordedIn } from '../../conformance/recorded';

/** What Prometheus says of a case; written down by `npx projen conformance --record`. */
const said = (name: string): any => recordedIn(join(CASES, name))?.engines.prometheus;
const WEB = 'destination_workload="web", destination_workload_namespace="shop"';
const evaluated = (name: string, about: string) => said(name)['PrometheusRule istio-golden-signals'].evaluations[about];

describe.each(['istio-monitoring', 'istio-monitoring-ambient', 'targets-24-monitoring'])('%s', name => {
  test('nothing is refused: rules, expressions, relabelings, configuration', () => {
    const errors = JSON.stringify(said(name)).match(/"errors":\[[^\]]*\]/g);
    expect([...new Set(errors)]).toEqual(['"errors":[]']);
    expect(JSON.stringify(said(name))).not.toContain('"metricErrors":["');
  });
});

describe('golden signals have the right numbers', () => {
  test.each([
    ['istio-monitoring', 'web fails one request of ten, and clients count the same requests'],
    ['istio-monitoring-ambient', 'a waypoint counts, and clients count the same requests'],
  ])('%s: one request a second, of which every tenth fails, counted once', (name, about) => {
    const { values, firing } = evaluated(name, about);
    const number = (series: string) => values[series][`{__name__="${series}", ${WEB}}`];
    expect(number('workload:istio_requests:rate')).toBe('1');
    expect(number('workload:istio_errors:rate')).toBe('0.1');
    expect(number('workload:istio_errors:ratio')).toBe('0.1');
    // 27 of 30 within a second, the rest within five: 29.7 are within 1 + 4 * 2.7 / 3 seconds.
    expect(number('workload:istio_request_duration_milliseconds:p99')).toBe('4600');
    expect(firing.map((alert: string) => /alertname="(\w+)"/.exec(alert)![1])).toEqual(expect.arrayContaining(['IstioWorkloadErrors', 'IstioWorkloadSlow']));
  });

  test('a server with a sidecar behind a waypoint is counted once', () => {
    const { values } = evaluated('istio-monitoring-ambient', 'a server with a sidecar is behind a waypoint, which counts the same requests');
    expect(Object.values(values['workload:istio_requests:rate'])).toEqual(['1', '0.5']);
    expect(Object.values(values['workload:istio_request_duration_milliseconds:p99'])).toEqual(['99']);
  });

  test('statuses of gRPC that are the client\'s fault are no errors', () => {
    const { values } = evaluated('istio-monitoring', 'quotes fails by statuses of gRPC, and not by those that are the clients fault');
    expect(Object.values(values['workload:istio_errors:ratio'])).toEqual(['0.1']);
    expect(Object.values(values['workload:istio_response_messages:rate'])).toEqual(['20']);
  });

  test('what never got to a server is an alert', () => {
    const { values, firing } = evaluated('istio-monitoring', 'no server of cart takes requests, and a pool is full');
    expect(Object.values(values['service:istio_not_delivered:ratio'])).toEqual(['0.4']);
    expect(Object.values(values['service:istio_overflow:ratio'])).toEqual(['0.1']);
    expect(firing).toHaveLength(2);
  });

  test('retries are those of Envoy', () => {
    const { values } = evaluated('istio-monitoring', 'web fails one request of ten, and clients count the same requests');
    const retries = ['cluster:envoy_retries:rate', 'cluster:envoy_retries_succeeded:ratio', 'cluster:envoy_retries_overflowed:rate', 'cluster:envoy_retries_spent:rate'];
    expect(retries.map(series => Object.values(values[series])[0])).toEqual(['0.2', '0.5', '0.05', '0.1']);
  });
});

test('each target is scraped once, in one job', () => {
  const { targets } = said('istio-monitoring-ambient')['ConfigMap scrape-istio'];
  const scraped = (about: string) => Object.entries<any>(targets).filter(([, found]) => found[about] !== 'dropped').map(([job, found]) => `${job} ${found[about].__address__}`);
  expect(scraped('a port of a proxy whose pod says where its metrics are')).toEqual(['istio-proxies 10.0.0.7:15020']);
  // The same labels: Prometheus takes it for the same target.
  expect(scraped('another port of it')).toEqual(['istio-proxies 10.0.0.7:15020']);
  expect(scraped('a proxy with an address of version 6')).toEqual(['istio-proxies [fd00::7]:15020']);
  expect(scraped('ztunnel')).toEqual(['ztunnel 10.0.0.9:15020']);
  expect(scraped('istiod at the port of its metrics')).toEqual(['istiod 10.0.0.2:15014']);
  ['istiod at another port', 'the application beside a proxy', 'a proxy whose pod says nothing', 'a proxy that has ended', 'a proxy that is not to be scraped']
    .forEach(about => expect(scraped(about)).toEqual([]));
});
