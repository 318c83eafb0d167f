import { ApiObjectMetadata } from 'cdk8s';
import { AllowedService, EgressRule } from './egress-body';
import { ExternalProtocol } from './external-port';
import { ExternalService } from './external-service';
import { AuthorizationAction } from '../../istio/authorization-action';
import { AuthorizationCondition } from '../../istio/authorization-condition';
import { AuthorizationPolicy } from '../../istio/authorization-policy';
import { AuthorizationRule } from '../../istio/authorization-rule';
import { PolicyTarget } from '../../istio/policy-target';
import { WorkloadSelector } from '../../istio/workload-selector';
import { withPorts } from '../calls/hosts-with-ports';
import { sourceOf } from '../source';

/** What a policy is about, and its name. */
export interface EgressPolicyScope {
  readonly metadata: (name: string) => ApiObjectMetadata;
  readonly selector?: WorkloadSelector;
  readonly targets?: PolicyTarget[];
}

const POLICY = 'AuthorizationPolicy';

/** Writes the rules of a service that are not written yet. */
export function allow(
  allowed: AllowedService, { metadata, selector, targets }: EgressPolicyScope, rules: (rule: EgressRule) => AuthorizationRule[],
): void {
  const { scope, service } = allowed;
  const policy = (scope.node.tryFindChild(POLICY) as AuthorizationPolicy | undefined) ?? new AuthorizationPolicy(scope, POLICY, {
    metadata: metadata(service.slug), selector, targets, action: AuthorizationAction.ALLOW,
  });
  const written = WRITTEN.get(policy) ?? 0;
  allowed.rules.slice(written).flatMap(rules).forEach(rule => policy.addRule(rule));
  WRITTEN.set(policy, allowed.rules.length);
}

/** How many rules of a service its policy has. */
const WRITTEN = new WeakMap<AuthorizationPolicy, number>();

/** A policy for all that a gateway takes must say of which host it is: HTTP says it in the request, the rest in the server name, bare bytes by their port. */
export function gatewayRules({ service, identified }: AllowedService): (rule: EgressRule) => AuthorizationRule[] {
  const { hostnames, ports } = service;
  const readable = ports.some(({ _isReadable }) => _isReadable);
  const named = ports.filter(({ _isReadable, protocol }) => !_isReadable && (identified || protocol === ExternalProtocol.TLS));
  const bare = ports.filter(({ protocol }) => !identified && protocol === ExternalProtocol.TCP);
  return ({ clients, methods, paths }) => {
    const sources = clients?.map(sourceOf);
    return [
      ...readable ? [{ sources, operations: [{ hosts: withPorts(hostnames), methods, paths }] }] : [],
      ...named.length > 0 ? [{ sources, conditions: [AuthorizationCondition.sni({ values: hostnames })] }] : [],
      ...bare.length > 0 ? [{ sources, operations: [{ ports: bare.map(port => port.gatewayPort ?? port.port) }] }] : [],
    ];
  };
}

/** A policy for the service itself has to say no more than who, and what of it. */
export function serviceRules({ clients, methods, paths }: EgressRule): AuthorizationRule[] {
  return [{ sources: clients?.map(sourceOf), operations: (methods ?? paths) && [{ methods, paths }] }];
}

/** Refuses methods and paths of what nobody on the way can read. */
export function requireReadable(service: ExternalService, { methods, paths }: EgressRule): void {
  const sealed = service.ports.find(({ _isReadable }) => !_isReadable);
  if ((methods ?? paths) !== undefined && sealed !== undefined) {
    throw new Error(`methods and paths of external host '${service.hostname}' cannot be seen in ${sealed.protocol}: use ExternalService.originate, ` +
      'so that the gateway begins TLS and reads requests before');
  }
}
