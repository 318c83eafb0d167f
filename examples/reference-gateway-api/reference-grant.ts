import { Chart } from 'cdk8s';
import { ReferenceGrant } from 'cdk8s-mesh';

/** Constructs bring the grants that they need; this one is for routes that others write. */
export function referenceGrants(chart: Chart): void {
  new ReferenceGrant(chart, 'ReferenceGrant', {
    metadata: { name: 'routes-of-the-shop', namespace: 'payments' },
    // from[].group, kind, namespace
    sources: [
      { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' },
      { group: 'gateway.networking.k8s.io', kind: 'GRPCRoute', namespace: 'shop' },
    ],
    // to[].group, kind, name
    targets: [
      { group: '', kind: 'Service', name: 'checkout' },
      // to[] without name: every object of the kind
      { group: 'gateway.networking.x-k8s.io', kind: 'XBackend' },
    ],
  });
}
