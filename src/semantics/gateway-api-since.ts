import { Barrier, Gate, splitValue } from './gate';
import type { GatewayApiChannel } from './gateway-api-channel';
import { SERVED, SINCE } from './gateway-api-since.data';
import { formatVersion, GatewayApiVersion, isLater } from './gateway-api-version';

/** The first release of each channel; undefined where it never was. */
export interface Since {
  readonly standard?: string;
  readonly experimental?: string;
}

/** The first releases that have a kind. */
export function kindSince(kind: string): Since | undefined {
  const [own] = SINCE[kind] ?? [];
  return own === undefined ? undefined : sinceOf(own.split(' '));
}

/** The versions in which a kind is served, newest first, as `v1`. */
export function servedVersions(kind: string, { bundle, channel }: GatewayApiVersion): string[] {
  const entry = SERVED[kind]?.[channel].filter(item => !isLater(item.split(' ')[0], bundle)).at(-1);
  return entry?.split(' ').slice(1) ?? [];
}

/** Whether the kind is one of the Gateway API that some release had. */
export function isGatewayApiKind(kind: string): boolean {
  return Object.hasOwn(SERVED, kind);
}

/** The API group of a kind of the Gateway API. */
export function groupOfKind(kind: string): string {
  return kind.startsWith('X') ? 'gateway.networking.x-k8s.io' : 'gateway.networking.k8s.io';
}

/** What a version lacks of the spec of a kind that it has; undefined when it lacks nothing. */
export function gateOf(kind: string, version: GatewayApiVersion): Gate<Since> | undefined {
  const barriers = missingFrom(kind, version);
  return barriers.length > 0 ? new Gate(barriers) : undefined;
}

/** The fields and values that a version lacks. */
export function missingFrom(kind: string, { bundle, channel }: { readonly bundle: string; readonly channel: GatewayApiChannel }): Barrier<Since>[] {
  return (SINCE[kind] ?? []).slice(1).flatMap(row => {
    const [path, ...releases] = row.split(' ');
    const since = sinceOf(releases);
    const first = since[channel];
    const isThere = first !== undefined && !isLater(first, bundle);
    return isThere ? [] : [{ path: path.replace('~', '='), why: since, word: path.includes('~') ? 'open' as const : /[=!>]/.test(path) ? 'closed' as const : undefined }];
  });
}

/** Why a version takes no objects of a kind. */
export function whyNoKind(kind: string, version: GatewayApiVersion): string {
  return `${kind} is not in ${formatVersion(version)}: it is ${formatSince(kindSince(kind) ?? {})}`;
}

/** Why a version takes no objects of an apiVersion of a kind, and which it takes. */
export function whyUnserved(kind: string, apiVersion: string, version: GatewayApiVersion): string {
  const group = groupOfKind(kind);
  const first = SERVED[kind][version.channel].find(item => item.split(' ').slice(1).includes(apiVersion))?.split(' ')[0];
  return `must be ${servedVersions(kind, version).map(served => `${group}/${served}`).join(' or ')} for a ${kind} in ${formatVersion(version)}, ` +
    `got '${group}/${apiVersion}'${first !== undefined && isLater(first, version.bundle) ? `, which is served since ${first}` : ''}`;
}

/** Why something of a spec is not to be written for a version: `is not in Gateway API 1.6 standard, which would drop it in silence: it is ...`. */
export function whyMissing({ path, why, word }: Barrier<Since>, version: GatewayApiVersion): string {
  const { sign, operand } = splitValue(path);
  const which = sign === '>' ? `with more than ${operand} entries ` : sign === '!' ? `other than '${operand}' ` : '';
  const consequence = word === undefined ? 'which would drop it in silence' : word === 'closed' ? 'which refuses it' : 'where nothing knows what it means';
  return `${which}is not in ${formatVersion(version)}, ${consequence}: it is ${formatSince(why)}`;
}

/** `in the standard channel since 1.7, in the experimental channel since 1.1`. */
function formatSince({ standard, experimental }: Since): string {
  return standard !== undefined && standard === experimental ? `in both channels since ${standard}` : [
    standard === undefined ? '' : `in the standard channel since ${standard}`,
    experimental === undefined ? '' : `in the experimental channel${standard === undefined ? ' only,' : ''} since ${experimental}`,
  ].filter(text => text !== '').join(', ');
}

function sinceOf([standard, experimental]: readonly string[]): Since {
  return { standard: standard === '-' ? undefined : standard, experimental: experimental === '-' ? undefined : experimental };
}
