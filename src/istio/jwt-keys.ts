import { checkKeySet, checkKeysUri } from './jwt-key-checks';

/** How tokens are signed with a key. */
export enum JwtAlgorithm {
  /** RSA with PKCS #1 v1.5 and SHA-256. */
  RS256 = 'RS256',
  /** RSA with PKCS #1 v1.5 and SHA-384. */
  RS384 = 'RS384',
  /** RSA with PKCS #1 v1.5 and SHA-512. */
  RS512 = 'RS512',
  /** RSA with PSS and SHA-256. */
  PS256 = 'PS256',
  /** RSA with PSS and SHA-384. */
  PS384 = 'PS384',
  /** RSA with PSS and SHA-512. */
  PS512 = 'PS512',
  /** ECDSA with P-256 and SHA-256. */
  ES256 = 'ES256',
  /** ECDSA with P-384 and SHA-384. */
  ES384 = 'ES384',
  /** ECDSA with P-521 and SHA-512. */
  ES512 = 'ES512',
  /** EdDSA, as Ed25519. */
  EDDSA = 'EdDSA',
}

/** The elliptic curves of keys. */
export enum JwtCurve {
  /** P-256, of ES256. */
  P_256 = 'P-256',
  /** P-384, of ES384. */
  P_384 = 'P-384',
  /** P-521, of ES512. */
  P_521 = 'P-521',
}

/** What any public key may say of itself. */
export interface JwtKeyOptions {
  /**
   * `kid`: the name by which tokens refer to the key.
   *
   * @default - every key is tried
   */
  readonly keyId?: string;

  /**
   * `alg`: how tokens are signed with it.
   *
   * @default - what the token says, among those that fit the key
   */
  readonly algorithm?: JwtAlgorithm;
}

/** An RSA public key. */
export interface RsaKeyOptions extends JwtKeyOptions {
  /** `n`, in base64url without padding. */
  readonly modulus: string;

  /**
   * `e`, in base64url without padding.
   *
   * @default 'AQAB'
   */
  readonly exponent?: string;
}

/** A public key on an elliptic curve. */
export interface EcKeyOptions extends JwtKeyOptions {
  /** `crv`. */
  readonly curve: JwtCurve;

  /** `x`, in base64url without padding. */
  readonly x: string;

  /** `y`, in base64url without padding. */
  readonly y: string;
}

/** An Ed25519 public key. */
export interface Ed25519KeyOptions extends JwtKeyOptions {
  /** `x`, in base64url without padding. */
  readonly x: string;
}

/**
 * A public key that verifies tokens.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc7517
 */
export class JwtKey {
  /** An RSA key. */
  public static rsa({ modulus, exponent = 'AQAB', keyId, algorithm }: RsaKeyOptions): JwtKey {
    return new JwtKey({ kty: 'RSA', kid: keyId, alg: algorithm, use: 'sig', n: modulus, e: exponent });
  }

  /** A key on an elliptic curve. */
  public static ec({ curve, x, y, keyId, algorithm }: EcKeyOptions): JwtKey {
    return new JwtKey({ kty: 'EC', kid: keyId, alg: algorithm, use: 'sig', crv: curve, x, y });
  }

  /** An Ed25519 key. */
  public static ed25519({ x, keyId, algorithm }: Ed25519KeyOptions): JwtKey {
    return new JwtKey({ kty: 'OKP', kid: keyId, alg: algorithm, use: 'sig', crv: 'Ed25519', x });
  }

  private constructor(
    /** @internal */
    public readonly _jwk: { readonly [member: string]: string | undefined },
  ) {}
}

/**
 * Where the public keys of an issuer are.
 *
 * @see https://istio.io/latest/docs/reference/config/security/jwt/#JWTRule
 */
export class JwtKeys {
  /**
   * At a URL, where istiod or the proxy fetches them and follows changes.
   *
   * @param url with `http` or `https`, at most 2048 characters
   * @throws when it is no such URL
   */
  public static uri(url: string): JwtKeys {
    return new JwtKeys(checkKeysUri(url), undefined);
  }

  /**
   * In the manifest itself: a new key needs a new manifest.
   *
   * @throws when there are none, or one is not of its type
   */
  public static inline(...keys: JwtKey[]): JwtKeys {
    return JwtKeys.json(JSON.stringify({ keys: keys.map(({ _jwk }) => _jwk) }));
  }

  /**
   * In the manifest itself, as the text of a JSON Web Key Set.
   *
   * @throws when the text is no JWK set, has no keys, or has private or symmetric ones
   */
  public static json(text: string): JwtKeys {
    checkKeySet(text);
    return new JwtKeys(undefined, text);
  }

  private constructor(
    /** @internal */
    public readonly _uri: string | undefined,
    /** @internal */
    public readonly _text: string | undefined,
  ) {}
}
