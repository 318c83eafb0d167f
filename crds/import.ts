/**
 * Turns crds/ into src/imports/: the newest version of every kind, as TypeScript.
 *
 *   npx projen import            writes src/imports/
 *   npx projen import --check    writes nothing, fails when src/imports/ is not what crds/ gives
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** The experimental channel holds every kind and field of the standard one. */
const BUNDLES: { name: string; kinds?: string[] }[] = [
  { name: 'gateway-api-experimental' },
  { name: 'istio' },
  // Issuers are only named.
  { name: 'cert-manager', kinds: ['Certificate'] },
  { name: 'prometheus-operator' },
  { name: 'linkerd' },
  // An EnvoyProxy is mostly what Kubernetes' own pods are.
  { name: 'envoy-gateway', kinds: ['ClientTrafficPolicy', 'BackendTrafficPolicy', 'SecurityPolicy', 'EnvoyExtensionPolicy'] },
  { name: 'flagger', kinds: ['Canary'] },
  { name: 'argo-rollouts', kinds: ['Rollout'] },
];
const OUT = join(__dirname, '..', 'src', 'imports');

const STABILITY = ['alpha', 'beta', undefined];

/** `v1` before `v1beta1` before `v1alpha3`, as Kubernetes orders versions. */
function newest(versions: { name: string }[]): { name: string } {
  const rank = ({ name }: { name: string }) => {
    const [, major, stability, minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name)!;
    return STABILITY.indexOf(stability) * 1e6 + Number(major) * 1e3 + Number(minor ?? 0);
  };
  return versions.reduce((best, version) => rank(version) > rank(best) ? version : best);
}

function generate(): Map<string, string> {
  const work = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    const crds = BUNDLES.flatMap(({ name, kinds }) => JSON.parse(readFileSync(join(__dirname, `${name}.json`), 'utf8')).definitions
      .filter((crd: { spec: { names: { kind: string } } }) => kinds?.includes(crd.spec.names.kind) ?? true));
    const single = crds.map(crd => ({ ...crd, spec: { ...crd.spec, versions: [{ ...newest(crd.spec.versions), storage: true }] } }));
    const file = join(work, 'crds.yaml');
    writeFileSync(file, single.map(crd => JSON.stringify(crd)).join('\n---\n'));
    execFileSync('npx', ['cdk8s', 'import', file, '--check-upgrade=false', '--language', 'typescript', '--output', join(work, 'out')], { stdio: ['ignore', 'ignore', 'inherit'] });
    return new Map(readdirSync(join(work, 'out')).sort().map(name =>
      [name, readFileSync(join(work, 'out', name), 'utf8')]));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const generated = generate();
if (process.argv.includes('--check')) {
  const present = readdirSync(OUT).sort();
  const stale = [...new Set([...present, ...generated.keys()])]
    .filter(name => !present.includes(name) || readFileSync(join(OUT, name), 'utf8') !== generated.get(name));
  if (stale.length > 0) {
    console.error(`src/imports is not what crds gives: ${stale.join(', ')}; run: npx projen import`);
    process.exit(1);
  }
} else {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  generated.forEach((text, name) => writeFileSync(join(OUT, basename(name)), text));
}
