import { Size } from 'cdk8s';
import { Door, PROVISIONED } from './istio-edge-gateway';
import { GatewayEdge, ProviderService, RateLimitUnit } from '../../src';

const LIMITS = [{ requests: 1, per: RateLimitUnit.DAY }];
const VERBS: ((edge: GatewayEdge) => GatewayEdge)[] = [
  edge => edge.limitRate({ limits: LIMITS }),
  edge => edge.limitRateBy(ProviderService.serviceName('ratelimit', 'limits', 8081), { limits: LIMITS }),
  edge => edge.limitBody(Size.mebibytes(1)),
];

/** Those before the router, as istiod puts them there: the lowest first, each after the one before. */
function inOrder(verbs: typeof VERBS): string[] {
  const door = new Door(PROVISIONED);
  verbs.forEach(say => say(door.gateway.edge));
  return door.all('EnvoyFilter').sort((a, b) => a.spec.priority - b.spec.priority).map(({ metadata }) => metadata.name);
}

test.each([['one order', VERBS], ['the other', [...VERBS].reverse()]])('filters are in their order, said in %s', (_, verbs) => {
  expect(inOrder(verbs)).toEqual(['door-rate-limit', 'door-global-rate-limit', 'door-body']);
});
