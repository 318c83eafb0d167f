import { EdgeGateway } from '../edge/gateway-edge-enforcement';

/** A gateway that is an nginx. */
export interface NginxEdgeGateway extends EdgeGateway {
  /** Whether it was told how it learns the addresses of clients. */
  readonly knowsClients: boolean;
}
