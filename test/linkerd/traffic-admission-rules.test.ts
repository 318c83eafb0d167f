import { Chart, Duration, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  LinkerdDstOverride, LinkerdExternalWorkload, LinkerdFailureAccrual, LinkerdGrpcRetry, LinkerdHttpRetry,
  LinkerdHttpRetryCondition, LinkerdProfiledService, LinkerdRequestMatch, LinkerdResponseMatch, LinkerdRetryBudget,
  LinkerdServiceProfile, LinkerdTimeouts,
} from '../../src';

/** What Linkerd refuses of annotations, ServiceProfiles and ExternalWorkloads, each by a test that is named after it. */

const metadata = { name: 'it', namespace: 'shop' };

function chart(): Chart {
  return new Chart(Testing.app(), 'test', { namespace: 'shop' });
}

function spec(make: (scope: Construct) => unknown): any {
  const scope = chart();
  make(scope);
  return (Testing.synth(scope) as { spec: unknown }[]).at(-1)!.spec;
}

describe('an annotation of timeouts, retries and failure accrual', () => {
  const service = () => new Service(chart(), 'Service', { metadata: { name: 'web' }, ports: [{ port: 80 }] });

  test.each([
    [Duration.millis(90), '90ms'], [Duration.seconds(90), '90s'], [Duration.minutes(90), '90m'], [Duration.hours(2), '2h'], [Duration.millis(1500), '1500ms'],
  ])('has durations with one unit', (request, written) => {
    const annotated = service();
    LinkerdTimeouts.of({ request }).addToService(annotated);
    expect(annotated.metadata.toJson().annotations).toEqual({ 'timeout.linkerd.io/request': written });
  });

  test('has durations of a millisecond and more', () => {
    expect(() => LinkerdTimeouts.of({ idle: Duration.millis(0) })).toThrow('idle timeout must be at least 1ms, got 0s: leave it out for the default');
  });

  test.each([99, 600, 500.5])('of retries knows no status %d', status => {
    expect(() => LinkerdHttpRetryCondition.status(status)).toThrow(`status after which a request is tried again must be between 100 and 599, got ${status}`);
  });

  test('of retries has statuses that go upwards', () => {
    expect(() => LinkerdHttpRetryCondition.statusRange(504, 500)).toThrow('statuses after which a request is tried again must go upwards, got 504 to 500');
  });

  test.each([0, 65536, 1.5])('of retries has a limit of 1 to 65535, not %d, of which 0 would be 1', limit => {
    expect(() => LinkerdHttpRetry.after([LinkerdHttpRetryCondition.SERVER_ERROR], { limit })).toThrow(`limit of retries must be between 1 and 65535, got ${limit}`);
  });

  test('of retries has a condition', () => {
    expect(() => LinkerdGrpcRetry.after([])).toThrow('retries of Linkerd need at least one condition, got none: without one nothing is tried again');
  });

  test('of failure accrual has a longest penalty that is not shorter than the first', () => {
    expect(() => LinkerdFailureAccrual.consecutive({ minPenalty: Duration.seconds(10), maxPenalty: Duration.seconds(5) }))
      .toThrow('maxPenalty must be at least minPenalty 10s, got 5s');
    expect(() => LinkerdFailureAccrual.consecutive({ minPenalty: Duration.minutes(2) })).toThrow('got 1m, the default: pass a longer one');
  });

  test('of failure accrual has a penalty that is not zero', () => {
    expect(() => LinkerdFailureAccrual.consecutive({ maxPenalty: Duration.millis(0) })).toThrow('maxPenalty must be at least 1ms, got 0s');
  });

  test.each([-0.1, 100.1, NaN])('of failure accrual has a jitter of 0 to 100, not %d', jitterRatio => {
    expect(() => LinkerdFailureAccrual.consecutive({ jitterRatio })).toThrow(`jitterRatio must be between 0 and 100, got ${jitterRatio}`);
  });

  test.each([0, 2 ** 32, 1.5])('of failure accrual counts 1 to 4294967295 failures, not %d', maxFailures => {
    expect(() => LinkerdFailureAccrual.consecutive({ maxFailures })).toThrow(`maxFailures must be between 1 and 4294967295, got ${maxFailures}`);
  });
});

