import { Protocol, Service } from 'cdk8s-plus-28';

/** What routes and gateways send over. */
export type Transport = 'TCP' | 'UDP';

const TRANSPORTS: readonly Transport[] = ['TCP', 'UDP'];

/**
 * The port that is meant by who sends over a transport: the given one, which the Service must have, or its only one of that transport.
 *
 * @param sender who sends, as messages name it
 */
export function servicePort(service: Service, transport: Transport, port?: number, sender?: string): number {
  const found = portsOf(service, transport, port);
  if (found.length !== 1) {
    const whom = sender === undefined ? '' : ` for ${sender}`;
    const remedy = found.length > 1 ? 'pass port' : `declare one with protocol ${transport}, or use another Service`;
    throw new Error(`service '${service.name}' has no ${found.length > 1 ? 'single ' : ''}${transport} port${numbered(port)}${whom}: ${known(service)}; ${remedy}`);
  }
  return found[0];
}

/** Refuses a port that the Service lacks; where none is given, ports of which no transport says the one. */
export function checkServicePort(service: Service, port?: number): void {
  if (!TRANSPORTS.some(transport => portsOf(service, transport, port).length === 1)) {
    throw new Error(port === undefined ? `service '${service.name}' has no single port: ${known(service)}; pass port` :
      `service '${service.name}' has no port${numbered(port)}: ${known(service)}`);
  }
}

function portsOf(service: Service, transport: Transport, port?: number): number[] {
  return service.ports.filter(each => protocolOf(each) === transport && (port ?? each.port) === each.port).map(each => each.port);
}

function known(service: Service): string {
  return service.ports.length > 0 ? `it has ${service.ports.map(each => `${each.port}/${protocolOf(each)}`).join(', ')}` : 'it has none so far';
}

function protocolOf({ protocol = Protocol.TCP }: { protocol?: Protocol }): Protocol {
  return protocol;
}

function numbered(port?: number): string {
  return port === undefined ? '' : ` ${port}`;
}
