import { EdgeScope } from './edge-hosts';
import { EdgeJwtOptions } from './edge-jwt';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';

/** . */
export function istioEdgeJwt({ name }: IstioEdgeGateway, _scope: EdgeScope, _options: EdgeJwtOptions): void {
  cannotEnforce(name, 'do this', 'it is being built', 'wait');
}
