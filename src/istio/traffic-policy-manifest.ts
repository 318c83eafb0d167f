import { isIP } from 'net';
import { checkCount } from './count';
import { IstioHost } from './istio-host';
import { checkRegistryHost } from './namespaced-host';
import { PortTrafficPolicy, RetryBudget, TrafficPolicy, TrafficPolicySettings, TrafficTunnel } from './traffic-policy';
import type {
  DestinationRuleSpecTrafficPolicy, DestinationRuleSpecTrafficPolicyPortLevelSettings, DestinationRuleSpecTrafficPolicyRetryBudget,
  DestinationRuleSpecTrafficPolicyTunnel,
} from '../imports/networking.istio.io';
import { formatDuration } from '../semantics/duration';
import { isLater } from '../semantics/gateway-api-version';
import { checkPreciseHostname } from '../semantics/hostname';
import { IstioVersion } from '../semantics/istio-version';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/** What a policy has to know of the rule it is part of. */
export interface TrafficPolicyScope {
  readonly host: IstioHost;
  readonly namespace?: string;
  /** The policy of the rule, for a policy of one of its subsets. */
  readonly rulePolicy?: TrafficPolicy;
}

const MAX_PORTS = 4096;

/** Checks and writes a policy. */
export function trafficPolicyManifest(policy: TrafficPolicy, scope: TrafficPolicyScope): Manifest<DestinationRuleSpecTrafficPolicy> {
  const { proxyProtocol, retryBudget, tunnel, portLevelSettings } = policy;
  const whole = Object.entries({ proxyProtocol, retryBudget, tunnel }).flatMap(([name, value]) => value === undefined ? [] : [name]);
  if (isEmpty(policy) && whole.length === 0 && !portLevelSettings?.length) {
    throw new Error('a traffic policy must say at least one thing, got none: leave it out');
  }
  if (tunnel && proxyProtocol) {
    throw new Error('a traffic policy takes either tunnel or proxyProtocol, got both');
  }
  if (retryBudget && policy.connectionPool?._toKube().http?.maxRetries !== undefined) {
    throw new Error('a traffic policy takes either retryBudget or maxRetries of the connectionPool, got both: the budget counts in place of maxRetries');
  }
  if (portLevelSettings && portLevelSettings.length > MAX_PORTS) {
    throw new Error(`portLevelSettings must be for at most ${MAX_PORTS} ports, got ${portLevelSettings.length}`);
  }
  if (portLevelSettings?.length && whole.length > 0) {
    throw new Error(`${whole.join(' and ')} would be lost at port ${portLevelSettings[0].port}: Istio does not apply it to ports with settings of ` +
      'their own; set it on the subsets, or leave portLevelSettings out');
  }
  checkFailover(policy, scope.rulePolicy);
  return {
    ...settingsManifest(policy, scope),
    portLevelSettings: portLevelSettings?.map((port, i) => portManifest(port, portLevelSettings.slice(0, i), policy, scope)),
    proxyProtocol: proxyProtocol && { version: proxyProtocol },
    retryBudget: retryBudget && retryBudgetManifest(retryBudget),
    tunnel: tunnel && tunnelManifest(tunnel),
  };
}

/** Refuses a warm-up that releases before 1.31 refuse; the fields themselves are older. */
export function checkWarmupOf(policy: Manifest<DestinationRuleSpecTrafficPolicy>, version: IstioVersion): void {
  const aggression = policy.loadBalancer?.warmup?.aggression;
  if (aggression !== undefined && aggression < 1 && isLater(IstioVersion.V1_31, version)) {
    throw new Error(`aggression of warmup must be at least 1 before Istio 1.31, got ${aggression}: the mesh has ${version}`);
  }
  policy.portLevelSettings?.forEach(port => checkWarmupOf(port, version));
}

/** Writes what holds at a port. Istio resets there what is not repeated, even what the rule says when the policy is a subset's. */
function portManifest(port: PortTrafficPolicy, before: PortTrafficPolicy[], policy: TrafficPolicy, scope: TrafficPolicyScope):
Manifest<DestinationRuleSpecTrafficPolicyPortLevelSettings> {
  if (before.some(other => other.port === port.port)) {
    throw new Error(`port ${port.port} has portLevelSettings already: write them as one`);
  }
  if (isEmpty(port)) {
    throw new Error(`portLevelSettings of port ${port.port} must say at least one thing, got none: leave them out`);
  }
  const { rulePolicy } = scope;
  const effective = firstOf(port, policy, rulePolicy?.portLevelSettings?.find(other => other.port === port.port), rulePolicy);
  checkFailover(effective);
  return { port: { number: scope.host._checkPort(port.port) }, ...settingsManifest(effective, scope) };
}

function settingsManifest(settings: TrafficPolicySettings, { host, namespace }: TrafficPolicyScope) {
  if (settings.outlierDetection && host._isDynamic) {
    throw new Error(`outlierDetection cannot be for host '${host.host}' of a ServiceEntry with resolution DYNAMIC_DNS, on which istiod fails: leave it out`);
  }
  const configMap = settings.tls?._configMapNamespace();
  if (configMap !== undefined && namespace !== undefined && configMap !== namespace) {
    throw new Error(`credentialName must name a ConfigMap in the namespace of the rule, '${namespace}', got one in '${configMap}'`);
  }
  return {
    loadBalancer: settings.loadBalancer?._toKube(),
    connectionPool: settings.connectionPool?._toKube(),
    outlierDetection: settings.outlierDetection?._toKube(),
    tls: settings.tls?._toKube(),
  };
}

/** What the first layer that says something says. */
function firstOf(...layers: (TrafficPolicySettings | undefined)[]): TrafficPolicySettings {
  return {
    loadBalancer: layers.find(layer => layer?.loadBalancer)?.loadBalancer,
    connectionPool: layers.find(layer => layer?.connectionPool)?.connectionPool,
    outlierDetection: layers.find(layer => layer?.outlierDetection)?.outlierDetection,
    tls: layers.find(layer => layer?.tls)?.tls,
  };
}

function isEmpty(settings: TrafficPolicySettings): boolean {
  return Object.values(firstOf(settings)).every(value => value === undefined);
}

function checkFailover(settings: TrafficPolicySettings, rulePolicy?: TrafficPolicy): void {
  if (settings.loadBalancer?._failsOver() && !settings.outlierDetection && !rulePolicy?.outlierDetection) {
    throw new Error('failover of a load balancer needs outlierDetection: without it no endpoint is ever left out for another');
  }
}

function retryBudgetManifest({ percent, minRetryConcurrency, budgetInterval }: RetryBudget): Manifest<DestinationRuleSpecTrafficPolicyRetryBudget> {
  if (percent !== undefined && !(percent >= 0 && percent <= 100)) {
    throw new Error(`percent of a retry budget must be between 0 and 100, got ${percent}`);
  }
  return {
    percent,
    minRetryConcurrency: checkCount(minRetryConcurrency, 'minRetryConcurrency', undefined, 1),
    budgetInterval: budgetInterval && formatDuration(budgetInterval, 'budgetInterval'),
  };
}

function tunnelManifest({ targetHost, targetPort, protocol }: TrafficTunnel): Manifest<DestinationRuleSpecTrafficPolicyTunnel> {
  return {
    protocol,
    targetHost: isIP(targetHost) ? targetHost : checkRegistryHost(checkPreciseHostname(targetHost, 'targetHost of a tunnel'), 'targetHost of a tunnel'),
    targetPort: checkPort(targetPort, 'targetPort of a tunnel'),
  };
}
