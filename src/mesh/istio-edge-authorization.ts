import { EdgeAuthorizationOptions } from './edge-authorization';
import { EdgeScope } from './edge-hosts';
import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { ExtensionProvider } from '../istio/extension-provider';

/** . */
export function istioEdgeAuthorization(
  { name }: IstioEdgeGateway, _scope: EdgeScope, _provider: ExtensionProvider, _options: EdgeAuthorizationOptions,
): void {
  cannotEnforce(name, 'do this', 'it is being built', 'wait');
}
