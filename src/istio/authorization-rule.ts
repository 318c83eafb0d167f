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
 * A value is exact, or starts or ends with `*`, or is `*` for "known". Identities are known of mTLS connections only:
 * on plain text a field never matches, and its `not` field always does.
 */
export interface AuthorizationSource {
  /**
   * Identities of clients: `<trust domain>/ns/<namespace>/sa/<service account>`, without `spiffe://`.
   *
   * @default - any
   */
  readonly principals?: string[];

  /**
   * Identities that clients must not have.
   *
   * @default - none
   */
  readonly notPrincipals?: string[];

  /**
   * Identities that tokens prove: `<issuer>/<subject>`. HTTP only.
   *
   * @default - any, or no token
   */
  readonly requestPrincipals?: string[];

  /**
   * Identities that tokens must not prove: `*` stands for having a token at all. HTTP only.
   *
   * @default - none
   */
  readonly notRequestPrincipals?: string[];

  /**
   * Namespaces of clients.
   *
   * @default - any
   */
  readonly namespaces?: string[];

  /**
   * Namespaces that clients must not be of.
   *
   * @default - none
   */
  readonly notNamespaces?: string[];

  /**
   * Service accounts of clients, `name` or `namespace/name`, without `*`, at most 16. Not with principals or namespaces.
   *
   * @default - any
   */
  readonly serviceAccounts?: string[];

  /**
   * Service accounts that clients must not have, at most 16. Not with principals or namespaces.
   *
   * @default - none
   */
  readonly notServiceAccounts?: string[];

  /**
   * Trust domains of clients. Needs Istio 1.30.
   *
   * @default - any
   */
  readonly trustDomains?: string[];

  /**
   * Trust domains that clients must not be of. Needs Istio 1.30.
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
 * All but ports are HTTP only: an ALLOW rule with them never matches other connections, a DENY rule forgets them there and denies all.
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

/** One attribute and the values that it may have or not. Both lists may be given. */
export interface AuthorizationCondition {
  /**
   * The attribute, such as `request.headers[x-tenant]`, `request.auth.claims[groups]` or `connection.sni`.
   *
   * @see https://istio.io/latest/docs/reference/config/security/conditions/
   */
  readonly key: string;

  /**
   * The values of which it must have one.
   *
   * @default - any but those of `notValues`
   */
  readonly values?: string[];

  /**
   * The values of which it must have none.
   *
   * @default - none
   */
  readonly notValues?: string[];
}
