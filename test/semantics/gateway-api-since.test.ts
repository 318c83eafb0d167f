import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Definition, pathsOf, specWith } from './schema-paths';
import { GatewayApiBundle } from '../../src/semantics/gateway-api-bundle';
import { GatewayApiChannel } from '../../src/semantics/gateway-api-channel';
import { gateOf, groupOfKind, isGatewayApiKind, kindSince, servedVersions, whyNoKind } from '../../src/semantics/gateway-api-since';
import { SERVED } from '../../src/semantics/gateway-api-since.data';
import { isLater } from '../../src/semantics/gateway-api-version';

const CRDS = join(__dirname, '..', '..', 'crds');
const CHANNELS = Object.values(GatewayApiChannel);
const BUNDLES = Object.values(GatewayApiBundle);

interface Row {
  readonly kind: string;
  readonly path: string;
  readonly standard?: string;
  readonly experimental?: string;
}

function rows(name: string): Row[] {
  const version = (text: string) => text === '-' ? undefined : text;
  return readFileSync(join(CRDS, 'since', `gateway-api-${name}.tsv`), 'utf8').trim().split('\n').slice(1).map(line => {
    const [kind, path, standard, experimental] = line.split('\t');
    return { kind, path, standard: version(standard), experimental: version(experimental) };
  });
}

const definitions = (channel: GatewayApiChannel): Definition[] => JSON.parse(readFileSync(join(CRDS, `gateway-api-${channel}.json`), 'utf8')).definitions;

const SINCE = [...rows('since'), ...rows('open-words')].filter(({ path }) => !path.startsWith('@'));
const FIELDS = SINCE.filter(({ path }) => path !== '(spec)');

