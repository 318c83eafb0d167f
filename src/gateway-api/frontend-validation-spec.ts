import { CaCertificate } from './ca-certificate';
import { FrontendTls, FrontendValidation, FrontendValidationMode } from './frontend-validation';
import type { GatewaySpecTlsFrontend, GatewaySpecTlsFrontendDefaultValidation } from '../imports/gateway.networking.k8s.io';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

const MAX_CA_CERTIFICATES = 16;
const MAX_PORTS = 64;

function check({ validation, ports = [] }: FrontendTls): void {
  checkValidation(validation, 'frontendTls');
  checkAtMost(MAX_PORTS, ports.length, 'ports of frontendTls', 'leave some out');
  checkUnique(ports.map(({ port }) => port), 'ports of frontendTls');
  ports.forEach(({ port, validation: own }) => checkValidation(own, `port ${checkPort(port, 'port of frontendTls')} of frontendTls`));
}

/** Every authority that a Gateway's frontend refers to. */
export function frontendCaCertificates({ validation, ports = [] }: FrontendTls): CaCertificate[] {
  return [validation, ...ports.map(port => port.validation)].flatMap(each => each?.caCertificates ?? []);
}

/** @throws when the API server would refuse it */
export function frontendTlsSpec(frontend: FrontendTls, ownNamespace?: string): Manifest<GatewaySpecTlsFrontend> {
  check(frontend);
  const { validation, ports } = frontend;
  return {
    // The API needs this part even where it says nothing.
    default: { validation: validationSpec(validation, ownNamespace) },
    perPort: ports?.map(({ port, validation: own }) => ({ port, tls: { validation: validationSpec(own, ownNamespace) } })),
  };
}

function checkValidation(validation: FrontendValidation | undefined, what: string): void {
  if (validation?.caCertificates.length === 0) {
    throw new Error(`caCertificates of ${what} must be at least one, got none: pass one, or leave validation out`);
  }
  checkAtMost(MAX_CA_CERTIFICATES, validation?.caCertificates.length ?? 0, `caCertificates of ${what}`, 'put several into one ConfigMap');
}

function validationSpec(validation?: FrontendValidation, ownNamespace?: string): Manifest<GatewaySpecTlsFrontendDefaultValidation> | undefined {
  return validation && {
    caCertificateRefs: validation.caCertificates.map(ca => ca._toKube(ownNamespace)),
    mode: validation.mode ?? FrontendValidationMode.ALLOW_VALID_ONLY,
  };
}
