import { Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import { IstioNetwork, WorkloadEntry, WorkloadLocality } from 'cdk8s-mesh';

/** The virtual machines behind the ServiceEntry `invoices`. */
export function workloadEntries(chart: Chart): void {
  const serviceAccount = new ServiceAccount(chart, 'Account', { metadata: { name: 'invoices', namespace: 'shop' } });

  // address, ports, labels, network, locality, weight, serviceAccount
  new WorkloadEntry(chart, 'First', {
    metadata: { name: 'invoices-1', namespace: 'shop' },
    address: '10.10.0.21',
    ports: { http: 8081 },
    labels: { app: 'invoices', version: 'v1' },
    network: IstioNetwork.of('machines'),
    locality: WorkloadLocality.zone('eu-west', 'eu-west-1'),
    weight: 3,
    serviceAccount,
    // service.istio.io/canonical-name and canonical-revision, security.istio.io/tlsMode, labels of the pod that it stands for
    canonicalName: 'invoices',
    canonicalRevision: 'v1',
    mtls: true,
  });

  // A machine that gets a third of the traffic of the first.
  new WorkloadEntry(chart, 'Second', {
    metadata: { name: 'invoices-2', namespace: 'shop' },
    address: '10.10.0.22',
    labels: { app: 'invoices', version: 'v1' },
    weight: 1,
    serviceAccount,
  });
}
