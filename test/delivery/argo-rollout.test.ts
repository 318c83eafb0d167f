import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration, Testing } from 'cdk8s';
import { Deployment, HorizontalPodAutoscaler, LabelSelector, Metric, MetricTarget, PercentOrAbsolute } from 'cdk8s-plus-28';
import { fieldsOf, schemaFields } from './definition-fields';
import {
  ArgoRollout, ArgoRolloutProps, RolloutAnalysis, RolloutAnalysisArg, RolloutAntiAffinity, RolloutBlueGreenOptions, RolloutCanaryOptions,
  RolloutPodTemplateHash, RolloutReplicaProgress, RolloutScaleDown, RolloutSpecRef, RolloutStep, RolloutStrategy, RolloutStringMatch,
  RolloutTrafficRouting, RolloutWorkload,
} from '../../src';
import { Validator } from '../../src/validation/validator';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const workload = () => RolloutWorkload.deploymentName('web');
const services = { stableService: 'web-stable', canaryService: 'web-canary' };
const httpRoutes = [{ name: 'web' }];
const trafficRouting: RolloutTrafficRouting = { gatewayApi: { httpRoutes }, managedRoutes: ['pin', 'copies'] };

function rollout(props: Partial<ArgoRolloutProps> = {}, id = 'Rollout') {
  return new ArgoRollout(chart, id, {
    metadata: { name: id.toLowerCase(), namespace: 'shop' }, workload: workload(), strategy: RolloutStrategy.canary(), ...props,
  });
}

const specOf = (props: Partial<ArgoRolloutProps> = {}) => {
  rollout(props);
  return Testing.synth(chart).find(({ kind }) => kind === 'Rollout').spec;
};
const canaryOf = (options: RolloutCanaryOptions) => specOf({ strategy: RolloutStrategy.canary(options) }).strategy.canary;
const routingOf = (routing: RolloutTrafficRouting) => canaryOf({ ...services, trafficRouting: routing }).trafficRouting;

