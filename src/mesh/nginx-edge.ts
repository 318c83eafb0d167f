import { cannotEnforce, EdgeGateway, GatewayEdgeEnforcement } from './gateway-edge-enforcement';

/** What nginx enforces at the edge. */
export class NginxEdge implements GatewayEdgeEnforcement {
  constructor(private readonly gateway: EdgeGateway) {}

  public requireJwt(): void {
    this.refuse('ask for tokens');
  }

  public authorizeBy(): void {
    this.refuse('have an authorizer decide');
  }

  public restrictAddresses(): void {
    this.refuse('restrict addresses');
  }

  public limitRate(): void {
    this.refuse('limit rates');
  }

  public limitRateBy(): void {
    this.refuse('limit rates together');
  }

  public allowOrigins(): void {
    this.refuse('allow origins');
  }

  public cleanHeaders(): void {
    this.refuse('clean headers');
  }

  public limitBody(): void {
    this.refuse('limit bodies');
  }

  public logAccess(): void {
    this.refuse('log access');
  }

  public extend(): void {
    this.refuse('run filters of your own');
  }

  private refuse(what: string): never {
    cannotEnforce(this.gateway.name, what, 'it is being built', 'wait');
  }
}
