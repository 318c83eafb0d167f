import { IConstruct } from 'constructs';
import { declaredMesh } from '../../semantics/mesh-declaration';

/** Refuses policies of Istio in a mesh whose proxies read none, and says what to do instead. */
export function requireIstioPolicies(scope: IConstruct, what: string, instead: string): void {
  if (declaredMesh(scope) === 'linkerd') {
    throw new Error(`${what} is a policy that proxies of Istio enforce, got a Linkerd mesh: ${instead}`);
  }
}
