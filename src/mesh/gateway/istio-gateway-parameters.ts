import { Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayBodyProps } from './gateway-body';
import { ExternalTrafficPolicy, GatewayExposure } from './gateway-exposure';
import { autoscalerMetrics, placementSpec, resourcesManifest } from './gateway-proxy-manifest';
import { GatewayProxyOptions } from './gateway-proxy-options';
import { IstioGatewayPatches, ProvisionedGatewayOptions } from './provisioned-gateway-options';
import { LocalObjectReference } from '../../gateway-api/local-object-reference';
import { Istio } from '../../istio/istio';
import { isLater } from '../../semantics/gateway-api-version';
import { IstioVersion } from '../../semantics/istio-version';
import { ENROLMENT_LABELS } from '../../semantics/key-lists';
import { GatewayPodLabel } from '../../semantics/keys';
import { given, laidOver, Patch } from '../given-fields';
import { patternLabels } from '../pattern-labels';

/** What of an object's metadata Istio lets nobody change: it would make nothing at all. */
const FIXED = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'generation', 'ownerReferences', 'finalizers', 'managedFields'];

/** The release since which Istio reads any. */
const SINCE = IstioVersion.V1_26;

/** What is said of objects that Istio makes. */
export interface MadeByIstio {
  /** What they are made for, in messages. */
  readonly what: string;
  readonly options: GatewayProxyOptions & { readonly patches?: IstioGatewayPatches };
  readonly service?: Patch;
  /** What spreads pods where a constraint says not which. */
  readonly spread: Partial<k8s.TopologySpreadConstraint>;
}

/** The ConfigMap that Istio reads for what it makes of a Gateway, when something is to be said there. */
export function istioGatewayParameters(
  scope: Construct, { name, namespace }: Pick<GatewayBodyProps, 'name' | 'namespace'>, options: ProvisionedGatewayOptions, exposure: GatewayExposure | undefined,
  policy: ExternalTrafficPolicy | undefined, component = 'meshed-gateway',
): LocalObjectReference | undefined {
  const { parameters } = options;
  const what = `gateway '${name}'`;
  const data = istioOverlays(scope, {
    what, options, service: serviceOverlay(exposure, policy), spread: { labelSelector: { matchLabels: { [GatewayPodLabel.GATEWAY_NAME]: name } } },
  });
  if (data === undefined) {
    return parameters;
  }
  if (parameters !== undefined) {
    throw new Error(`parameters of ${what} must hold all settings, got ${parameters.kind} '${parameters.name}' beside what needs ` +
      `${Object.keys(data).join(', ')}: write it there, or leave parameters out`);
  }
  const configMap = new k8s.KubeConfigMap(scope, 'Parameters', {
    metadata: { name: `${name}-parameters`, namespace: namespace.name, labels: patternLabels(component, name) }, data,
  });
  return { group: '', kind: 'ConfigMap', name: configMap.name };
}

/** What Istio lays over the objects that it makes, by their names in its ConfigMaps; nothing when nothing is said. */
export function istioOverlays(scope: Construct, { what, options, service, spread }: MadeByIstio): { [object: string]: string } | undefined {
  const { patches = {} } = options;
  checkPatches(what, patches);
  checkPods(what, options);
  const said: { [key: string]: Patch | undefined } = {
    deployment: deployment(options, spread),
    service,
    serviceAccount: options.serviceAccountAnnotations && { metadata: { annotations: options.serviceAccountAnnotations } },
    horizontalPodAutoscaler: autoscaler(options),
    podDisruptionBudget: options.maxUnavailable === undefined ? undefined : { spec: { maxUnavailable: options.maxUnavailable } },
  };
  const laid = Object.entries(said)
    .map(([key, value]) => [key, laidOver(value, patches[key as keyof IstioGatewayPatches])] as const)
    .filter(([, value]) => value !== undefined);
  const { version } = Istio.of(scope);
  if (laid.length > 0 && isLater(SINCE, version)) {
    throw new Error(`settings of the ${laid.map(([key]) => key).join(', ')} of ${what} are read since Istio ${SINCE}, got Istio ${version}: ` +
      'leave them out, or use GatewayForm.selfManaged');
  }
  return laid.length === 0 ? undefined : Object.fromEntries(laid.map(([key, value]) => [key, Yaml.stringify(value)]));
}

function deployment(options: GatewayProxyOptions, spread: Partial<k8s.TopologySpreadConstraint>): Patch | undefined {
  const { podLabels, podAnnotations, environment, resources, terminationGracePeriod } = options;
  const spreadPods = options.topologySpread?.map(constraint => constraint.labelSelector ? constraint : { ...spread, ...constraint });
  const container = given({
    env: environment && Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
    resources: resources && resourcesManifest(resources),
  });
  const spec = given({
    ...placementSpec({ ...options, topologySpread: spreadPods }, {}),
    terminationGracePeriodSeconds: terminationGracePeriod?.toSeconds(),
    containers: container && [{ name: 'istio-proxy', ...container }],
  });
  const metadata = given({ labels: podLabels, annotations: podAnnotations });
  return metadata ?? spec ? { spec: { template: given({ metadata, spec }) } } : undefined;
}

/** What an exposure says of the Service beside its type. */
export function serviceOverlay(exposure: GatewayExposure | undefined, policy: ExternalTrafficPolicy | undefined): Patch | undefined {
  const { sourceRanges, loadBalancerClass, loadBalancerIp, allocateNodePorts, nodePorts } = exposure?._options ?? {};
  const annotations = exposure?._annotations ?? {};
  const spec = given({
    loadBalancerSourceRanges: sourceRanges,
    loadBalancerClass,
    loadBalancerIP: loadBalancerIp,
    allocateLoadBalancerNodePorts: allocateNodePorts,
    externalTrafficPolicy: policy,
    ports: nodePorts && Object.entries(nodePorts).map(([port, nodePort]) => ({ port: Number(port), nodePort })),
  });
  return given({ metadata: Object.keys(annotations).length > 0 ? { annotations } : undefined, spec });
}

function autoscaler(options: GatewayProxyOptions): Patch | undefined {
  const { minReplicas, maxReplicas } = options;
  if (minReplicas === undefined && maxReplicas === undefined) {
    return undefined;
  }
  const most = maxReplicas ?? Math.max(5, minReplicas!);
  return { spec: { minReplicas: minReplicas ?? Math.min(2, most), maxReplicas: most, metrics: autoscalerMetrics(options) } };
}

function checkPatches(what: string, patches: IstioGatewayPatches): void {
  for (const [key, patch] of Object.entries(patches as { [key: string]: Patch | undefined })) {
    const metadata = (patch?.metadata ?? {}) as Patch;
    const fixed = ['apiVersion', 'kind'].find(field => patch?.[field] !== undefined) ?? FIXED.find(field => metadata[field] !== undefined);
    if (fixed !== undefined) {
      throw new Error(`patch of the ${key} of ${what} must leave '${fixed}' alone: Istio makes nothing for the gateway otherwise; leave it out`);
    }
  }
}

function checkPods(what: string, { podLabels = {} }: GatewayProxyOptions): void {
  const taken = Object.keys(podLabels).find(key => ENROLMENT_LABELS.includes(key) || key === GatewayPodLabel.GATEWAY_NAME);
  if (taken !== undefined) {
    throw new Error(`podLabels of ${what} must leave '${taken}' alone, got '${podLabels[taken]}': Istio says how its proxy joins the mesh`);
  }
}
