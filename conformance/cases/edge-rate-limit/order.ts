import { Chart, Size } from 'cdk8s';
import { EveryForm } from './every-form';
import { TEST_JWKS } from '../../envoy/token';
import { ClientAddress, GatewayEdge, JwtKeys, JwtRule, RateLimitKey, RateLimitUnit, TrafficExtensionFilter } from 'cdk8s-mesh';

const SEEN = TrafficExtensionFilter.lua(`
function envoy_on_request(handle)
  handle:headers():add("x-tenant", "of " .. (handle:headers():get("x-user") or "nobody"))
end
`);
const rule = JwtRule.issuer('https://issuer.example.com', {
  keys: JwtKeys.json(TEST_JWKS), audiences: ['shop'], outputClaimToHeaders: [{ claim: 'sub', header: 'x-user' }],
});
const VERBS: ((edge: GatewayEdge) => GatewayEdge)[] = [
  edge => edge.cleanHeaders({ removeFromRequests: ['x-user', 'x-tenant'] }),
  edge => edge.allowOrigins({ policy: { allowOrigins: ['https://pages.example.com'] } }),
  edge => edge.restrictAddresses({ denied: ['203.0.113.66'] }),
  edge => edge.requireJwt({ rules: [rule] }),
  edge => edge.extend(SEEN),
  edge => edge.limitRate({
    limits: [{ requests: 4, per: RateLimitUnit.DAY }, { requests: 2, per: RateLimitUnit.DAY, each: RateLimitKey.header('x-tenant') }],
  }),
  edge => edge.limitBody(Size.kibibytes(4)),
];

/** All of them at one gateway, said in one order and in the other. */
export function orders(chart: Chart): void {
  const forms = new EveryForm(chart);
  forms.make('forth', edge => VERBS.forEach(say => say(edge)), ClientAddress.forwardedFor(1));
  forms.make('back', edge => [...VERBS].reverse().forEach(say => say(edge)), ClientAddress.forwardedFor(1));
}
