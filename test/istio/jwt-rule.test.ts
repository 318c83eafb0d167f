import { Duration } from 'cdk8s';
import { JwtAlgorithm, JwtCurve, JwtKey, JwtKeys, JwtRule, JwtRuleOptions } from '../../src';

const issuer = 'https://id.example.com';
const x43 = 'a'.repeat(43);

describe('a rule', () => {
  test('has every field', () => {
    expect(JwtRule.issuer(issuer, {
      keys: JwtKeys.uri('https://id.example.com/keys'),
      audiences: ['shop'],
      fromHeaders: [{ name: 'x-token', prefix: 'Token ' }, { name: 'x-other' }],
      fromParams: ['token'],
      fromCookies: ['session'],
      outputClaimToHeaders: [{ claim: 'realm.user', header: 'x-jwt_User' }],
      outputPayloadToHeader: 'x-jwt-payload',
      spaceDelimitedClaims: ['roles'],
      timeout: Duration.millis(1500),
      forwardOriginalToken: true,
    })._rule).toEqual({
      issuer,
      jwksUri: 'https://id.example.com/keys',
      audiences: ['shop'],
      fromHeaders: [{ name: 'x-token', prefix: 'Token ' }, { name: 'x-other' }],
      fromParams: ['token'],
      fromCookies: ['session'],
      outputClaimToHeaders: [{ claim: 'realm.user', header: 'x-jwt_User' }],
      outputPayloadToHeader: 'x-jwt-payload',
      spaceDelimitedClaims: ['roles'],
      timeout: '1s500ms',
      forwardOriginalToken: true,
    });
  });

  test('may be about any issuer', () => {
    expect(JwtRule.anyIssuer('http://keys.shop/keys')._rule).toEqual({ jwksUri: 'http://keys.shop/keys' });
  });

  test('has an issuer that tells where its keys are, or keys', () => {
    expect(JwtRule.issuer(issuer)._rule).toEqual({ issuer });
    expect(JwtRule.issuer('shop', { keys: JwtKeys.inline(JwtKey.rsa({ modulus: 'AQAB' })) })._rule.issuer).toBe('shop');
    expect(() => JwtRule.issuer('shop')).toThrow('issuer \'shop\' of a JwtRule is no URL that tells where its keys are: pass keys');
    expect(() => JwtRule.issuer('')).toThrow('issuer of a JwtRule must not be empty');
  });

  test.each<[JwtRuleOptions, string]>([
    [{ audiences: [] }, 'audiences of a JwtRule must have at least one entry, got none: leave it out for the default'],
    [{ audiences: [''] }, 'audiences of a JwtRule must not be empty'],
    [{ fromHeaders: [] }, 'fromHeaders of a JwtRule must have at least one entry'],
    [{ fromHeaders: [{ name: 'a b' }] }, 'fromHeaders of a JwtRule must be the name of an HTTP header, got \'a b\''],
    [{ fromParams: [''] }, 'fromParams of a JwtRule must not be empty'],
    [{ fromCookies: [] }, 'fromCookies of a JwtRule must have at least one entry'],
    [{ outputClaimToHeaders: [] }, 'outputClaimToHeaders of a JwtRule must have at least one entry'],
    [{ outputClaimToHeaders: [{ claim: '', header: 'a' }] }, 'claim of outputClaimToHeaders must not be empty'],
    [{ outputClaimToHeaders: [{ claim: 'sub', header: 'x.sub' }] }, 'header of outputClaimToHeaders must be letters, digits, - and _, got \'x.sub\''],
    [{ outputPayloadToHeader: 'a:b' }, 'outputPayloadToHeader of a JwtRule must be the name of an HTTP header, got \'a:b\''],
    [{ spaceDelimitedClaims: Array(65).fill('a') }, 'spaceDelimitedClaims of a JwtRule must be at most 64, got 65: leave some out'],
    [{ timeout: Duration.millis(0) }, 'timeout of a JwtRule must be at least 1ms, got 0s'],
  ])('with %j is refused', (options, message) => {
    expect(() => JwtRule.issuer(issuer, options)).toThrow(message);
  });
});

