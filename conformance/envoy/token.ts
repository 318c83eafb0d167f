import { createPrivateKey, sign } from 'node:crypto';

/** A token that a request carries, in place of `{token}` in its headers and its URL. */
export interface TokenSpec {
  /** Its payload, as it is: times are seconds since 1970. */
  readonly claims: { readonly [claim: string]: unknown };
  /** Whether somebody else signed it, in the name of our key. */
  readonly forged?: boolean;
}

/** Where the token is meant. */
export const TOKEN = '{token}';

/** For tests only: known to everybody who reads this. */
const TEST_KEYS = {
  own: {
    kty: 'EC',
    crv: 'P-256',
    x: '_sVshFt-tBFzGtMNCZDb8blGDKhLqm5rCYSjD8JJJLw',
    y: 'xea18qUagyrvonIsVvmyxRQyUP_IwnqQAe26lSCy5PM',
    d: 'qD3A9qYWidxM9DnWSkJ16-klSn6YzWVJAOqIYBuiSJo',
  },
  forgers: {
    kty: 'EC',
    crv: 'P-256',
    x: '7Lgbo3ItwpZuer0LtecrxTWQ2r9SNXbkgCXmOdZOu8U',
    y: 'ksJ35TqU6U6qmJVghsEp7jGEj0v50cYUCvFe5pRQVOc',
    d: '7M-sKqMa-_jIKjDuPkqH0XyNLvw1inldEC3Z2KloQVg',
  },
};
const KEY_ID = 'for-tests-only';

/** The keys by which the tokens of requests are known, as RequestAuthentications hold them. */
export const TEST_JWKS = JSON.stringify({
  keys: [{ kty: TEST_KEYS.own.kty, crv: TEST_KEYS.own.crv, x: TEST_KEYS.own.x, y: TEST_KEYS.own.y, kid: KEY_ID, alg: 'ES256', use: 'sig' }],
});

/** Puts a text in place of another in all texts of a value. */
export function replaceText<T>(value: T, from: string, to: string): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) => typeof inner === 'string' ? inner.replaceAll(from, to) : inner) as T;
}

/** The token in its compact form. */
export function makeToken({ claims, forged }: TokenSpec): string {
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${base64({ alg: 'ES256', kid: KEY_ID, typ: 'JWT' })}.${base64(claims)}`;
  const key = createPrivateKey({ key: forged ? TEST_KEYS.forgers : TEST_KEYS.own, format: 'jwk' });
  return `${content}.${sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
