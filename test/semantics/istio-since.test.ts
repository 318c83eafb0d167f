import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Definition, pathsOf, specWith } from './schema-paths';
import { isIstioKind, istioGateOf, newestIstioVersion, notYetServed, whyNoIstioKind } from '../../src/semantics/istio-since';
import { IstioVersion } from '../../src/semantics/istio-version';

const CRDS = join(__dirname, '..', '..', 'crds');
const RELEASES = Object.values(IstioVersion);

const rows = (name: string) => readFileSync(join(CRDS, 'since', `istio-${name}.tsv`), 'utf8').trim().split('\n').slice(1).map(line => line.split('\t'));
const definitions: Definition[] = JSON.parse(readFileSync(join(CRDS, 'istio.json'), 'utf8')).definitions;
const FIELDS = rows('since').filter(([, path]) => !/^[(@]/.test(path)).map(([kind, path, since]) => ({ kind, path, since }));

test('the table has every path of a spec of 1.31, and no other', () => {
  const inCrds = definitions.flatMap(({ spec: { names: { kind }, versions } }) =>
    versions.flatMap(({ schema }) => pathsOf(schema.openAPIV3Schema.properties!.spec).map(path => `${kind} ${path}`)));
  expect(FIELDS.map(({ kind, path }) => `${kind} ${path}`).sort()).toEqual([...new Set(inCrds)].sort());
});

test('every path is missed in the releases before it is there, and in none since', () => {
  const served = (kind: string) => RELEASES.filter(release => newestIstioVersion(kind, release) !== undefined);
  const wrong = FIELDS.flatMap(({ kind, path, since }) => served(kind).filter(release => {
    const missed = istioGateOf(kind, release)?.meet(specWith(path)) ?? [];
    return (missed.length > 0) !== (RELEASES.indexOf(release) < RELEASES.indexOf(since as IstioVersion));
  }).map(release => `${kind} ${path} in ${release}`));
  expect(wrong).toEqual([]);
});

test('the newest version that 1.31 serves is one of its definitions', () => {
  for (const { spec: { group, names: { kind }, versions } } of definitions) {
    expect(isIstioKind(group, kind)).toBe(true);
    expect(versions.map(({ name }) => name)).toContain(newestIstioVersion(kind, IstioVersion.V1_31));
  }
});

test('the newest version of a kind by release', () => {
  expect(RELEASES.map(release => newestIstioVersion('VirtualService', release))).toEqual(['v1beta1', 'v1beta1', ...Array(10).fill('v1')]);
  expect(newestIstioVersion('Telemetry', IstioVersion.V1_21)).toBe('v1alpha1');
  expect(newestIstioVersion('TrafficExtension', IstioVersion.V1_29)).toBeUndefined();
  expect(notYetServed('VirtualService', 'v1', IstioVersion.V1_21)).toBe('1.22');
  expect(notYetServed('VirtualService', 'v1', IstioVersion.V1_22)).toBeUndefined();
  expect(notYetServed('VirtualService', 'v1alpha3', IstioVersion.V1_21)).toBeUndefined();
});

test('a kind that a release lacks, and kinds of others', () => {
  expect(whyNoIstioKind('TrafficExtension', IstioVersion.V1_29)).toBe('TrafficExtension is not in Istio 1.29: it is there since 1.30');
  expect(isIstioKind('gateway.networking.k8s.io', 'Gateway')).toBe(false);
  expect(isIstioKind('networking.istio.io', 'HTTPRoute')).toBe(false);
});
