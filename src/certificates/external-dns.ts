import { Duration } from 'cdk8s';
import { Resource } from 'cdk8s-plus-28';
import { GatewayApi } from '../gateway-api/gateway-api';
import { describeDuration } from '../semantics/duration';
import { servedVersions } from '../semantics/gateway-api-since';
import { checkHostname } from '../semantics/hostname';
import { isIpAddress } from '../semantics/ip-address';
import { ExternalDnsPrefix, ExternalDnsSuffix } from '../semantics/keys';
import { checkQualifiedName } from '../semantics/qualified-name';

/** What is known of the external-dns of the clusters. */
export interface ExternalDnsOptions {
  /**
   * With what the names of its annotations start: one, or two while clusters change from one to the other.
   *
   * @default - `ExternalDns.PREFIX`, which it reads from 0.22 on
   */
  readonly prefixes?: string[];

  /**
   * The version in which it reads TCPRoute and UDPRoute.
   *
   * @default 'v1alpha2'
   */
  readonly layer4Version?: string;
}

/** Where the hosts of a route's records come from. */
export enum ExternalDnsHostnameSource {
  /** From the annotation alone. */
  ANNOTATION_ONLY = 'annotation-only',
  /** From the route and its listeners alone. */
  DEFINED_HOSTS_ONLY = 'defined-hosts-only',
}

/** What external-dns makes of a route. */
export interface ExternalDnsRecordOptions {
  /**
   * Hosts besides those of the route and its listeners; TCPRoutes and UDPRoutes have no others.
   *
   * @default - none
   */
  readonly hostnames?: string[];

  /**
   * Where the hosts come from.
   *
   * @default - both from the annotation and from the route and its listeners
   */
  readonly hostnameSource?: ExternalDnsHostnameSource;

  /**
   * How long resolvers keep a record, in whole seconds, at least 1.
   *
   * @default - as the provider does
   */
  readonly ttl?: Duration;

  /**
   * Tells records of the same host apart, as weighted ones.
   *
   * @default - there is one record for a host
   */
  readonly setIdentifier?: string;

  /**
   * Who makes the records; external-dns passes over a route for somebody else.
   *
   * @default 'dns-controller'
   */
  readonly controller?: string;

  /**
   * Settings of the provider, without the prefix: `aws-weight`, `cloudflare-proxied`.
   *
   * @default - none
   */
  readonly providerSettings?: { [name: string]: string };
}

const GROUP = /^gateway\.networking\.k8s\.io\//;
const LAYER4 = ['TCPRoute', 'UDPRoute'];
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', ...LAYER4];
const LISTENING = ['Gateway', 'ListenerSet'];
const PREFIX = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/$/;
const MAX_TTL = 2 ** 31 - 1;

/**
 * What external-dns is told by annotations. It makes records of routes: for their hosts, as far as listeners serve them, with the addresses of the Gateway.
 *
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/
 */
export class ExternalDns {
  /** The prefix from 0.22 on. */
  public static readonly PREFIX: string = ExternalDnsPrefix.CURRENT;
  /** The prefix up to 0.21. */
  public static readonly PREFIX_ALPHA: string = ExternalDnsPrefix.ALPHA;

  private readonly prefixes: string[];
  private readonly layer4Version: string;

  /**
   * @throws when there is no prefix, or one is not of the form `domain/`
   */
  constructor(options: ExternalDnsOptions = {}) {
    this.prefixes = options.prefixes ?? [ExternalDns.PREFIX];
    this.layer4Version = options.layer4Version ?? 'v1alpha2';
    const wrong = this.prefixes.find(prefix => !PREFIX.test(prefix));
    if (this.prefixes.length === 0 || wrong !== undefined) {
      throw new Error(`prefixes of external-dns must be domains with a slash, such as ${ExternalDns.PREFIX}, got ${wrong === undefined ? 'none' : `'${wrong}'`}`);
    }
  }

