import { Construct } from 'constructs';
import { CanaryPlan } from './canary-plan';
import { CanaryVersion } from './canary-version';
import { patternLabels } from './pattern-labels';
import { Destination } from '../istio/destination';
import { DestinationRule } from '../istio/destination-rule';
import { istioMatches } from '../istio/gateway-api-match';
import { IstioHost } from '../istio/istio-host';
import { VirtualService } from '../istio/virtual-service';

/** A CanaryRoute in Istio. */
export function makeCanaryVirtualService(scope: Construct, plan: CanaryPlan): { virtualService: VirtualService; destinationRule?: DestinationRule } {
  const { name, namespace, parents, hostnames, canary, shares, matches, pinned } = plan;
  const metadata = { name, namespace: namespace.name, labels: patternLabels('canary-route', name) };
  const rule = makeDestinationRule(scope, plan, metadata);

  const destination = (version: CanaryVersion) => version._subset ?
    Destination.subset(rule!.subset(version._subset.name), { port: version.port }) :
    Destination.host(version._host(namespace.name), { port: version.port });
  const virtualService = new VirtualService(scope, 'VirtualService', {
    metadata,
    hosts: [...hostnames.map(IstioHost.of), ...parents.flatMap(({ _binding }) => _binding.istioHost ?? [])],
    gateways: parents.map(({ _binding }) => _binding.istioGateway!),
  });
  if (pinned.length > 0) {
    virtualService.addHttpRoute({ matches: pinned.flatMap(istioMatches), destinations: [{ destination: destination(canary), weight: 100 }] });
  }
  const conditions = matches.flatMap(istioMatches);
  virtualService.addHttpRoute({
    // A match without any condition is none.
    matches: conditions.every(match => Object.values(match).some(condition => condition !== undefined)) ? conditions : undefined,
    destinations: shares.map(({ version, weight }) => ({ destination: destination(version), weight })),
  });
  return { virtualService, destinationRule: rule };
}

/** The versions that are subsets, which must be of one Service. */
function makeDestinationRule(scope: Construct, { name, namespace, stable, canary }: CanaryPlan, metadata: object): DestinationRule | undefined {
  const subsets = [stable, canary].flatMap(({ _subset }) => _subset ?? []);
  if (subsets.length === 0) {
    return undefined;
  }
  const [host, other] = [stable, canary].map(version => version._host(namespace.name));
  if (subsets.length === 1 || host.host !== other.host) {
    throw new Error(`versions of canary route '${name}' must both be subsets of one Service, got '${host.host}' and '${other.host}': ` +
      'use CanaryVersion.subset for both, or CanaryVersion.service for both');
  }
  return new DestinationRule(scope, 'DestinationRule', {
    metadata,
    host,
    subsets: subsets.map(({ name: subset, labels }) => ({ name: subset, labels })),
  });
}
