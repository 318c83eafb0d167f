import { Construct } from 'constructs';
import { gateway, gatewayClass, listenerSet } from './gateway';
import { grpcRoute } from './grpc-route';
import { httpRoute } from './http-route';
import { tcpRoute, tlsRoute, udpRoute } from './l4-route';
import { backendTlsPolicy, xBackendTrafficPolicy } from './policies';
import { referenceGrant } from './reference-grant';
import { Json } from './references';

/** How an object of a kind is written with constructs; in this order those that others refer to come first. */
const WRITERS: { readonly [kind: string]: (scope: Construct, id: string, object: Json) => void } = {
  GatewayClass: gatewayClass,
  Gateway: gateway,
  ListenerSet: listenerSet,
  ReferenceGrant: referenceGrant,
  HTTPRoute: httpRoute,
  GRPCRoute: grpcRoute,
  TLSRoute: tlsRoute,
  TCPRoute: tcpRoute,
  UDPRoute: udpRoute,
  BackendTLSPolicy: backendTlsPolicy,
  XBackendTrafficPolicy: xBackendTrafficPolicy,
};

const KINDS = Object.keys(WRITERS);

export function isWritable({ kind }: Json): boolean {
  return KINDS.includes(kind);
}

/** Listeners before what attaches to them. */
export function inOrder(objects: readonly Json[]): readonly Json[] {
  return [...objects].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** Writes an object as a program with constructs would. */
export function rebuild(scope: Construct, object: Json): void {
  WRITERS[object.kind](scope, `${object.kind}.${object.metadata.namespace}.${object.metadata.name}`.replace(/\//g, '_'), object);
}
