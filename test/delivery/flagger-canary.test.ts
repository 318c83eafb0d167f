import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import { DaemonSet, Deployment, HorizontalPodAutoscaler, Metric, MetricTarget, Service } from 'cdk8s-plus-28';
import { fieldsOf, schemaFields } from './definition-fields';
import {
  Backend, FlaggerAlertSeverity, FlaggerAnalysis, FlaggerAutoscaler, FlaggerCanary, FlaggerCanaryProps, FlaggerClientTlsMode,
  FlaggerH2UpgradePolicy, FlaggerHashKey, FlaggerLoadBalancer, FlaggerMetric, FlaggerProvider, FlaggerSameSite, FlaggerServiceMatch,
  FlaggerSimpleLoadBalancer, FlaggerStringMatch, FlaggerTarget, FlaggerTrafficDistribution, FlaggerTrafficPolicy, FlaggerWebhookType, Gateway,
  RouteParent,
} from '../../src';
import { Validator } from '../../src/validation/validator';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const rounds = { interval: Duration.minutes(1), threshold: 5 };
const analysis = FlaggerAnalysis.weights(10, 50, rounds);

function canary(props: Partial<FlaggerCanaryProps> = {}) {
  new FlaggerCanary(chart, 'Canary', {
    metadata: { name: 'web', namespace: 'shop' }, target: FlaggerTarget.deploymentName('web'), service: { port: 80 }, analysis, ...props,
  });
  return Testing.synth(chart).find(({ kind }) => kind === 'Canary').spec;
}

const service = (options: object) => canary({ service: { port: 80, ...options } }).service;

describe('the least that is said', () => {
  test('is all that is written', () => {
    expect(canary()).toEqual({
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      service: { port: 80 },
      analysis: { interval: '1m', threshold: 5, stepWeight: 10, maxWeight: 50 },
    });
  });
});

