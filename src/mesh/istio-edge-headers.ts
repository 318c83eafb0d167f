import { EdgeHeaderOptions } from './edge-headers';
import { EdgeScope } from './edge-hosts';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';

/** . */
export function istioEdgeHeaders({ name }: IstioEdgeGateway, _scope: EdgeScope, _options: EdgeHeaderOptions): void {
  cannotEnforce(name, 'do this', 'it is being built', 'wait');
}
