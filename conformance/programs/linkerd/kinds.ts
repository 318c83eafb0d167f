import { allKinds } from '../../fuzz/kinds';
import { ApiKind } from '../api';

const GROUPS = /(^|\.)linkerd\.io\//;
const VERSIONS = ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha2', 'v1alpha1'];
/** Kinds of which no construct is there: Linkerd reads HTTPRoutes of Gateway API, and an AuthorizationPolicy says what a ServerAuthorization does, and more. */
const LEFT_OUT = ['HTTPRoute', 'ServerAuthorization'];
/** Constructs whose names are not those of their kinds behind the mesh's. */
const KINDS: { readonly [construct: string]: string } = {
  LinkerdHttpLocalRateLimitPolicy: 'HTTPLocalRateLimitPolicy', LinkerdMeshTlsAuthentication: 'MeshTLSAuthentication',
};

const rank = (apiVersion: string) => VERSIONS.indexOf(apiVersion.replace(/.*\//, ''));

let known: readonly ApiKind[] | undefined;

/** Every kind of Linkerd that is made, in its newest version. */
export function linkerdKinds(): readonly ApiKind[] {
  return known ??= [...new Map(allKinds().filter(({ apiVersion, kind }) => GROUPS.test(apiVersion) && !LEFT_OUT.includes(kind))
    .sort((a, b) => rank(b.apiVersion) - rank(a.apiVersion))
    .map(({ apiVersion, kind, namespaced, schema }): [string, ApiKind] => {
      const { spec } = schema.properties!;
      return [kind, { group: apiVersion.replace(/\/.*/, ''), kind, namespaced, spec, standardSpec: spec }];
    })).values()].sort((a, b) => a.kind < b.kind ? -1 : 1);
}

/** The kind that a construct makes, by the construct's short name. */
export function kindOf(construct: string): ApiKind | undefined {
  return linkerdKinds().find(({ kind }) => kind === (KINDS[construct] ?? construct.replace(/^Linkerd/, '')));
}
