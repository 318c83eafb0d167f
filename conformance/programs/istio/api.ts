import { istioKinds, kindOf } from './kinds';
import { MAKERS } from './makers';
import { HOME } from './names';
import { REASONS } from './reasons';
import { meshOf } from './rule';
import { coherent, coherentArgs, fits, neededOf, shareOf } from './rules';
import { external, given, isKnownExternal } from './world';
import { Api, Chance, Opening } from '../api';
import { Scene } from '../scene';

const MESH = 'cdk8s-mesh.IstioMesh';
/** How often, in percent, a mesh is declared. */
const DECLARED = 75;

const HEAD = `# Fields of Istio

Made by \`npx projen field-coverage\`; do not edit. For each field of each kind, and each word that a field takes: the property or factory that sets it, or why none does, and the
example that shows it. A property is found by changing programs and looking what becomes of the manifest, so that this page says what is so, not what was meant.

- \`VirtualServiceHttpRoute.timeout\` is a property, \`StringMatch.prefix(value)\` the argument of a factory, \`StringMatch.prefix\` the factory itself: it writes the word that it stands for.
- \`headers{}\` are the values of a map, whose keys are the user's.
`;

/** Lists whose items have much to say. */
const LONG = ['IstioMeshProps.extensionProviders', 'EnvoyFilterProps.configPatches', 'VirtualServiceProps.httpRoutes', 'VirtualServiceDelegateProps.httpRoutes'];

/** Mostly a mesh is declared. */
function opening(scene: Scene, { construct }: Chance): Opening {
  if (scene.maybe(DECLARED)) {
    construct('mesh', MESH);
  }
  return { statements: scene.statements };
}

/** Whether what is declared has everything: a mesh of the newest release has, and so has none. */
function hasAll({ statements }: Opening): boolean {
  const version = meshOf(statements)?.version;
  return version === undefined || ('constant' in version && version.constant.endsWith('.V1_31'));
}

/** Istio, with what watches it. */
export const ISTIO: Api = {
  name: 'istio',
  title: 'Istio',
  rooms: { own: /^src\/(istio|monitoring)\/|^src\/mesh\/istio-mesh/, all: /^src\/(istio|monitoring|gateway-api|semantics)\/|^src\/mesh\/(istio-|control-plane)/ },
  makers: MAKERS,
  page: { file: 'istio-field-coverage.md', head: HEAD, reference: 'reference-istio', shown: 0.95, reasons: REASONS },
  kinds: istioKinds,
  kindOf,
  opening,
  isOpening: construct => construct === MESH,
  hasAll,
  namespaceOf: (_, factory) => factory !== undefined && /^for(Mesh|Namespace)$/.test(factory) ? undefined : HOME,
  external,
  isKnownExternal,
  given,
  value: () => undefined,
  isLong: slot => LONG.includes(slot),
  shareOf,
  neededOf,
  fits,
  coherent,
  coherentArgs,
};
