import { execFileSync } from 'node:child_process';
import { goBinary, GoProgram } from '../go';
import { Manifest } from './manifest';
import { TlsSecret } from './tls-secret';

export const CERTIFICATES: GoProgram = { module: 'istio', package: './certificates', output: 'certificates' };

/** Who signs: the mesh for its workloads, the public authority for what the world sees. */
export type Authority = 'mesh' | 'public';

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
  readonly authorities: { readonly [issuer in Authority]: string };
  readonly certificates: { readonly [name: string]: Certificate };
}

/** Makes certificates that are good for an hour. */
export function makeCertificates(wanted: readonly WantedCertificate[]): Certificates {
  return JSON.parse(execFileSync(goBinary(CERTIFICATES), { input: JSON.stringify(wanted), encoding: 'utf8' })) as Certificates;
}

/** The certificates of Secrets, which the public authority signs. */
export function wantedSecrets(secrets: readonly TlsSecret[]): WantedCertificate[] {
  return [{ name: 'nobody', issuer: 'public' }, ...secrets.map(secret => ({ name: secretName(secret), issuer: 'public' as const, hosts: secret.hosts }))];
}

/** The objects of Secrets, with certificates of their own. */
export function makeSecrets(secrets: readonly TlsSecret[]): Manifest[] {
  return secretObjects(secrets, makeCertificates(wantedSecrets(secrets)));
}

/** The objects of Secrets. */
export function secretObjects(secrets: readonly TlsSecret[], { certificates }: Certificates): Manifest[] {
  return secrets.map(secret => secretObject(secret, certificates[secretName(secret)]));
}

function secretName({ namespace, name }: TlsSecret): string {
  return `secret/${namespace}/${name}`;
}

function secretObject({ namespace, name }: TlsSecret, { certificate, key }: Certificate): Manifest {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(certificate), 'tls.key': base64(key) },
  };
}
