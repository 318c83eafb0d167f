import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Microservice, PORT } from './microservice';
import {
  Backend, GatewayClass, GatewayForm, GatewayHost, HttpRoute, HttpRouteMatch, IstioMesh, MeshedGateway, MeshNamespace, MtlsMode, RouteParent,
} from 'cdk8s-mesh';

export interface BookinfoProps {
  readonly mesh: IstioMesh;
  readonly hostname: string;
}

/** Bookinfo and the way in. Nothing is routed yet: visitors meet the three versions of reviews by turns. */
export class Bookinfo extends Chart {
  public readonly namespaceName: string;
  public readonly productpage: Microservice;
  public readonly details: Microservice;
  public readonly reviews: Microservice;
  public readonly ratings: Microservice;

  constructor(scope: Construct, id: string, { mesh, hostname }: BookinfoProps) {
    super(scope, id);
    // Which connections it takes is one of the tasks: until then, as the mesh says.
    const namespace = new MeshNamespace(this, 'Namespace', { mesh, name: 'bookinfo', mtls: MtlsMode.UNSET });
    this.namespaceName = namespace.name;
    this.productpage = new Microservice(this, 'productpage', { namespace, writes: ['/tmp'] });
    this.details = new Microservice(this, 'details', { namespace });
    this.reviews = new Microservice(this, 'reviews', {
      namespace, versions: ['v1', 'v2', 'v3'], env: { LOG_DIR: '/tmp/logs' }, writes: ['/tmp', '/opt/ibm/wlp/output'],
    });
    this.ratings = new Microservice(this, 'ratings', { namespace });

    const gateway = new MeshedGateway(this, 'Gateway', {
      name: 'bookinfo-gateway',
      namespace: new MeshNamespace(this, 'GatewayNamespace', { mesh, name: 'bookinfo-gateway', enrolled: false }),
      form: GatewayForm.provisioned(GatewayClass.ISTIO),
      hosts: [GatewayHost.http(hostname)],
      admits: [namespace],
    });
    new HttpRoute(this, 'Route', {
      metadata: { name: 'bookinfo', namespace: namespace.name },
      parents: [RouteParent.gateway(gateway.gateway!)],
      hostnames: [hostname],
      rules: [{
        matches: [
          ...['/productpage', '/login', '/logout'].map(path => HttpRouteMatch.pathExact(path)),
          ...['/static', '/api/v1/products'].map(path => HttpRouteMatch.pathPrefix(path)),
        ],
        backends: [{ backend: Backend.service(this.productpage.service, { port: PORT }) }],
      }],
    });
  }
}
