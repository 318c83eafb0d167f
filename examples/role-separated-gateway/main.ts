/**
 * One Gateway for many teams, where nobody has to trust the others: a file for each persona of Gateway API, which may write all of its own file and nothing of
 * the other files. The infrastructure provider has the class and says who may write what, the cluster operator has the Gateway and says which team has which
 * host, and the teams have their routes. Where a route of one team leads to a Service of another, the permission is in the file of the other.
 */
import { App, Chart } from 'cdk8s';
import { Deployment, Namespace, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Infrastructure } from './infrastructure';
import {
  Backend, Certificate, Gateway, HttpRedirectScheme, HttpRoute, HttpRouteFilter, HttpRouteMatch, Listener, RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** Pods, and a Service in front of them. */
class Workload extends Construct {
  public readonly service: Service;

  constructor(scope: Construct, name: string, namespace: Namespace, image: string) {
    super(scope, name);
    const metadata = { name, namespace: namespace.name };
    const deployment = new Deployment(this, 'Deployment', { metadata, containers: [{ image, portNumber: 8080 }] });
    this.service = new Service(this, 'Service', { metadata, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  }
}

/** The cluster operator: a host is a listener, which admits the one team that the host belongs to. */
class ClusterOperator extends Chart {
  public readonly gateway: Gateway;

  constructor(scope: Construct, id: string, { gatewayClass, edge, storefront, catalogue }: Infrastructure) {
    super(scope, id);
    const host = (name: string, hostname: string, team: Namespace) => Listener.https({
      name, hostname, certificates: [Certificate.fromSecretName(`${name}-example-com-tls`)], routes: RouteNamespaces.of(team),
    });
    this.gateway = new Gateway(this, 'Gateway', {
      metadata: { name: 'public', namespace: edge.name },
      gatewayClass,
      listeners: [Listener.http(), host('www', 'www.example.com', storefront), host('api', 'api.example.com', catalogue)],
    });
    new HttpRoute(this, 'Redirect', {
      metadata: { name: 'redirect-to-https', namespace: edge.name },
      parents: [RouteParent.gateway(this.gateway, { listener: 'http' })],
      rules: [{ filters: [HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS, statusCode: 301 })] }],
    });
  }
}

/** A team that serves its own host, and hands its pictures to the storefront. */
class CatalogueTeam extends Chart {
  public readonly pictures: Service;

  constructor(scope: Construct, id: string, { catalogue }: Infrastructure, gateway: Gateway) {
    super(scope, id);
    const products = new Workload(this, 'products', catalogue, 'registry.example.com/catalogue/products:7.3.0').service;
    this.pictures = new Workload(this, 'pictures', catalogue, 'registry.example.com/catalogue/pictures:2.1.4').service;
    new HttpRoute(this, 'Api', {
      metadata: { name: 'products', namespace: catalogue.name },
      parents: [RouteParent.gateway(gateway, { listener: 'api' })],
      hostnames: ['api.example.com'],
      rules: [{ matches: [HttpRouteMatch.pathPrefix('/products')], backends: [{ backend: Backend.service(products) }] }],
    });
  }
}

/** A team whose visitors see what another team serves. */
class StorefrontTeam extends Chart {
  constructor(scope: Construct, id: string, { storefront }: Infrastructure, gateway: Gateway, pictures: Service) {
    super(scope, id);
    const web = new Workload(this, 'web', storefront, 'registry.example.com/storefront/web:12.0.1').service;
    new HttpRoute(this, 'Shop', {
      metadata: { name: 'shop', namespace: storefront.name },
      parents: [RouteParent.gateway(gateway, { listener: 'www' })],
      hostnames: ['www.example.com'],
      rules: [
        // The ReferenceGrant that this takes is the catalogue's to write, and so it is in the chart of the Service.
        { matches: [HttpRouteMatch.pathPrefix('/pictures')], backends: [{ backend: Backend.service(pictures) }] },
        { backends: [{ backend: Backend.service(web) }] },
      ],
    });
  }
}

const app = new App();
const infrastructure = new Infrastructure(app, 'infrastructure');
const { gateway } = new ClusterOperator(app, 'cluster-operator', infrastructure);
const { pictures } = new CatalogueTeam(app, 'team-catalogue', infrastructure, gateway);
new StorefrontTeam(app, 'team-storefront', infrastructure, gateway, pictures);

app.synth();
