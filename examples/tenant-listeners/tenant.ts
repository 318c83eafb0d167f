import { Chart } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Backend, Certificate, HttpRoute, HttpRouteMatch, IBackend, IGateway, Listener, ListenerSet, RouteParent } from 'cdk8s-mesh';

export interface TenantProps {
  /** The Gateway that the platform shares. */
  readonly gateway: IGateway;
  /** The tenant's hosts: each gets a listener, named after it. */
  readonly hosts: string[];
  /** The Secrets with their certificates, by host. */
  readonly secretOf: (host: string) => string;
}

/** What every tenant has: its hosts as listeners of the shared Gateway, in a namespace of its own name. Routes of other namespaces are not admitted. */
export class Tenant extends Chart {
  public readonly listeners: ListenerSet;

  constructor(scope: Construct, private readonly tenant: string, { gateway, hosts, secretOf }: TenantProps) {
    super(scope, tenant);
    this.listeners = new ListenerSet(this, 'Listeners', {
      metadata: { name: tenant, namespace: tenant },
      gateway,
      listeners: hosts.map(hostname => Listener.https({
        name: nameOf(hostname),
        hostname,
        certificates: [Certificate.fromSecretName(secretOf(hostname))],
      })),
    });
  }

  /** Pods, and a Service in front of them. */
  public serve(name: string, image: string): IBackend {
    const scope = new Construct(this, name);
    const metadata = { name, namespace: this.tenant };
    const selector = new Deployment(scope, 'Deployment', { metadata, containers: [{ image, portNumber: 8080 }] });
    return Backend.service(new Service(scope, 'Service', { metadata, selector, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }));
  }

  /** Sends what asks for a host to a backend: all of it, or what is under a path. */
  public route(name: string, host: string, backend: IBackend, path = '/'): void {
    new HttpRoute(this, `${name}-route`, {
      metadata: { name, namespace: this.tenant },
      parents: [RouteParent.listenerSet(this.listeners, { listener: nameOf(host) })],
      hostnames: [host],
      rules: [{ matches: [HttpRouteMatch.pathPrefix(path)], backends: [{ backend }] }],
    });
  }
}

function nameOf(host: string): string {
  return host.replace(/\./g, '-').replace('*', 'any');
}
