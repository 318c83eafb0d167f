import type { IConstruct } from 'constructs';
import { IstioVersion } from './istio-version';

/** What is declared of the mesh that reads what is in a scope: the release of Istio, or that it is Linkerd. */
export type DeclaredMesh = IstioVersion | 'linkerd';

const declared = new WeakMap<IConstruct, DeclaredMesh>();
const primaries = new WeakMap<IConstruct, string>();

/** Says which mesh reads what is in a scope. */
export function declareMesh(scope: IConstruct, mesh: DeclaredMesh): void {
  declared.set(scope, mesh);
}

/** Says that the mesh of a scope has its control plane in another cluster. */
export function declarePrimary(scope: IConstruct, cluster: string): void {
  primaries.set(scope, cluster);
}

/** The mesh that is declared nearest to a construct. */
export function declaredMesh(construct: IConstruct): DeclaredMesh | undefined {
  const scope = meshScope(construct);
  return scope && declared.get(scope);
}

/** The cluster whose control plane the mesh that is declared nearest to a construct uses, where that is another one. */
export function declaredPrimary(construct: IConstruct): string | undefined {
  const scope = meshScope(construct);
  return scope && primaries.get(scope);
}

/** The release of Istio that is declared nearest to a construct, unless the nearest mesh is another one. */
export function declaredIstioVersion(construct: IConstruct): IstioVersion | undefined {
  const mesh = declaredMesh(construct);
  return mesh === 'linkerd' ? undefined : mesh;
}

function meshScope(construct: IConstruct): IConstruct | undefined {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    if (declared.has(at)) {
      return at;
    }
  }
  return undefined;
}
