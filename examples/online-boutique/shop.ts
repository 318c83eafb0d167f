import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Microservice } from './microservice';
import { Platform } from './platform';
import { FRONTEND, PAYMENT, SERVICES } from './services';
import { CanaryParent, CanaryRoute, CanaryVersion, ExternalService, HttpRouteMatch } from 'cdk8s-mesh';

export interface ShopProps {
  readonly platform: Platform;
}

/** What the shop's team owns: its services, who calls whom, and which version of the frontend customers see. */
export class Shop extends Chart {
  constructor(scope: Construct, id: string, { platform: { shop, shopHost, ingress, egress } }: ShopProps) {
    super(scope, id);
    const services = new Map(SERVICES.map(spec => [spec, new Microservice(this, spec.name, { spec, namespace: shop })]));
    const payment = services.get(PAYMENT)!;
    const frontend = services.get(FRONTEND)!;

    // The call graph, and nothing but: the first of these closes the namespace.
    for (const [caller, client] of services) {
      for (const { callee, methods } of caller.calls ?? []) {
        services.get(callee)!.allowFrom(client, methods);
      }
    }

    // One identity and one Service for both versions: callers and policies need not know that there are two.
    new CanaryRoute(this, 'Canary', {
      name: FRONTEND.name,
      namespace: shop,
      parents: [CanaryParent.gateway(ingress)],
      hostnames: [shopHost],
      stable: CanaryVersion.subset(frontend.service, { name: 'v1', labels: { version: 'v1' } }),
      canary: CanaryVersion.subset(frontend.service, { name: 'v2', labels: { version: 'v2' } }),
      canaryWeight: 10,
      pinned: [HttpRouteMatch.header('x-canary', 'true')],
    });

    // The demo only pretends to charge; this is how it would. The gateway begins TLS, so that it sees, and can log, each request.
    egress.allow(ExternalService.originate('api.payments.example.com'), { clients: [payment] });
  }
}
