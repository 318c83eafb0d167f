import { Chart, Duration } from 'cdk8s';
import { ConnectionScheme, ServiceAccount } from 'cdk8s-plus-28';
import { IstioNetwork, WorkloadGroup, WorkloadLocality, WorkloadProbe } from 'cdk8s-mesh';

/** Virtual machines that join the mesh by themselves: of each, istiod makes a WorkloadEntry. */
export function workloadGroups(chart: Chart): void {
  const serviceAccount = new ServiceAccount(chart, 'Account', { metadata: { name: 'machines', namespace: 'shop' } });
  const metadata = (name: string) => ({ name, namespace: 'shop' });

  // metadata.labels, annotations, template.ports, network, locality, weight, serviceAccount
  new WorkloadGroup(chart, 'HttpGet', {
    metadata: metadata('billing'),
    labels: { app: 'billing', version: 'v1' },
    annotations: { 'example.com/owner': 'finance' },
    template: {
      ports: { http: 8080 },
      network: IstioNetwork.of('machines'),
      locality: WorkloadLocality.region('eu-west'),
      weight: 2,
      serviceAccount,
    },
    // probe.httpGet.path, port, host, scheme, httpHeaders[].name, value
    probe: WorkloadProbe.httpGet(8080, {
      path: '/healthz',
      host: '127.0.0.1',
      scheme: ConnectionScheme.HTTP,
      headers: [{ name: 'x-probe', value: 'istio' }],
      // probe.initialDelaySeconds, timeoutSeconds, periodSeconds, successThreshold, failureThreshold
      initialDelay: Duration.seconds(5),
      timeout: Duration.seconds(2),
      period: Duration.seconds(10),
      successThreshold: 1,
      failureThreshold: 3,
    }),
  });

  // probe.tcpSocket.host, port
  new WorkloadGroup(chart, 'TcpSocket', {
    metadata: metadata('archive'),
    labels: { app: 'archive' },
    template: { serviceAccount },
    probe: WorkloadProbe.tcpSocket(5432, { host: '127.0.0.1' }),
  });

  // probe.exec.command
  new WorkloadGroup(chart, 'Exec', {
    metadata: metadata('scheduler'),
    labels: { app: 'scheduler' },
    template: { serviceAccount },
    probe: WorkloadProbe.exec(['/usr/local/bin/scheduler', 'health']),
  });
}
