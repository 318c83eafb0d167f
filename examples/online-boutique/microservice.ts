import { Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { makeDeployment } from './deployment';
import { ServiceSpec } from './service-spec';
import { IMeshClient, IMeshNamespace, MeshWorkload } from 'cdk8s-mesh';

export interface MicroserviceProps {
  readonly spec: ServiceSpec;
  readonly namespace: IMeshNamespace;
}

/** A service of the shop: one identity, one Service, and a Deployment for each version. */
export class Microservice extends Construct implements IMeshClient {
  public readonly service: Service;
  public readonly clientNamespace: IMeshNamespace;
  public readonly clientServiceAccount: string;

  private readonly spec: ServiceSpec;
  private readonly workloads: MeshWorkload[];

  constructor(scope: Construct, id: string, { spec, namespace }: MicroserviceProps) {
    super(scope, id);
    this.spec = spec;
    const { name, protocol, port, targetPort = port } = spec;
    const metadata = { name, namespace: namespace.name, labels: { app: name } };

    const serviceAccount = new ServiceAccount(this, 'ServiceAccount', { metadata });
    this.clientNamespace = namespace;
    this.clientServiceAccount = serviceAccount.name;

    this.service = new Service(this, 'Service', { metadata, ports: [{ name: protocol, port, targetPort }] });
    this.service.selectLabel('app', name);

    const versions: (string | undefined)[] = spec.versions ? Object.keys(spec.versions) : [undefined];
    this.workloads = versions.map(version => {
      const pods = new Construct(this, version ?? 'pods');
      const workload = makeDeployment(pods, { spec, namespace: namespace.name, serviceAccount, version });
      return new MeshWorkload(pods, 'Workload', { namespace, workload });
    });
  }

  /**
   * Lets a client call this service, and closes the namespace for everything that is not allowed.
   *
   * @param client who may call
   * @param methods the gRPC methods that it needs, or all of them; what is no gRPC is allowed by its port
   */
  public allowFrom(client: IMeshClient, methods: string[] = ['*']): this {
    const { grpcService, port, targetPort = port } = this.spec;
    // A call of gRPC is a POST to its service and method.
    const asked = grpcService === undefined ? {} : { methods: ['POST'], paths: methods.map(method => `/hipstershop.${grpcService}/${method}`) };
    this.workloads.forEach(workload => workload.allowFrom(client, { ports: [targetPort], ...asked }));
    return this;
  }
}
