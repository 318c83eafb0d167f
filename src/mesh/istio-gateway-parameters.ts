import { Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayBodyProps } from './gateway-body';
import { ExternalTrafficPolicy, GatewayExposure } from './gateway-exposure';
import { autoscalerMetrics, placementSpec, resourcesManifest } from './gateway-proxy-manifest';
import { GatewayProxyOptions } from './gateway-proxy-options';
import { given, laidOver, Patch } from './given-fields';
import { patternLabels } from './pattern-labels';
import { IstioGatewayPatches, ProvisionedGatewayOptions } from './provisioned-gateway-options';
import { LocalObjectReference } from '../gateway-api/local-object-reference';
import { ENROLMENT_LABELS } from '../semantics/key-lists';
import { GatewayPodLabel } from '../semantics/keys';

/** What of an object's metadata Istio lets nobody change: it would make nothing at all. */
const FIXED = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'generation', 'ownerReferences', 'finalizers', 'managedFields'];

/** The ConfigMap that Istio reads for what it makes of a Gateway, when something is to be said there. */
export function istioGatewayParameters(
  scope: Construct, { name, namespace }: Pick<GatewayBodyProps, 'name' | 'namespace'>, options: ProvisionedGatewayOptions, exposure: GatewayExposure | undefined,
  policy: ExternalTrafficPolicy | undefined, component = 'meshed-gateway',
): LocalObjectReference | undefined {
  const { patches = {}, parameters } = options;
  checkPatches(name, patches);
  checkPods(name, options);
  const said: { [key: string]: Patch | undefined } = {
    deployment: deployment(name, options),
    service: service(exposure, policy),
    serviceAccount: options.serviceAccountAnnotations && { metadata: { annotations: options.serviceAccountAnnotations } },
    horizontalPodAutoscaler: autoscaler(options),
    podDisruptionBudget: options.maxUnavailable === undefined ? undefined : { spec: { maxUnavailable: options.maxUnavailable } },
  };
  const laid = Object.entries(said)
    .map(([key, value]) => [key, laidOver(value, patches[key as keyof IstioGatewayPatches])] as const)
    .filter(([, value]) => value !== undefined);
  if (laid.length === 0) {
    return parameters;
  }
  if (parameters !== undefined) {
    throw new Error(`parameters of gateway '${name}' must hold all settings, got ${parameters.kind} '${parameters.name}' beside what needs ` +
      `${laid.map(([key]) => key).join(', ')}: write it there, or leave parameters out`);
  }
  const configMap = new k8s.KubeConfigMap(scope, 'Parameters', {
    metadata: { name: `${name}-parameters`, namespace: namespace.name, labels: patternLabels(component, name) },
    data: Object.fromEntries(laid.map(([key, value]) => [key, Yaml.stringify(value)])),
  });
  return { group: '', kind: 'ConfigMap', name: configMap.name };
}

function deployment(name: string, options: GatewayProxyOptions): Patch | undefined {
  const { podLabels, podAnnotations, environment, resources, terminationGracePeriod } = options;
  const container = given({
    env: environment && Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
    resources: resources && resourcesManifest(resources),
  });
  const spec = given({
    ...placementSpec(options, { [GatewayPodLabel.GATEWAY_NAME]: name }),
    terminationGracePeriodSeconds: terminationGracePeriod?.toSeconds(),
    containers: container && [{ name: 'istio-proxy', ...container }],
  });
  const metadata = given({ labels: podLabels, annotations: podAnnotations });
  return metadata ?? spec ? { spec: { template: given({ metadata, spec }) } } : undefined;
}

function service(exposure: GatewayExposure | undefined, policy: ExternalTrafficPolicy | undefined): Patch | undefined {
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

function checkPatches(gateway: string, patches: IstioGatewayPatches): void {
  for (const [key, patch] of Object.entries(patches as { [key: string]: Patch | undefined })) {
    const metadata = (patch?.metadata ?? {}) as Patch;
    const fixed = ['apiVersion', 'kind'].find(field => patch?.[field] !== undefined) ?? FIXED.find(field => metadata[field] !== undefined);
    if (fixed !== undefined) {
      throw new Error(`patch of the ${key} of gateway '${gateway}' must leave '${fixed}' alone: Istio makes nothing for the gateway otherwise; leave it out`);
    }
  }
}

function checkPods(gateway: string, { podLabels = {} }: GatewayProxyOptions): void {
  const taken = Object.keys(podLabels).find(key => ENROLMENT_LABELS.includes(key) || key === GatewayPodLabel.GATEWAY_NAME);
  if (taken !== undefined) {
    throw new Error(`podLabels of gateway '${gateway}' must leave '${taken}' alone, got '${podLabels[taken]}': Istio says how its proxy joins the mesh`);
  }
}