test.each(CHANNELS)('the table has every path of a spec of 1.7 %s, and no other', channel => {
  const inCrds = definitions(channel).flatMap(({ spec: { names: { kind }, versions } }) =>
    versions.flatMap(({ schema }) => pathsOf(schema.openAPIV3Schema.properties!.spec).map(path => `${kind} ${path}`)));
  const inTable = rows('since').filter(row => row[channel] !== undefined && !/^[(@]/.test(row.path)).map(({ kind, path }) => `${kind} ${path}`);
  expect(inTable.sort()).toEqual([...new Set(inCrds)].sort());
});

test.each(CHANNELS)('what 1.7 %s serves is what its definitions serve, in their group', channel => {
  const version = { bundle: GatewayApiBundle.V1_7, channel };
  const inCrds = definitions(channel).map(({ spec: { names: { kind }, group, versions } }) => `${group} ${kind} ${versions.map(({ name }) => name).sort().join(' ')}`);
  const served = Object.keys(SERVED).map(kind => `${groupOfKind(kind)} ${kind} ${servedVersions(kind, version).sort().join(' ')}`);
  expect(served.filter(line => !line.endsWith(' ')).sort()).toEqual(inCrds.sort());
});

test('every path is missed in the releases before it is there, and in none since', () => {
  const wrong: string[] = [];
  for (const row of FIELDS) {
    const spec = specWith(row.path);
    for (const channel of CHANNELS) {
      for (const bundle of BUNDLES) {
        const first = row[channel];
        const missing = gateOf(row.kind, { bundle, channel })?.meet(spec) ?? [];
        if ((missing.length > 0) !== (first === undefined || isLater(first, bundle)) && servedVersions(row.kind, { bundle, channel }).length > 0) {
          wrong.push(`${row.kind} ${row.path} in ${bundle} ${channel}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test.each<[string, string, unknown, unknown]>([
  ['BackendTLSPolicy', 'validation.wellKnownCACertificates!System', { validation: { wellKnownCACertificates: 'example.com/all' } }, { validation: { wellKnownCACertificates: 'System' } }],
  ['GRPCRoute', 'rules[].matches>8', { rules: [{ matches: Array(9).fill({}) }] }, { rules: [{ matches: Array(8).fill({}) }] }],
  ['Gateway', 'infrastructure.annotations>8', { infrastructure: { annotations: { ...[...'123456789'] } } }, { infrastructure: { annotations: { ...[...'12345678'] } } }],
  ['HTTPRoute', 'rules[].filters[].cors.allowCredentials=false', { rules: [{ filters: [{ cors: { allowCredentials: false } }] }] },
    { rules: [{ filters: [{ cors: { allowCredentials: true } }] }] }],
  ['HTTPRoute', 'rules[].retry.attempts=0', { rules: [{ retry: { attempts: 0 } }] }, { rules: [{ retry: { attempts: 1 } }] }],
  ['TLSRoute', 'hostnames>16', { hostnames: Array(17).fill('a.com') }, { hostnames: Array(16).fill('a.com') }],
])('values of a %s that an earlier release refuses: %s', (kind, path, spec, taken) => {
  const { experimental } = rows('values').find(row => row.kind === kind && row.path === path)!;
  for (const bundle of BUNDLES.filter(each => servedVersions(kind, { bundle: each, channel: GatewayApiChannel.EXPERIMENTAL }).length > 0)) {
    const gate = gateOf(kind, { bundle, channel: GatewayApiChannel.EXPERIMENTAL });
    const met = (part: unknown) => (gate?.meet(part) ?? []).map(({ barrier }) => barrier.word);
    const isTooEarly = isLater(experimental!, bundle);
    // A release that lacks the field as a whole says that instead.
    expect([bundle, met(spec).length]).toEqual([bundle, isTooEarly ? 1 : 0]);
    expect([bundle, met(taken).filter(word => word !== undefined)]).toEqual([bundle, []]);
  }
});

test('a kind is served since it is in the table', () => {
  for (const { kind, ...since } of SINCE.filter(({ path }) => path === '(spec)')) {
    for (const channel of CHANNELS) {
      for (const bundle of BUNDLES) {
        const first = since[channel];
        expect([kind, bundle, channel, servedVersions(kind, { bundle, channel }).length > 0])
          .toEqual([kind, bundle, channel, first !== undefined && !isLater(first, bundle)]);
      }
    }
  }
});

test('the newest version comes first', () => {
  const served = (kind: string, bundle: GatewayApiBundle, channel = GatewayApiChannel.EXPERIMENTAL) => servedVersions(kind, { bundle, channel });
  expect(served('TLSRoute', GatewayApiBundle.V1_3)).toEqual(['v1alpha2']);
  expect(served('TLSRoute', GatewayApiBundle.V1_4)).toEqual(['v1alpha3', 'v1alpha2']);
  expect(served('TLSRoute', GatewayApiBundle.V1_5)).toEqual(['v1', 'v1alpha3', 'v1alpha2']);
  expect(served('TLSRoute', GatewayApiBundle.V1_4, GatewayApiChannel.STANDARD)).toEqual([]);
  expect(served('ReferenceGrant', GatewayApiBundle.V1_4, GatewayApiChannel.STANDARD)).toEqual(['v1beta1']);
});

test('a kind that is gone is served as long as it was there', () => {
  expect(servedVersions('XListenerSet', { bundle: GatewayApiBundle.V1_4, channel: GatewayApiChannel.EXPERIMENTAL })).toEqual(['v1alpha1']);
  expect(servedVersions('XListenerSet', { bundle: GatewayApiBundle.V1_5, channel: GatewayApiChannel.EXPERIMENTAL })).toEqual([]);
  expect(isGatewayApiKind('XListenerSet')).toBe(true);
  expect(isGatewayApiKind('Listener')).toBe(false);
  expect(servedVersions('Listener', { bundle: GatewayApiBundle.V1_7, channel: GatewayApiChannel.STANDARD })).toEqual([]);
});

test('the first release is told for each channel', () => {
  expect(kindSince('TLSRoute')).toEqual({ standard: '1.5', experimental: '1.0' });
  expect(kindSince('Listener')).toBeUndefined();
  expect(whyNoKind('TLSRoute', { bundle: GatewayApiBundle.V1_4, channel: GatewayApiChannel.STANDARD }))
    .toBe('TLSRoute is not in Gateway API 1.4 standard: it is in the standard channel since 1.5, in the experimental channel since 1.0');
  expect(whyNoKind('ListenerSet', { bundle: GatewayApiBundle.V1_4, channel: GatewayApiChannel.STANDARD }))
    .toBe('ListenerSet is not in Gateway API 1.4 standard: it is in both channels since 1.5');
});

test('the standard channel of 1.7 lacks little, so that nearly nothing has to be looked for', () => {
  const version = { bundle: GatewayApiBundle.V1_7, channel: GatewayApiChannel.STANDARD };
  expect(['BackendTLSPolicy', 'GatewayClass', 'ReferenceGrant'].map(kind => gateOf(kind, version)?.meet({}))).toEqual([[], undefined, undefined]);
  expect(gateOf('HTTPRoute', { ...version, channel: GatewayApiChannel.EXPERIMENTAL })).toBeUndefined();
});
