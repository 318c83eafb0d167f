import { App, Chart, Testing } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  Certificate, DataPlane, GatewayClass, GatewayForm, GatewayHost, IMeshNamespace, IstioMesh, LinkerdMesh, Mesh, MeshedGateway, MeshNamespace,
  MeshNamespaceProps, MeshWorkload, MeshWorkloadProps,
} from '../../src';

/** The app of a test, its mesh, and the namespace whose workloads are called. */
export let chart: Chart;
export let mesh: Mesh;
export let shop: MeshNamespace;

export const SIDECARS = (scope: Chart) => new IstioMesh(scope, 'Mesh');
export const AMBIENT = (scope: Chart) => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT });
export const LINKERD = (scope: Chart) => new LinkerdMesh(scope, 'Mesh');

export function setUp(make: (scope: Chart) => Mesh, props: Partial<MeshNamespaceProps> = {}) {
  chart = new Chart(new App(), 'test');
  mesh = make(chart);
  shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop', ...props });
}

export const namespace = (name: string, props: Partial<MeshNamespaceProps> = {}) => new MeshNamespace(chart, `Namespace-${name}`, { mesh, name, ...props });

export function workload(name: string, at: IMeshNamespace = shop, props: Partial<MeshWorkloadProps> = {}) {
  return new MeshWorkload(chart, `Workload-${name}`, { namespace: at, workload: deployment(name, at), ...props });
}

export function deployment(name: string, at: IMeshNamespace = shop) {
  const metadata = { name, namespace: at.name };
  const made = new Deployment(chart, `Deployment-${name}`, {
    metadata,
    podMetadata: { labels: { app: name } },
    select: false,
    serviceAccount: new ServiceAccount(chart, `ServiceAccount-${name}`, { metadata }),
    containers: [{ image: name, ports: [{ number: 8080 }, { number: 9090 }] }],
  });
  made.select(LabelSelector.of({ labels: { app: name } }));
  return made;
}

export const service = (name: string, ports = [{ port: 80, targetPort: 8080 }]) =>
  new Service(chart, `Service-${name}`, { metadata: { name, namespace: 'shop' }, ports: ports.map((port, i) => ({ name: `p${i}`, ...port })) });

export function gateway() {
  return new MeshedGateway(chart, 'Gateway', {
    name: 'public',
    namespace: namespace('edge', { enrolled: false }),
    form: GatewayForm.provisioned(GatewayClass.ISTIO),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    admits: [shop],
  });
}

/** By namespace and name. */
export const policies = (): { [name: string]: any } => Object.fromEntries(Testing.synth(chart).filter(({ kind }) => kind === 'AuthorizationPolicy')
  .map(({ metadata, spec }) => [`${metadata.namespace}/${metadata.name}`, spec]));
export const principal = (...principals: string[]) => [{ source: { principals } }];
