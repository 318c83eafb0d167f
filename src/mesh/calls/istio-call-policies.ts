import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { AllowedCall, CalledPods, CallPolicies } from './call-policies';
import { withPorts } from './hosts-with-ports';
import { GatewayClass } from '../../gateway-api/gateway-class';
import { AuthorizationAction } from '../../istio/authorization-action';
import { AuthorizationPolicy } from '../../istio/authorization-policy';
import { AuthorizationRule } from '../../istio/authorization-rule';
import { PolicyTarget } from '../../istio/policy-target';
import { isWildcard } from '../../semantics/hostname';
import { Mesh } from '../mesh';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';
import { sourceOf } from '../source';

/** Refuses in a namespace what no policy allows. */
export function closeIstioNamespace(scope: Construct, { name }: IMeshNamespace): void {
  AuthorizationPolicy.allowNothing(scope, 'AllowNothing', {
    metadata: { name: 'allow-nothing', namespace: name, labels: patternLabels('mesh-namespace', name) },
  });
}

/** Refuses everywhere what no policy allows. */
export function closeIstioMesh(scope: Construct, { rootNamespace, _istio }: Mesh): void {
  const metadata = (name: string) => ({ name, namespace: rootNamespace, labels: patternLabels('mesh-closure', rootNamespace) });
  AuthorizationPolicy.allowNothing(scope, 'AllowNothing', { metadata: metadata('allow-nothing') });
  if (!_istio?.sidecars) {
    // Waypoints know policies by what they are attached to.
    AuthorizationPolicy.allowNothing(scope, 'AllowNothingAtWaypoints', {
      metadata: metadata('allow-nothing-at-waypoints'), targets: [PolicyTarget.gatewayClass(GatewayClass.ISTIO_WAYPOINT)],
    });
  }
}

/** Policies that the workload's own proxy enforces. */
export class SidecarCallPolicies implements CallPolicies {
  private policy?: AuthorizationPolicy;

  constructor(private readonly scope: Construct, private readonly pods: CalledPods) {}

  public allow(call: AllowedCall): void {
    const { selector } = this.pods;
    this.policy ??= new AuthorizationPolicy(this.scope, 'AuthorizationPolicy', {
      metadata: policyMetadata(this.pods), action: AuthorizationAction.ALLOW, selector,
    });
    this.policy.addRule(httpRule(call));
  }
}

export function policyMetadata({ name, namespace, labels = patternLabels('mesh-workload', name) }: CalledPods): ApiObjectMetadata {
  return { name, namespace: namespace.name, labels };
}

/** The rule of a call, where HTTP is read. */
export function httpRule({ client, ports, methods, paths, hosts, routedHosts }: AllowedCall): AuthorizationRule {
  const routed = routedHosts?.flatMap(host => isWildcard(host) ? host : withPorts([host]));
  const operation = { ports, methods, paths, hosts: hosts ? withPorts(hosts) : routed };
  return { sources: [sourceOf(client)], operations: Object.values(operation).some(value => value !== undefined) ? [operation] : undefined };
}
