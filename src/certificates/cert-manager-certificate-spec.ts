import { CertManagerKeystores, CertManagerRenewal } from './cert-manager-certificate-options';
import { CertManagerCertificateProps } from './cert-manager-certificate-props';
import { checkCommonName, checkEmail, checkPrivateKey, checkSecretTemplate, checkUri, checkWhole, lifetimeToKube } from './cert-manager-checks';
import { CertManagerKeyAlgorithm } from './cert-manager-private-key';
import type { CertificateSpec } from '../imports/cert-manager.io';
import { formatDuration } from '../semantics/duration';
import { checkHostname } from '../semantics/hostname';
import { checkIpAddress } from '../semantics/ip-address';
import { checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

const MAX_REVISIONS = 2 ** 31 - 1;

/** How a signature algorithm names the key that it needs. */
const SIGNED_WITH: { [algorithm in CertManagerKeyAlgorithm]: RegExp } = { RSA: /WithRSA$/, ECDSA: /^ECDSA/, Ed25519: /Ed25519$/ };

/** What cert-manager's webhook would refuse is refused here. */
export function certificateToKube(props: CertManagerCertificateProps, secretName: string): Manifest<CertificateSpec> {
  checkNames(props);
  checkSubject(props);
  checkAuthority(props);
  checkKey(props);
  checkSecretTemplate(props.secretTemplate);
  checkUnique(props.additionalOutputFormats ?? [], 'additionalOutputFormats');
  checkUnique(props.usages ?? [], 'usages of a certificate');
  checkWhole(1, MAX_REVISIONS, props.revisionHistoryLimit, 'revisionHistoryLimit of a certificate');
  return {
    secretName,
    issuerRef: props.issuer._toKube(),
    dnsNames: props.dnsNames,
    ipAddresses: props.ipAddresses,
    uris: props.uris,
    emailAddresses: props.emailAddresses,
    otherNames: props.otherNames,
    commonName: props.commonName,
    subject: props.subject,
    literalSubject: props.literalSubject,
    ...lifetimeToKube(props),
    renewal: props.renewal && renewalToKube(props.renewal),
    usages: props.usages,
    encodeUsagesInRequest: props.encodeUsagesInRequest,
    isCA: props.isCa,
    nameConstraints: props.nameConstraints,
    privateKey: props.privateKey,
    signatureAlgorithm: props.signatureAlgorithm,
    secretTemplate: props.secretTemplate,
    keystores: props.keystores && keystoresToKube(props.keystores),
    additionalOutputFormats: props.additionalOutputFormats?.map(type => ({ type })),
    revisionHistoryLimit: props.revisionHistoryLimit,
  };
}

function checkNames(props: CertManagerCertificateProps): void {
  const { dnsNames = [], ipAddresses = [], uris = [], emailAddresses = [], otherNames = [] } = props;
  const lists = [dnsNames, ipAddresses, uris, emailAddresses, otherNames];
  if (lists.every(list => list.length === 0) && (props.commonName ?? props.literalSubject) === undefined) {
    throw new Error('a certificate needs a name, got none: pass dnsNames, ipAddresses, uris, emailAddresses, otherNames or commonName');
  }
  dnsNames.forEach(name => checkHostname(name, 'DNS name of a certificate'));
  ipAddresses.forEach(address => checkIpAddress(address, 'IP address of a certificate'));
  uris.forEach(checkUri);
  emailAddresses.forEach(checkEmail);
  const wrong = otherNames.find(({ oid, utf8Value }) => !/^[0-2](\.(0|[1-9]\d*))+$/.test(oid) || utf8Value === '');
  if (wrong !== undefined) {
    throw new Error(`other name of a certificate must have an oid such as 1.3.6.1.4.1.311.20.2.3 and a value, got '${wrong.oid}' and '${wrong.utf8Value}'`);
  }
}

function checkSubject({ commonName, subject, literalSubject }: CertManagerCertificateProps): void {
  checkCommonName(commonName);
  if (literalSubject !== undefined && (commonName ?? subject) !== undefined) {
    const other = commonName === undefined ? 'subject' : `commonName '${commonName}'`;
    throw new Error(`a certificate takes literalSubject, or commonName and subject, got '${literalSubject}' and ${other}: say it all in literalSubject`);
  }
}

function checkAuthority({ isCa, nameConstraints }: CertManagerCertificateProps): void {
  if (nameConstraints === undefined) {
    return;
  }
  if (!isCa) {
    throw new Error('nameConstraints are those of an authority, got a certificate that is none: pass isCa, or leave nameConstraints out');
  }
  if ((nameConstraints.permitted ?? nameConstraints.excluded) === undefined) {
    throw new Error('nameConstraints must say what is permitted or excluded, got neither: leave nameConstraints out to allow every name');
  }
}

function checkKey({ privateKey, signatureAlgorithm }: CertManagerCertificateProps): void {
  checkPrivateKey(privateKey);
  const algorithm = privateKey?.algorithm ?? CertManagerKeyAlgorithm.RSA;
  if (signatureAlgorithm !== undefined && !SIGNED_WITH[algorithm].test(signatureAlgorithm)) {
    throw new Error(`signatureAlgorithm must fit the private key, got ${signatureAlgorithm} for a key of ${algorithm}: change one of them, or leave signatureAlgorithm out`);
  }
}

function renewalToKube({ policy, windows }: CertManagerRenewal): Manifest<CertificateSpec>['renewal'] {
  return {
    policy,
    windows: windows?.map(({ cron, windowDuration, timezone }) => {
      if (cron === '') {
        throw new Error('cron of a renewal window must say when it begins, as \'0 3 * * 6\', got \'\'');
      }
      return { cron, windowDuration: formatDuration(windowDuration, 'windowDuration of a renewal window'), timezone };
    }),
  };
}

function keystoresToKube({ jks, pkcs12 }: CertManagerKeystores): Manifest<CertificateSpec>['keystores'] {
  return {
    jks: jks && { create: jks.create ?? true, alias: jks.alias, ...jks.password._spec },
    pkcs12: pkcs12 && { create: pkcs12.create ?? true, profile: pkcs12.profile, ...pkcs12.password._spec },
  };
}
