import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Shop } from './shop';
import { AuthorizationAction, AuthorizationPolicy } from 'cdk8s-mesh';

/** Policies that refuse nothing: one to try what a stricter one would refuse, one to know of every charge. */
export class Trial extends Chart {
  constructor(scope: Construct, id: string, { catalog, payments }: Shop) {
    super(scope, id);
    // Does anybody read more than single products? Its proxy counts and logs what this would refuse. Without dryRun it does.
    new AuthorizationPolicy(this, 'SingleProducts', {
      metadata: { name: 'single-products', namespace: catalog.namespace.name },
      selector: catalog.selector,
      action: AuthorizationAction.DENY,
      rules: [{ operations: [{ ports: [8080], notPaths: ['/products/{*}'] }] }],
      dryRun: true,
    });
    // Marks the request for whatever plugin keeps the audit log of the mesh.
    new AuthorizationPolicy(this, 'Charges', {
      metadata: { name: 'charges', namespace: payments.namespace.name },
      selector: payments.selector,
      action: AuthorizationAction.AUDIT,
      rules: [{ operations: [{ ports: [8080], methods: ['POST'], paths: ['/charges'] }] }],
    });
  }
}
