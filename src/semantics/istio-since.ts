import { Barrier, Gate } from './gate';
import { isLater } from './gateway-api-version';
import { ISTIO_SERVED, ISTIO_SINCE } from './istio-since.data';
import { IstioVersion } from './istio-version';

const GROUP = /^(networking|security|telemetry|extensions)\.istio\.io$/;

/** Whether the kind is one of Istio's. */
export function isIstioKind(group: string, kind: string): boolean {
  return GROUP.test(group) && Object.hasOwn(ISTIO_SINCE, kind);
}

/** The newest version in which a kind is served, as `v1`; undefined before there is any. */
export function newestIstioVersion(kind: string, release: IstioVersion): string | undefined {
  return ISTIO_SERVED[kind].filter(item => !isLater(item.split(' ')[0], release)).at(-1)?.split(' ')[1];
}

/** The release since which a version of a kind is served, where the given one is earlier. */
export function notYetServed(kind: string, version: string, release: IstioVersion): string | undefined {
  const [since] = ISTIO_SERVED[kind].find(item => item.split(' ')[1] === version)?.split(' ') ?? [];
  return since !== undefined && isLater(since, release) ? since : undefined;
}

/** What a release lacks of the spec of a kind that it has, with the release that brought it; undefined when it lacks nothing. */
export function istioGateOf(kind: string, release: IstioVersion): Gate<string> | undefined {
  const barriers = ISTIO_SINCE[kind].slice(1).flatMap<Barrier<string>>(row => {
    const [path, since] = row.split(' ');
    return isLater(since, release) ? [{ path, why: since, word: path.includes('=') ? 'closed' : undefined }] : [];
  });
  return barriers.length > 0 ? new Gate(barriers) : undefined;
}

/** Why a release takes no objects of a kind. */
export function whyNoIstioKind(kind: string, release: IstioVersion): string {
  return `${kind} is not in Istio ${release}: it is there since ${ISTIO_SINCE[kind][0]}`;
}

/** Why something of a spec is not to be written for a release. */
export function whyNotInIstio({ why, word }: Barrier<string>, release: IstioVersion): string {
  return `is not in Istio ${release}, which ${word ? 'refuses it' : 'would drop it in silence'}: it is there since ${why}`;
}
