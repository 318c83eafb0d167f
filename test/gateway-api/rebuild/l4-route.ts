import { Construct } from 'constructs';
import { NotWritable } from './not-writable';
import { Json, parents, weighted } from './references';
import { TcpRoute, TlsRoute, UdpRoute } from '../../../src';

export function tlsRoute(scope: Construct, id: string, route: Json): void {
  new TlsRoute(scope, id, { ...common(scope, route), hostnames: route.spec.hostnames });
}

export function tcpRoute(scope: Construct, id: string, route: Json): void {
  new TcpRoute(scope, id, common(scope, route));
}

export function udpRoute(scope: Construct, id: string, route: Json): void {
  new UdpRoute(scope, id, common(scope, route));
}

function common(scope: Construct, { metadata, spec }: Json) {
  if (spec.rules.length !== 1) {
    throw new NotWritable(`a route of layer 4 has one rule, got ${spec.rules.length}`);
  }
  const [{ name, backendRefs }] = spec.rules;
  return { metadata, parents: parents(scope, metadata, spec), ruleName: name, backends: backendRefs.map(weighted) };
}
