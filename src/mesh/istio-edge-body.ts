import { Size } from 'cdk8s';
import { EdgeScope } from './edge-hosts';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';

/** . */
export function istioEdgeBody({ name }: IstioEdgeGateway, _scope: EdgeScope, _limit: Size): void {
  cannotEnforce(name, 'do this', 'it is being built', 'wait');
}
