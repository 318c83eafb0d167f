import { IMeshClient } from './mesh-client';
import { AuthorizationSource } from '../istio/authorization-rule';
import { SourceNamespace } from '../istio/authorization-source';
import { IstioIdentity } from '../istio/istio-identity';

/** A client as Istio's policies name it. */
export function sourceOf({ clientNamespace: { name, mesh }, clientServiceAccount, clientTrustDomain }: IMeshClient): AuthorizationSource {
  if (clientServiceAccount !== undefined) {
    return { principals: [IstioIdentity.serviceAccountName(name, clientServiceAccount, { trustDomain: clientTrustDomain ?? mesh.trustDomain })] };
  }
  // A namespace alone would be that of this name in every trust domain.
  return clientTrustDomain === undefined ? { namespaces: [SourceNamespace.named(name)] } :
    { principals: [IstioIdentity.of(`${clientTrustDomain}/ns/${name}/*`)] };
}
