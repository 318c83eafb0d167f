import { Construct } from 'constructs';
import { NotWritable, required } from './not-writable';
import { duration, Json } from './references';
import { sessionPersistence } from './session-persistence';
import { BackendTlsPolicy, BackendTrust, CaCertificate, PolicyTargetRef, SubjectAltName, XBackendTrafficPolicy } from '../../../src';

/** Writes a BackendTLSPolicy with constructs. */
export function backendTlsPolicy(scope: Construct, id: string, { metadata, spec }: Json): void {
  const { hostname, caCertificateRefs, wellKnownCACertificates, subjectAltNames } = spec.validation;
  if (caCertificateRefs !== undefined && wellKnownCACertificates !== undefined) {
    throw new NotWritable('trust is one of two');
  }
  new BackendTlsPolicy(scope, id, {
    metadata,
    targets: spec.targetRefs.map((ref: Json) => PolicyTargetRef.of(ref)),
    validation: {
      hostname: required(hostname, 'hostname'),
      trust: wellKnownCACertificates === 'System' ? BackendTrust.system() :
        BackendTrust.certificates(...required<Json[]>(caCertificateRefs, 'trust').map(ref => CaCertificate.of(ref))),
      subjectAltNames: subjectAltNames?.map(({ type, hostname: host, uri }: Json) =>
        type === 'URI' ? SubjectAltName.uri(required(uri, 'uri')) : SubjectAltName.hostname(required(host, 'hostname'))),
    },
    options: spec.options,
  });
}

/** Writes an XBackendTrafficPolicy with constructs. */
export function xBackendTrafficPolicy(scope: Construct, id: string, { metadata, spec }: Json): void {
  const { budget, minRetryRate } = spec.retryConstraint ?? {};
  new XBackendTrafficPolicy(scope, id, {
    metadata,
    targets: spec.targetRefs.map((ref: Json) => PolicyTargetRef.of(ref)),
    retryConstraint: spec.retryConstraint && {
      budget: budget && { percent: budget.percent, interval: duration(budget.interval) },
      minRetryRate: minRetryRate && { count: minRetryRate.count, interval: duration(minRetryRate.interval) },
    },
    sessionPersistence: spec.sessionPersistence && sessionPersistence(spec.sessionPersistence),
  });
}
