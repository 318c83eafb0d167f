import { Size, SizeRoundingBehavior } from 'cdk8s';
import { EdgeAccessLogOptions } from './edge-access-log';
import { EdgeAddressOptions } from './edge-addresses';
import { EdgeAuthorizationOptions } from './edge-authorization';
import { EdgeCorsOptions } from './edge-cors';
import { headerChanges } from './edge-header-changes';
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
import { cannotEnforce, EdgeGateway, GatewayEdgeEnforcement } from './gateway-edge-enforcement';
import { BackendTraffic, BackendTrafficPolicy } from '../../envoy-gateway/backend-traffic-policy';
import { EnvoyExtensionPolicy, Extensions } from '../../envoy-gateway/envoy-extension-policy';
import type { FilterPosition } from '../../envoy-gateway/envoy-proxy';
import { Security, SecurityPolicy } from '../../envoy-gateway/security-policy';
import { checkCount } from '../../istio/count';
import { ExtensionProvider } from '../../istio/extension-provider';
import { ProviderService } from '../../istio/extension-provider-service';
import { TrafficExtensionFilter } from '../../istio/traffic-extension-filter';
import { ExternalAuthorization } from '../calls/external-authorization';
import { GatewayHost, GatewayHostProtocol } from '../gateway/gateway-host';
import type { GatewayListeners } from '../gateway/gateway-listeners';
import type { ProvisionedByEnvoyGateway } from '../gateway/provisioned-by-envoy-gateway';

/** A gateway of Envoy Gateway. */
export interface EnvoyGatewayEdgeGateway extends EdgeGateway {
  readonly listeners: GatewayListeners;
  /** What it is told beside policies. */
  readonly settings: ProvisionedByEnvoyGateway;
}

/** The rate limit service of Envoy Gateway's own installation, in whatever namespace that is. */
const RATE_LIMIT = { name: 'envoy-ratelimit', port: 8081 };
/** As EnvoyProxies name filters. */
const FILTERS = 'envoy.filters.http.';
/** Moved one after the other, so that the last that there is decides: addresses before filters of your own, and bodies after all that refuses. */
const ADDRESSES_FIRST = ['wasm', 'lua'].map(other => ({ name: `${FILTERS}rbac`, before: FILTERS + other }));
const BODIES_LAST = ['rbac', 'lua', 'wasm', 'local_ratelimit', 'ratelimit'].map(other => ({ name: `${FILTERS}buffer`, after: FILTERS + other }));
const MAX_BODY = 2 ** 32 - 1;

/**
 * What Envoy Gateway enforces at the edge, by its policies: one of a kind for the gateway, and one for each host of which something particular is said. Routes
 * may have policies of their own, which replace these.
 */
export class EnvoyGatewayEdge implements GatewayEdgeEnforcement {
  private readonly security: EnvoyGatewayPolicies<Security>;
  private readonly traffic: EnvoyGatewayPolicies<BackendTraffic>;
  private readonly extensions: EnvoyGatewayPolicies<Extensions>;
  private readonly ordered = new Set<FilterPosition[]>();
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
    this.order(ADDRESSES_FIRST);
  }

  public limitRate(scope: EdgeScope, { limits }: EdgeLocalRateLimitOptions): void {
    this.say(this.traffic, scope, { rateLimit: { local: { rules: envoyGatewayRules(this.gateway, limits, MAX_LOCAL_RULES) } } });
  }

  public limitRateBy(scope: EdgeScope, service: ProviderService, { limits, failOpen = false, limiter }: EdgeGlobalRateLimitOptions): void {
    const { name } = this.gateway;
    const meant = serviceOf(service.address, service.port);
    if (meant?.name !== RATE_LIMIT.name || meant.port !== RATE_LIMIT.port) {
      cannotEnforce(name, `ask ${service.address}:${service.port} for rates`, 'Envoy Gateway asks the service of its own installation',
        `pass ProviderService.serviceName('${RATE_LIMIT.name}', 'envoy-gateway-system', ${RATE_LIMIT.port})`);
    }
    if (limiter !== undefined) {
      cannotEnforce(name, `have '${limiter.name}' let it ask for rates`, 'the service of its installation is no workload of yours', 'leave limiter out');
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
    const changes = headerChanges(this.gateway, scope, options);
    const plain = envoyGatewayHeaders(name, changes, false);
    if (scope.hosts === undefined && Object.keys(plain).length > 0) {
      settings.clientTraffic.say(plain);
    }
    if (scope.hosts !== undefined || changes.strictTransport !== undefined) {
      const encrypted = envoyGatewayHeaders(name, changes, true);
      const ofHttps = (host: string) => listeners.namesOf(host, GatewayHostProtocol.HTTPS);
      this.hostsOf(scope, host => ofHttps(host).length > 0 && settings.clientTraffic.sayOf([host], ofHttps, encrypted));
    }
  }

  public limitBody(scope: EdgeScope, limit: Size): void {
    const kibibytes = limit.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
    const bytes = checkCount(kibibytes * 1024, `limit of bodies of gateway '${this.gateway.name}' in bytes`, MAX_BODY, 1);
    this.say(this.traffic, scope, { requestBuffer: { limit: `${bytes}` } });
    this.order(BODIES_LAST);
  }

  public logAccess(_scope: EdgeScope, options: EdgeAccessLogOptions): void {
    this.gateway.settings.logAccess(envoyGatewayAccessLog(this.referrer, options));
  }

  public extend(_scope: EdgeScope, filter: TrafficExtensionFilter): void {
    const { name, namespace } = this.gateway;
    this.extensions.say(envoyGatewayExtension(name, namespace.name, this.extensions.specOf(undefined) ?? {}, filter));
  }

  /** As at the edge of every form. */
  private order(positions: FilterPosition[]): void {
    if (!this.ordered.has(positions)) {
      this.ordered.add(positions);
      this.gateway.settings.orderFilters(...positions);
    }
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
  private hostsOf({ hosts }: EdgeScope, then: (host: string) => unknown): void {
    const speaksHttp = ({ protocol }: GatewayHost) => protocol === GatewayHostProtocol.HTTPS || protocol === GatewayHostProtocol.HTTP;
    (hosts ?? this.gateway.hosts().filter(speaksHttp).map(({ hostname }) => hostname)).forEach(then);
    if (hosts === undefined) {
      this.gateway.onHost(host => speaksHttp(host) && then(host.hostname));
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
