import { Duration } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { allowFromGateways } from './canary-allowance';
import { CanaryFlaggerOptions } from './canary-flagger-options';
import { checkHostsCount } from './canary-planning';
import { CanaryProtocol } from './canary-protocol';
import type { CanaryRouteProps } from './canary-route';
import { checkSteps } from './canary-state';
import { FlaggerAnalysis } from '../../delivery/flagger-analysis';
import { FlaggerCanary, FlaggerProvider } from '../../delivery/flagger-canary';
import { FlaggerServiceMatch, FlaggerStringMatch } from '../../delivery/flagger-match';
import { FlaggerService } from '../../delivery/flagger-service';
import { FlaggerAutoscaler, FlaggerTarget } from '../../delivery/flagger-target';
import { leaveReplicas } from '../../delivery/left-replicas';
import { labelsOfCopy } from '../../gateway-api/flagger-copy';
import { HttpPathMatch, HttpPathMatchType } from '../../gateway-api/http-path-match';
import { RouteParent } from '../../gateway-api/route-parent';
import { rewritesOf } from '../../gateway-api/rule-rewrites';
import { VirtualServiceGateway } from '../../istio/istio-gateway-reference';
import { WorkloadSelector } from '../../istio/workload-selector';
import { checkHostname } from '../../semantics/hostname';
import { FLAGGER_LABELS } from '../../semantics/key-lists';
import { checkDnsLabel } from '../../semantics/names';
import { prefixElements } from '../../semantics/path';
import { patternLabels } from '../pattern-labels';

/** Hands a route over to Flagger, which makes it: here is only what it is told. */
export function makeFlaggerCanary(scope: Construct, props: CanaryRouteProps, name: string, options: CanaryFlaggerOptions): FlaggerCanary {
  const { namespace, protocol = CanaryProtocol.HTTP } = props;
  checkDnsLabel(name, 'name of the canary route');
  checkOptions(props, name, options);
  const apex = options.serviceName ?? name;
  checkParents(props, name, apex);
  const isIstio = usesIstio(props, name, protocol);
  if (!isIstio) {
    checkHostsCount({ ...props, name, protocol, hostnames: props.hostnames ?? [] });
  }
  const copy = copyOf(options.deployment, name);
  leaveReplicas(options.deployment);
  const canary = new FlaggerCanary(scope, 'Canary', {
    metadata: { name, namespace: namespace.name, labels: patternLabels('canary-route', name) },
    provider: isIstio ? FlaggerProvider.ISTIO : FlaggerProvider.GATEWAY_API,
    target: FlaggerTarget.deployment(options.deployment),
    autoscaler: options.autoscaler && FlaggerAutoscaler.horizontalPodAutoscaler(options.autoscaler, options.primaryReplicas),
    progressDeadline: options.progressDeadline,
    service: serviceOf(props, apex, protocol, isIstio, options),
    analysis: analysisOf(props, name, isIstio, options),
  });
  const ports = [options.targetPort ?? options.port];
  allowFromGateways({ ...props, name, protocol, hostnames: props.hostnames ?? [] }, [
    // The pods of the stable version are the copy.
    { suffix: '', pods: WorkloadSelector.labels(copy), ports },
    { suffix: '-canary', pods: WorkloadSelector.workload(options.deployment), ports },
  ]);
  return canary;
}

