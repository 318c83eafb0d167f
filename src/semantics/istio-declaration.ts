import type { IConstruct } from 'constructs';
import { IstioVersion } from './istio-version';

const declared = new WeakMap<IConstruct, IstioVersion>();

/** Says which release of Istio reads what is in a scope. */
export function declareIstioVersion(scope: IConstruct, release: IstioVersion): void {
  declared.set(scope, release);
}

/** The release of Istio that is declared nearest to a construct. */
export function declaredIstioVersion(construct: IConstruct): IstioVersion | undefined {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    const release = declared.get(at);
    if (release !== undefined) {
      return release;
    }
  }
  return undefined;
}
