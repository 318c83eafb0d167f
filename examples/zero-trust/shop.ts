import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Microservice } from './microservice';
import { Platform } from './platform';
import { POLICY_AGENT } from './policy-agent';
import { Backend, EgressGateway, ExternalAuthorization, ExternalService, HttpRoute, Mesh, MeshNamespace, RouteParent } from 'cdk8s-mesh';

export interface ShopProps {
  readonly mesh: Mesh;
  readonly platform: Platform;
  readonly hostname: string;
}

/** The services of the shop, and who may call whom. What is not said here is refused. */
export class Shop extends Chart {
  public readonly catalog: Microservice;
  public readonly payments: Microservice;

  constructor(scope: Construct, id: string, { mesh, platform, hostname }: ShopProps) {
    super(scope, id);
    const storefront = new Microservice(this, 'storefront', mesh);
    const catalog = this.catalog = new Microservice(this, 'catalog', mesh);
    const orders = new Microservice(this, 'orders', mesh);
    const payments = this.payments = new Microservice(this, 'payments', mesh);

    // The call graph.
    storefront.workload.allowFrom(platform.gateway);
    storefront.mayCall(catalog, { methods: ['GET'], paths: ['/products/*'] });
    storefront.mayCall(orders, { methods: ['GET', 'POST'], paths: ['/orders', '/orders/*'] });
    orders.mayCall(payments, { methods: ['POST'], paths: ['/charges', '/refunds'] });

    // Customers come by the gateway.
    new HttpRoute(this, 'Route', {
      metadata: { name: 'storefront', namespace: storefront.namespace.name },
      parents: [RouteParent.gateway(platform.gateway.gateway!, { listener: 'https' })],
      hostnames: [hostname],
      rules: [{ backends: [{ backend: Backend.service(storefront.service) }] }],
    });

    // That orders may ask for refunds does not mean that it gets each: the policy agent decides.
    platform.policyAgent.answer(payments);
    new ExternalAuthorization(this, 'Refunds', {
      metadata: { name: 'refunds', namespace: payments.namespace.name }, selector: payments.selector, provider: POLICY_AGENT, paths: ['/refunds'],
    });

    // The way out: payments, to the bank. Nobody else, and nowhere else.
    new EgressGateway(this, 'Egress', {
      namespace: new MeshNamespace(this, 'EgressNamespace', { mesh, name: 'egress', enrolled: false }),
      clientNamespaces: [storefront, catalog, orders, payments].map(({ namespace }) => namespace),
    }).allow(ExternalService.originate('api.bank.example.com'), { clients: [payments.workload] });
  }
}
