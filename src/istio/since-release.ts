import { Istio } from './istio';
import { isLater } from '../semantics/gateway-api-version';
import { IstioVersion } from '../semantics/istio-version';

/** Refuses what no schema tells apart, and the declared release does not know. */
export function checkSinceRelease(istio: Istio, since: IstioVersion, what: string): void {
  if (isLater(since, istio.version)) {
    throw new Error(`${what} is not in Istio ${istio.version}: it is there since ${since}; leave it out, or say in the IstioMesh what the clusters run`);
  }
}
