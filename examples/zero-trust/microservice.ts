import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { AllowOptions, Mesh, MeshNamespace, MeshWorkload, WorkloadSelector } from 'cdk8s-mesh';

const PORT = 8080;
/** A placeholder: put your own registry here. */
const REGISTRY = 'registry.example.com/shop';

/** A service and the team that runs it: a namespace, an identity, pods, and a Service. */
export class Microservice extends Construct {
  public readonly namespace: MeshNamespace;
  public readonly service: Service;
  public readonly workload: MeshWorkload;
  /** How policies of its namespace select its pods. */
  public readonly selector: WorkloadSelector;

  constructor(scope: Construct, name: string, mesh: Mesh) {
    super(scope, name);
    this.namespace = new MeshNamespace(this, 'Namespace', { mesh, name });
    const labels = { app: name };
    const metadata = { name, namespace: name, labels };
    const deployment = new Deployment(this, 'Deployment', {
      metadata,
      podMetadata: { labels },
      select: false,
      serviceAccount: new ServiceAccount(this, 'ServiceAccount', { metadata }),
      containers: [{ image: `${REGISTRY}/${name}:1.0.0`, portNumber: PORT }],
    });
    deployment.select(LabelSelector.of({ labels }));
    this.service = new Service(this, 'Service', { metadata, ports: [{ name: 'http', port: PORT }] });
    this.service.selectLabel('app', name);
    this.workload = new MeshWorkload(this, 'Workload', { namespace: this.namespace, workload: deployment });
    this.selector = WorkloadSelector.workload(deployment);
  }

  /** Lets this service call another one: its sidecar gets to know the other namespace, and the other side lets it in, for these requests and no others. */
  public mayCall(callee: Microservice, requests: Pick<AllowOptions, 'methods' | 'paths'>): this {
    this.namespace.reach(callee.namespace);
    callee.workload.allowFrom(this.workload, { ports: [PORT], ...requests });
    return this;
  }
}
