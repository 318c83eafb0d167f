import { cannotEnforce, GatewayEdgeEnforcement } from './gateway-edge-enforcement';
import { IGatewayClass } from '../../gateway-api/gateway-class';

/** A class whose own policies are not known here. */
export class EdgeOfOthers implements GatewayEdgeEnforcement {
  constructor(private readonly gateway: string, private readonly gatewayClass: IGatewayClass) {}

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
    cannotEnforce(this.gateway, what, `Gateway API has no policy for it, and those of gateway class '${this.gatewayClass.name}' are its own`, 'write the policy of the class for this Gateway, or use GatewayForm.selfManaged()');
  }
}
