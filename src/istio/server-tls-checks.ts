import { TlsVersion } from './tls-version';
import { checkDnsSubdomain } from '../semantics/names';

/** The cipher suites that Envoy has; an entry that starts with a symbol is an OpenSSL expression. */
const CIPHER_SUITES = [
  ...['ECDSA', 'RSA'].flatMap(key => ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-SHA', 'AES256-SHA']
    .map(cipher => `ECDHE-${key}-${cipher}`)),
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
  'ALL',
];
const VERSIONS = [TlsVersion.V1_0, TlsVersion.V1_1, TlsVersion.V1_2, TlsVersion.V1_3];
const SPKI = /^[A-Za-z0-9+/]{43}=$/;
const CA_SUFFIX = '-cacert';
const CONFIG_MAP = /^configmap:\/\/[^/]+\/[^/]+$/;
/** How a Secret is named beside its plain name. */
const SECRET_SCHEME = /^kubernetes:\/\/|^kubernetes-gateway:\/\/[^/]+\//;
const HASH = /^[0-9A-Fa-f]{64}$|^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$/;

/** Refuses cipher suites that Istio would ignore. */
export function checkCipherSuites(suites: string[]): void {
  for (const [index, suite] of suites.entries()) {
    if (suite === '' || (/^[A-Za-z0-9]/.test(suite) && !CIPHER_SUITES.includes(suite))) {
      throw new Error(`cipher suite must be one of ${CIPHER_SUITES.join(', ')}, got '${suite}'`);
    }
    if (suites.indexOf(suite) !== index) {
      throw new Error(`cipher suite '${suite}' is given twice: name each once`);
    }
  }
}

/** Refuses versions between which there is none, and old ones without the cipher suites that they need. */
export function checkVersions(min: TlsVersion | undefined, max: TlsVersion | undefined, suites: string[] | undefined): void {
  const [oldest, newest] = [min, max].map(version => version === undefined ? -1 : VERSIONS.indexOf(version));
  if (oldest >= 0 && newest >= 0 && oldest > newest) {
    throw new Error(`minProtocolVersion must not be above maxProtocolVersion, got ${min} and ${max}`);
  }
  if ([TlsVersion.V1_0, TlsVersion.V1_1].some(version => version === min) && !suites?.length) {
    throw new Error(`minProtocolVersion ${min} needs cipherSuites: Envoy's own are for ${TlsVersion.V1_2} and above`);
  }
}

/** Refuses hashes that Envoy cannot read. */
export function checkFingerprints(spkis: string[] = [], hashes: string[] = []): void {
  const spki = spkis.find(value => !SPKI.test(value));
  if (spki !== undefined) {
    throw new Error(`verifyCertificateSpki must be a SHA-256 hash in base64 (44 characters), got '${spki}'`);
  }
  const hash = hashes.find(value => !HASH.test(value));
  if (hash !== undefined) {
    throw new Error(`verifyCertificateHash must be a SHA-256 hash in hexadecimal (64 digits, colons between pairs allowed), got '${hash}'`);
  }
}

/** Refuses names that are none of a Secret with a certificate and its key. */
export function checkSecretNames(names: string[], what: string): void {
  for (const name of names) {
    if (name === '') {
      throw new Error(`${what} must name a Secret, got an empty name`);
    }
    checkDnsSubdomain(name.replace(SECRET_SCHEME, ''), what);
    if (name.endsWith(CA_SUFFIX)) {
      throw new Error(`${what} must not end in ${CA_SUFFIX}, by which Istio knows Secrets without a key, got '${name}'`);
    }
  }
}

/** Refuses what Istio would not read certificates of an authority from: of a Secret by another name it sends certificate and key. */
export function checkCaCredential(name: string | undefined): void {
  if (name !== undefined && !name.endsWith(CA_SUFFIX) && !CONFIG_MAP.test(name)) {
    throw new Error(`caCertCredentialName must be '<secret>${CA_SUFFIX}' or 'configmap://<namespace>/<name>', got '${name}'`);
  }
}
