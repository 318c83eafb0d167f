import { Size, SizeRoundingBehavior } from 'cdk8s';
import { EdgeAccessLogOptions } from './edge-access-log';
import { EdgeAddressOptions } from './edge-addresses';
import { EdgeAuthorizationOptions } from './edge-authorization';
import { EdgeCorsOptions } from './edge-cors';
import { EdgeHeaderOptions } from './edge-headers';
import { EdgeScope } from './edge-hosts';
import { EdgeJwtOptions } from './edge-jwt';
import { EdgeGlobalRateLimitOptions, EdgeLocalRateLimitOptions } from './edge-rate-limit';
import { serviceOf } from './envoy-gateway-backend-ref';
import { envoyGatewayAccessLog } from './envoy-gateway-edge-access-log';
import { envoyGatewayAddresses } from './envoy-gateway-edge-addresses';
import { envoyGatewayExtAuth } from './envoy-gateway-edge-authorization';
import { envoyGatewayCors } from './envoy-gateway-edge-cors';
import { envoyGatewayExtension } from './envoy-gateway-edge-extension';
import { envoyGatewayHeaders } from './envoy-gateway-edge-headers';
import { envoyGatewayJwt } from './envoy-gateway-edge-jwt';
import { envoyGatewayRules, MAX_GLOBAL_RULES, MAX_LOCAL_RULES } from './envoy-gateway-edge-rate-limit';
import { EnvoyGatewayPolicies } from './envoy-gateway-policies';
import { ExternalAuthorization } from './external-authorization';
import { cannotEnforce, EdgeGateway, GatewayEdgeEnforcement } from './gateway-edge-enforcement';
import { GatewayHost, GatewayHostProtocol } from './gateway-host';
import type { GatewayListeners } from './gateway-listeners';
import type { ProvisionedByEnvoyGateway } from './provisioned-by-envoy-gateway';
import { BackendTraffic, BackendTrafficPolicy } from '../envoy-gateway/backend-traffic-policy';
import { EnvoyExtensionPolicy, Extensions } from '../envoy-gateway/envoy-extension-policy';
import { Security, SecurityPolicy } from '../envoy-gateway/security-policy';
import { ExtensionProvider } from '../istio/extension-provider';
import { ProviderService } from '../istio/extension-provider-service';
import { TrafficExtensionFilter } from '../istio/traffic-extension-filter';

/** A gateway of Envoy Gateway. */
export interface EnvoyGatewayEdgeGateway extends EdgeGateway {
  readonly listeners: GatewayListeners;
  /** What it is told beside policies. */
  readonly settings: ProvisionedByEnvoyGateway;
}

/** The rate limit service of Envoy Gateway's own installation, in whatever namespace that is. */
const RATE_LIMIT = { name: 'envoy-ratelimit', port: 8081 };
const MAX_BODY = 4294967295;

/**
 * What Envoy Gateway enforces at the edge, by its policies: one of a kind for the gateway, and one for each host of which something particular is said. Routes
 * may have policies of their own, which replace these.
 */
export class EnvoyGatewayEdge implements GatewayEdgeEnforcement {
  private readonly security: EnvoyGatewayPolicies<Security>;
  private readonly traffic: EnvoyGatewayPolicies<BackendTraffic>;
  private readonly extensions: EnvoyGatewayPolicies<Extensions>;
  private redirects = false;

  constructor(private readonly gateway: EnvoyGatewayEdgeGateway) {
    this.security = new EnvoyGatewayPolicies(SecurityPolicy, gateway);
    this.traffic = new EnvoyGatewayPolicies(BackendTrafficPolicy, gateway);
    this.extensions = new EnvoyGatewayPolicies(EnvoyExtensionPolicy, gateway);
  }

  public requireJwt(scope: EdgeScope, options: EdgeJwtOptions): void {
    this.say(this.security, scope, { jwt: envoyGatewayJwt(this.gateway.name, options) });
    this.keepRedirects();
  }

  public authorizeBy(scope: EdgeScope, provider: ExtensionProvider, options: EdgeAuthorizationOptions): void {
    this.say(this.security, scope, { extAuth: envoyGatewayExtAuth(this.referrer, provider, options) });
    this.keepRedirects();
    if (options.authorizer !== undefined) {
      ExternalAuthorization._letAsk(this.gateway.client, options.authorizer);
    }
  }

  public restrictAddresses(scope: EdgeScope, options: EdgeAddressOptions): void {
    this.say(this.security, scope, { authorization: envoyGatewayAddresses(this.gateway, options) });
  }

  public limitRate(scope: EdgeScope, { limits }: EdgeLocalRateLimitOptions): void {
    this.say(this.traffic, scope, { rateLimit: { local: { rules: envoyGatewayRules(this.gateway, limits, MAX_LOCAL_RULES) } } });
  }

