/** Why fields of Istio are left out, by kind and path; all below a path is left out with it. */
export const REASONS: { readonly [field: string]: string } = {
};
