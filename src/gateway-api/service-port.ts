import { Service } from 'cdk8s-plus-28';

/** The port of a Service that is meant: the given one, which it must have, or its only one. */
export function servicePort(service: Service, port?: number): number {
  const ports = service.ports.map(p => p.port);
  const found = port === undefined && ports.length === 1 ? ports[0] : ports.find(p => p === port);
  if (found === undefined) {
    const known = ports.length > 0 ? `it has ${ports.join(', ')}` : 'it has none so far';
    throw new Error(port === undefined ? `service '${service.name}' has no single port: ${known}; pass port` :
      `service '${service.name}' has no port ${port}: ${known}`);
  }
  return found;
}
