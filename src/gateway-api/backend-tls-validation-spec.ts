import { BackendTlsValidation } from './backend-tls-validation';
import type { BackendTlsPolicySpecValidation } from '../imports/gateway.networking.k8s.io';
import { checkPreciseHostname } from '../semantics/hostname';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

const MAX_NAMES = 5;

/** How BackendTLSPolicy and XBackend write the judgement of a certificate. */
export function validationToKube(validation: BackendTlsValidation, ownNamespace?: string): Manifest<BackendTlsPolicySpecValidation> {
  const { hostname, trust, subjectAltNames } = validation;
  checkAtMost(MAX_NAMES, subjectAltNames?.length ?? 0, 'subjectAltNames of a backend', 'leave some out');
  return {
    hostname: checkPreciseHostname(hostname, 'hostname of a backend\'s certificate'),
    ...trust._toKube(ownNamespace),
    subjectAltNames: subjectAltNames?.map(name => name._toKube()),
  };
}
