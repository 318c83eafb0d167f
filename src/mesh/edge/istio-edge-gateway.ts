import { EdgeGateway } from './gateway-edge-enforcement';
import { GatewayPolicyScope } from '../gateway/gateway-policy-scope';

/** A gateway whose proxies are Istio's. */
export interface IstioEdgeGateway extends EdgeGateway {
  readonly policyScope: GatewayPolicyScope;
}
