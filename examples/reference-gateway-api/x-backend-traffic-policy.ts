import { Chart, Duration } from 'cdk8s';
import { SESSIONS } from './session-persistence';
import { IXBackend, PolicyTargetRef, XBackendTrafficPolicy } from 'cdk8s-mesh';

export function xBackendTrafficPolicies(chart: Chart, xBackend: IXBackend): void {
  const metadata = (name: string) => ({ name, namespace: 'shop' });

  new XBackendTrafficPolicy(chart, 'RetryConstraint', {
    metadata: metadata('retry-constraint'),
    // targetRefs[].group, kind, name
    targets: [PolicyTargetRef.serviceName('web'), PolicyTargetRef.xBackend(xBackend)],
    retryConstraint: {
      // retryConstraint.budget.percent, interval
      budget: { percent: 20, interval: Duration.seconds(10) },
      // retryConstraint.minRetryRate.count, interval
      minRetryRate: { count: 5, interval: Duration.seconds(1) },
    },
  });

  // sessionPersistence
  for (const [name, sessionPersistence] of Object.entries(SESSIONS)) {
    new XBackendTrafficPolicy(chart, name, {
      metadata: metadata(name),
      targets: [PolicyTargetRef.serviceName(`basket-${name}`)],
      sessionPersistence,
    });
  }
}
