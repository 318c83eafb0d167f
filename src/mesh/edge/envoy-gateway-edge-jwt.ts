import { EdgeJwtOptions } from './edge-jwt';
import { cannotEnforce } from './gateway-edge-enforcement';
import type { Security } from '../../envoy-gateway/security-policy';
import { JwtRequirement } from '../../istio/jwt-requirement';
import { JwtRule } from '../../istio/jwt-rule';
import { checkAtMost } from '../../semantics/lists';

type Jwt = NonNullable<Security['jwt']>;

const MAX_PROVIDERS = 16;
const MAX_AUDIENCES = 8;
const MAX_TEXT = 253;

/** Which tokens Envoy Gateway asks for. */
export function envoyGatewayJwt(gateway: string, { rules, tokens = JwtRequirement.REQUIRED }: EdgeJwtOptions): Jwt {
  if (tokens !== JwtRequirement.REQUIRED && tokens !== JwtRequirement.OPTIONAL) {
    cannotEnforce(gateway, 'ask for tokens of some requests only', 'a SecurityPolicy asks for them on whole routes', 'give what is open a route with a SecurityPolicy of its own');
  }
  if (rules.length === 0) {
    throw new Error(`tokens of gateway '${gateway}' need at least one rule, got none: pass JwtRule.issuer`);
  }
  checkAtMost(MAX_PROVIDERS, rules.length, `rules of tokens of gateway '${gateway}'`, 'have fewer issuers');
  return { optional: tokens === JwtRequirement.OPTIONAL ? true : undefined, providers: rules.map((rule, index) => provider(gateway, rule, index)) };
}

function provider(gateway: string, { _rule: rule }: JwtRule, index: number): Jwt['providers'][number] {
  const { issuer, audiences, jwksUri, jwks, fromHeaders, fromParams, fromCookies, outputClaimToHeaders } = rule;
  checkFields(gateway, rule);
  checkAtMost(MAX_AUDIENCES, audiences?.length ?? 0, `audiences of a rule of gateway '${gateway}'`, 'Envoy Gateway takes no more; write a rule for the others');
  Object.entries({ issuer, jwksUri }).forEach(([field, value = '']) =>
    checkAtMost(MAX_TEXT, value.length, `characters of ${field} of a rule of gateway '${gateway}'`, 'Envoy Gateway takes no more'));
  if (issuer?.includes(':') && !URL.canParse(issuer)) {
    cannotEnforce(gateway, `ask for tokens of issuer '${issuer}'`, 'Envoy Gateway takes a colon only in URLs', 'rename the issuer');
  }
  const places = fromHeaders ?? fromParams ?? fromCookies;
  return {
    name: `rule-${index + 1}`,
    issuer,
    audiences,
    ...jwks === undefined ? { remoteJWKS: { uri: jwksUri! } } : { localJWKS: { type: 'Inline', inline: jwks } },
    claimToHeaders: outputClaimToHeaders,
    extractFrom: places && {
      headers: fromHeaders?.map(({ name, prefix }) => ({ name, valuePrefix: prefix })), params: fromParams, cookies: fromCookies,
    },
  };
}

function checkFields(gateway: string, rule: JwtRule['_rule']): void {
  const { jwksUri, jwks, outputPayloadToHeader, spaceDelimitedClaims, timeout, forwardOriginalToken } = rule;
  if ((jwksUri ?? jwks) === undefined) {
    cannotEnforce(gateway, `look up the keys of issuer '${rule.issuer}'`, 'Envoy Gateway reads no OpenID configuration for tokens', 'pass keys: JwtKeys.uri(...)');
  }
  const unknown = Object.entries({ outputPayloadToHeader, spaceDelimitedClaims, timeout }).find(([, value]) => value !== undefined);
  if (unknown !== undefined) {
    cannotEnforce(gateway, `do what ${unknown[0]} of a JwtRule says`, 'a SecurityPolicy has no field for it', 'leave it out');
  }
  if (!forwardOriginalToken) {
    cannotEnforce(gateway, 'keep tokens to itself', 'Envoy Gateway always sends them on', 'pass forwardOriginalToken: true to each JwtRule');
  }
}

