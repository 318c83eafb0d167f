import { Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-28';
import { GatewayProxyOptions } from './gateway-proxy-options';
import { checkCount, MAX_INT32 } from '../../istio/count';
import { given, Patch } from '../given-fields';

/** Refuses what no autoscaler or budget could do. */
export function checkProxyOptions(
  gateway: string, options: GatewayProxyOptions, minReplicas: number, maxReplicas: number, what = `gateway '${gateway}'`,
): void {
  if (!Number.isInteger(minReplicas) || !Number.isInteger(maxReplicas) || minReplicas < 1 || maxReplicas < minReplicas) {
    throw new Error(`replicas of ${what} must be at least 1 and at most maxReplicas, got ${minReplicas} to ${maxReplicas}`);
  }
  const { targetCpuUtilization, targetMemoryUtilization, maxUnavailable } = options;
  Object.entries({ targetCpuUtilization, targetMemoryUtilization, maxUnavailable })
    .forEach(([field, value]) => checkCount(value, `${field} of ${what}`, MAX_INT32, 1));
}

/** The metrics by which an autoscaler decides. */
export function autoscalerMetrics({ targetCpuUtilization = 80, targetMemoryUtilization }: GatewayProxyOptions): k8s.MetricSpecV2[] {
  return [['cpu', targetCpuUtilization] as const, ['memory', targetMemoryUtilization] as const]
    .filter(([, averageUtilization]) => averageUtilization !== undefined)
    .map(([name, averageUtilization]) => ({ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }));
}

/** Where pods run, as a pod's spec says it. */
export function placementSpec(options: GatewayProxyOptions, podLabels: { [key: string]: string }): { [field: string]: unknown } {
  const { nodeSelector, tolerations, topologySpread, priorityClassName } = options;
  const spread = topologySpread?.map(constraint => ({ labelSelector: { matchLabels: podLabels }, ...constraint }));
  return Object.fromEntries(Object.entries({ nodeSelector, tolerations, topologySpreadConstraints: spread, priorityClassName })
    .filter(([, value]) => value !== undefined));
}

/** Requests and limits as Kubernetes writes them. */
export function resourcesManifest({ cpu, memory, ephemeralStorage }: ContainerResources): Patch {
  const of = (key: 'request' | 'limit') => given({
    'cpu': amount(cpu?.[key]), 'memory': size(memory?.[key]), 'ephemeral-storage': size(ephemeralStorage?.[key]),
  });
  return given({ requests: of('request'), limits: of('limit') }) ?? {};
}

function amount(cpu: Cpu | undefined): string | undefined {
  return cpu?.amount;
}

function size(value: Size | undefined): string | undefined {
  return value && `${value.toMebibytes()}Mi`;
}
