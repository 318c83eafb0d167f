import { gatewayApiKinds, kindOf } from './kinds';
import { MAKERS } from './makers';
import { coherent, coherentArgs, fits, neededOf, shareOf } from './rules';
import { external, given, HOME, isKnownExternal } from './world';
import { Api, Chance, Opening } from '../api';
import { Scene } from '../scene';

const MESH = 'cdk8s-mesh.';
const OPTIONS = `${MESH}GatewayApiOptions`;
const BUNDLE = `${MESH}GatewayApiBundle`;
const CHANNEL = `${MESH}GatewayApiChannel`;
const ALL = [`${BUNDLE}.V1_7`, `${CHANNEL}.EXPERIMENTAL`];

const HEAD = `# Fields of the Gateway API

Made by \`npx projen field-coverage\`; do not edit. For each field of each kind, and each word that a field takes: the property or factory that sets it, and the example that
shows it. A property is found by changing programs and looking what becomes of the manifest, so that this page says what is so, not what was meant.

- \`HttpRouteRule.timeouts\` is a property, \`HttpPathMatch.prefix(value)\` the argument of a factory, \`HttpPathMatch.prefix\` the factory itself: it writes the word that it stands for.
- Fields of the experimental channel only are marked; an app declares that channel with \`GatewayApi.declare\`.
`;

/** What the app declares: mostly what has everything. */
function opening(scene: Scene, { some, word }: Chance): Opening {
  const kind = kindOf(scene.target);
  const chances = kind && kind.standardSpec === undefined ? { newest: 95, standard: 0 } : { newest: 80, standard: 60 };
  const [bundle, channel] = scene.maybe(chances.newest) ? ALL : scene.maybe(chances.standard) ? [`${BUNDLE}.V1_7`, `${CHANNEL}.STANDARD`] : [word(BUNDLE), word(CHANNEL)];
  return { declares: { struct: OPTIONS, fields: { bundle: { constant: bundle }, channel: { constant: channel }, ...some(OPTIONS, ['bundle', 'channel'], 10) } }, statements: [] };
}

/** Whether an app declares what has everything. */
function hasAll({ declares }: Opening): boolean {
  const words = declares && 'fields' in declares ? [declares.fields.bundle, declares.fields.channel] : [];
  return words.every((word, i) => word && 'constant' in word && word.constant === ALL[i]);
}

/** The Gateway API. */
export const GATEWAY_API: Api = {
  name: 'gateway',
  title: 'the Gateway API',
  rooms: { own: /^src\/(gateway-api|semantics)\//, all: /^src\/(gateway-api|semantics)\// },
  makers: MAKERS,
  page: { file: 'field-coverage.md', head: HEAD, reference: 'reference-gateway-api', shown: 0.98, reasons: {} },
  kinds: gatewayApiKinds,
  kindOf,
  declaration: OPTIONS,
  opening,
  isOpening: () => false,
  hasAll,
  namespaceOf: ({ target }) => kindOf(target)?.namespaced === false ? undefined : HOME,
  external,
  isKnownExternal,
  given,
  value: () => undefined,
  isLong: () => false,
  shareOf,
  neededOf,
  // What the newest bundle's experimental channel has begins with an X.
  fits: (producer, { hasAll: everything, target }) => (everything || !/\.[xX][A-Z]/.test(`.${producer}`)) && fits(producer, target),
  coherent,
  coherentArgs: (factory, args, { target }) => coherentArgs(factory, args, target),
};