describe('every field of the definition', () => {
  const text = (value: string) => FlaggerStringMatch.exact(value);
  const ways = [text('/'), FlaggerStringMatch.prefix('/'), FlaggerStringMatch.regex('/')];
  const match: FlaggerServiceMatch = {
    name: 'm',
    uri: FlaggerStringMatch.prefix('/a'),
    scheme: text('https'),
    method: text('GET'),
    authority: text('shop'),
    headers: { a: FlaggerStringMatch.regex('b.*') },
    withoutHeaders: { c: text('d') },
    queryParams: { e: text('f') },
    port: 80,
    gateways: ['mesh'],
    sourceLabels: { app: 'client' },
    sourceNamespace: 'clients',
    ignoreUriCase: true,
  };
  const trafficPolicy: FlaggerTrafficPolicy = {
    connectionPool: {
      h2UpgradePolicy: FlaggerH2UpgradePolicy.UPGRADE,
      http1MaxPendingRequests: 1,
      http2MaxRequests: 2,
      idleTimeout: Duration.seconds(3),
      maxRequestsPerConnection: 4,
      maxRetries: 5,
    },
    loadBalancer: FlaggerLoadBalancer.consistentHash(FlaggerHashKey.cookie({ name: 'c', path: '/', ttl: Duration.seconds(9) }), 1024, {
      warmup: Duration.seconds(30),
      locality: {
        enabled: true,
        distribute: [{ fromLocality: 'eu/*', toLocalities: { 'eu/*': 100 } }],
        failover: [{ fromRegion: 'eu', toRegion: 'us' }],
      },
    }),
    outlierDetection: {
      baseEjectionTime: Duration.seconds(30),
      consecutive5xxErrors: 1,
      consecutiveErrors: 2,
      consecutiveGatewayErrors: 3,
      consecutiveLocalOriginFailures: 4,
      interval: Duration.seconds(10),
      maxEjectionPercent: 50,
      minHealthPercent: 20,
      splitExternalLocalOriginErrors: true,
    },
    tls: { mode: FlaggerClientTlsMode.MUTUAL, caCertificates: 'ca', clientCertificate: 'crt', privateKey: 'key', sni: 'sni', subjectAltNames: ['san'] },
  };
  const metadata = { labels: { a: 'b' }, annotations: { c: 'd' } };
  const judged = {
    ...rounds,
    primaryReadyThreshold: 90,
    canaryReadyThreshold: 80,
    metrics: [
      FlaggerMetric.requestSuccessRate(99, Duration.seconds(30)),
      FlaggerMetric.template('errors', { name: 'errors', namespace: 'flagger' }, { max: 1, interval: Duration.minutes(2), templateVariables: { app: 'web' } }),
      FlaggerMetric.query('queue', 'queue_length', { min: 0, max: 10 }),
      FlaggerMetric.threshold('old', 5),
    ],
    alerts: [{ name: 'ops', severity: FlaggerAlertSeverity.ERROR, provider: { name: 'ops', namespace: 'flagger' } }],
    webhooks: [{
      name: 'gate',
      url: 'http://gate/',
      type: FlaggerWebhookType.CONFIRM_ROLLOUT,
      timeout: Duration.seconds(5),
      retries: 2,
      muteAlert: true,
      disableTls: true,
      metadata: { a: 'b' },
    }],
  };

  test('can be set, and the API server keeps all of them', () => {
    const backend = Backend.serviceName('copies', { port: 80, namespace: 'copies' });
    const specs = [
      canary({
        provider: FlaggerProvider.ISTIO,
        metricsServer: 'http://prometheus/',
        progressDeadline: Duration.minutes(5),
        autoscaler: FlaggerAutoscaler.scaledObjectName('web', { cpu: 'q' }, { minReplicas: 2, maxReplicas: 4 }),
        ingressName: 'web',
        apisixRouteName: 'web',
        upstream: { apiVersion: 'gloo.solo.io/v1', name: 'web', namespace: 'gloo' },
        skipAnalysis: true,
        revertOnDeletion: true,
        suspend: true,
        service: {
          name: 'web',
          port: 80,
          targetPort: 8080,
          portName: 'http',
          appProtocol: 'http',
          trafficDistribution: FlaggerTrafficDistribution.PREFER_SAME_ZONE,
          portDiscovery: true,
          headless: true,
          timeout: Duration.seconds(5),
          backendTimeout: Duration.seconds(2),
          meshName: 'mesh',
          backends: ['db'],
          hosts: ['shop.example.com'],
          matches: [match, ...ways.map(way => ({ uri: way, scheme: way, method: way, authority: way }))],
          gateways: ['edge/public'],
          trafficPolicy,
          retries: { attempts: 3, perTryTimeout: Duration.seconds(1), retryOn: '5xx' },
          rewrite: { uri: '/', authority: 'shop', type: 'ReplacePrefixMatch' },
          headers: { request: { add: { a: 'b' }, set: { c: 'd' }, remove: ['e'] }, response: { add: { a: 'b' }, set: { c: 'd' }, remove: ['e'] } },
          corsPolicy: {
            allowOrigin: ['https://a'],
            allowOrigins: ways,
            allowMethods: ['GET'],
            allowHeaders: ['a'],
            exposeHeaders: ['b'],
            maxAge: Duration.hours(1),
            allowCredentials: true,
          },
          apex: metadata,
          primary: metadata,
          canary: metadata,
          unmanagedMetadata: { labels: ['a'], annotations: ['b'] },
          delegation: false,
        },
        analysis: FlaggerAnalysis.stepWeights([5, 50], {
          ...judged,
          mirror: true,
          mirrorWeight: 50,
          stepWeightPromotion: 20,
          sessionAffinity: {
            cookieName: 'c',
            primaryCookieName: 'p',
            domain: 'd',
            httpOnly: true,
            maxAge: Duration.hours(1),
            partitioned: true,
            path: '/',
            sameSite: FlaggerSameSite.STRICT,
            secure: true,
          },
        }),
      }),
    ];
    const more: [string, Partial<FlaggerCanaryProps>][] = [
      ['gateway', {
        provider: FlaggerProvider.GATEWAY_API,
        service: {
          port: 80,
          targetPortName: 'http',
          mirrors: [{ backend }],
          gatewayRefs: [RouteParent.of({ group: 'g', kind: 'K', name: 'n', namespace: 'ns', sectionName: 's', port: 80 })],
        },
      }],
      ['hash', { service: { port: 80, trafficPolicy: { loadBalancer: FlaggerLoadBalancer.consistentHash(FlaggerHashKey.header('h')) } } }],
      ['query', { service: { port: 80, trafficPolicy: { loadBalancer: FlaggerLoadBalancer.consistentHash(FlaggerHashKey.queryParameter('q')) } } }],
      ['ip', { service: { port: 80, trafficPolicy: { loadBalancer: FlaggerLoadBalancer.consistentHash(FlaggerHashKey.sourceIp()) } } }],
      ['simple', { service: { port: 80, trafficPolicy: { loadBalancer: FlaggerLoadBalancer.simple(FlaggerSimpleLoadBalancer.ROUND_ROBIN) } } }],
      ['weights', { analysis }],
      ['rounds', {
        analysis: FlaggerAnalysis.iterations(10, {
          ...rounds,
          matches: [{ headers: { a: FlaggerStringMatch.suffix('b') }, queryParams: { c: text('d') }, sourceLabels: { app: 'client' } }],
        }),
      }],
    ];
    more.forEach(([id, props]) => new FlaggerCanary(chart, id, {
      metadata: { name: id, namespace: 'shop' }, target: FlaggerTarget.deploymentName(id), service: { port: 80 }, analysis, ...props,
    }));
    const all = [...specs, ...Testing.synth(chart).filter(({ kind, metadata: { name } }) => kind === 'Canary' && name !== 'web').map(({ spec }) => spec)];
    expect(Testing.synth(chart).flatMap(object => Validator.of('standard').check(object))).toEqual([]);
    const known = schemaFields(JSON.parse(readFileSync(join(__dirname, '../../crds/flagger.json'), 'utf8')), 'Canary');
    const set = new Set(all.flatMap(spec => fieldsOf(spec, known)));
    expect([...set].filter(field => !known.has(field))).toEqual([]);
    expect([...known.keys()].filter(field => !set.has(field))).toEqual([]);
  });
});

