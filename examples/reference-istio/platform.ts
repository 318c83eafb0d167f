import { Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Workload } from './workload';

/** What proxies of the mesh send to and ask: collectors of telemetry and authorizers, which are no part of the mesh themselves. */
export class Platform extends Chart {
  public readonly collector: Workload;
  public readonly zipkin: Workload;
  public readonly opa: Workload;
  public readonly oauth2Proxy: Workload;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    ['observability', 'auth'].forEach(name => new Namespace(this, name, { metadata: { name } }));
    const [observability, auth] = ['observability', 'auth'];
    this.collector = new Workload(this, 'otel-collector', {
      namespace: observability, image: 'registry.example.com/otel-collector', ports: [{ name: 'grpc-otlp', port: 4317 }],
    });
    this.zipkin = new Workload(this, 'zipkin', { namespace: observability, image: 'registry.example.com/zipkin', ports: [{ name: 'http', port: 9411 }] });
    this.opa = new Workload(this, 'opa', { namespace: auth, image: 'registry.example.com/opa', ports: [{ name: 'grpc', port: 9191 }] });
    this.oauth2Proxy = new Workload(this, 'oauth2-proxy', {
      namespace: auth, image: 'registry.example.com/oauth2-proxy', ports: [{ name: 'http', port: 4180 }],
    });
  }
}
