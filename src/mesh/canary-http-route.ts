import { Construct } from 'constructs';
import { CanaryPlan } from './canary-plan';
import { patternLabels } from './pattern-labels';
import { HttpRoute } from '../gateway-api/http-route';
import { HttpRouteRule } from '../gateway-api/http-route-rule';

/** A CanaryRoute in Gateway API. */
export function makeCanaryHttpRoute(scope: Construct, plan: CanaryPlan): HttpRoute {
  const { name, namespace, parents, hostnames, canary, shares, matches, pinned } = plan;
  const rules: HttpRouteRule[] = [
    ...pinned.length > 0 ? [{ matches: pinned, backends: [{ backend: canary._backend() }] }] : [],
    { matches, backends: shares.map(({ version, weight }) => ({ backend: version._backend(), weight })) },
  ];
  return new HttpRoute(scope, 'HttpRoute', {
    metadata: { name, namespace: namespace.name, labels: patternLabels('canary-route', name) },
    parents: parents.flatMap(({ _binding }) => _binding.httpParents!(hostnames)),
    hostnames,
    rules,
  });
}
