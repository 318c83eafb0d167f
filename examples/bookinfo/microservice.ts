import { Size } from 'cdk8s';
import { Cpu, Deployment, EnvValue, LabelSelector, Service, ServiceAccount, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Destination, DestinationRule, IMeshNamespace, IstioHost } from 'cdk8s-mesh';

export interface MicroserviceProps {
  readonly namespace: IMeshNamespace;
  /** Of several versions, each gets a Deployment, and a subset that routes can name. */
  readonly versions?: string[];
  /** More variables of its containers. */
  readonly env?: { readonly [name: string]: string };
  /** Where its containers may write; by default nowhere. */
  readonly writes?: string[];
}

/** The port of every service of Bookinfo. */
export const PORT = 9080;
const RELEASE = '1.20.3';

/** A service of Bookinfo: one identity, one Service, and a Deployment for each version. */
export class Microservice extends Construct {
  public readonly service: Service;

  private readonly subsets?: DestinationRule;

  constructor(scope: Construct, name: string, { namespace, versions = ['v1'], env = {}, writes = [] }: MicroserviceProps) {
    super(scope, name);
    const metadata = { name, namespace: namespace.name, labels: { app: name } };
    const serviceAccount = new ServiceAccount(this, 'ServiceAccount', { metadata: { ...metadata, name: `bookinfo-${name}` } });
    this.service = new Service(this, 'Service', { metadata, ports: [{ name: 'http', port: PORT }] });
    this.service.selectLabel('app', name);

    for (const version of versions) {
      const labels = { app: name, version };
      const pods = new Construct(this, version);
      const deployment = new Deployment(pods, 'Deployment', {
        metadata: { name: `${name}-${version}`, namespace: namespace.name, labels },
        podMetadata: { labels },
        select: false,
        replicas: 1,
        serviceAccount,
        containers: [{
          name,
          image: `istio/examples-bookinfo-${name}-${version}:${RELEASE}`,
          portNumber: PORT,
          envVariables: Object.fromEntries(Object.entries(env).map(([variable, value]) => [variable, EnvValue.fromValue(value)])),
          resources: { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(128) } },
          volumeMounts: writes.map((path, i) => ({ path, volume: Volume.fromEmptyDir(pods, path, `scratch-${i}`) })),
        }],
      });
      deployment.select(LabelSelector.of({ labels }));
    }
    if (versions.length > 1) {
      this.subsets = new DestinationRule(this, 'Subsets', {
        metadata,
        host: IstioHost.service(this.service),
        subsets: versions.map(version => ({ name: version, labels: { version } })),
      });
    }
  }

  /** The pods of all versions, as a route names them. */
  public get all(): Destination {
    return Destination.service(this.service);
  }

  /**
   * The pods of one version, as a route names them.
   *
   * @throws when there are no several versions, or it is not one of them
   */
  public version(version: string): Destination {
    if (this.subsets === undefined) {
      throw new Error(`service '${this.service.name}' has one version, got '${version}': use all`);
    }
    return Destination.subset(this.subsets.subset(version));
  }
}
