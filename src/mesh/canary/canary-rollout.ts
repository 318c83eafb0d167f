import { Construct } from 'constructs';
import { CanaryGatewayRoute } from './canary-gateway-api';
import { CanaryPlan } from './canary-plan';
import { CanaryProtocol } from './canary-protocol';
import { CanaryRolloutOptions } from './canary-rollout-options';
import { rolloutSteps } from './canary-rollout-steps';
import { CanaryStep } from './canary-step';
import { WEIGHTED_ROUTE } from './canary-virtual-service';
import { ArgoCdIgnoredDifference } from '../../delivery/argo-cd-application';
import { ArgoRollout } from '../../delivery/argo-rollout';
import { FluxIgnoredDrift } from '../../delivery/flux-helm-release';
import { RolloutStrategy } from '../../delivery/rollout-strategy';
import { RolloutTrafficRouting } from '../../delivery/rollout-traffic-routing';
import { DestinationRule } from '../../istio/destination-rule';
import { VirtualService } from '../../istio/virtual-service';
import { RolloutsLabel } from '../../semantics/keys';
import { patternLabels } from '../pattern-labels';

/** The routes whose weights are the controller's. */
export interface CanaryRoutes {
  readonly routes: readonly CanaryGatewayRoute[];
  readonly virtualService?: VirtualService;
  readonly destinationRule?: DestinationRule;
}

/** What is made for Argo Rollouts. */
export interface CanaryRolloutParts {
  readonly rollout: ArgoRollout;
  readonly argoCd: ArgoCdIgnoredDifference[];
  readonly flux: FluxIgnoredDrift[];
}

/** Hands a route over to Argo Rollouts. */
export function makeCanaryRollout(
  scope: Construct, plan: CanaryPlan, steps: readonly CanaryStep[], options: CanaryRolloutOptions, routes: CanaryRoutes,
): CanaryRolloutParts {
  const { name, namespace, versions } = plan;
  checkPlan(plan);
  const [stable, canary] = versions.map(({ version }) => version);
  const written = rolloutSteps(plan, steps, routes.virtualService !== undefined);
  const { managedRoutes } = written;
  options.workload._leaveReplicas();
  const services = routes.destinationRule ? {} : { stableService: stable._serviceName, canaryService: canary._serviceName };
  const rollout = new ArgoRollout(scope, 'Rollout', {
    metadata: { name: options.workload.name, namespace: namespace.name, labels: patternLabels('canary-route', name) },
    workload: options.workload,
    replicas: options.replicas,
    progressDeadline: options.progressDeadline,
    progressDeadlineAbort: options.progressDeadline && true,
    strategy: RolloutStrategy.canary({
      ...services,
      steps: written.steps,
      analysis: options.analysis && { ...options.analysis, startingStep: placeOf(options.analysis.startingStep, written.places, name) },
      dynamicStableScale: options.dynamicStableScale,
      trafficRouting: {
        ...routes.virtualService ? istioRouting(plan, routes) : gatewayRouting(plan, routes, managedRoutes.length > 0),
        managedRoutes: managedRoutes.length > 0 ? managedRoutes : undefined,
      },
    }),
  });
  return {
    rollout,
    argoCd: [...rollout.argoCdIgnoredDifferences, ...ignoredDifferences(plan, routes, managedRoutes)],
    flux: [...rollout.fluxIgnoredDrift, ...ignoredDrift(plan, routes)],
  };
}

/** The step of the Rollout for one of the route's. */
function placeOf(step: number | undefined, places: readonly number[], name: string): number | undefined {
  if (step !== undefined && places[step] === undefined) {
    throw new Error(`startingStep of canary route '${name}' must be between 0 and ${places.length - 1}, got ${step}`);
  }
  return step === undefined ? undefined : places[step];
}

