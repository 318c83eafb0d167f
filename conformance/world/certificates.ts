import { execFileSync } from 'node:child_process';
import { goBinary, GoProgram } from '../go';
import { Manifest } from './manifest';
import { TlsSecret } from './tls-secret';
import { TrustBundle } from './trust-bundle';

export const CERTIFICATES: GoProgram = { module: 'istio', package: './certificates', output: 'certificates' };

/** Who signs: the mesh for its workloads, the public authority for what the world sees, an authority for clients outside, and one that nobody should trust. */
export type Authority = 'mesh' | 'public' | 'clients' | 'strangers';

/** What of a world holds certificates. */
export interface Credentials {
  readonly tlsSecrets: readonly TlsSecret[];
  readonly trustBundles: readonly TrustBundle[];
}

export interface WantedCertificate {
  readonly name: string;
  readonly issuer: Authority;
  readonly hosts?: readonly string[];
  readonly uri?: string;
}

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

export interface Certificates {
  readonly authorities: { readonly [issuer: string]: string };
  readonly certificates: { readonly [name: string]: Certificate };
}

/** Makes certificates that are good for an hour. */
export function makeCertificates(wanted: readonly WantedCertificate[]): Certificates {
  return JSON.parse(execFileSync(goBinary(CERTIFICATES), { input: JSON.stringify(wanted), encoding: 'utf8' })) as Certificates;
}

/** The certificates of Secrets, and one at least of each authority that clients and objects of a world name. */
export function wantedCertificates({ tlsSecrets }: Credentials): WantedCertificate[] {
  return [
    ...(['public', 'clients', 'strangers'] as const).map(issuer => ({ name: `client/${issuer}`, issuer, hosts: [`client-of-${issuer}.example.com`] })),
    ...tlsSecrets.map(secret => ({ name: secretName(secret), issuer: secret.authority ?? 'public', hosts: secret.hosts })),
  ];
}

/** The Secrets and the ConfigMaps of a world, with certificates of their own. */
export function makeCredentials(credentials: Credentials): Manifest[] {
  return credentialObjects(credentials, makeCertificates(wantedCertificates(credentials)));
}

/** The Secrets and the ConfigMaps of a world. */
export function credentialObjects({ tlsSecrets, trustBundles }: Credentials, { authorities, certificates }: Certificates): Manifest[] {
  return [
    ...tlsSecrets.map(secret => secretObject(secret, certificates[secretName(secret)], secret.ca && authorities[secret.ca])),
    ...trustBundles.map(({ namespace, name, authority }) => ({
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { 'ca.crt': authorities[authority] },
    })),
  ];
}

function secretName({ namespace, name }: TlsSecret): string {
  return `secret/${namespace}/${name}`;
}

function secretObject({ namespace, name }: TlsSecret, { certificate, key }: Certificate, ca?: string): Manifest {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(certificate), 'tls.key': base64(key), ...ca && { 'ca.crt': base64(ca) } },
  };
}