describe('a ServiceProfile', () => {
  const about = LinkerdProfiledService.serviceName('web', { namespace: 'shop' });
  const profile = (props: object) => (scope: Construct) => new LinkerdServiceProfile(scope, 'it', { service: about, ...props });
  const route = { name: 'GET /', condition: LinkerdRequestMatch.method('GET') };

  test('is named after what clients call', () => {
    const scope = chart();
    expect(profile({ routes: [route] })(scope).name).toBe('web.shop.svc.cluster.local');
    expect(() => new LinkerdServiceProfile(scope, 'other', { metadata: { name: 'web' }, service: about, routes: [] }))
      .toThrow('a ServiceProfile is named after what it is about, \'web.shop.svc.cluster.local\', got name \'web\': leave it out');
  });

  test('has routes with names, each once', () => {
    expect(() => spec(profile({ routes: [{ ...route, name: '' }] }))).toThrow('ServiceProfile \'web.shop.svc.cluster.local\': name of a route must not be empty');
    expect(() => spec(profile({ routes: [route, route] }))).toThrow('names of routes of ServiceProfile \'web.shop.svc.cluster.local\' must differ from each other, got \'GET /\' twice');
  });

  test.each([() => LinkerdRequestMatch.all(), () => LinkerdRequestMatch.any()])('has conditions of requests with something in them', make => {
    expect(make).toThrow('a list of request matches must have at least one, got none');
  });

  test.each([() => LinkerdResponseMatch.all(), () => LinkerdResponseMatch.any()])('has conditions of answers with something in them', make => {
    expect(make).toThrow('a list of response matches must have at least one, got none');
  });

  test('has conditions that say something', () => {
    expect(() => LinkerdRequestMatch.path('')).toThrow('path of a request match must not be empty: use \'/.*\' to mean every path');
    expect(() => LinkerdRequestMatch.method('get')).toThrow('method of a request match must be in capital letters, such as GET, got \'get\'');
  });

  test('has a condition that is not true as the definition takes it, inside of a list', () => {
    expect(spec(profile({ routes: [{ name: 'others', condition: LinkerdRequestMatch.none(LinkerdRequestMatch.method('GET')) }] })).routes[0].condition)
      .toEqual({ all: [{ not: { method: 'GET' } }] });
  });

  test.each([[99, 200], [200, 600], [200.5, 201]])('has statuses of 100 to 599, not %d to %d', (min, max) => {
    expect(() => LinkerdResponseMatch.status(min, max)).toThrow('status of a response match must be between 100 and 599, got');
  });

  test('has statuses that go upwards', () => {
    expect(() => LinkerdResponseMatch.status(500, 499)).toThrow('statuses of a response match must go upwards, got 500 to 499');
  });

  test.each<[string, Partial<LinkerdRetryBudget>]>([
    ['retryRatio must be 0 or more, got -1', { retryRatio: -1 }],
    ['minRetriesPerSecond must be between 0 and 2147483647, got 1.5', { minRetriesPerSecond: 1.5 }],
    ['ttl of the retryBudget must be at least 1ms, got 0s', { ttl: Duration.millis(0) }],
  ])('has a retry budget in range: %s', (message, part) => {
    expect(() => spec(profile({ retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: Duration.seconds(10), ...part } }))).toThrow(message);
  });

  test.each<[string, LinkerdDstOverride]>([
    ['authority of a dstOverride must be a host and a port, such as web-v2.shop.svc.cluster.local:8080, got \'web\'', { authority: 'web', weight: 1 }],
    ['weight of \'web:80\' must be a whole number from 0 on, got 0.5', { authority: 'web:80', weight: 0.5 }],
  ])('has dstOverrides in range: %s', (message, override) => {
    expect(() => spec(profile({ dstOverrides: [override] }))).toThrow(message);
  });

  test('says something, because it takes the place of routes', () => {
    expect(() => spec(profile({}))).toThrow('says nothing, and makes routes of the Service say nothing either: pass routes, retryBudget or dstOverrides');
  });
});

describe('an ExternalWorkload', () => {
  const machine = (props: object) => (scope: Construct) =>
    new LinkerdExternalWorkload(scope, 'it', { metadata, identity: 'spiffe://td/db', serverName: 'db.example.com', workloadIps: ['192.0.2.1'], ...props });

  test.each<[string, object]>([
    ['identity of ExternalWorkload \'it\' must be a DNS name', { identity: 'Db' }],
    ['identity of ExternalWorkload \'it\' must be that of one machine, got \'*\'', { identity: '*' }],
    ['serverName of ExternalWorkload \'it\' must be a DNS subdomain', { serverName: 'Db' }],
    ['workloadIps of ExternalWorkload \'it\' must have an address, got none: nobody could call it', { workloadIps: [] }],
    ['address of ExternalWorkload \'it\' must be an IP address', { workloadIps: ['db'] }],
    ['addresses of ExternalWorkload \'it\' must be at most 2, got 3', { workloadIps: ['192.0.2.1', '2001:db8::1', '192.0.2.2'] }],
    ['families of addresses of ExternalWorkload \'it\' must differ from each other, got \'192.0.2.2\' twice', { workloadIps: ['192.0.2.1', '192.0.2.2'] }],
    ['port of ExternalWorkload \'it\' must be between 1 and 65535, got 0', { ports: [{ port: 0 }] }],
    ['names of ports of ExternalWorkload \'it\' must differ from each other, got \'sql\' twice', { ports: [{ port: 1, name: 'sql' }, { port: 2, name: 'sql' }] }],
  ])('refuses: %s', (message, props) => {
    expect(() => spec(machine(props))).toThrow(message);
  });
});