function checkOptions(props: CanaryRouteProps, name: string, options: CanaryFlaggerOptions): void {
  const { namespace, stable, canary, canaryWeight, mirrorPercent, others, calls, pinned, pinnedCallers, steps } = props;
  const own = Object.entries({ stable, canary, others, canaryWeight, mirrorPercent }).find(([, value]) => value !== undefined);
  if (own !== undefined) {
    throw new Error(`versions and weights of canary route '${name}' are Flagger's, got ${own[0]}: leave it out, the deployment says what is tried and the steps how`);
  }
  if ((pinned?.length ?? 0) + (pinnedCallers?.length ?? 0) > 0) {
    throw new Error(`canary route '${name}' cannot pin requests with Flagger, which either shifts weights or tests with some users: ` +
      'use a FlaggerCanary with FlaggerAnalysis.iterations and matches, or CanaryDelivery.argoRollouts');
  }
  const builtIn = options.metrics?.find(metric => metric._isBuiltIn);
  if (builtIn !== undefined && namespace.mesh._istio === undefined) {
    throw new Error(`metric '${builtIn.name}' of canary route '${name}' is one that Flagger reads from proxies of Istio, got a ${namespace.mesh.meshName} mesh: ` +
      'use FlaggerMetric.template');
  }
  if (calls !== undefined) {
    throw new Error(`canary route '${name}' cannot divide some calls only with Flagger: leave calls out`);
  }
  if (steps === undefined) {
    throw new Error(`canary route '${name}' is delivered by Flagger, which must be told the way, got no steps: pass steps`);
  }
  checkSteps(steps, `canary route '${name}'`);
}

function checkParents({ parents, hostnames = [], namespace }: CanaryRouteProps, name: string, apex: string): void {
  if (parents.length === 0) {
    throw new Error(`canary route '${name}' needs at least one parent, got none: pass CanaryParent.gateway(gateway) or CanaryParent.serviceName('${apex}')`);
  }
  hostnames.forEach(hostname => {
    checkHostname(hostname, `hostname of canary route '${name}'`);
    parents.forEach(parent => parent._servesHosts && parent._meshedGateway!._requireHost(hostname));
  });
  for (const { _binding: { service } } of parents) {
    if (service?.known !== undefined || service !== undefined && service.name !== apex) {
      throw new Error(`Service '${service.name}' must be the one that Flagger makes for canary route '${name}', ` +
        `got ${service.known ? 'one of this app' : 'another name'}: leave it out, and use CanaryParent.serviceName('${apex}')`);
    }
  }
  if (namespace.mesh._istio === undefined && new Set(parents.map(({ _binding }) => _binding.service === undefined)).size > 1) {
    throw new Error(`canary route '${name}' must be for gateways or for the mesh, got both with Flagger in a ${namespace.mesh.meshName} mesh: ` +
      'Flagger writes one route for both, whose hosts would hold for calls of the mesh too');
  }
}

/** Istio where something can be had there only. */
function usesIstio({ parents, namespace, steps }: CanaryRouteProps, name: string, protocol: CanaryProtocol): boolean {
  const mirrors = steps!.some(({ mirrorPercent }) => mirrorPercent !== undefined);
  const reasons = [
    ...parents.filter(({ _binding }) => _binding.routeParents === undefined).map(({ _description }) => _description),
    // What it writes into Gateway API is an HTTPRoute, with copies only where nothing is shifted.
    ...protocol === CanaryProtocol.HTTP ? [] : [`protocol ${protocol}`],
    ...mirrors ? ['a mirror'] : [],
  ];
  if (protocol === CanaryProtocol.TLS) {
    throw new Error(`canary route '${name}' cannot divide TLS connections with Flagger, which writes routes of HTTP and TCP: use CanaryDelivery.argoRollouts`);
  }
  if (reasons.length === 0) {
    return false;
  }
  const gatewayApi = parents.find(({ _binding }) => _binding.istioGateway === undefined);
  if (gatewayApi !== undefined || namespace.mesh._istio === undefined) {
    throw new Error(`canary route '${name}' needs Flagger to write a VirtualService, which alone has ${reasons[0]}, got ` +
      `${gatewayApi?._description ?? `a ${namespace.mesh.meshName} mesh`}: use CanaryDelivery.argoRollouts, or leave it out`);
  }
  return true;
}

