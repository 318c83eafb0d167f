import { CanaryPlan } from './canary-plan';
import { IstioLabel } from '../../semantics/keys';

/** What never happened: nobody reads the route of a Service that uses no waypoint. What others make may use one. */
export function missingWaypoint({ name, namespace, parents }: CanaryPlan): string[] {
  const { labels, mesh } = namespace;
  const isUnknown = Object.keys(labels).length === 0;
  if (!mesh._canary.needsWaypoint || isUnknown || IstioLabel.USE_WAYPOINT in labels) {
    return [];
  }
  return parents.flatMap(({ _binding }) => _binding.service?.known ?? [])
    .filter(({ metadata }) => metadata.getLabel(IstioLabel.USE_WAYPOINT) === undefined)
    .map(service => `service '${service.name}' of canary route '${name}' uses no waypoint, which alone divides its calls in an ambient mesh: ` +
      'make a Waypoint, and let it serve the namespace or the Service');
}