test('the least that is said is all that is written', () => {
  expect(specOf()).toEqual({ workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', scaleDown: 'onsuccess' }, strategy: { canary: {} } });
});

describe('every field of the definition', () => {
  const metadata = { labels: { a: 'b' }, annotations: { c: 'd' } };
  const analysis: RolloutAnalysis = {
    templates: [{ templateName: 'success', clusterScope: true }],
    args: [
      RolloutAnalysisArg.value('a', 'b'), RolloutAnalysisArg.field('c', 'metadata.name'), RolloutAnalysisArg.podTemplateHash('d', RolloutPodTemplateHash.LATEST),
    ],
    dryRun: ['errors'],
    measurementRetention: [{ metricName: 'errors', limit: 5 }],
    analysisRunMetadata: metadata,
  };
  const common = {
    scaleDownDelay: Duration.seconds(30),
    scaleDownDelayRevisionLimit: 2,
    abortScaleDownDelay: Duration.seconds(60),
    maxUnavailable: PercentOrAbsolute.absolute(1),
  };
  const text = RolloutStringMatch.exact('a');
  const ways = [text, RolloutStringMatch.prefix('a'), RolloutStringMatch.regex('a')];
  const virtualService = { name: 'web', routes: ['weighted'], tcpRoutes: [{ port: 1 }], tlsRoutes: [{ port: 2, sniHosts: ['a'] }] };
  const subsets = { canarySubsetName: 'canary', stableSubsetName: 'stable', additionalSubsetNames: ['other'] };
  const canary: RolloutCanaryOptions = {
    ...services,
    ...common,
    steps: [
      RolloutStep.weight(5), RolloutStep.pause(Duration.minutes(1)), RolloutStep.canaryReplicas(2), RolloutStep.canaryScaleWeight(20),
      RolloutStep.matchTrafficWeight(), RolloutStep.headerRoute('pin', { a: ways[0], b: ways[1], c: ways[2] }), RolloutStep.removeHeaderRoute('pin'),
      RolloutStep.mirrorRoute('copies', ways.map(way => ({ method: way, path: way, headers: { a: way } })), 50), RolloutStep.removeMirrorRoute('copies'),
      RolloutStep.analysis(analysis), RolloutStep.plugin('acme/approve', { by: 'ops' }),
      RolloutStep.experiment({
        templates: [{
          name: 'a', specRef: RolloutSpecRef.CANARY, replicas: 1, weight: 5, metadata, selectorLabels: { a: 'b' }, service: true, serviceName: 'a',
        }],
        analyses: [{ name: 'a', templateName: 'success', clusterScope: true, requiredForCompletion: true, args: analysis.args }],
        duration: '1h',
        scaleDownDelaySeconds: 10,
        dryRun: ['errors'],
        analysisRunMetadata: metadata,
      }),
    ],
    analysis: { ...analysis, startingStep: 1 },
    maxSurge: PercentOrAbsolute.percent(20),
    minPodsPerReplicaSet: 2,
    replicaProgressThreshold: RolloutReplicaProgress.percentage(80),
    antiAffinity: RolloutAntiAffinity.preferred(10),
    canaryMetadata: metadata,
    stableMetadata: metadata,
    trafficRouting: {
      ...trafficRouting,
      plugins: { 'acme/router': { a: 'b' } },
      istio: { virtualServices: [virtualService], destinationRule: { name: 'web', ...subsets } },
      alb: { ingresses: ['a'], servicePort: 80, rootService: 'web', annotationPrefix: 'alb', stickiness: { durationSeconds: 60 } },
      ambassadorMappings: ['a'],
      apisix: { route: 'a', rules: ['b'] },
      appMesh: { virtualService: 'a', canaryVirtualNode: 'b', stableVirtualNode: 'c', routes: ['d'] },
      nginx: { stableIngresses: ['a'], annotationPrefix: 'nginx', additionalIngressAnnotations: { a: 'b' }, canaryIngressAnnotations: { c: 'd' } },
      smi: { rootService: 'web', trafficSplitName: 'web' },
      traefikService: 'web',
      maxTrafficWeight: 1000,
    },
  };
  const blueGreen: RolloutBlueGreenOptions = {
    ...common,
    activeService: 'active',
    previewService: 'preview',
    autoPromotionEnabled: true,
    autoPromotion: Duration.minutes(1),
    prePromotionAnalysis: analysis,
    postPromotionAnalysis: analysis,
    previewReplicaCount: 1,
    activeMetadata: metadata,
    previewMetadata: metadata,
    antiAffinity: RolloutAntiAffinity.required(),
  };

  test('can be set, and the API server keeps all of them', () => {
    rollout({
      strategy: RolloutStrategy.canary(canary),
      replicas: 3,
      minReady: Duration.seconds(5),
      revisionHistoryLimit: 3,
      analysis: { successfulRunHistoryLimit: 1, unsuccessfulRunHistoryLimit: 2 },
      progressDeadline: Duration.minutes(5),
      progressDeadlineAbort: true,
      rollbackWindowRevisions: 2,
      restartAt: new Date('2026-01-02T03:04:05Z'),
      paused: true,
    });
    const deployment = new Deployment(chart, 'Deployment', { metadata: { name: 'web', namespace: 'shop' }, containers: [{ image: 'web' }] });
    rollout({ strategy: RolloutStrategy.blueGreen(blueGreen), workload: RolloutWorkload.inPlaceOf(deployment) }, 'BlueGreen');
    const required = { ...services, antiAffinity: RolloutAntiAffinity.required(), trafficRouting };
    rollout({ strategy: RolloutStrategy.canary({ ...required, dynamicStableScale: true }) }, 'Required');
    rollout({ strategy: RolloutStrategy.blueGreen({ activeService: 'a', antiAffinity: RolloutAntiAffinity.preferred(5) }) }, 'Preferred');
    rollout({
      strategy: RolloutStrategy.canary({
        pingPong: { pingService: 'ping', pongService: 'pong' },
        trafficRouting: {
          istio: { virtualServices: [virtualService, { ...virtualService, name: 'other' }] },
          alb: { ingresses: ['a', 'b'], servicePort: 80 },
          nginx: { stableIngresses: ['a', 'b'] },
        },
      }),
    }, 'PingPong');
    const objects = Testing.synth(chart).filter(({ kind }) => kind === 'Rollout');
    expect(objects.flatMap(object => Validator.of('standard').check(object))).toEqual([]);
    // Labels and expressions of a selector are Kubernetes' own, and come from the Deployment.
    const known = schemaFields(JSON.parse(readFileSync(join(__dirname, '../../crds/argo-rollouts.json'), 'utf8')), 'Rollout', ['template', 'selector']);
    const set = new Set(objects.flatMap(({ spec: { template, selector, ...spec } }) => fieldsOf(spec, known)));
    const expressions = [...known.keys()].filter(field => field.includes('.selector.matchExpressions'));
    expect([...known.keys()].filter(field => !set.has(field) && !expressions.includes(field))).toEqual([]);
  });
});

describe('the workload', () => {
  const labels = { app: 'web' };
  const deployment = () => {
    const made = new Deployment(chart, 'Deployment', {
      metadata: { name: 'web', namespace: 'shop' }, replicas: 3, minReady: Duration.seconds(7), select: false, podMetadata: { labels }, containers: [{ image: 'web' }],
    });
    made.select(LabelSelector.of({ labels }));
    return made;
  };

  test('is taken over from a Deployment, which is not written', () => {
    const spec = specOf({ workload: RolloutWorkload.inPlaceOf(deployment()) });
    expect([spec.replicas, spec.minReadySeconds, spec.selector, spec.template.spec.containers[0].image]).toEqual([3, 7, { matchLabels: labels }, 'web']);
    expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['Rollout']);
  });

  test('has what was added to the Deployment later', () => {
    const made = deployment();
    const taken = RolloutWorkload.inPlaceOf(made);
    made.podMetadata.addLabel('late', 'yes');
    expect(specOf({ workload: taken }).template.metadata.labels.late).toBe('yes');
  });

  test('may have other numbers', () => {
    const spec = specOf({ workload: RolloutWorkload.inPlaceOf(deployment()), replicas: 5, minReady: Duration.seconds(1) });
    expect([spec.replicas, spec.minReadySeconds]).toEqual([5, 1]);
  });

  test('is the template of a Deployment that stays', () => {
    expect(specOf({ workload: RolloutWorkload.deployment(deployment(), RolloutScaleDown.PROGRESSIVELY) }).workloadRef)
      .toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', scaleDown: 'progressively' });
  });

  test('has the numbers of that Deployment, which the controller does not take from it', () => {
    const spec = specOf({ workload: RolloutWorkload.deployment(deployment()) });
    expect([spec.replicas, spec.minReadySeconds]).toEqual([3, 7]);
  });

  test('has other numbers where the Rollout says them', () => {
    const spec = specOf({ workload: RolloutWorkload.deployment(deployment()), replicas: 5, minReady: Duration.seconds(1) });
    expect([spec.replicas, spec.minReadySeconds]).toEqual([5, 1]);
  });

  test('has the number that a Deployment has without saying it', () => {
    const plain = new Deployment(chart, 'Plain', { metadata: { name: 'web', namespace: 'shop' }, containers: [{ image: 'web' }] });
    const spec = specOf({ workload: RolloutWorkload.deployment(plain) });
    expect(Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.replicas).toBe(2);
    expect([spec.replicas, spec.minReadySeconds]).toEqual([2, undefined]);
  });

  test('has no number where an autoscaler of the Deployment owns it', () => {
    const scaled = new Deployment(chart, 'Scaled', { metadata: { name: 'web', namespace: 'shop' }, containers: [{ image: 'web' }] });
    new HorizontalPodAutoscaler(chart, 'Autoscaler', { target: scaled, maxReplicas: 4, metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(70))] });
    expect(specOf({ workload: RolloutWorkload.deployment(scaled) })).not.toHaveProperty('replicas');
  });

  test('is of the namespace of the Rollout', () => {
    expect(() => specOf({ metadata: { name: 'web', namespace: 'other' }, workload: RolloutWorkload.deployment(deployment()) })).toThrow(
      "Rollout 'web': workload 'web' must be in namespace 'other' of the Rollout, got 'shop'");
  });

  test('has a name', () => {
    expect(() => RolloutWorkload.deploymentName('Web')).toThrow('name of the workload must be a DNS subdomain');
  });
});

