import { Duration } from 'cdk8s';
import { CertManagerKeyAlgorithm, CertManagerPrivateKey } from './cert-manager-private-key';
import { CertManagerSecretTemplate } from './cert-manager-secret-template';
import { describeDuration, formatDuration } from '../semantics/duration';
import { CertManagerAnnotation } from '../semantics/keys';
import { checkLabelValue, checkQualifiedName } from '../semantics/qualified-name';

/** How long a certificate is valid, and when it is renewed. */
interface Lifetime {
  readonly duration?: Duration;
  readonly renewBefore?: Duration;
  readonly renewBeforePercentage?: number;
}

const MAX_COMMON_NAME = 64;
const MIN_DURATION = Duration.hours(1);
const MIN_RENEW_BEFORE = Duration.minutes(5);
const DEFAULT_DURATION = Duration.days(90);
const EMAIL = /^[^\s@<>,]+@[^\s@<>,]+$/;
const URI = /^[A-Za-z][-+.A-Za-z0-9]*:\S+$/;
const CURVES = [256, 384, 521];
const OWN_PREFIX = /^([^/]*\.)?cert-manager\.io\//;

/** What cert-manager's webhook refuses of a lifetime. */
export function lifetimeToKube({ duration, renewBefore, renewBeforePercentage }: Lifetime) {
  const least = (value: Duration | undefined, min: Duration, what: string) => {
    if (value !== undefined && value.toMilliseconds() < min.toMilliseconds()) {
      throw new Error(`${what} of a certificate must be at least ${describeDuration(min)}, got ${describeDuration(value)}`);
    }
  };
  least(duration, MIN_DURATION, 'duration');
  least(renewBefore, MIN_RENEW_BEFORE, 'renewBefore');
  if (renewBefore !== undefined && renewBeforePercentage !== undefined) {
    throw new Error(`a certificate takes renewBefore or renewBeforePercentage, got both ${describeDuration(renewBefore)} and ${renewBeforePercentage}: pass one`);
  }
  const valid = duration ?? DEFAULT_DURATION;
  if (renewBefore !== undefined && renewBefore.toMilliseconds() >= valid.toMilliseconds()) {
    throw new Error(`renewBefore of a certificate must be shorter than its duration of ${describeDuration(valid)}, got ${describeDuration(renewBefore)}`);
  }
  checkWhole(1, 99, renewBeforePercentage, 'renewBeforePercentage of a certificate');
  return {
    duration: duration && formatDuration(duration, 'duration of a certificate'),
    renewBefore: renewBefore && formatDuration(renewBefore, 'renewBefore of a certificate'),
    renewBeforePercentage,
  };
}

export function checkWhole(min: number, max: number, value: number | undefined, what: string): void {
  if (value !== undefined && (!Number.isInteger(value) || value < min || value > max)) {
    throw new Error(`${what} must be between ${min} and ${max}, got ${value}`);
  }
}

export function checkCommonName(commonName: string | undefined): void {
  if (commonName !== undefined && (commonName.length < 1 || commonName.length > MAX_COMMON_NAME)) {
    throw new Error(`commonName of a certificate must have 1 to ${MAX_COMMON_NAME} characters, got ${commonName.length}: name the host in dnsNames alone`);
  }
}

export function checkPrivateKey({ algorithm = CertManagerKeyAlgorithm.RSA, size }: CertManagerPrivateKey = {}): void {
  if (size === undefined) {
    return;
  }
  switch (algorithm) {
    case CertManagerKeyAlgorithm.RSA:
      return checkWhole(2048, 8192, size, 'size of an RSA key');
    case CertManagerKeyAlgorithm.ECDSA:
      if (!CURVES.includes(size)) {
        throw new Error(`size of an ECDSA key must be one of ${CURVES.join(', ')}, got ${size}`);
      }
      return;
    case CertManagerKeyAlgorithm.ED25519:
      throw new Error(`an Ed25519 key has a size of its own, got ${size}: leave size out`);
  }
}

export function checkEmail(value: string): string {
  if (!EMAIL.test(value)) {
    throw new Error(`email address of a certificate must be of the form name@example.com, got '${value}'`);
  }
  return value;
}

export function checkUri(value: string): string {
  if (!URI.test(value)) {
    throw new Error(`URI of a certificate must start with a scheme, as spiffe://cluster.local/ns/shop/sa/cart, got '${value}'`);
  }
  return value;
}

export function checkSecretTemplate({ labels = {}, annotations = {} }: CertManagerSecretTemplate = {}): void {
  [...Object.keys(labels), ...Object.keys(annotations)].forEach(key => checkQualifiedName(key, 'label or annotation of a secretTemplate'));
  Object.entries(labels).forEach(([key, value]) => checkLabelValue(value, `label '${key}' of a secretTemplate`));
  const own = [...Object.keys(labels), ...Object.keys(annotations)]
    .find(key => OWN_PREFIX.test(key) && key !== CertManagerAnnotation.ALLOW_DIRECT_INJECTION);
  if (own !== undefined) {
    throw new Error(`label or annotation of a secretTemplate must not be one that cert-manager writes, got '${own}': leave it out`);
  }
}