  public limitRateBy(scope: EdgeScope, service: ProviderService, { limits, failOpen = false }: EdgeGlobalRateLimitOptions): void {
    const { name } = this.gateway;
    const meant = serviceOf(service.address, service.port);
    if (meant?.name !== RATE_LIMIT.name || meant.port !== RATE_LIMIT.port) {
      cannotEnforce(name, `ask ${service.address}:${service.port} for rates`, 'Envoy Gateway asks the service of its own installation',
        `pass ProviderService.serviceName('${RATE_LIMIT.name}', 'envoy-gateway-system', ${RATE_LIMIT.port})`);
    }
    if (!failOpen) {
      cannotEnforce(name, 'refuse requests while the rate limit service cannot be asked', 'that is said for all gateways, by rateLimit.failClosed of the installation',
        'pass failOpen: true, and say it there');
    }
    const spec = { rateLimit: { global: { rules: envoyGatewayRules(this.gateway, limits, MAX_GLOBAL_RULES, true) } } };
    // The routes of a policy count together, and hosts do not.
    this.hostsOf(scope, host => this.say(this.traffic, { ...scope, hosts: [host] }, spec));
  }

  public allowOrigins(scope: EdgeScope, options: EdgeCorsOptions): void {
    this.say(this.security, scope, { cors: envoyGatewayCors(options) });
  }

  public cleanHeaders(scope: EdgeScope, options: EdgeHeaderOptions): void {
    const { name, settings, listeners } = this.gateway;
    const shared = scope.hosts?.find(host => listeners.namesOf(host, GatewayHostProtocol.HTTPS).length === 0);
    if (shared !== undefined) {
      cannotEnforce(name, `clean headers of host '${shared}' alone`, 'for Envoy Gateway all that is plain HTTP on port 80 is one', 'leave hosts out, or use GatewayHost.https');
    }
    const headers = envoyGatewayHeaders(name, options);
    if (options.strictTransportSecurity !== undefined) {
      this.hostsOf(scope, host => this.checkHttps(host));
    }
    if (scope.hosts === undefined) {
      settings.clientTraffic.say({ headers });
    } else {
      settings.clientTraffic.sayOf(scope.hosts, host => listeners.namesOf(host, GatewayHostProtocol.HTTPS), { headers });
    }
  }

  public limitBody(scope: EdgeScope, limit: Size): void {
    const bytes = limit.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * 1024;
    if (!Number.isInteger(bytes) || bytes < 1 || bytes > MAX_BODY) {
      throw new Error(`longest body of gateway '${this.gateway.name}' must be 1 to ${MAX_BODY} bytes, got ${bytes}`);
    }
    this.say(this.traffic, scope, { requestBuffer: { limit: `${bytes}` } });
  }

  public logAccess(_scope: EdgeScope, options: EdgeAccessLogOptions): void {
    this.gateway.settings.logAccess(envoyGatewayAccessLog(this.referrer, options));
  }

  public extend(_scope: EdgeScope, filter: TrafficExtensionFilter): void {
    const { name, namespace } = this.gateway;
    this.extensions.say(envoyGatewayExtension(name, namespace.name, this.extensions.specOf(undefined) ?? {}, filter));
  }

  /** Host by host at the listeners of the host, also the one that redirects: who is let in by it is the same. */
  private say<Spec extends object>(policies: EnvoyGatewayPolicies<Spec>, { hosts }: EdgeScope, spec: Spec): void {
    if (hosts === undefined) {
      policies.say(spec);
    } else {
      policies.sayOf(hosts, host => this.gateway.listeners.namesOf(host), spec);
    }
  }

  /** Of each host that is meant, now and later. */
  private hostsOf({ hosts }: EdgeScope, then: (host: string) => void): void {
    const speaksHttp = ({ protocol }: GatewayHost) => protocol === GatewayHostProtocol.HTTPS || protocol === GatewayHostProtocol.HTTP;
    (hosts ?? this.gateway.hosts().filter(speaksHttp).map(({ hostname }) => hostname)).forEach(then);
    if (hosts === undefined) {
      this.gateway.onHost(host => speaksHttp(host) && then(host.hostname));
    }
  }

  private checkHttps(hostname: string): void {
    const { name, hosts } = this.gateway;
    if (hosts().some(host => host.hostname === hostname && host.protocol === GatewayHostProtocol.HTTP)) {
      throw new Error(`strictTransportSecurity of gateway '${name}' must be for hosts with HTTPS, got '${hostname}': name hosts of GatewayHost.https`);
    }
  }

  /** Who only is redirected to HTTPS is not asked who he is: he could say it in plain HTTP only. */
  private keepRedirects(): void {
    const { listeners } = this.gateway;
    const keep = () => {
      if (!this.redirects && listeners.redirect !== undefined) {
        this.redirects = true;
        this.security.add(['redirect'], { kind: 'HTTPRoute', name: listeners.redirect.name }, () => ({
          authorization: this.security.specOf(undefined)?.authorization ?? { defaultAction: 'Allow' },
        }));
      }
    };
    keep();
    this.gateway.onHost(keep);
  }

  private get referrer() {
    const { scope, name, namespace } = this.gateway;
    return { scope, gateway: name, namespace: namespace.name };
  }
}