describe('targets and autoscalers', () => {
  test('of this app', () => {
    const deployment = new Deployment(chart, 'Deployment', { metadata: { name: 'api' }, containers: [{ image: 'api' }] });
    const autoscaler = new HorizontalPodAutoscaler(chart, 'Scaler', {
      metadata: { name: 'api-scaler' }, target: deployment, maxReplicas: 3, metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(50))],
    });
    const spec = canary({ target: FlaggerTarget.deployment(deployment), autoscaler: FlaggerAutoscaler.horizontalPodAutoscaler(autoscaler) });
    expect([spec.targetRef.name, spec.autoscalerRef]).toEqual(['api', { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'api-scaler' }]);
  });

  test('of other kinds', () => {
    const daemonSet = new DaemonSet(chart, 'DaemonSet', { metadata: { name: 'agent' }, containers: [{ image: 'agent' }] });
    expect(canary({ target: FlaggerTarget.daemonSet(daemonSet) }).targetRef).toEqual({ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent' });
    expect(FlaggerTarget.serviceName('web')).toMatchObject({ apiVersion: 'v1', kind: 'Service', name: 'web' });
  });

  test.each([
    [() => FlaggerTarget.deploymentName('Web'), 'name of the target must be a DNS subdomain'],
    [() => FlaggerTarget.serviceName('Web'), 'name of the target must be a DNS subdomain'],
    [() => FlaggerAutoscaler.horizontalPodAutoscalerName('Web'), 'name of the autoscaler must be a DNS subdomain'],
    [() => FlaggerAutoscaler.horizontalPodAutoscalerName('web', { minReplicas: 0 }), 'replicas of the stable version must be a whole number from 1, got 0'],
    [() => FlaggerAutoscaler.scaledObjectName('web', {}, { minReplicas: 3, maxReplicas: 2 }),
      'replicas of the stable version must have a minimum up to the maximum, got 3 and 2'],
  ])('that are none: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('the service', () => {
  test('refers to gateways as routes do', () => {
    const gateway = Gateway.fromGatewayName('public', { namespace: 'edge' });
    expect(canary({ provider: FlaggerProvider.GATEWAY_API, service: { port: 80, gatewayRefs: [RouteParent.gateway(gateway, { listener: 'https' })] } }).service.gatewayRefs)
      .toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'edge', sectionName: 'https' }]);
  });

  test.each<[object, string]>([
    [{ port: 0 }, "Canary 'web': port of the service must be between 1 and 65535, got 0"],
    [{ targetPort: 1, targetPortName: 'http' }, "Canary 'web': the service takes either targetPort or targetPortName, got 1 and 'http'"],
    [{ name: 'a.b' }, "name of the service must be a DNS label (lower case letters, digits and inner dashes), got 'a.b'"],
    [{ name: 'a'.repeat(60) }, 'name of the Service of the stable version must have at most 63 characters'],
    [{ delegation: true, hosts: ['a'] }, "Canary 'web': a route that is delegated to has neither hosts nor gateways, got them"],
    [{ matches: [{ uri: FlaggerStringMatch.suffix('a') }] }, "Canary 'web': uri cannot be matched by its end, got suffix 'a': use FlaggerStringMatch.regex"],
    [{ mirrors: [{ backend: Backend.serviceName('a', { port: 1 }), percent: 5 }] }, "Canary 'web': mirrors of a service copy all requests, got percent 5: leave it out"],
    [{ mirrors: [{ backend: Backend.serviceName('a', { port: 1 }), fraction: { numerator: 1 } }] }, 'mirrors of a service copy all requests, got a fraction'],
  ])('that is refused: %j', (options, message) => {
    expect(() => service(options)).toThrow(message);
  });

  const refs = [RouteParent.producerServiceName('web')];
  test.each<[Partial<FlaggerCanaryProps>, string]>([
    [{ provider: FlaggerProvider.GATEWAY_API }, "Canary 'web': provider gatewayapi:v1 needs gatewayRefs, got none: pass what the route attaches to"],
    [{ provider: FlaggerProvider.ISTIO, service: { port: 80, gatewayRefs: refs } },
      "Canary 'web': gatewayRefs are for Gateway API, got them with provider istio: use FlaggerProvider.GATEWAY_API, or gateways for Istio"],
    [{ service: { port: 80, gatewayRefs: Array(33).fill(refs[0]) } }, "Canary 'web': gatewayRefs must have at most 32, got 33"],
    [{ provider: FlaggerProvider.GATEWAY_API, service: { port: 80, gatewayRefs: refs, retries: { attempts: 1 } } },
      "Canary 'web': Flagger does not write retries into routes of Gateway API, got retries with provider gatewayapi:v1: leave it out"],
    [{ provider: FlaggerProvider.GATEWAY_API, service: { port: 80, gatewayRefs: refs, corsPolicy: { allowOrigins: [] } } }, 'Flagger does not write allowOrigins of corsPolicy'],
  ])('that its provider does not take: %#', (props, message) => {
    expect(() => canary(props)).toThrow(message);
  });
});

