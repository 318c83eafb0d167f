import { AuthorizationCondition } from './authorization-condition';
import { RequestPrincipal, SourceNamespace, SourceServiceAccount } from './authorization-source';
import { IstioIdentity } from './istio-identity';

/** Which requests or connections a policy is about. An empty rule is about every one. */
export interface AuthorizationRule {
  /**
   * Where they come from, 1 to 512 entries: one of them must match.
   *
   * @default - anywhere
   */
  readonly sources?: AuthorizationSource[];

  /**
   * What they ask for, at least one entry: one of them must match.
   *
   * @default - anything
   */
  readonly operations?: AuthorizationOperation[];

  /**
   * What else must be true, at least one entry: all of them must match.
   *
   * @default - nothing
   */
  readonly conditions?: AuthorizationCondition[];
}

/**
 * Where a request comes from. Every field that is given must match, by one of its values; a `not` field by none of them.
 *
 * Identities are known of mTLS connections only: on plain text a field never matches, and its `not` field always does.
 */
export interface AuthorizationSource {
  /**
   * Identities of clients.
   *
   * @default - any
   */
  readonly principals?: IstioIdentity[];

  /**
   * Identities that clients must not have.
   *
   * @default - none
   */
  readonly notPrincipals?: IstioIdentity[];

  /**
   * Who tokens say that requests are from. HTTP only.
   *
   * @default - any, or no token
   */
  readonly requestPrincipals?: RequestPrincipal[];

  /**
   * Who tokens must not say that requests are from: `RequestPrincipal.ANY` is about requests without a valid token. HTTP only.
   *
   * @default - none
   */
  readonly notRequestPrincipals?: RequestPrincipal[];

  /**
   * Namespaces of clients.
   *
   * @default - any
   */
  readonly namespaces?: SourceNamespace[];

  /**
   * Namespaces that clients must not be of.
   *
   * @default - none
   */
  readonly notNamespaces?: SourceNamespace[];

  /**
   * Service accounts of clients, at most 16. Not with principals or namespaces. Istio 1.25 and later.
   *
   * @default - any
   */
  readonly serviceAccounts?: SourceServiceAccount[];

  /**
   * Service accounts that clients must not have, at most 16. Not with principals or namespaces. Istio 1.25 and later.
   *
   * @default - none
   */
  readonly notServiceAccounts?: SourceServiceAccount[];

  /**
   * Trust domains of clients. Istio 1.30 and later; ztunnel does not heed them.
   *
   * @default - any
   */
  readonly trustDomains?: string[];

  /**
   * Trust domains that clients must not be of. Istio 1.30 and later.
   *
   * @default - none
   */
  readonly notTrustDomains?: string[];

  /**
   * IP addresses or blocks of the peer: a load balancer in between is the peer.
   *
   * @default - any
   */
  readonly ipBlocks?: string[];

  /**
   * IP addresses or blocks that the peer must not have.
   *
   * @default - none
   */
  readonly notIpBlocks?: string[];

  /**
   * IP addresses or blocks of the client itself, as trusted proxies tell it by X-Forwarded-For or PROXY protocol.
   *
   * @default - any
   */
  readonly remoteIpBlocks?: string[];

  /**
   * IP addresses or blocks that the client itself must not have.
   *
   * @default - none
   */
  readonly notRemoteIpBlocks?: string[];
}

/**
 * What a request asks for. Every field that is given must match, by one of its values; a `not` field by none of them.
 *
 * All but ports are HTTP only: an ALLOW rule with them never matches other connections; a DENY rule would forget them there and deny all,
 * so that it needs `ports`, or `deniesNonHttp` of the policy. Values are exact, or start or end with `*`, or are `*` for any.
 */
export interface AuthorizationOperation {
  /**
   * Hosts, in any case; a client may add the port, so name both `shop.example.com` and `shop.example.com:*`.
   *
   * @default - any
   */
  readonly hosts?: string[];

  /**
   * Hosts that must not be asked for.
   *
   * @default - none
   */
  readonly notHosts?: string[];

  /**
   * Ports on which the workload itself listens, 1 to 65535.
   *
   * @default - any
   */
  readonly ports?: number[];

  /**
   * Ports that must not be used.
   *
   * @default - none
   */
  readonly notPorts?: number[];

  /**
   * Methods, such as `GET`; gRPC always has `POST`.
   *
   * @default - any
   */
  readonly methods?: string[];

  /**
   * Methods that must not be used.
   *
   * @default - none
   */
  readonly notMethods?: string[];

  /**
   * Paths without query: exact, with `*` at one end, or with `{*}` for one segment and `{**}` for any number, `{**}` last.
   *
   * @default - any
   */
  readonly paths?: string[];

  /**
   * Paths that must not be asked for.
   *
   * @default - none
   */
  readonly notPaths?: string[];
}
