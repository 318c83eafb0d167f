import { EdgeAddressOptions } from './edge-addresses';
import { EdgeScope } from './edge-hosts';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';

/** . */
export function istioEdgeAddresses({ name }: IstioEdgeGateway, _scope: EdgeScope, _options: EdgeAddressOptions): void {
  cannotEnforce(name, 'do this', 'it is being built', 'wait');
}
