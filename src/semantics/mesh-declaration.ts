import type { IConstruct } from 'constructs';
import { IstioVersion } from './istio-version';

/** What is declared of the mesh that reads what is in a scope: the release of Istio, or that it is Linkerd. */
export type DeclaredMesh = IstioVersion | 'linkerd';

const declared = new WeakMap<IConstruct, DeclaredMesh>();

/** Says which mesh reads what is in a scope. */
export function declareMesh(scope: IConstruct, mesh: DeclaredMesh): void {
  declared.set(scope, mesh);
}

/** The mesh that is declared nearest to a construct. */
export function declaredMesh(construct: IConstruct): DeclaredMesh | undefined {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    const mesh = declared.get(at);
    if (mesh !== undefined) {
      return mesh;
    }
  }
  return undefined;
}

/** The release of Istio that is declared nearest to a construct, unless the nearest mesh is another one. */
export function declaredIstioVersion(construct: IConstruct): IstioVersion | undefined {
  const mesh = declaredMesh(construct);
  return mesh === 'linkerd' ? undefined : mesh;
}
