import { kindOf, linkerdKinds } from './kinds';
import { MAKERS } from './makers';
import { coherent, coherentArgs, neededOf } from './rules';
import { external, given, HOME, isKnownExternal } from './world';
import { Api } from '../api';

const HEAD = `# Fields of Linkerd

Made by \`npx projen field-coverage\`; do not edit. For each field of each kind, and each word that a field takes: the property or factory that sets it, or why none does, and the
example that shows it. A property is found by changing programs and looking what becomes of the manifest, so that this page says what is so, not what was meant.

\`LinkerdServerProps.port\` is a property, \`LinkerdPort.named(name)\` the argument of a factory, \`LinkerdServerSelector.allPods\` the factory itself: it writes the word that it
stands for. Kinds that nobody needs are not made: Linkerd reads HTTPRoutes of Gateway API, and an AuthorizationPolicy says what a ServerAuthorization does.
`;

const NO_GROUP = 'Kubernetes\' own kinds are named without a group, which some releases refuse';

/** Why fields are left out, by kind and path; all below a path is left out with it. */
const REASONS: { readonly [field: string]: string } = {
  'HTTPLocalRateLimitPolicy overrides[].clientRefs[].group': NO_GROUP,
  'MeshTLSAuthentication identityRefs[].group': NO_GROUP,
  'ServiceProfile opaquePorts': 'the definition takes a list, and the webhook a map',
  'ServiceProfile routes[].condition.not': 'the definition takes a list, and the webhook an object; inside of `all` both take the object',
};

/** Linkerd's policies and profiles. */
export const LINKERD: Api = {
  name: 'linkerd',
  title: 'Linkerd',
  rooms: { own: /^src\/linkerd\//, all: /^src\/(linkerd|gateway-api|semantics)\// },
  makers: MAKERS,
  page: { file: 'linkerd-field-coverage.md', head: HEAD, reference: 'reference-linkerd', shown: 0.98, reasons: REASONS },
  kinds: linkerdKinds,
  kindOf,
  opening: ({ statements }) => ({ statements }),
  isOpening: () => false,
  hasAll: () => true,
  namespaceOf: () => HOME,
  external,
  isKnownExternal,
  given,
  value: () => undefined,
  isLong: () => false,
  shareOf: (_, __, usual) => usual,
  neededOf,
  fits: () => true,
  coherent,
  coherentArgs,
};
