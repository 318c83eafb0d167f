import { ApiObjectMetadata, Chart } from 'cdk8s';
import { Deployment, LabelSelector, Namespace, Service, ServiceAccount, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

const PORTS = [
  { name: 'http', number: 8080 }, { name: 'http-old', number: 8081 }, { name: 'grpc', number: 9000 },
  { name: 'events', number: 5672 }, { name: 'secure', number: 8443 }, { name: 'any', number: 7000 },
];

/** What the kinds of Linkerd are about: a shop, whom it knows, and where it runs. */
export class Shop extends Chart {
  public readonly catalog: Workload;
  public readonly catalogService: Service;
  public readonly checkout: ServiceAccount;
  public readonly monitoring: Namespace;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Namespace(this, 'shop', { metadata: { name: 'shop', annotations: { 'linkerd.io/inject': 'enabled' } } });
    this.monitoring = new Namespace(this, 'monitoring', { metadata: { name: 'monitoring', annotations: { 'linkerd.io/inject': 'enabled' } } });
    this.checkout = new ServiceAccount(this, 'checkout', { metadata: this.named('checkout') });
    const labels = { app: 'catalog' };
    const catalog = new Deployment(this, 'catalog', {
      metadata: this.named('catalog'),
      select: false,
      podMetadata: { labels },
      serviceAccount: new ServiceAccount(this, 'catalog-account', { metadata: this.named('catalog') }),
      containers: [{ image: 'registry.example.com/shop/catalog:1.4.0', ports: PORTS }],
    });
    catalog.select(LabelSelector.of({ labels }));
    this.catalog = catalog;
    this.catalogService = new Service(this, 'catalog-service', {
      metadata: this.named('catalog'), selector: catalog, ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    });
  }

  /** The metadata of an object of the shop. */
  public named(name: string): ApiObjectMetadata {
    return { name, namespace: 'shop' };
  }
}
