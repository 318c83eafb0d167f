import { IMeshClient } from './mesh-client';
import { AuthorizationSource } from '../istio/authorization-rule';

/** A client as Istio's policies name it. */
export function sourceOf({ clientNamespace, clientServiceAccount }: IMeshClient): AuthorizationSource {
  return clientServiceAccount === undefined ? { namespaces: [clientNamespace.name] } :
    { principals: [clientNamespace.mesh.principal(clientNamespace.name, clientServiceAccount)] };
}