describe('keys', () => {
  test('are written as a JWK set', () => {
    const keys = JwtKeys.inline(
      JwtKey.rsa({ modulus: 'AQAB', keyId: 'one', algorithm: JwtAlgorithm.RS256 }),
      JwtKey.rsa({ modulus: 'AQAB', exponent: 'Aw' }),
      JwtKey.ec({ curve: JwtCurve.P_256, x: x43, y: x43, algorithm: JwtAlgorithm.ES256 }),
      JwtKey.ec({ curve: JwtCurve.P_384, x: 'a'.repeat(64), y: 'b'.repeat(64), keyId: 'three' }),
      JwtKey.ec({ curve: JwtCurve.P_521, x: 'a'.repeat(88), y: 'b'.repeat(88) }),
      JwtKey.ed25519({ x: x43, keyId: 'two', algorithm: JwtAlgorithm.EDDSA }),
    );
    expect(JSON.parse(keys._text!)).toEqual({
      keys: [
        { kty: 'RSA', kid: 'one', alg: 'RS256', use: 'sig', n: 'AQAB', e: 'AQAB' },
        { kty: 'RSA', use: 'sig', n: 'AQAB', e: 'Aw' },
        { kty: 'EC', alg: 'ES256', use: 'sig', crv: 'P-256', x: x43, y: x43 },
        { kty: 'EC', kid: 'three', use: 'sig', crv: 'P-384', x: 'a'.repeat(64), y: 'b'.repeat(64) },
        { kty: 'EC', use: 'sig', crv: 'P-521', x: 'a'.repeat(88), y: 'b'.repeat(88) },
        { kty: 'OKP', kid: 'two', alg: 'EdDSA', use: 'sig', crv: 'Ed25519', x: x43 },
      ],
    });
  });

  test.each(['id.example.com/keys', 'ftp://id.example.com/keys', 'https://', 'https:keys', `https://id.example.com/${'a'.repeat(2048)}`])('are at no place as %s', url => {
    expect(() => JwtKeys.uri(url)).toThrow(`URL of keys must have http or https and a host, and at most 2048 characters, got '${url}'`);
    expect(() => JwtRule.anyIssuer(url)).toThrow('URL of keys must have http or https');
  });

  test.each([
    ['no JSON', 'inline keys must be a JSON Web Key Set, { "keys": [...] }, got something else: pass the text that the issuer serves as its jwks_uri'],
    ['null', 'inline keys must be a JSON Web Key Set'],
    ['{"kty":"RSA","n":"AQAB","e":"AQAB"}', 'inline keys must be a JSON Web Key Set'],
    ['{"keys":[]}', 'inline keys must have at least one key, got none: no token could be verified'],
    ['{"keys":[null]}', 'key 1 of inline keys: kty must be RSA, EC or OKP, got \'undefined\''],
    ['{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"},{"kty":"DSA"}]}', 'key 2 of inline keys: kty must be RSA, EC or OKP, got \'DSA\''],
    ['{"keys":[{"kty":"oct","k":"AQAB"}]}', 'key 1 of inline keys: a symmetric key would let everybody who reads the manifest make tokens'],
    ['{"keys":[{"kty":"oct"}]}', 'a symmetric key would let everybody'],
    ['{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}]}', 'key 1 of inline keys: it is a private key, with \'d\': leave out d, p, q, dp, dq, qi, oth, ' +
      'and replace the key when the manifest was published'],
    ['{"keys":[{"kty":"RSA","n":"AQ==","e":"AQAB"}]}', 'key 1 of inline keys: n must be base64url without padding, got \'AQ==\''],
    ['{"keys":[{"kty":"RSA","n":"AQAB"}]}', 'key 1 of inline keys: e must be base64url without padding, got \'undefined\''],
    ['{"keys":[{"kty":"EC","crv":"secp256k1"}]}', 'key 1 of inline keys: crv must be P-256, P-384, P-521, got \'secp256k1\''],
    ['{"keys":[{"kty":"OKP","crv":"X25519"}]}', 'key 1 of inline keys: crv must be Ed25519, got \'X25519\''],
    ['{"keys":[{"kty":"EC","crv":"P-256","x":"AQAB","y":"AQAB"}]}', 'key 1 of inline keys: x must be 43 characters of base64url without padding, got \'AQAB\''],
  ])('are not %s', (text, message) => {
    expect(() => JwtKeys.json(text)).toThrow(message);
  });

  test('in the manifest are some', () => {
    expect(() => JwtKeys.inline()).toThrow('inline keys must have at least one key, got none');
    expect(() => JwtKeys.inline(JwtKey.rsa({ modulus: '' }))).toThrow('key 1 of inline keys: n must be base64url without padding, got \'\'');
  });

  test.each([
    [JwtKey.rsa({ modulus: 'AQAB', algorithm: JwtAlgorithm.ES256 }), 'RS256, RS384, RS512, PS256, PS384, PS512', 'ES256'],
    [JwtKey.ec({ curve: JwtCurve.P_384, x: 'a'.repeat(64), y: 'b'.repeat(64), algorithm: JwtAlgorithm.ES256 }), 'ES384', 'ES256'],
    [JwtKey.ed25519({ x: x43, algorithm: JwtAlgorithm.RS256 }), 'EdDSA', 'RS256'],
  ])('sign in their own way (%#)', (key, fitting, algorithm) => {
    expect(() => JwtKeys.inline(key)).toThrow(`key 1 of inline keys: alg must be ${fitting}, or left out, got '${algorithm}': Envoy would not take the key`);
  });

  test('that are not for signatures are left alone', () => {
    expect(() => JwtKeys.json('{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","use":"enc","alg":"RSA-OAEP"}]}')).not.toThrow();
  });
});
