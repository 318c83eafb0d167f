import { Duration } from 'cdk8s';
import { checkHeaderName } from './header-name';
import { checkKeysUri } from './jwt-key-checks';
import { JwtKeys } from './jwt-keys';
import { formatPositiveDuration } from './positive-duration';
import type { RequestAuthenticationSpecJwtRules } from '../imports/security.istio.io';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

/** A header that carries tokens. */
export interface JwtHeader {
  /** The name of the header. */
  readonly name: string;

  /**
   * What stands before the token, blanks included: `'Bearer '`.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

/** A claim of tokens that becomes a header. */
export interface JwtClaimHeader {
  /** The claim: a text, number or boolean; `.` leads into nested ones. */
  readonly claim: string;

  /** The header: letters, digits, `-` and `_`. What a client sends in it is replaced. */
  readonly header: string;
}

/** What is done with tokens of an issuer. */
export interface JwtRuleOptions {
  /**
   * Whom tokens may be for (`aud`), at least one: others are refused.
   *
   * @default - anybody: tokens that the issuer made for other services are taken as well
   */
  readonly audiences?: string[];

  /**
   * Headers that carry tokens. With any of `fromHeaders`, `fromParams` and `fromCookies` the usual places are not looked at.
   *
   * @default - `Authorization: Bearer <token>`, and the query parameter `access_token`
   */
  readonly fromHeaders?: JwtHeader[];

  /**
   * Query parameters that carry tokens.
   *
   * @default - as for `fromHeaders`
   */
  readonly fromParams?: string[];

  /**
   * Cookies that carry tokens. Istio 1.21 and later.
   *
   * @default - as for `fromHeaders`
   */
  readonly fromCookies?: string[];

  /**
   * Claims that become headers of the request.
   *
   * @default - none
   */
  readonly outputClaimToHeaders?: JwtClaimHeader[];

  /**
   * The header that gets the whole payload of a verified token, in base64url.
   *
   * @default - none
   */
  readonly outputPayloadToHeader?: string;

  /**
   * More claims that hold several words with blanks between them, at most 64: `scope` and `permission` are known to. Istio 1.28 and later.
   *
   * @default - none
   */
  readonly spaceDelimitedClaims?: string[];

  /**
   * How long fetching the keys may take, at least 1 ms. Istio 1.22 and later.
   *
   * @default - 5 seconds
   */
  readonly timeout?: Duration;

  /**
   * Whether the workload gets the token as well.
   *
   * @default false
   */
  readonly forwardOriginalToken?: boolean;
}

/** What is done with tokens of one issuer. */
export interface JwtIssuerOptions extends JwtRuleOptions {
  /**
   * Where its public keys are.
   *
   * @default - as its OpenID configuration says: the issuer must then be a URL
   */
  readonly keys?: JwtKeys;
}

const CLAIM_HEADER = /^[-_A-Za-z0-9]+$/;
const MAX_SPACE_DELIMITED = 64;

/**
 * Which tokens are valid, and what is made of them.
 *
 * @see https://istio.io/latest/docs/reference/config/security/jwt/
 */
export class JwtRule {
  /**
   * Tokens of one issuer (`iss`).
   *
   * @throws when the issuer is empty, or is no URL and has no keys, or an option is refused
   */
  public static issuer(issuer: string, options: JwtIssuerOptions = {}): JwtRule {
    checkText(issuer, 'issuer of a JwtRule');
    const { keys } = options;
    if (keys === undefined && !(URL.canParse(issuer) && /^https?:/i.test(issuer))) {
      throw new Error(`issuer '${issuer}' of a JwtRule is no URL that tells where its keys are: pass keys`);
    }
    return new JwtRule({ issuer, jwksUri: keys?._uri, jwks: keys?._text, ...render(options) });
  }

  /**
   * Tokens that a key at a URL verifies, whoever issued them.
   *
   * @param jwksUri where the keys are, as for `JwtKeys.uri`
   * @throws when it is no such URL, or an option is refused
   */
  public static anyIssuer(jwksUri: string, options: JwtRuleOptions = {}): JwtRule {
    return new JwtRule({ jwksUri: checkKeysUri(jwksUri), ...render(options) });
  }

  private constructor(
    /** @internal */
    public readonly _rule: Manifest<RequestAuthenticationSpecJwtRules>,
  ) {}
}

function render(options: JwtRuleOptions): Manifest<RequestAuthenticationSpecJwtRules> {
  const { audiences, fromHeaders, fromParams, fromCookies, outputClaimToHeaders, outputPayloadToHeader, spaceDelimitedClaims, timeout } = options;
  for (const [name, texts] of Object.entries({ audiences, fromParams, fromCookies, spaceDelimitedClaims })) {
    checkSome(texts, name);
    texts?.forEach(value => checkText(value, `${name} of a JwtRule`));
  }
  checkSome(fromHeaders, 'fromHeaders');
  fromHeaders?.forEach(({ name }) => checkHeaderName(name, 'fromHeaders of a JwtRule'));
  checkSome(outputClaimToHeaders, 'outputClaimToHeaders');
  outputClaimToHeaders?.forEach(checkClaimHeader);
  if (outputPayloadToHeader !== undefined) {
    checkHeaderName(outputPayloadToHeader, 'outputPayloadToHeader of a JwtRule');
  }
  checkAtMost(MAX_SPACE_DELIMITED, spaceDelimitedClaims?.length ?? 0, 'spaceDelimitedClaims of a JwtRule', 'leave some out');
  return {
    audiences,
    fromHeaders: fromHeaders?.map(({ name, prefix }) => ({ name, prefix })),
    fromParams,
    fromCookies,
    outputClaimToHeaders: outputClaimToHeaders?.map(({ claim, header }) => ({ claim, header })),
    outputPayloadToHeader,
    spaceDelimitedClaims,
    timeout: timeout && formatPositiveDuration(timeout, 'timeout of a JwtRule'),
    forwardOriginalToken: options.forwardOriginalToken,
  };
}

function checkSome(list: readonly unknown[] | undefined, name: string): void {
  if (list?.length === 0) {
    throw new Error(`${name} of a JwtRule must have at least one entry, got none: leave it out for the default`);
  }
}

function checkClaimHeader({ claim, header }: JwtClaimHeader): void {
  checkText(claim, 'claim of outputClaimToHeaders');
  if (!CLAIM_HEADER.test(header)) {
    throw new Error(`header of outputClaimToHeaders must be letters, digits, - and _, got '${header}'`);
  }
}

function checkText(value: string, what: string): void {
  if (value === '') {
    throw new Error(`${what} must not be empty, got ''`);
  }
}
