import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IMeshNamespace, MeshWorkload } from 'cdk8s-mesh';

export interface ApplicationProps {
  readonly namespace: IMeshNamespace;
  readonly image: string;
  readonly port: number;
  /** What it speaks on the port. */
  readonly protocol?: 'http' | 'grpc';
  readonly args?: string[];
}

/** An application of the mesh: its pods, their identity, and a Service. Nobody may call it who is not let in. */
export class Application extends Construct {
  public readonly service: Service;
  public readonly workload: MeshWorkload;

  constructor(scope: Construct, id: string, { namespace, image, port, protocol = 'http', args }: ApplicationProps) {
    super(scope, id);
    const metadata = { name: id, namespace: namespace.name };
    const deployment = new Deployment(this, 'Deployment', {
      metadata,
      serviceAccount: new ServiceAccount(this, 'ServiceAccount', { metadata }),
      containers: [{ image, portNumber: port, args }],
    });
    this.service = new Service(this, 'Service', { metadata, selector: deployment, ports: [{ name: protocol, port }] });
    this.workload = new MeshWorkload(this, 'Workload', { namespace, workload: deployment, services: [this.service] });
  }
}
