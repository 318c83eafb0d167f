import { App, Chart, Testing } from 'cdk8s';
import {
  Certificate, ClientAddress, GatewayClass, GatewayEdge, GatewayForm, GatewayHost, IstioMesh, Mesh, MeshedGateway, MeshedGatewayProps, MeshNamespace,
  ProvisionedGatewayOptions,
} from '../../src';

/** What a test may say of a gateway. */
export interface DoorProps extends Partial<MeshedGatewayProps> {
  readonly options?: ProvisionedGatewayOptions;
  readonly mesh?: (chart: Chart) => Mesh;
}

/** A gateway `door` of Envoy Gateway for two hosts with certificates, and what is made of it. */
export class Door {
  public readonly chart = new Chart(new App(), 'test');
  public readonly gateway: MeshedGateway;

  constructor({ options, mesh = chart => new IstioMesh(chart, 'Mesh'), ...props }: DoorProps = {}) {
    this.gateway = new MeshedGateway(this.chart, 'Gateway', {
      name: 'door',
      namespace: new MeshNamespace(this.chart, 'Edge', { mesh: mesh(this.chart), name: 'edge', enrolled: false }),
      form: GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY, options),
      hosts: ['shop.example.com', 'admin.example.com'].map(host => GatewayHost.https(host, Certificate.fromSecretName('tls'))),
      clientAddress: ClientAddress.forwardedFor(1),
      ...props,
    });
  }

  public get edge(): GatewayEdge {
    return this.gateway.edge;
  }

  /** The specs of a kind, by the names of the objects. */
  public readonly all = (kind: string): { [name: string]: any } =>
    Object.fromEntries(Testing.synth(this.chart).filter(object => object.kind === kind).map(({ metadata, spec }) => [metadata.name, spec]));
}

/** A reference to the gateway, or to a listener of it. */
export function door(sectionName?: string): object {
  return { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'door', ...sectionName !== undefined && { sectionName } };
}