/** What the controller cannot keep up with. */
function checkPlan({ name, versions, sticky }: CanaryPlan): void {
  if (versions.length > 2) {
    throw new Error(`canary route '${name}' has ${versions.length} versions, got Argo Rollouts, which sets the weights of two: leave others out`);
  }
  if (sticky !== undefined) {
    throw new Error(`canary route '${name}' cannot be sticky with Argo Rollouts, which knows no cookies: who has the canary's would still reach it after ` +
      'an abort; use CanaryDelivery.flagger or CanaryDelivery.manual');
  }
  if (versions.some(({ callers }) => callers.length > 0)) {
    throw new Error(`canary route '${name}' cannot pin callers with Argo Rollouts: they would still reach the canary after an abort; pin a header`);
  }
}

function istioRouting({ name, versions, protocol }: CanaryPlan, { destinationRule }: CanaryRoutes): RolloutTrafficRouting {
  const [stable, canary] = versions.map(({ version }) => version);
  return {
    istio: {
      virtualServices: [{
        name,
        // The only route of connections needs no name, and has none.
        routes: protocol === CanaryProtocol.HTTP || protocol === CanaryProtocol.GRPC ? [WEIGHTED_ROUTE] : undefined,
      }],
      destinationRule: destinationRule && {
        name: destinationRule.name, stableSubsetName: stable._subset!.name, canarySubsetName: canary._subset!.name,
      },
    },
  };
}

/** What the plugin calls the routes of a protocol. */
const LISTS = {
  [CanaryProtocol.HTTP]: 'httpRoutes',
  [CanaryProtocol.GRPC]: 'grpcRoutes',
  [CanaryProtocol.TCP]: 'tcpRoutes',
  [CanaryProtocol.TLS]: 'tlsRoutes',
} as const;

function gatewayRouting({ protocol, namespace }: CanaryPlan, { routes }: CanaryRoutes, useHeaderRoutes: boolean): RolloutTrafficRouting {
  return {
    gatewayApi: { namespace: namespace.name, [LISTS[protocol]]: routes.map(({ name }) => ({ name, useHeaderRoutes: useHeaderRoutes || undefined })) },
  };
}

/** The list of routes of a VirtualService that a protocol is in. */
function listOf(protocol: CanaryProtocol): string {
  return protocol === CanaryProtocol.TCP ? 'tcp' : protocol === CanaryProtocol.TLS ? 'tls' : 'http';
}

function ignoredDifferences(plan: CanaryPlan, routes: CanaryRoutes, managed: readonly string[]): ArgoCdIgnoredDifference[] {
  const { namespace: { name: namespace }, protocol } = plan;
  const { virtualService, destinationRule } = routes;
  const istio = 'networking.istio.io';
  if (virtualService === undefined) {
    // The plugin makes a rule for each of the route's: the name, and the name with a number.
    const made = managed.length === 0 ? [] : [`.spec.rules[] | select(.name != null and (.name | test("^(${managed.join('|')})(-[0-9]+)?$")))`];
    return routes.routes.map(({ kind, name }) =>
      ({ group: 'gateway.networking.k8s.io', kind, name, namespace, jqPathExpressions: ['.spec.rules[].backendRefs[].weight', ...made] }));
  }
  const made = managed.map(name => `.spec.http[] | select(.name == "${name}")`);
  return [
    { group: istio, kind: 'VirtualService', name: virtualService.name, namespace, jqPathExpressions: [`.spec.${listOf(protocol)}[].route[].weight`, ...made] },
    ...destinationRule ? [{
      group: istio, kind: 'DestinationRule', name: destinationRule.name, namespace, jqPathExpressions: [`.spec.subsets[].labels."${RolloutsLabel.POD_TEMPLATE_HASH}"`],
    }] : [],
  ];
}

/** Flux knows places only, and rules that are made move them: all rules are the controller's. */
function ignoredDrift({ protocol }: CanaryPlan, { routes, virtualService, destinationRule }: CanaryRoutes): FluxIgnoredDrift[] {
  return [
    ...routes.map(({ kind, name }) => ({ kind, name, paths: ['/spec/rules'] })),
    ...virtualService ? [{ kind: 'VirtualService', name: virtualService.name, paths: [`/spec/${listOf(protocol)}`] }] : [],
    ...destinationRule ? [{ kind: 'DestinationRule', name: destinationRule.name, paths: ['/spec/subsets'] }] : [],
  ];
}
