import { Size, SizeRoundingBehavior } from 'cdk8s';
import { nginxEdgeAddresses } from './nginx-edge-addresses';
import { nginxEdgeAuthorization } from './nginx-edge-authorization';
import { nginxEdgeCors } from './nginx-edge-cors';
import { NginxEdgeGateway } from './nginx-edge-gateway';
import { nginxEdgeHeaders } from './nginx-edge-headers';
import { NginxEdgePart } from './nginx-edge-part';
import { nginxEdgeRateLimit } from './nginx-edge-rate-limit';
import { ExtensionProvider } from '../../istio/extension-provider';
import { EdgeAccessLogOptions } from '../edge/edge-access-log';
import { EdgeAddressOptions } from '../edge/edge-addresses';
import { EdgeAuthorizationOptions } from '../edge/edge-authorization';
import { EdgeCorsOptions } from '../edge/edge-cors';
import { EdgeHeaderOptions } from '../edge/edge-headers';
import { EdgeScope } from '../edge/edge-hosts';
import { EdgeLocalRateLimitOptions } from '../edge/edge-rate-limit';
import { cannotEnforce, GatewayEdgeEnforcement } from '../edge/gateway-edge-enforcement';

const ISTIO = 'use GatewayForm.selfManaged()';

/** What nginx enforces at the edge: parts of its configuration, one for each call of a verb. */
export class NginxEdge implements GatewayEdgeEnforcement {
  constructor(private readonly gateway: NginxEdgeGateway, private readonly parts: NginxEdgePart[]) {}

  public requireJwt(): void {
    this.refuse('ask for tokens', 'stock nginx reads none', 'have an authorizer decide, or ask for them at the workloads with RequestAuthentication');
  }

  public authorizeBy(scope: EdgeScope, provider: ExtensionProvider, options: EdgeAuthorizationOptions): void {
    this.parts.push(nginxEdgeAuthorization(this.gateway, scope, this.parts.length, provider, options));
  }

  public restrictAddresses(scope: EdgeScope, options: EdgeAddressOptions): void {
    this.parts.push(nginxEdgeAddresses(this.gateway, scope, this.parts.length, options));
  }

  public limitRate(scope: EdgeScope, options: EdgeLocalRateLimitOptions): void {
    this.parts.push(nginxEdgeRateLimit(this.gateway, scope, this.parts.length, options));
  }

  public limitRateBy(): void {
    this.refuse('limit rates together', 'stock nginx asks no rate limit service', `use limitRate, which each pod counts for itself, or ${ISTIO.slice(4)}`);
  }

  public allowOrigins(scope: EdgeScope, options: EdgeCorsOptions): void {
    this.parts.push(nginxEdgeCors(this.gateway, scope, this.parts.length, options));
  }

  public cleanHeaders(scope: EdgeScope, options: EdgeHeaderOptions): void {
    this.parts.push(nginxEdgeHeaders(this.gateway, scope, this.parts.length, options));
  }

  public limitBody({ hosts }: EdgeScope, limit: Size): void {
    const maxBodyBytes = limit.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * 1024;
    if (!Number.isInteger(maxBodyBytes) || maxBodyBytes < 1) {
      throw new Error(`longest body of gateway '${this.gateway.name}' must be a whole number of at least 1 byte, got ${maxBodyBytes}: nginx takes 0 for any`);
    }
    this.parts.push({ hosts, maxBodyBytes });
  }

  public logAccess(_: EdgeScope, { provider, filter }: EdgeAccessLogOptions): void {
    if (provider !== undefined && provider !== ExtensionProvider.ENVOY) {
      this.refuse(`log access to '${provider.name}'`, 'nginx writes JSON to the output of its container', 'leave provider out');
    }
    if (filter !== undefined) {
      this.refuse('choose what it logs', 'nginx does not know CEL', `leave filter out, or ${ISTIO}`);
    }
    this.parts.push({ logs: true });
  }

  public extend(): void {
    this.refuse('run filters of your own', 'stock nginx has neither Wasm nor Lua', ISTIO);
  }

  private refuse(what: string, why: string, instead: string): never {
    cannotEnforce(this.gateway.name, what, why, instead);
  }
}
