import { IMeshClient } from './mesh-client';
import { AuthorizationSource } from '../istio/authorization-rule';
import { SourceNamespace } from '../istio/authorization-source';
import { IstioIdentity } from '../istio/istio-identity';

/** A client as Istio's policies name it. */
export function sourceOf({ clientNamespace, clientServiceAccount }: IMeshClient): AuthorizationSource {
  const { name, mesh } = clientNamespace;
  return clientServiceAccount === undefined ? { namespaces: [SourceNamespace.named(name)] } :
    { principals: [IstioIdentity.of(mesh.principal(name, clientServiceAccount))] };
}
