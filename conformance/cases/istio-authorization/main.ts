import { App, Chart } from 'cdk8s';
import { AuthorizationAction, AuthorizationPolicy, AuthorizationRule, IstioIdentity, SourceNamespace, WorkloadSelector } from 'cdk8s-mesh';

/** Policies that allow, deny, audit, and are on trial, each on a workload of its own. */
const app = new App();
const chart = new Chart(app, 'istio-authorization');
const policy = (workload: string, action: AuthorizationAction, rules: AuthorizationRule[], dryRun?: boolean) =>
  new AuthorizationPolicy(chart, `${workload}-${action.word}`, {
    metadata: { name: `${workload}-${action.word.toLowerCase()}`, namespace: 'shop' },
    selector: WorkloadSelector.labels({ app: workload }),
    action,
    rules,
    dryRun,
  });

policy('allowing', AuthorizationAction.ALLOW, [
  {
    sources: [{ principals: [IstioIdentity.serviceAccountName('shop', 'client')] }],
    operations: [{ methods: ['GET'], paths: ['/orders/*'] }],
  },
  { sources: [{ namespaces: [SourceNamespace.named('other')] }], operations: [{ paths: ['/public'] }] },
]);
policy('denying', AuthorizationAction.DENY, [{ operations: [{ ports: [8080], paths: ['/admin', '/admin/*'] }] }]);
policy('audited', AuthorizationAction.AUDIT, [{ operations: [{ methods: ['DELETE'] }] }]);
policy('trial', AuthorizationAction.ALLOW, [{ operations: [{ methods: ['GET'] }] }], true);
policy('trial', AuthorizationAction.DENY, [{ operations: [{ ports: [8080], paths: ['/admin'] }] }], true);
AuthorizationPolicy.allowNothing(chart, 'closed', {
  metadata: { name: 'closed', namespace: 'shop' }, selector: WorkloadSelector.labels({ app: 'closed' }),
});

app.synth();
