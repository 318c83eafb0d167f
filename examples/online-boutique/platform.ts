import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Certificate, EgressGateway, GatewayForm, GatewayHost, Mesh, MeshedGateway, MeshNamespace } from 'cdk8s-mesh';

export interface PlatformProps {
  readonly mesh: Mesh;
  /** The namespace that the shop gets. */
  readonly shopNamespace: string;
  /** The host under which customers reach the shop. */
  readonly shopHost: string;
}

/** What the platform team owns: namespaces, the way in, the way out. */
export class Platform extends Chart {
  public readonly shop: MeshNamespace;
  public readonly shopHost: string;
  public readonly ingress: MeshedGateway;
  public readonly egress: EgressGateway;

  constructor(scope: Construct, id: string, { mesh, shopNamespace, shopHost }: PlatformProps) {
    super(scope, id);
    this.shopHost = shopHost;
    this.shop = new MeshNamespace(this, 'Shop', { mesh, name: shopNamespace });

    // Pods of gateways join the mesh by a label of their own, and nothing else is to run beside them. The way in is no way out.
    this.ingress = new MeshedGateway(this, 'Ingress', {
      name: 'public',
      namespace: new MeshNamespace(this, 'IngressNamespace', { mesh, name: 'ingress', enrolled: false }).confine(),
      form: GatewayForm.selfManaged({ minReplicas: 3, maxReplicas: 10 }),
      hosts: [GatewayHost.https(shopHost, Certificate.fromSecretName('shop-tls'))],
      admits: [this.shop],
    });
    this.egress = new EgressGateway(this, 'Egress', {
      namespace: new MeshNamespace(this, 'EgressNamespace', { mesh, name: 'egress', enrolled: false }),
      clientNamespaces: [this.shop],
    });
  }
}
