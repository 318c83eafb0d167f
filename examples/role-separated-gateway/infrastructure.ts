import { Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Access } from './access';
import { GatewayClass, GatewayController } from 'cdk8s-mesh';

/** What the infrastructure provider says: which gateways there are to be had, who works where, and who may write what. */
export class Infrastructure extends Chart {
  public readonly gatewayClass: GatewayClass;
  public readonly edge: Namespace;
  public readonly storefront: Namespace;
  public readonly catalogue: Namespace;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.gatewayClass = new GatewayClass(this, 'GatewayClass', {
      metadata: { name: 'internet' },
      controller: GatewayController.ISTIO,
      description: 'Gateways with a public address',
    });
    this.edge = this.makeNamespace('edge');
    this.storefront = this.makeNamespace('storefront');
    this.catalogue = this.makeNamespace('catalogue');

    const access = new Access(this, 'Access', this.edge);
    access.give(this.storefront, 'team-storefront');
    access.give(this.catalogue, 'team-catalogue');
  }

  private makeNamespace(name: string): Namespace {
    return new Namespace(this, name, { metadata: { name } });
  }
}
