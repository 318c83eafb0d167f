import { Resource, Service } from 'cdk8s-plus-28';
import { LinkerdEgressNetwork } from './linkerd-egress-network';
import { GrpcRoute } from '../gateway-api/grpc-route';
import { HttpRoute } from '../gateway-api/http-route';

/** Annotations by key; `undefined` is what is left out. */
export interface TrafficAnnotations {
  readonly [key: string]: string | undefined;
}

/** What Linkerd's proxies read annotations of. */
export type TrafficObject = HttpRoute | GrpcRoute | Service | LinkerdEgressNetwork;

/** Writes annotations. Each is said once: what wrote it first would be lost in silence. */
export function annotate(object: TrafficObject, annotations: TrafficAnnotations, what: string): void {
  const { kind, name, metadata }: Resource = object;
  for (const [key, value] of Object.entries(annotations)) {
    const before: unknown = metadata.toJson()?.annotations?.[key];
    if (value !== undefined && before !== undefined) {
      throw new Error(`${kind} '${name}' has annotation ${key}: ${String(before)} already, got ${what} with ${value}: say it once`);
    }
    if (value !== undefined) {
      metadata.addAnnotation(key, value);
    }
  }
}
