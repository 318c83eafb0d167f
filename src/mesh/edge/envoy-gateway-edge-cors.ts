import { EdgeCorsOptions } from './edge-cors';
import type { Security } from '../../envoy-gateway/security-policy';
import { httpCorsSpec } from '../../gateway-api/http-cors-spec';

/** Which pages of other origins may call, as Envoy Gateway says it: a duration where Gateway API has a number. */
export function envoyGatewayCors({ policy }: EdgeCorsOptions): NonNullable<Security['cors']> {
  const { maxAge, ...spec } = httpCorsSpec(policy);
  return { ...spec, maxAge: `${maxAge}s` };
}
