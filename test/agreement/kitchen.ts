import { Chart, Duration } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import { ExternalAuthorizer, IMeshNamespace, IstioMesh, Mesh, MeshedGateway, MeshNamespace, MeshWorkload, ProviderService } from '../../src';

/** How a workload is called. */
export interface Ports {
  readonly port: number;
  readonly targetPort: number;
  readonly portName: string;
}

/** Ports that no recipe asks about. */
export const USUAL: Ports = { port: 80, targetPort: 8080, portName: 'http' };

/** A workload, its Service and its identity. */
export class Pods {
  readonly deployment: Deployment;
  readonly service: Service;
  readonly account: ServiceAccount;

  constructor(chart: Chart, id: string, namespace: IMeshNamespace, app: string = id, { port, targetPort, portName }: Ports = USUAL, labels = {}) {
    const metadata = { name: id, namespace: namespace.name };
    const own = { app, ...labels };
    this.account = new ServiceAccount(chart, `${id}-account`, { metadata });
    this.deployment = new Deployment(chart, `${id}-pods`, {
      metadata,
      podMetadata: { labels: own },
      select: false,
      serviceAccount: this.account,
      containers: [{ image: id, ports: [{ number: targetPort }] }],
    });
    this.deployment.select(LabelSelector.of({ labels: own }));
    this.service = new Service(chart, `${id}-service`, { metadata, ports: [{ name: portName, port, targetPort }] });
    this.service.selectLabel('app', app);
  }
}

/** The same with what the mesh knows of it. */
export class MeshedPods extends Pods {
  readonly workload: MeshWorkload;

  constructor(chart: Chart, id: string, namespace: IMeshNamespace, app = id, ports = USUAL, labels = {}) {
    super(chart, id, namespace, app, ports, labels);
    this.workload = new MeshWorkload(chart, `${id}-workload`, { namespace, workload: this.deployment, services: [this.service] });
  }
}

/** Where dishes are made: a mesh with a shop, and what a recipe has made of it. */
export interface Kitchen {
  readonly chart: Chart;
  readonly mesh: Mesh;
  /** The mesh that the recipe asks for. */
  readonly asked: string;
  readonly shop: MeshNamespace;
  readonly edge: MeshNamespace;
  readonly client: MeshedPods;
  readonly gateway?: MeshedGateway;
  readonly dice: Dice;
}

/** Chooses among options, the same for the same number. */
export class Dice {
  constructor(private state: number) {}

  pick<T>(...options: T[]): T {
    this.state = (this.state * 1103515245 + 12345) % 2 ** 31;
    return options[Math.floor(this.state / 65536) % options.length];
  }

  /** An option, or that nothing is said. */
  maybe<T>(option: T): T | undefined {
    return this.pick(option, undefined);
  }
}

/** A namespace of a dish's own. */
export function namespaceOf({ chart, mesh }: Kitchen, name: string, props = {}): MeshNamespace {
  return new MeshNamespace(chart, `namespace-${name}`, { mesh, name, ...props });
}

/** For what takes an IstioMesh by its type. */
export function istioOf({ mesh }: Kitchen): IstioMesh {
  if (!(mesh instanceof IstioMesh)) {
    throw new Error('this dish is of Istio');
  }
  return mesh;
}

/** The provider that every Istio mesh of a recipe has. */
export const AUTHORIZER = ExternalAuthorizer.openPolicyAgent('opa', { timeout: Duration.seconds(1), service: ProviderService.serviceName('opa', 'policies', 9191) });

/** Its pods, which dishes that ask it share. */
export function opaOf(kitchen: Kitchen): MeshWorkload {
  const before = kitchen.chart.node.tryFindChild('opa-workload') as MeshWorkload | undefined;
  return before ?? new MeshedPods(kitchen.chart, 'opa', namespaceOf(kitchen, 'policies'), 'opa', { port: 9191, targetPort: 9191, portName: 'grpc' }).workload;
}
