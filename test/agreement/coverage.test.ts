import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const PATTERNS = join(__dirname, '../../src/mesh');
/** Below that folder, without the ending. */
const FILES = (readdirSync(PATTERNS, { recursive: true }) as string[]).filter(file => file.endsWith('.ts')).map(file => file.replace(/\.ts$/, ''));
const INDEX = readFileSync(join(__dirname, '../../src/index.ts'), 'utf8');
const COOKS = ['cook.ts', 'meshes.ts', 'kitchen.ts', 'dishes.ts', 'gateway-dishes.ts', 'cluster-dishes.ts'];
const COOKED = COOKS.map(file => readFileSync(join(__dirname, file), 'utf8')).join('\n');

/** Constructs that others make, which users do not. */
const PARTS = ['GatewayWorkload', 'ImportedNamespace', 'MeshCluster', 'NamespacePolicies', 'NginxWorkload'];
/** Where users choose one of several, and how each is said. */
const CHOICES: { readonly [file: string]: string } = {
  'gateway-edge': '.edge.',
  'gateway-form': 'GatewayForm.',
  'egress-form': 'EgressForm.',
  'canary-protocol': 'CanaryProtocol.',
  'canary-delivery': 'CanaryDelivery.',
  'gateway-host': 'GatewayHost.',
  'istio-certificate-authority': 'IstioCertificateAuthority.',
  'linkerd-identity': 'LinkerdIdentity.',
  'control-plane': 'ControlPlane.',
};

/** The constructs of patterns that users make, and what makes clusters. */
function constructs(): string[] {
  const files = FILES.filter(file => INDEX.includes(`./mesh/${file}'`));
  const declared = /^export class (\w+) extends (?:Construct|Mesh|IstioMesh|WaypointBase)\b/gm;
  return [...files.flatMap(file => [...readFileSync(join(PATTERNS, `${file}.ts`), 'utf8').matchAll(declared)].map(([, name]) => name)), 'MultiClusterMesh'];
}

/** What users choose from: verbs, factories, or words of an enum, of the class that the file is named after. */
function choices(file: string): string[] {
  const text = readFileSync(join(PATTERNS, `${FILES.find(each => basename(each) === file)}.ts`), 'utf8');
  const name = file.split('-').map(word => word[0].toUpperCase() + word.slice(1)).join('');
  const [, kind, body] = new RegExp(`^export (class|enum) ${name} {\\n([\\s\\S]*?)^}`, 'm').exec(text)!;
  const declared = kind === 'enum' ? /^ {2}([A-Z_]+) = /gm : file === 'gateway-edge' ? /^ {2}public ([a-z]\w*)\(/gm : /^ {2}public static (?:readonly )?([A-Za-z]\w*)/gm;
  return [...body.matchAll(declared)].map(([, choice]) => choice);
}

test('every pattern is asked for by a recipe', () => {
  const lacking = constructs().filter(name => !PARTS.includes(name) && !new RegExp(`\\bnew ${name}\\(|\\b${name}\\.from`).test(COOKED));

  expect(constructs().length).toBeGreaterThan(20);
  expect(lacking).toEqual([]);
});

test.each(Object.entries(CHOICES))('whatever there is to choose of %s is chosen by a recipe', (file, said) => {
  expect(choices(file).length).toBeGreaterThan(1);
  expect(choices(file).filter(choice => !new RegExp(`${said.replace(/\./g, '\\.')}${choice}\\b`).test(COOKED))).toEqual([]);
});
