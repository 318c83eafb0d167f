import { App, Chart } from 'cdk8s';
import { Deployment, IServiceAccount, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import { parseAllDocuments } from 'yaml';
import {
  Certificate, GatewayForm, GatewayHost, IMeshClient, IMeshNamespace, IstioMesh, IstioMeshProps, Mesh, MeshClient, MeshedGateway,
  MeshedGatewayProps, MeshNamespace, MeshNamespaceProps, MultiClusterMesh, PrimaryClusterOptions,
} from '../../src';

/** A mesh that a column is about. */
export interface MeshKind {
  readonly id: string;
  readonly title: string;
  /** A revision that its own can be upgraded to. */
  readonly nextRevision: string;
  /** What moves it to another control plane. */
  readonly upgrade?: IstioMeshProps;
  /** What is said of the chart before anything is in it. */
  prepare?(chart: Chart): void;
  /** Declares it; what an Istio mesh is told beside what makes it this one is left to the row. */
  declare(chart: Chart, props?: IstioMeshProps): Mesh;
  /** Adds a cluster of this kind to a mesh of several. */
  addCluster(mesh: MultiClusterMesh, name: string, options?: PrimaryClusterOptions): MeshCluster;
}

type MeshCluster = ReturnType<MultiClusterMesh['addPrimary']>;

/** What a cell asks for can be written in no program: the types have no place for it. The sentence says why. */
export class Unwritable extends Error {}

/** Where the program of a cell runs: an app with a shop, and what else a row needs. */
export class Scene {
  public readonly app = new App();
  public readonly chart = new Chart(this.app, 'support');
  private readonly more: App[] = [];
  private declared?: Mesh;
  private readonly namespaces = new Map<string, MeshNamespace>();

  constructor(public readonly kind: MeshKind) {
    kind.prepare?.(this.chart);
  }

  /** Declares the mesh with settings of a row; else it is declared with none. */
  public declare(props: IstioMeshProps): this {
    this.declared = this.kind.declare(this.chart, props);
    return this;
  }

  public get mesh(): Mesh {
    return this.declared ??= this.kind.declare(this.chart);
  }

  /** For what takes an IstioMesh by its type. */
  public istioMesh(sentence: string): IstioMesh {
    if (this.mesh instanceof IstioMesh) {
      return this.mesh;
    }
    throw new Unwritable(sentence);
  }

  public namespace(name: string, props: Partial<MeshNamespaceProps> = {}): MeshNamespace {
    const made = this.namespaces.get(name) ?? new MeshNamespace(this.chart, name, { mesh: this.mesh, name, ...props });
    this.namespaces.set(name, made);
    return made;
  }

  public get shop(): MeshNamespace {
    return this.namespace('shop');
  }

  public get edge(): MeshNamespace {
    return this.namespace('edge', { enrolled: false });
  }

  /** That of the control plane, which others make. */
  public get systemNamespace(): IMeshNamespace {
    return MeshNamespace.fromNamespaceName(this.chart, 'System', this.mesh.rootNamespace, { mesh: this.mesh });
  }

  /** A service account of the shop, as a client. */
  public client(name: string = 'checkout'): IMeshClient {
    return MeshClient.serviceAccountName(this.shop, name);
  }

  public deployment(name: string, namespace: string = 'shop', port: number = 8080, serviceAccount?: IServiceAccount): Deployment {
    const metadata = { name, namespace };
    const labels = { app: name };
    const deployment = new Deployment(this.chart, `${name}-deployment`, {
      metadata,
      select: false,
      podMetadata: { labels },
      serviceAccount: serviceAccount ?? new ServiceAccount(this.chart, `${name}-account`, { metadata }),
      containers: [{ image: `registry.example.com/shop/${name}:1.4.0`, ports: [{ number: port, name: 'main' }] }],
    });
    deployment.select(LabelSelector.of({ labels }));
    return deployment;
  }

  public service(name: string, portName: string = 'http', port: number = 80, deployment: Deployment = this.deployment(name)): Service {
    const ports = [{ name: portName, port, targetPort: 8080 }];
    return new Service(this.chart, `${name}-service`, { metadata: { name, namespace: 'shop' }, selector: deployment, ports });
  }

  /** A gateway, by default with one host, whose routes come from the shop. */
  public gateway(form: GatewayForm, props: Partial<MeshedGatewayProps> = {}): MeshedGateway {
    const hosts = [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))];
    return new MeshedGateway(this.chart, 'Door', { namespace: this.edge, form, hosts, admits: [this.shop], ...props });
  }

  /** Objects of an app beside that of the scene, such as a cluster's. */
  public alsoRender(app: App): void {
    this.more.push(app);
  }

  /** All objects, once all constructs agree. */
  public render(): object[] {
    return [this.app, ...this.more].flatMap(app => parseAllDocuments(app.synthYaml())).map(document => document.toJS() as object).filter(Boolean);
  }
}
