import { within } from '../semantics/place';

const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** How long a coordinate of each curve is, in characters of base64url. */
const COORDINATES: { [type: string]: { [curve: string]: number } } = {
  EC: { 'P-256': 43, 'P-384': 64, 'P-521': 88 },
  OKP: { Ed25519: 43 },
};

/** What a public key of each type has. */
const MEMBERS: { [type: string]: string[] } = { RSA: ['n', 'e'], EC: ['x', 'y'], OKP: ['x'] };

/** How tokens are signed with a key of each type or curve. */
const ALGORITHMS: { [typeOrCurve: string]: string[] } = {
  'RSA': ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  'P-256': ['ES256'],
  'P-384': ['ES384'],
  'P-521': ['ES512'],
  'Ed25519': ['EdDSA'],
};

/** What only private keys have. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];

const MAX_URI = 2048;

/** Refuses what istiod takes for no place of keys. */
export function checkKeysUri(url: string): string {
  if (!URL.canParse(url) || !/^https?:\/\/[^/]/i.test(url) || url.length > MAX_URI) {
    throw new Error(`URL of keys must have http or https and a host, and at most ${MAX_URI} characters, got '${url}'`);
  }
  return url;
}

/** Refuses a text that is no set of public JSON Web Keys, as istiod and Envoy read it. */
export function checkKeySet(text: string): void {
  const keys = keysOf(text);
  if (!Array.isArray(keys)) {
    throw new Error('inline keys must be a JSON Web Key Set, { "keys": [...] }, got something else: pass the text that the issuer serves as its jwks_uri');
  }
  if (keys.length === 0) {
    throw new Error('inline keys must have at least one key, got none: no token could be verified');
  }
  keys.forEach((key, index) => within(`key ${index + 1} of inline keys`, () => checkKey(key)));
}

function keysOf(text: string): unknown {
  try {
    return JSON.parse(text)?.keys;
  } catch {
    return undefined;
  }
}

function checkKey(key: { [member: string]: unknown } | null): void {
  const type = String(key?.kty);
  if (key?.k !== undefined || type === 'oct') {
    throw new Error('a symmetric key would let everybody who reads the manifest make tokens: have the issuer sign with RSA or an elliptic curve');
  }
  if (!(type in MEMBERS)) {
    throw new Error(`kty must be RSA, EC or OKP, got '${type}'`);
  }
  const secret = PRIVATE.find(member => key![member] !== undefined);
  if (secret !== undefined) {
    throw new Error(`it is a private key, with '${secret}': leave out ${PRIVATE.join(', ')}, and replace the key when the manifest was published`);
  }
  const length = type === 'RSA' ? undefined : COORDINATES[type][String(key!.crv)];
  if (type !== 'RSA' && length === undefined) {
    throw new Error(`crv must be ${Object.keys(COORDINATES[type]).join(', ')}, got '${key!.crv}'`);
  }
  const fitting = ALGORITHMS[type === 'RSA' ? type : String(key!.crv)];
  // Issuers also serve keys that are not for signatures, which Envoy leaves alone.
  if (Object.values(ALGORITHMS).flat().includes(String(key!.alg)) && !fitting.includes(String(key!.alg))) {
    throw new Error(`alg must be ${fitting.join(', ')}, or left out, got '${key!.alg}': Envoy would not take the key`);
  }
  for (const member of MEMBERS[type]) {
    const value = key![member];
    if (typeof value !== 'string' || !BASE64URL.test(value) || (length !== undefined && value.length !== length)) {
      throw new Error(`${member} must be ${length === undefined ? '' : `${length} characters of `}base64url without padding, got '${value}'`);
    }
  }
}
