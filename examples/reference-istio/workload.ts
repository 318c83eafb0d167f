import { Deployment, LabelSelector, Service, ServiceAccount, ServicePort } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { WorkloadSelector } from 'cdk8s-mesh';

export interface WorkloadProps {
  readonly namespace: string;
  readonly image: string;
  readonly ports: ServicePort[];
  /** The tag of the image for each version of the pods, which have it as their label; without it there is one version. */
  readonly versions?: { readonly [version: string]: string };
}

/** Pods, their identity, and a Service in front of them. */
export class Workload extends Construct {
  public readonly service: Service;
  public readonly serviceAccount: ServiceAccount;
  /** The pods, whatever their version. */
  public readonly selector: WorkloadSelector;

  constructor(scope: Construct, name: string, { namespace, image, ports, versions = { v1: '1.0.0' } }: WorkloadProps) {
    super(scope, name);
    const metadata = { name, namespace };
    this.serviceAccount = new ServiceAccount(this, 'ServiceAccount', { metadata });
    this.selector = WorkloadSelector.labels({ app: name });
    for (const [version, tag] of Object.entries(versions)) {
      const labels = { app: name, version };
      const deployment = new Deployment(this, version, {
        metadata: { name: `${name}-${version}`, namespace, labels },
        podMetadata: { labels },
        select: false,
        serviceAccount: this.serviceAccount,
        containers: [{ name: 'server', image: `${image}:${tag}`, ports: ports.map(({ name: portName, port }) => ({ name: portName, number: port })) }],
      });
      deployment.select(LabelSelector.of({ labels }));
    }
    this.service = new Service(this, 'Service', { metadata: { ...metadata, labels: { app: name } }, ports });
    this.service.selectLabel('app', name);
  }
}
