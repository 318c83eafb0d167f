import { App, Chart, Duration } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Backend, GatewayApi, GatewayController, GrpcRoute, GrpcRouteMatch, HttpRoute, HttpRouteMatch, IMeshNamespace, IstioMesh, MeshNamespace, RouteParent,
} from 'cdk8s-mesh';

interface WorkloadProps {
  readonly namespace: IMeshNamespace;
  readonly image: string;
  /** The name of the port, by which the mesh knows what it speaks. */
  readonly protocol: string;
  readonly port: number;
}

/** Pods, and a Service in front of them. */
class Workload extends Construct {
  public readonly service: Service;

  constructor(scope: Construct, name: string, { namespace, image, protocol, port }: WorkloadProps) {
    super(scope, name);
    const metadata = { name, namespace: namespace.name };
    const deployment = new Deployment(this, 'Deployment', { metadata, containers: [{ image, portNumber: port }] });
    this.service = new Service(this, 'Service', { metadata, selector: deployment, ports: [{ name: protocol, port }] });
  }
}

const app = new App();
// Istio reads the routes of Services here: what it does not know is refused.
GatewayApi.declare(app, { mesh: GatewayController.ISTIO });
const mesh = new IstioMesh(app, 'Mesh');

/** The catalogue's team says what holds for all its clients. */
class Catalogue extends Chart {
  public readonly service: Service;
  public readonly next: Service;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const namespace = new MeshNamespace(this, 'Namespace', { mesh, name: 'catalogue' });
    const version = (name: string, tag: string) =>
      new Workload(this, name, { namespace, image: `registry.example.com/catalogue:${tag}`, protocol: 'http', port: 8080 }).service;
    this.service = version('catalogue', '3.4.1');
    this.next = version('catalogue-next', '4.0.0');

    new HttpRoute(this, 'Route', {
      metadata: { name: 'catalogue', namespace: namespace.name },
      parents: [RouteParent.producerService(this.service, { port: 8080 })],
      rules: [
        { name: 'preview', matches: [HttpRouteMatch.header('x-preview', 'true')], backends: [{ backend: Backend.service(this.next) }] },
        {
          name: 'products',
          timeouts: { request: Duration.seconds(2), backendRequest: Duration.millis(500) },
          retry: { attempts: 2, codes: [502, 503], backoff: Duration.millis(50) },
          backends: [{ backend: Backend.service(this.service) }],
        },
      ],
    });
  }
}

/** The team of reports reads for minutes, and wants the next version now: for its own pods its route takes the place of the catalogue's. */
class Reports extends Chart {
  constructor(scope: Construct, id: string, catalogue: Catalogue) {
    super(scope, id);
    const namespace = new MeshNamespace(this, 'Namespace', { mesh, name: 'reports' });
    new Workload(this, 'nightly', { namespace, image: 'registry.example.com/reports:1.0.7', protocol: 'http', port: 8080 });
    new HttpRoute(this, 'Route', {
      metadata: { name: 'catalogue-for-reports', namespace: namespace.name },
      parents: [RouteParent.consumerService(catalogue.service, { port: 8080 })],
      rules: [{ timeouts: { request: Duration.minutes(5) }, backends: [{ backend: Backend.service(catalogue.next) }] }],
    });
  }
}

/** The payments' team routes gRPC: who asks for a refund gets pods of their own. */
class Payments extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const namespace = new MeshNamespace(this, 'Namespace', { mesh, name: 'payments' });
    const workload = (name: string) =>
      new Workload(this, name, { namespace, image: 'registry.example.com/payments:5.1.0', protocol: 'grpc', port: 50051 }).service;
    const payments = workload('payments');
    const refunds = workload('payments-refunds');

    new GrpcRoute(this, 'Route', {
      metadata: { name: 'payments', namespace: namespace.name },
      parents: [RouteParent.producerService(payments, { port: 50051 })],
      rules: [
        { name: 'refunds', matches: [GrpcRouteMatch.serviceMethod('payments.v1.Payments', 'Refund')], backends: [{ backend: Backend.service(refunds) }] },
        // A Service with a route has no other way: what no rule is about, fails.
        { name: 'others', backends: [{ backend: Backend.service(payments) }] },
      ],
    });
  }
}

const catalogue = new Catalogue(app, 'catalogue');
new Reports(app, 'reports', catalogue);
new Payments(app, 'payments');

app.synth();
