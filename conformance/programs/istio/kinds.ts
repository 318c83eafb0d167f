import { allKinds } from '../../fuzz/kinds';
import { ApiKind } from '../api';

const GROUPS = /\.istio\.io\//;
const VERSIONS = ['v1', 'v1beta1', 'v1alpha3', 'v1alpha1'];
/** Constructs whose names are not those of their kinds. */
const KINDS: { readonly [construct: string]: string } = { IstioGateway: 'Gateway', VirtualServiceDelegate: 'VirtualService' };

const rank = (apiVersion: string) => VERSIONS.indexOf(apiVersion.replace(/.*\//, ''));

let known: readonly ApiKind[] | undefined;

/** Every kind of Istio, in its newest version. */
export function istioKinds(): readonly ApiKind[] {
  return known ??= [...new Map(allKinds().filter(({ apiVersion }) => GROUPS.test(apiVersion)).sort((a, b) => rank(b.apiVersion) - rank(a.apiVersion))
    .map(({ apiVersion, kind, namespaced, schema }): [string, ApiKind] => {
      const { spec } = schema.properties!;
      return [kind, { group: apiVersion.replace(/\/.*/, ''), kind, namespaced, spec, standardSpec: spec }];
    })).values()].sort((a, b) => a.kind < b.kind ? -1 : 1);
}

/** The kind that a construct makes, by the construct's short name. */
export function kindOf(construct: string): ApiKind | undefined {
  return istioKinds().find(({ kind }) => kind === (KINDS[construct] ?? construct));
}
