import { App, Chart, Testing } from 'cdk8s';
import {
  Certificate, GatewayBinding, GatewayClass, GatewayForm, GatewayHost, IstioMesh, IstioMeshProps, MeshedGateway, MeshedGatewayProps, MeshNamespace,
} from '../../src';

export const CERTIFICATE = Certificate.fromSecretName('shop-tls');
/** Forms whose proxy is Istio's. */
export const PROVISIONED = GatewayForm.provisioned(GatewayClass.ISTIO);
export const OWN = GatewayForm.selfManaged();
export const ROUTES = GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API });

/** A gateway `door` that serves shop.example.com, and what is made of it. */
export class Door {
  public readonly chart = new Chart(new App(), 'test');
  public readonly gateway: MeshedGateway;
  public readonly mesh: IstioMesh;

  constructor(form: GatewayForm = OWN, props: Partial<MeshedGatewayProps> = {}, mesh: IstioMeshProps = {}) {
    this.mesh = new IstioMesh(this.chart, 'Mesh', mesh);
    this.gateway = new MeshedGateway(this.chart, 'Gateway', {
      name: 'door',
      namespace: new MeshNamespace(this.chart, 'Edge', { mesh: this.mesh, name: 'edge', enrolled: false }),
      form,
      hosts: [GatewayHost.https('shop.example.com', CERTIFICATE)],
      ...props,
    });
  }

  /** The objects of a kind. */
  public all(kind: string): any[] {
    return Testing.synth(this.chart).filter(object => object.kind === kind);
  }

  /** The settings of the filter in the only EnvoyFilter. */
  public filter(): any {
    return this.all('EnvoyFilter')[0].spec.configPatches[0].patch.value.typed_config;
  }
}
