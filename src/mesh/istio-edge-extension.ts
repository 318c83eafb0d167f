import { EdgeScope } from './edge-hosts';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { TrafficExtensionFilter } from '../istio/traffic-extension-filter';

/** . */
export function istioEdgeExtension({ name }: IstioEdgeGateway, _scope: EdgeScope, _filter: TrafficExtensionFilter): void {
  cannotEnforce(name, 'do this', 'it is being built', 'wait');
}
