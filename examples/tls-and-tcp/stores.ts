import { Deployment, Protocol, Service, StatefulSet } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

export interface StoreProps {
  readonly namespace: string;
  readonly image: string;
  /** The name of the port, by which a mesh knows what it speaks, and a policy which port it is about. */
  readonly portName: string;
  readonly port: number;
}

/** A database whose pods keep their data, and a Service in front of them. */
export class Store extends Construct {
  public readonly service: Service;

  constructor(scope: Construct, name: string, { namespace, image, portName, port }: StoreProps) {
    super(scope, name);
    const metadata = { name, namespace };
    this.service = new Service(this, 'Service', { metadata, ports: [{ name: portName, port }] });
    // It has its Service select its pods.
    new StatefulSet(this, 'StatefulSet', { metadata, service: this.service, containers: [{ image, portNumber: port }] });
  }
}

/** The same for a broker, of which any pod will do. */
export class Broker extends Construct {
  public readonly service: Service;

  constructor(scope: Construct, name: string, { namespace, image, portName, port }: StoreProps) {
    super(scope, name);
    const metadata = { name, namespace };
    const selector = new Deployment(this, 'Deployment', { metadata, containers: [{ image, portNumber: port }] });
    this.service = new Service(this, 'Service', { metadata, selector, ports: [{ name: portName, port }] });
  }
}

/** A name server, which answers by datagrams, and by connections what is too long for them. */
export class NameServer extends Construct {
  public readonly service: Service;

  constructor(scope: Construct, name: string, namespace: string, image: string) {
    super(scope, name);
    const metadata = { name, namespace };
    const selector = new Deployment(this, 'Deployment', {
      metadata,
      containers: [{ image, ports: [{ name: 'dns', number: 5353, protocol: Protocol.UDP }, { name: 'dns-tcp', number: 5354 }] }],
    });
    this.service = new Service(this, 'Service', {
      metadata,
      selector,
      ports: [{ name: 'dns', port: 53, protocol: Protocol.UDP, targetPort: 5353 }, { name: 'dns-tcp', port: 53, targetPort: 5354 }],
    });
  }
}
