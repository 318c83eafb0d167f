import { EdgeScope } from './edge-hosts';
import { EdgeLocalRateLimitOptions } from './edge-rate-limit';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';

/** . */
export function istioEdgeRateLimit({ name }: IstioEdgeGateway, _scope: EdgeScope, _options: EdgeLocalRateLimitOptions): void {
  cannotEnforce(name, 'do this', 'it is being built', 'wait');
}
