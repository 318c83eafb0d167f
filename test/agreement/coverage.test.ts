import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PATTERNS = join(__dirname, '../../src/mesh');
const INDEX = readFileSync(join(__dirname, '../../src/index.ts'), 'utf8');
const COOKED = ['cook.ts', 'dishes.ts', 'gateway-dishes.ts', 'kitchen.ts'].map(file => readFileSync(join(__dirname, file), 'utf8')).join('\n');

/** Patterns that no recipe asks for, and why. */
const NOT_ASKED: { readonly [name: string]: string } = {
  ExternalContainers: 'its objects are those of StaticMachines; its own are compared in test/mesh',
  MeshCluster: 'a mesh of several clusters is an app for each: examples/two-clusters is looked at',
  RemoteNetworkGateway: 'a mesh of several clusters is an app for each: examples/two-clusters is looked at',
};

/** The constructs of patterns that users make. */
function constructs(): string[] {
  const files = readdirSync(PATTERNS).filter(file => INDEX.includes(`./mesh/${file.replace(/\.ts$/, '')}'`));
  const declared = /^export class (\w+) extends (?:Construct|Mesh|IstioMesh|WaypointBase)\b/gm;
  return files.flatMap(file => [...readFileSync(join(PATTERNS, file), 'utf8').matchAll(declared)].map(([, name]) => name));
}

test('every pattern is asked for by a recipe', () => {
  // What a gateway is made of is made by it.
  const parts = ['GatewayWorkload', 'ImportedNamespace', 'NamespacePolicies', 'NginxWorkload'];
  const lacking = constructs().filter(name => !parts.includes(name) && !new RegExp(`\\bnew ${name}\\(|\\b${name}\\.from`).test(COOKED));

  expect(constructs().length).toBeGreaterThan(20);
  expect(lacking.sort()).toEqual(Object.keys(NOT_ASKED));
});