function serviceOf(
  { hostnames = [], parents, paths }: CanaryRouteProps, apex: string, protocol: CanaryProtocol, isIstio: boolean, options: CanaryFlaggerOptions,
): FlaggerService {
  const { port, targetPort, portName } = options;
  const gatewayRefs = isIstio ? undefined : parents.flatMap(({ _binding }) => _binding.routeParents!(hostnames));
  checkHostsKept(apex, gatewayRefs ?? []);
  return {
    name: apex,
    port,
    targetPort: targetPort ?? port,
    portName: portName ?? protocol.toLowerCase(),
    appProtocol: protocol === CanaryProtocol.TCP ? 'tcp' : undefined,
    hosts: hostnames.length > 0 ? [...hostnames] : undefined,
    gateways: isIstio ? parents.map(({ _binding }) => VirtualServiceGateway._write(_binding.istioGateway!)) : undefined,
    gatewayRefs,
    matches: paths?.flatMap(path => serviceMatches(path, isIstio)),
  };
}

/** Flagger writes the route, with no filter for each version. */
function checkHostsKept(apex: string, parents: readonly RouteParent[]): void {
  if (rewritesOf(parents).length > 0) {
    throw new Error(`Flagger cannot divide the requests for Service '${apex}' behind gateway '${parents[0]._reference.name}', beside whose proxy a sidecar goes by ` +
      'the host: its route would not name the version that was chosen; use CanaryDelivery.argoRollouts, GatewayClass.ISTIO or an ambient mesh');
  }
}

/** A path; Istio's prefix goes by characters. */
function serviceMatches({ type, value }: HttpPathMatch, isIstio: boolean): FlaggerServiceMatch[] {
  if (type !== HttpPathMatchType.PATH_PREFIX) {
    return [{ uri: type === HttpPathMatchType.EXACT ? FlaggerStringMatch.exact(value) : FlaggerStringMatch.regex(value) }];
  }
  const elements = prefixElements(value);
  return !isIstio ? [{ uri: FlaggerStringMatch.prefix(value) }] :
    [...elements === '' ? [] : [{ uri: FlaggerStringMatch.exact(elements) }], { uri: FlaggerStringMatch.prefix(`${elements}/`) }];
}

function analysisOf({ steps, sticky }: CanaryRouteProps, name: string, isIstio: boolean, options: CanaryFlaggerOptions): FlaggerAnalysis {
  const mirrored = steps!.flatMap(({ mirrorPercent }) => mirrorPercent ?? []);
  if (mirrored.length > 1) {
    throw new Error(`canary route '${name}' must mirror in one step with Flagger, which has one round of it, got ${mirrored.length}: leave one`);
  }
  const weights = steps!.flatMap(({ percent }) => percent ?? []).filter((weight, i) => i > 0 || weight > 0);
  return FlaggerAnalysis.stepWeights(weights, {
    interval: intervalOf(steps!.filter(({ _isPause }) => _isPause).map(({ duration }) => duration), name),
    threshold: options.threshold ?? 5,
    metrics: options.metrics,
    webhooks: options.webhooks,
    alerts: options.alerts,
    mirror: mirrored.length > 0 ? true : undefined,
    mirrorWeight: isIstio ? mirrored[0] : undefined,
    sessionAffinity: sticky?._toFlagger(name),
  });
}

/** Flagger has one pause for all rounds. */
function intervalOf(pauses: readonly (Duration | undefined)[], name: string): Duration {
  const lengths = [...new Set(pauses.map(pause => pause?.toSeconds()))];
  if (lengths.length !== 1 || lengths[0] === undefined) {
    const got = lengths.map(length => length === undefined ? 'one without end' : `${length}s`).join(' and ') || 'none';
    throw new Error(`steps of canary route '${name}' must have pauses of one length with Flagger, whose rounds are all alike, got ${got}: ` +
      'pass CanaryStep.pause(duration) with the same duration, and a webhook confirm-traffic-increase where somebody has to agree');
  }
  return pauses[0]!;
}

/** The labels by which the pods of Flagger's copy are selected. */
function copyOf(deployment: Deployment, name: string): { [key: string]: string } {
  const labels = labelsOfCopy(deployment);
  if (labels === undefined) {
    throw new Error(`deployment '${deployment.name}' of canary route '${name}' must select its pods by one of ${FLAGGER_LABELS.join(', ')}, got ` +
      `${Object.keys(deployment.matchLabels).join(', ') || 'none'}: Flagger tells its copy by it; pass select: false and podMetadata with the label, and call deployment.select`);
  }
  return labels;
}