  /**
   * Says where the records of a Gateway or a ListenerSet lead; what is said of a ListenerSet goes before what is said of its Gateway.
   *
   * @param gateway a Gateway or a ListenerSet
   * @param targets IP addresses or host names in place of the Gateway's addresses
   * @throws when it is of another kind, or there is no target, or one is neither an address nor a host
   */
  public target(gateway: Resource, ...targets: string[]): void {
    this.checkKind(gateway, LISTENING, 'reads a target', 'use publish for a route');
    if (targets.length === 0) {
      throw new Error(`${gateway.kind} '${gateway.name}' needs at least one target, got none: pass addresses or hosts, or leave it to external-dns`);
    }
    targets.filter(target => !isIpAddress(target)).forEach(target => checkHostname(target, 'target of external-dns'));
    this.annotate(gateway, ExternalDnsSuffix.TARGET, targets.join(','));
  }

  /**
   * Says how the records of a route are made.
   *
   * @param route a route of Gateway API
   * @throws when it is of another kind, has no host at all, its kind is not served as external-dns reads it, or settings contradict each other
   */
  public publish(route: Resource, options: ExternalDnsRecordOptions = {}): void {
    this.checkKind(route, ROUTES, 'makes records', 'use target for what listens');
    this.checkLayer4(route, options);
    const { hostnames, hostnameSource, ttl, setIdentifier, controller, providerSettings = {} } = options;
    hostnames?.forEach(hostname => checkHostname(hostname, 'hostname of external-dns'));
    if (hostnameSource === ExternalDnsHostnameSource.ANNOTATION_ONLY && !hostnames?.length) {
      throw new Error(`${route.kind} '${route.name}' has hosts of the annotation only, got none: pass hostnames, or leave hostnameSource out`);
    }
    const seconds = ttl?.toSeconds({ integral: false });
    if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_TTL)) {
      throw new Error(`ttl of the records of ${route.kind} '${route.name}' must be whole seconds from 1 to ${MAX_TTL}, got ${describeDuration(ttl!)}`);
    }
    if (providerSettings['aws-weight'] !== undefined && setIdentifier === undefined) {
      throw new Error(`weighted records of ${route.kind} '${route.name}' must be told apart, got no setIdentifier: pass setIdentifier`);
    }
    this.annotate(route, ExternalDnsSuffix.HOSTNAME, hostnames?.join(','));
    this.annotate(route, ExternalDnsSuffix.HOSTNAME_SOURCE, hostnameSource);
    this.annotate(route, ExternalDnsSuffix.TTL, seconds?.toString());
    this.annotate(route, ExternalDnsSuffix.SET_IDENTIFIER, setIdentifier);
    this.annotate(route, ExternalDnsSuffix.CONTROLLER, controller);
    Object.entries(providerSettings).forEach(([name, value]) => this.annotate(route, name, value));
  }

  private checkKind({ apiVersion, kind, name }: Resource, kinds: string[], what: string, otherwise: string): void {
    if (!GROUP.test(apiVersion) || !kinds.includes(kind)) {
      throw new Error(`external-dns ${what} of ${kinds.join(', ')} only, got ${kind} '${name}': ${otherwise}`);
    }
  }

  /** Such a route has no hosts of its own, and its older versions are not served everywhere. */
  private checkLayer4(route: Resource, { hostnames }: ExternalDnsRecordOptions): void {
    if (!LAYER4.includes(route.kind)) {
      return;
    }
    if (!hostnames?.length) {
      throw new Error(`${route.kind} '${route.name}' has no hosts of its own, got no hostnames: pass hostnames`);
    }
    const { bundle, channel } = GatewayApi._of(route);
    if (!servedVersions(route.kind, { bundle, channel }).includes(this.layer4Version)) {
      throw new Error(`external-dns reads ${route.kind} as ${this.layer4Version}, which the ${channel} channel of ${bundle} does not serve, got '${route.name}': ` +
        'pass layer4Version when yours reads another, or declare the channel');
    }
  }

  private annotate({ metadata }: Resource, suffix: string, value: string | undefined): void {
    if (value !== undefined) {
      this.prefixes.forEach(prefix => metadata.addAnnotation(checkQualifiedName(`${prefix}${suffix}`, 'annotation of external-dns'), value));
    }
  }
}