describe('what the controller would refuse', () => {
  const step = (made: RolloutStep, routing = trafficRouting) => ({ ...services, trafficRouting: routing, steps: [made] });
  const split = { templates: [{ name: 'a', specRef: RolloutSpecRef.STABLE, weight: 5 }] };

  test.each<[RolloutCanaryOptions, string]>([
    [{ trafficRouting }, "Rollout 'rollout': trafficRouting needs canaryService and stableService, got neither: name both, or use pingPong"],
    [{ trafficRouting, canaryService: 'a' }, 'trafficRouting needs canaryService and stableService, got a'],
    [{ canaryService: 'a', stableService: 'a' }, "canaryService and stableService must differ, got 'a' for both"],
    [{ pingPong: { pingService: 'a', pongService: 'a' } }, "pingPong needs two Services of its own, got 'a' and 'a' beside none: leave canaryService and stableService out"],
    [{ pingPong: { pingService: 'a', pongService: 'b' }, stableService: 'c' }, "got 'a' and 'b' beside c"],
    [{ dynamicStableScale: true }, 'dynamicStableScale needs trafficRouting, got none: without it the numbers of pods divide the requests'],
    [{ scaleDownDelay: Duration.seconds(1) }, 'scaleDownDelay needs trafficRouting'],
    [{ minPodsPerReplicaSet: 1 }, 'minPodsPerReplicaSet needs trafficRouting'],
    [{ ...services, trafficRouting, dynamicStableScale: true, scaleDownDelay: Duration.seconds(1) }, 'dynamicStableScale takes no scaleDownDelay'],
    [{ maxSurge: PercentOrAbsolute.absolute(0), maxUnavailable: PercentOrAbsolute.percent(0) }, 'maxSurge and maxUnavailable must not both be 0: nothing could be replaced'],
    [{ analysis: { templates: [{ templateName: 'a' }], startingStep: 1 } }, 'startingStep of the analysis must be one of the 0 steps, got 1'],
    [{ analysis: { templates: [] } }, 'an analysis needs at least one template, got none: name an AnalysisTemplate'],
    [step(RolloutStep.weight(101)), 'setWeight of step 0 must be between 0 and 100, got 101'],
    [step(RolloutStep.canaryReplicas(1), {}), 'trafficRouting must name who divides the requests, got nobody: pass istio or gatewayApi'],
    [{ steps: [RolloutStep.canaryReplicas(1)] }, 'step 0 needs trafficRouting, got none: without it the numbers of pods divide the requests'],
    [{ steps: [RolloutStep.experiment(split)] }, 'experiment of step 0 has weights, which need trafficRouting, got none: leave the weights out'],
    [step(RolloutStep.removeHeaderRoute('other')), "step 0 makes route 'other', which managedRoutes must name, got pin, copies"],
    [step(RolloutStep.removeMirrorRoute('other'), { smi: {} }), "step 0 makes route 'other', which managedRoutes must name, got none"],
    [step(RolloutStep.weight(1), { istio: { virtualServices: [] } }), 'istio of trafficRouting needs at least one VirtualService, got none'],
    [step(RolloutStep.weight(1), { smi: {}, managedRoutes: ['a', 'a'] }), "managedRoutes must differ from each other, got 'a' twice"],
    [step(RolloutStep.weight(0), { smi: {}, maxTrafficWeight: 0 }), 'maxTrafficWeight must be a whole number from 1, got 0'],
    [step(RolloutStep.weight(1), { gatewayApi: {} }), 'gatewayApi of trafficRouting needs at least one route, got none'],
    [step(RolloutStep.weight(1), { gatewayApi: { tcpRoutes: [{ name: 'db', useHeaderRoutes: true }] } }),
      "route 'db' is of connections, which have no headers, got useHeaderRoutes: leave it out"],
  ])('of a canary: %#', (options, message) => {
    expect(() => canaryOf(options)).toThrow(message);
  });

  test.each([
    [() => specOf({ strategy: RolloutStrategy.blueGreen({ activeService: 'a', previewService: 'a' }) }), "activeService and previewService must differ, got 'a' for both"],
    [() => specOf({ progressDeadline: Duration.seconds(5), minReady: Duration.seconds(5) }), 'progressDeadline must be longer than minReady, got 5s and 5s'],
    [() => specOf({ progressDeadline: Duration.seconds(0) }), 'progressDeadline must be longer than minReady, got 0s and 0s'],
    [() => RolloutStep.weight(-1), 'setWeight must be a whole number from 0, got -1'],
    [() => RolloutStep.canaryScaleWeight(101), 'weight of setCanaryScale must be a whole number between 0 and 100, got 101'],
    [() => RolloutStep.pause(Duration.millis(500)), 'pause of a step must be a whole number of seconds from 1, got 500 ms: leave it out to wait for somebody'],
    [() => RolloutStep.headerRoute('pin', {}), "header route 'pin' needs at least one header, got none: use RolloutStep.removeHeaderRoute to end it"],
    [() => RolloutStep.headerRoute('pin', { 'a b': RolloutStringMatch.exact('c') }), 'header name must be 1 to 256 letters'],
    [() => RolloutStep.mirrorRoute('copies', []), "mirror route 'copies' needs at least one match, got none: use RolloutStep.removeMirrorRoute to end it"],
    [() => RolloutStep.mirrorRoute('copies', [{}], 101), "percentage of mirror route 'copies' must be a whole number between 0 and 100, got 101"],
    [() => RolloutStep.experiment({ templates: [] }), 'an experiment needs at least one template, got none: say which version runs'],
    [() => RolloutAntiAffinity.preferred(0), 'weight of an anti-affinity must be between 1 and 100, got 0'],
    [() => RolloutReplicaProgress.percentage(101), 'replicaProgressThreshold must be between 1 and 100 percent, got 101'],
    [() => RolloutReplicaProgress.pods(0), 'replicaProgressThreshold must be a whole number from 1, got 0'],
  ])('elsewhere: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('traffic routing', () => {
  test('a pause without end is an empty object', () => {
    expect(canaryOf({ steps: [RolloutStep.pause()] }).steps).toEqual([{ pause: {} }]);
  });

  test('the plugin of Gateway API is told the namespace and the routes', () => {
    const names = (kind: string) => [{ name: kind, useHeaderRoutes: kind.startsWith('t') ? undefined : true, ruleName: 'main' }];
    expect(routingOf({ gatewayApi: { httpRoutes: names('http'), grpcRoutes: names('grpc'), tcpRoutes: names('tcp'), tlsRoutes: names('tls') } }).plugins).toEqual({
      'argoproj-labs/gatewayAPI': {
        namespace: 'shop',
        httpRoutes: [{ name: 'http', useHeaderRoutes: true, ruleName: 'main' }],
        grpcRoutes: [{ name: 'grpc', useHeaderRoutes: true, ruleName: 'main' }],
        tcpRoutes: [{ name: 'tcp', ruleName: 'main' }],
        tlsRoutes: [{ name: 'tls', ruleName: 'main' }],
      },
    });
  });

  test('routes may be elsewhere', () => {
    expect(routingOf({ gatewayApi: { namespace: 'edge', httpRoutes } }).plugins['argoproj-labs/gatewayAPI'].namespace).toBe('edge');
  });

  test('subsets need no Services', () => {
    const istio = { virtualServices: [{ name: 'web' }], destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' } };
    expect(canaryOf({ trafficRouting: { istio } }).trafficRouting.istio).toEqual({ virtualService: { name: 'web' }, destinationRule: istio.destinationRule });
  });
});

describe('what the controller owns', () => {
  const hash = (name: string) => ({ kind: 'Service', name, namespace: 'shop', jsonPointers: ['/spec/selector/rollouts-pod-template-hash'] });

  test('selectors of Services, and the number of pods of a Deployment', () => {
    const made = rollout({ strategy: RolloutStrategy.canary(services) });
    expect(made.argoCdIgnoredDifferences).toEqual([
      hash('web-stable'), hash('web-canary'), { group: 'apps', kind: 'Deployment', name: 'web', namespace: 'shop', jsonPointers: ['/spec/replicas'] },
    ]);
    expect(made.fluxIgnoredDrift[2]).toEqual({ kind: 'Deployment', name: 'web', paths: ['/spec/replicas'] });
  });

  test('of other strategies', () => {
    expect(rollout({
      strategy: RolloutStrategy.blueGreen({ activeService: 'a', previewService: 'b' }), workload: RolloutWorkload.deploymentName('web', RolloutScaleDown.NEVER),
    }).argoCdIgnoredDifferences).toEqual([hash('a'), hash('b')]);
    expect(rollout({ strategy: RolloutStrategy.canary({ pingPong: { pingService: 'c', pongService: 'd' } }) }, 'Other').argoCdIgnoredDifferences.slice(0, 2))
      .toEqual([hash('c'), hash('d')]);
  });
});
