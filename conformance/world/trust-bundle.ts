import type { Authority } from './certificates';
import { Manifest, ofKind } from './manifest';

/** On a ConfigMap: whose certificate it holds. On a Secret: who signs the certificate in it. */
export const AUTHORITY = 'conformance/authority';
/** On a Secret with that: whose certificate it holds as `ca.crt`. */
export const CA = 'conformance/ca';

/** A ConfigMap that says whom to trust. */
export interface TrustBundle {
  readonly namespace: string;
  readonly name: string;
  readonly authority: Authority;
}

/** Those that a world asks for. */
export function trustBundles(manifests: readonly Manifest[]): TrustBundle[] {
  return ofKind(manifests, '', 'ConfigMap').flatMap(manifest => {
    const authority = authorityOf(manifest);
    return authority === undefined ? [] : [{ namespace: manifest.metadata.namespace ?? 'default', name: manifest.metadata.name, authority }];
  });
}

/** The authority that an object names, whose content is yet to be made. */
export function authorityOf({ metadata: { annotations } }: Manifest): Authority | undefined {
  return annotations?.[AUTHORITY] as Authority | undefined;
}
