import { EdgeCorsOptions } from './edge-cors';
import { EdgeScope } from './edge-hosts';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';

/** . */
export function istioEdgeCors({ name }: IstioEdgeGateway, _scope: EdgeScope, _options: EdgeCorsOptions): void {
  cannotEnforce(name, 'do this', 'it is being built', 'wait');
}
