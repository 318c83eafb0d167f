import { EdgeAccessLogOptions } from './edge-access-log';
import { EdgeScope } from './edge-hosts';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';

/** . */
export function istioEdgeAccessLog({ name }: IstioEdgeGateway, _scope: EdgeScope, _options: EdgeAccessLogOptions): void {
  cannotEnforce(name, 'do this', 'it is being built', 'wait');
}
