import { Size } from 'cdk8s';
import { EdgeAccessLogOptions } from './edge-access-log';
import { EdgeAddressOptions } from './edge-addresses';
import { EdgeAuthorizationOptions } from './edge-authorization';
import { EdgeCorsOptions } from './edge-cors';
import { EdgeHeaderOptions } from './edge-headers';
import { EdgeHosts, EdgeScope } from './edge-hosts';
import { EdgeJwtOptions } from './edge-jwt';
import { EdgeGlobalRateLimitOptions, EdgeLocalRateLimitOptions } from './edge-rate-limit';
import { EdgeGateway, GatewayEdgeEnforcement } from './gateway-edge-enforcement';
import { ExtensionProvider } from '../../istio/extension-provider';
import { ProviderService } from '../../istio/extension-provider-service';
import { TrafficExtensionFilter } from '../../istio/traffic-extension-filter';
import { hostSlug } from '../../semantics/names';
import { GatewayHost, GatewayHostProtocol } from '../gateway/gateway-host';
import { IMeshNamespace } from '../mesh-client';

/**
 * What a gateway does to requests before anything behind it sees them, a verb each. A form or class that cannot enforce one refuses it; how each
 * does it is in docs/support.md. Istio's gateways are Envoys of their own in sidecar and ambient meshes alike, so that no waypoint is needed for it; an nginx does it
 * by its own configuration.
 *
 * Hosts and verbs may be in any order, but a host that a verb names is added before. Only hosts whose TLS ends at the gateway can be named.
 */
export class GatewayEdge {
  /** @internal */
  public static _of({ name, hosts, admitsListeners = [] }: EdgeGateway, enforcement: GatewayEdgeEnforcement): GatewayEdge {
    return new GatewayEdge(name, hosts, enforcement, admitsListeners);
  }

  /** For which hosts each verb was said; `undefined` for all. */
  private readonly said = new Map<string, (string[] | undefined)[]>();
  private extensions = 0;

  private constructor(
    private readonly gateway: string, private readonly hosts: () => GatewayHost[], private readonly enforcement: GatewayEdgeEnforcement,
    private readonly admitsListeners: readonly IMeshNamespace[],
  ) {}

  /**
   * Asks for tokens (JWT) of users. Invalid ones are refused, at Istio's proxies at every host of the gateway; missing ones where they are needed, each with 401 or 403.
   * What rules write into headers, clients cannot. TLS and bytes that are passed on carry no tokens, and pass.
   *
   * @throws when the form cannot, there is no rule, or the verb was said of a host already
   */
  public requireJwt(options: EdgeJwtOptions): this {
    this.enforcement.requireJwt(this.once('Jwt', options), options);
    return this;
  }

  /**
   * Has somebody else decide on each request: an OAuth2 proxy that sends users to log in, Open Policy Agent, or a service of yours. Istio's proxies ask before they look
   * for tokens. nginx asks over HTTP; it keeps the body of a refusal to itself, answers 302 for any redirect, and copies one cookie: send the paths of an OAuth2 proxy
   * there by routes, and except them.
   *
   * @param provider who decides; in Istio the mesh declares it
   * @param options on which requests it decides
   * @throws when the form cannot, or the verb was said of a host already
   */
  public authorizeBy(provider: ExtensionProvider, options: EdgeAuthorizationOptions = {}): this {
    this.enforcement.authorizeBy(this.once('Authorization', options), provider, options);
    return this;
  }

  /**
   * Refuses clients by their addresses, with 403. The gateway has to be told by `clientAddress` how it learns them. Lists for every host also hold for TLS and bytes that
   * are passed on, whose connections are closed.
   *
   * @throws when the form cannot, there is no list, or no clientAddress, or the verb was said of a host already
   */
  public restrictAddresses(options: EdgeAddressOptions): this {
    this.enforcement.restrictAddresses(this.once('Addresses', options), options);
    return this;
  }

  /**
   * Refuses requests with 429 when too many come to one proxy of the gateway. Envoy Gateway counts each match of a route by itself. nginx counts by second and minute: as many as there may be pass at once, and then one
   * each time that its part of the unit is over.
   *
   * @throws when the form cannot, there is no limit, or the verb was said of a host already
   */
  public limitRate(options: EdgeLocalRateLimitOptions): this {
    this.enforcement.limitRate(this.once('RateLimit', options), options);
    return this;
  }