describe('the analysis', () => {
  test.each([
    [() => FlaggerAnalysis.weights(0, 50, rounds), 'stepWeight of an analysis must be between 1 and 100 percent, got 0'],
    [() => FlaggerAnalysis.weights(10, 101, rounds), 'maxWeight of an analysis must be between 1 and 100 percent, got 101'],
    [() => FlaggerAnalysis.weights(60, 50, rounds), 'stepWeight must be at most maxWeight, got 60 and 50'],
    [() => FlaggerAnalysis.stepWeights([], rounds), 'stepWeights must be weights that grow, at least one, got none: Flagger goes to the one after the current weight'],
    [() => FlaggerAnalysis.stepWeights([10, 10], rounds), 'stepWeights must be weights that grow, at least one, got 10, 10'],
    [() => FlaggerAnalysis.iterations(0, rounds), 'iterations of an analysis must be a whole number from 1, got 0'],
    [() => FlaggerAnalysis.iterations(1, { ...rounds, threshold: -1 }), 'threshold of an analysis must be a whole number from 0, got -1'],
    [() => FlaggerAnalysis.iterations(1, { ...rounds, mirrorWeight: 5 }), 'mirrorWeight of an analysis needs mirror: true, got 5 without it'],
    [() => FlaggerAnalysis.iterations(1, { ...rounds, canaryReadyThreshold: 101 }), 'canaryReadyThreshold of an analysis must be between 1 and 100 percent, got 101'],
    [() => canary({ analysis: FlaggerAnalysis.iterations(1, { ...rounds, interval: Duration.millis(1500) }) }),
      "Canary 'web': interval of an analysis must be a whole number of seconds from 1, got 1500 ms"],
    [() => FlaggerMetric.query('q', 'up', {}), "metric 'q' must have a range, got neither min nor max: without one every value is good"],
    [() => FlaggerMetric.query('q', 'up', { min: 2, max: 1 }), "metric 'q' must have min up to max, got 2 and 1"],
  ])('that is refused: %#', (make, message) => {
    expect(make).toThrow(message);
  });

  test.each([[Duration.hours(1), '60m'], [Duration.seconds(90), '90s'], [Duration.minutes(2), '2m']])('an interval as definitions take it: %j', (interval, written) => {
    expect(canary({ analysis: FlaggerAnalysis.iterations(1, { ...rounds, interval }) }).analysis.interval).toBe(written);
  });

  test('the longest request in milliseconds', () => {
    const metrics = [FlaggerMetric.requestDuration(Duration.seconds(2))];
    expect(canary({ analysis: FlaggerAnalysis.iterations(1, { ...rounds, metrics }) }).analysis.metrics)
      .toEqual([{ name: 'request-duration', thresholdRange: { max: 2000 } }]);
  });
});

