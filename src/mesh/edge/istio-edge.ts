import { Size } from 'cdk8s';
import { EdgeAccessLogOptions } from './edge-access-log';
import { EdgeAddressOptions } from './edge-addresses';
import { EdgeAuthorizationOptions } from './edge-authorization';
import { EdgeCorsOptions } from './edge-cors';
import { EdgeHeaderOptions } from './edge-headers';
import { EdgeScope } from './edge-hosts';
import { EdgeJwtOptions } from './edge-jwt';
import { EdgeGlobalRateLimitOptions, EdgeLocalRateLimitOptions } from './edge-rate-limit';
import { GatewayEdgeEnforcement } from './gateway-edge-enforcement';
import { istioEdgeAccessLog } from './istio-edge-access-log';
import { istioEdgeAddresses } from './istio-edge-addresses';
import { istioEdgeAuthorization } from './istio-edge-authorization';
import { istioEdgeBody } from './istio-edge-body';
import { istioEdgeCors } from './istio-edge-cors';
import { IstioEdgeExtensions } from './istio-edge-extension';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { istioEdgeGlobalRateLimit } from './istio-edge-global-rate-limit';
import { istioEdgeHeaders } from './istio-edge-headers';
import { IstioEdgeTokens } from './istio-edge-jwt';
import { istioEdgeRateLimit } from './istio-edge-rate-limit';
import { ExtensionProvider } from '../../istio/extension-provider';
import { ProviderService } from '../../istio/extension-provider-service';
import { TrafficExtensionFilter } from '../../istio/traffic-extension-filter';

/** What Istio's proxies enforce at the edge. */
export class IstioEdge implements GatewayEdgeEnforcement {
  private readonly tokens: IstioEdgeTokens;
  private readonly extensions: IstioEdgeExtensions;

  constructor(private readonly gateway: IstioEdgeGateway) {
    this.tokens = new IstioEdgeTokens(gateway);
    this.extensions = new IstioEdgeExtensions(gateway);
  }

  public requireJwt(scope: EdgeScope, options: EdgeJwtOptions): void {
    this.tokens.require(scope, options);
  }

  public authorizeBy(scope: EdgeScope, provider: ExtensionProvider, options: EdgeAuthorizationOptions): void {
    istioEdgeAuthorization(this.gateway, scope, provider, options);
  }

  public restrictAddresses(scope: EdgeScope, options: EdgeAddressOptions): void {
    istioEdgeAddresses(this.gateway, scope, options);
  }

  public limitRate(scope: EdgeScope, options: EdgeLocalRateLimitOptions): void {
    istioEdgeRateLimit(this.gateway, scope, options);
  }

  public limitRateBy(scope: EdgeScope, service: ProviderService, options: EdgeGlobalRateLimitOptions): void {
    istioEdgeGlobalRateLimit(this.gateway, scope, service, options);
  }

  public allowOrigins(scope: EdgeScope, options: EdgeCorsOptions): void {
    istioEdgeCors(this.gateway, scope, options);
  }

  public cleanHeaders(scope: EdgeScope, options: EdgeHeaderOptions): void {
    istioEdgeHeaders(this.gateway, scope, options);
  }

  public limitBody(scope: EdgeScope, limit: Size): void {
    istioEdgeBody(this.gateway, scope, limit);
  }

  public logAccess(scope: EdgeScope, options: EdgeAccessLogOptions): void {
    istioEdgeAccessLog(this.gateway, scope, options);
  }

  public extend(scope: EdgeScope, filter: TrafficExtensionFilter): void {
    this.extensions.add(scope, filter);
  }
}
