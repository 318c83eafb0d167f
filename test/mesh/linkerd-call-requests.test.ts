import { Chart, Testing } from 'cdk8s';
import { Deployment, LabelSelector, ServiceAccount } from 'cdk8s-plus-28';
import { AllowOptions, LinkerdMesh, MeshClient, MeshNamespace, MeshWorkload } from '../../src';

/**
 * Whatever is allowed: a request that goes to its most specific route, as Gateway API says, is let in by the policies of that route exactly when some `allowFrom`
 * allows it. The judge reads manifests alone.
 */

const CLIENTS = ['a', 'b', 'c'];
const METHODS = ['GET', 'POST'];
const PATTERNS = ['/', '/*', '/x', '/x/*', '/x/y', '/x/y/*', '/z'];
const PATHS = ['/', '/x', '/x/', '/x/y', '/x/y/', '/x/y/z', '/xy', '/z', '/z/1'];

type Call = { readonly client: string } & Pick<AllowOptions, 'methods' | 'paths'>;

/** Small numbers that look like chance, and are the same each time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % below;
  };
}

function callsOf(seed: number): Call[] {
  const next = chance(seed);
  const some = <T>(values: T[]) => next(3) === 0 ? undefined : values.filter(() => next(3) === 0).concat(values[next(values.length)]).slice(0, 3);
  return Array.from({ length: 1 + next(5) }, () => ({ client: CLIENTS[next(3)], methods: some(METHODS), paths: some(PATTERNS) }));
}

function render(calls: Call[]): any[] {
  const chart = new Chart(Testing.app(), 'test');
  const mesh = new LinkerdMesh(chart, 'Mesh');
  const namespace = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  const metadata = { name: 'web', namespace: 'shop' };
  const workload = new Deployment(chart, 'Deployment', {
    metadata, select: false, containers: [{ image: 'web', portNumber: 8080 }], serviceAccount: new ServiceAccount(chart, 'Account', { metadata }),
  });
  workload.select(LabelSelector.of({ labels: { app: 'web' } }));
  const web = new MeshWorkload(chart, 'Web', { namespace, workload });
  calls.forEach(({ client, ...asked }) => web.allowFrom(MeshClient.serviceAccountName(namespace, client), asked));
  return Testing.synth(chart);
}

/** Whom a Server, or the route of it that is the most specific one for a request, lets in. */
function letIn(objects: any[], method: string, path: string): string[] {
  const matching = objects.filter(({ kind }) => kind === 'HTTPRoute').map(route => ({ route, match: route.spec.rules[0].matches[0] }))
    .filter(({ match }) => (match.method ?? method) === method && pathMatches(match.path, path))
    .sort((one, other) => rank(other.match) - rank(one.match));
  const routed = objects.some(({ kind }) => kind === 'HTTPRoute');
  const target = routed ? matching[0]?.route : objects.find(({ kind }) => kind === 'Server');
  const policies = objects.filter(({ kind, spec }) => kind === 'AuthorizationPolicy' && spec.targetRef.kind === target?.kind && spec.targetRef.name === target.metadata.name);
  return policies.flatMap(({ spec }) => spec.requiredAuthenticationRefs).flatMap(({ name }) =>
    objects.find(({ kind, metadata }) => kind === 'MeshTLSAuthentication' && metadata.name === name).spec.identityRefs.map((ref: { name: string }) => ref.name));
}

function pathMatches({ type, value }: { type: string; value: string }, path: string): boolean {
  const plain = value.replace(/\/$/, '');
  return type === 'Exact' ? path === value : path === plain || path.startsWith(`${plain}/`);
}

function rank({ path: { type, value }, method }: { path: { type: string; value: string }; method?: string }): number {
  return (type === 'Exact' ? 1000 : 0) + value.length * 2 + (method === undefined ? 0 : 1);
}

function isAllowed(calls: Call[], client: string, method: string, path: string): boolean {
  return calls.some(call => call.client === client && (call.methods?.includes(method) ?? true) && (call.paths?.some(pattern =>
    pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern) ?? true));
}

test.each(Array.from({ length: 60 }, (_, seed) => seed + 1))('requests are let in exactly as they are allowed, case %d', seed => {
  // GIVEN
  const calls = callsOf(seed);

  // WHEN
  const objects = render(calls);

  // THEN
  const asked = METHODS.flatMap(method => PATHS.flatMap(path => CLIENTS.map(client => ({ method, path, client }))));
  const wrong = asked.filter(({ method, path, client }) => letIn(objects, method, path).includes(client) !== isAllowed(calls, client, method, path));
  expect({ calls, wrong }).toEqual({ calls, wrong: [] });
});

test('the cases let some requests in and refuse others', () => {
  const verdicts = Array.from({ length: 60 }, (_, seed) => callsOf(seed + 1)).map(calls => isAllowed(calls, 'a', 'GET', '/x/y'));
  expect(new Set(verdicts)).toEqual(new Set([true, false]));
});