describe('what Flagger makes', () => {
  const problems = () => chart.node.findAll().flatMap(node => node.node.validate());
  const make = (target: FlaggerTarget, name?: string) =>
    new FlaggerCanary(chart, 'Canary', { metadata: { name: 'web', namespace: 'shop' }, target, service: { port: 80, name }, analysis });
  const object = (kind: string, name: string, namespace = 'shop') => new ApiObject(chart, `${kind}-${name}`, { apiVersion: 'v1', kind, metadata: { name, namespace } });

  test.each([
    ['Service', 'web'], ['Service', 'web-primary'], ['Service', 'web-canary'], ['Deployment', 'web-primary'], ['HorizontalPodAutoscaler', 'web-primary'],
    ['ScaledObject', 'web-primary'], ['HTTPRoute', 'web'], ['VirtualService', 'web'], ['DestinationRule', 'web-primary'], ['DestinationRule', 'web-canary'],
  ])('is no %s %s of this app', (kind, name) => {
    make(FlaggerTarget.deploymentName('web'));
    object(kind, name);
    expect(problems()).toEqual([`${kind} '${name}' of this app is one that Flagger makes for Canary 'web': leave it out, or give it another name`]);
  });

  test('may have its name elsewhere', () => {
    make(FlaggerTarget.deploymentName('web'));
    object('Service', 'web', 'other');
    object('Deployment', 'web');
    expect(problems()).toEqual([]);
  });

  test('is named after the service', () => {
    const made = make(FlaggerTarget.deploymentName('web'), 'front');
    expect([made.serviceName, made.primaryServiceName, made.canaryServiceName]).toEqual(['front', 'front-primary', 'front-canary']);
    object('Service', 'web');
    object('Service', 'front');
    expect(problems()).toHaveLength(1);
    // What comes later is seen as well.
    object('HTTPRoute', 'front');
    expect(problems()).toHaveLength(2);
  });

  test('leaves a Service alone that is the target', () => {
    make(FlaggerTarget.serviceName('web'));
    new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });
    expect(problems()).toEqual([]);
  });

  test('owns the number of pods of a Deployment', () => {
    const made = make(FlaggerTarget.deploymentName('web'));
    expect(made.argoCdIgnoredDifferences).toEqual([{ group: 'apps', kind: 'Deployment', name: 'web', namespace: 'shop', jsonPointers: ['/spec/replicas'] }]);
    expect(made.fluxIgnoredDrift).toEqual([{ kind: 'Deployment', name: 'web', paths: ['/spec/replicas'] }]);
    chart = new Chart(new App(), 'other');
    expect(make(FlaggerTarget.serviceName('web')).argoCdIgnoredDifferences).toEqual([]);
  });
});
