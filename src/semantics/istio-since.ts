import { Barrier, Gate } from './gate';
import { isLater } from './gateway-api-version';
import { ISTIO_SERVED, ISTIO_SINCE } from './istio-since.data';
import { IstioVersion } from './istio-version';

/** The first release that has a kind of Istio. */
export function istioKindSince(kind: string): string {
  return ISTIO_SINCE[kind][0];
}

/** The newest version in which a kind is served, as `v1`; undefined before there is any. */
export function newestIstioVersion(kind: string, release: IstioVersion): string | undefined {
  return ISTIO_SERVED[kind].filter(item => !isLater(item.split(' ')[0], release)).at(-1)?.split(' ')[1];
}

/** What a release lacks of the spec of a kind that it has, with the release that brought it; undefined when it lacks nothing. */
export function istioGateOf(kind: string, release: IstioVersion): Gate<string> | undefined {
  const barriers = ISTIO_SINCE[kind].slice(1).flatMap<Barrier<string>>(row => {
    const [path, since] = row.split(' ');
    return isLater(since, release) ? [{ path, why: since, word: path.includes('=') ? 'closed' : undefined }] : [];
  });
  return barriers.length > 0 ? new Gate(barriers) : undefined;
}
