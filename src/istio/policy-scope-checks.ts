import { DataPlane } from './data-plane';
import { DEFAULT_ROOT_NAMESPACE, IstioDeclaration } from './istio';
import { PolicyEnforcement, PolicyScopeProps } from './policy-scope';
import { PolicyTarget } from './policy-target';
import { article } from '../semantics/names';

/** What to do with a policy that ztunnel cannot enforce. */
export const ZTUNNEL_REMEDY = 'attach it to a waypoint or gateway with targets, ' +
  'or pass enforcement: PolicyEnforcement.PROXY for workloads with sidecars and gateways';

/**
 * Refuses a policy whose parts of what it is about do not fit together, and says what enforces it.
 *
 * @returns undefined when that is not known
 */
export function checkScope(
  kind: string, namespace: string | undefined, props: PolicyScopeProps, mesh: IstioDeclaration | undefined,
): PolicyEnforcement | undefined {
  const { selector, targets, enforcement } = props;
  PolicyTarget._check(kind, namespace, selector, targets, mesh);
  selector?._checkNamespace(article(kind), namespace, mesh?.rootNamespace ?? DEFAULT_ROOT_NAMESPACE);
  if (enforcement !== undefined && targets !== undefined) {
    throw new Error(`enforcement of a policy goes without targets, got '${enforcement}': gateways and waypoints are proxies, leave it out`);
  }
  if (targets !== undefined) {
    return PolicyEnforcement.PROXY;
  }
  return checkEnforcement(enforcement, mesh);
}

/** What enforces a policy for workloads; refuses what the declared mesh does not have. */
export function checkEnforcement(enforcement: PolicyEnforcement | undefined, mesh: IstioDeclaration | undefined): PolicyEnforcement | undefined {
  if (enforcement === PolicyEnforcement.ZTUNNEL && mesh?.dataPlane === DataPlane.SIDECAR) {
    throw new Error(`enforcement '${enforcement}' needs an ambient mesh, got one with sidecars: leave it out, or declare DataPlane.AMBIENT`);
  }
  const usual = mesh && (mesh.dataPlane === DataPlane.AMBIENT ? PolicyEnforcement.ZTUNNEL : PolicyEnforcement.PROXY);
  return enforcement ?? usual;
}
