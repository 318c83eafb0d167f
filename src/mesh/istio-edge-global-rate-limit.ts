import { EdgeScope } from './edge-hosts';
import { EdgeGlobalRateLimitOptions } from './edge-rate-limit';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { ProviderService } from '../istio/extension-provider-service';

/** . */
export function istioEdgeGlobalRateLimit(
  { name }: IstioEdgeGateway, _scope: EdgeScope, _service: ProviderService, _options: EdgeGlobalRateLimitOptions,
): void {
  cannotEnforce(name, 'do this', 'it is being built', 'wait');
}
