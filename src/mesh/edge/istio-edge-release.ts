import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { Istio } from '../../istio/istio';
import { isLater } from '../../semantics/gateway-api-version';
import { IstioVersion } from '../../semantics/istio-version';

/** Whether the proxies of a gateway are of a release or a later one. */
export function hasRelease({ scope }: IstioEdgeGateway, since: IstioVersion): boolean {
  return !isLater(since, Istio.of(scope).version);
}

/** Refuses what the Envoy of an older release does not know: such a proxy would take no listener any more. */
export function requireRelease(gateway: IstioEdgeGateway, since: IstioVersion, what: string, instead: string): void {
  if (!hasRelease(gateway, since)) {
    cannotEnforce(gateway.name, what, `proxies of Istio ${Istio.of(gateway.scope).version} do not know how, those since ${since} do`, instead);
  }
}