  /**
   * Refuses requests with 429 when too many come to all proxies of the gateway together, which ask a rate limit service with Envoy's gRPC API.
   *
   * @param service where the rate limit service is; Envoy Gateway asks that of its own installation, `envoy-ratelimit` in its namespace, port 8081
   * @param options the limits
   * @throws when the form cannot, there is no limit, or the verb was said of a host already
   */
  public limitRateBy(service: ProviderService, options: EdgeGlobalRateLimitOptions): this {
    this.enforcement.limitRateBy(this.once('GlobalRateLimit', options), service, options);
    return this;
  }

  /**
   * Answers browsers that ask whether pages of other origins may call, before tokens or authorizers are asked for. What routes and applications say for other origins
   * stays as it is; nginx takes it away.
   *
   * @throws when the form cannot, the policy is refused, or the verb was said of a host already
   */
  public allowOrigins(options: EdgeCorsOptions): this {
    this.enforcement.allowOrigins(this.once('Cors', options), options);
    return this;
  }

  /**
   * Takes headers away that clients must not write, or must not read, and adds those that every response has. In place of `server`, nginx writes its own name.
   *
   * @throws when the form cannot, a header is none, or the verb was said of a host already
   */
  public cleanHeaders(options: EdgeHeaderOptions = {}): this {
    this.enforcement.cleanHeaders(this.once('Headers', options), options);
    return this;
  }

  /**
   * Refuses requests with longer bodies, with 413. A proxy keeps each body until it is whole: where clients send as they go, as gRPC does with streams, name the other
   * hosts. WebSockets pass, but for Envoy Gateway, which refuses them on hosts whose bodies are limited.
   *
   * @param limit the longest body, at least 1 byte
   * @param options for which hosts
   * @throws when the form cannot, or the verb was said of a host already
   */
  public limitBody(limit: Size, options: EdgeHosts = {}): this {
    this.enforcement.limitBody(this.once('Body', options), limit);
    return this;
  }

  /**
   * Logs requests, of every host.
   *
   * @throws when the form cannot, or the verb was said already
   */
  public logAccess(options: EdgeAccessLogOptions = {}): this {
    this.enforcement.logAccess(this.once('AccessLog', {}), options);
    return this;
  }

  /**
   * Runs a filter of your own for every host: a Wasm module, or Lua. Those that are said first run first, all of them after those who may not call are refused, and
   * before limits of the rate, which see what they write. Envoy Gateway runs Lua before Wasm, where its installation lets it run Lua at all.
   *
   * @throws when the form cannot
   */
  public extend(filter: TrafficExtensionFilter): this {
    this.extensions += 1;
    const which = this.extensions === 1 ? '' : `${this.extensions}`;
    this.enforcement.extend({ id: `Extension${which}`, name: [this.gateway, 'extension', ...which].join('-') }, filter);
    return this;
  }

  private once(verb: string, { hosts }: EdgeHosts): EdgeScope {
    hosts?.forEach(host => this.checkHost(host));
    if (hosts === undefined && verb !== 'AccessLog' && this.admitsListeners.length > 0) {
      throw new Error(`gateway '${this.gateway}' admits ListenerSets of ${this.admitsListeners.map(({ name }) => name).join(', ')}, for whose hosts nothing is said ` +
        'at its edge: name the hosts that are meant, or leave admitsListeners out');
    }
    if (hosts?.length === 0) {
      throw new Error(`hosts of gateway '${this.gateway}' must name at least one, got none: leave them out for all`);
    }
    const word = verb.replace(/(?<=.)[A-Z]/g, letter => `-${letter}`).toLowerCase();
    const before = this.said.get(verb) ?? [];
    const overlapping = before.filter(others => others === undefined || hosts === undefined || others.some(host => hosts.includes(host)));
    if (overlapping.length > 0) {
      throw new Error(`gateway '${this.gateway}' has its ${word} for ${overlapping[0]?.join(', ') ?? 'every host'} already, ` +
        `got ${hosts?.join(', ') ?? 'every host'}: name other hosts in each`);
    }
    this.said.set(verb, [...before, hosts]);
    const slug = hosts === undefined ? [] : [hostSlug(hosts[0])];
    return { id: [verb, ...slug].join('-'), name: [this.gateway, word, ...slug].join('-'), hosts };
  }

  private checkHost(hostname: string): void {
    const host = this.hosts().find(each => each.hostname === hostname);
    if (host === undefined) {
      throw new Error(`gateway '${this.gateway}' does not serve '${hostname}': it serves ${this.hosts().map(each => each.hostname).join(', ')}; ` +
        'call addHost before, and name the host as it is there');
    }
    if (host.protocol !== GatewayHostProtocol.HTTPS && host.protocol !== GatewayHostProtocol.HTTP) {
      throw new Error(`gateway '${this.gateway}' sees no requests of ${host._description}, which speaks ${host.protocol}: name hosts of GatewayHost.https or http`);
    }
  }
}
