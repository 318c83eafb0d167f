import { RouteOfRule, RouteRule, RuleRewrite } from '../../gateway-api/rule-rewrites';
import { serviceHost } from '../../semantics/names';

const MAX_FILTERS = 16;

/** A place where the requests of a rule go, as it is written. */
export type RuleBackend = NonNullable<RouteRule['backendRefs']>[number];

/**
 * Has a gateway ask for Services by their names, whose proxy has a sidecar that goes by the host: asked for a public name, it would know of no Service, and
 * pass the request on without mTLS. The client's name goes into X-Forwarded-Host.
 *
 * Gateway API has a field for one host a rule, so that the rule must have one backend.
 */
export class BackendHosts implements RuleRewrite {
  constructor(protected readonly gateway: string, protected readonly gatewayClass: string) {}

  public write(rule: RouteRule, of: RouteOfRule): RouteRule {
    const { filters = [], backendRefs = [] } = rule;
    const all = [...filters, ...backendRefs.flatMap(backend => backend.filters ?? [])];
    // Who names a host has chosen one.
    if (!backendRefs.some(isService) || all.some(({ urlRewrite }) => urlRewrite?.hostname !== undefined)) {
      return rule;
    }
    if (all.some(({ requestMirror }) => requestMirror !== undefined)) {
      throw this.refuse('send copies of requests', 'a copy has the host of the request, so that the sidecar would send it to the same Service',
        'leave the mirror out');
    }
    const written = this.complete(isAlone(rule, of) ? withHost(rule, hostOf(backendRefs[0], of)) : this.writeSeveral(rule, of));
    const needed = written.filters!.length;
    if (needed > MAX_FILTERS) {
      throw this.refuse(`have ${filters.length} filters`, `to name the Service it takes ${needed}, and a rule has ${MAX_FILTERS}`, 'leave some out');
    }
    return written;
  }

  public accompany(_rule: RouteRule, _of: RouteOfRule): void {
    // The field of Gateway API refers to nothing.
  }

  /** What else a rule needs that names Services. */
  protected complete(rule: RouteRule): RouteRule {
    return rule;
  }

  /** A rule with several backends, or calls of gRPC. */
  protected writeSeveral({ backendRefs = [] }: RouteRule, { kind }: RouteOfRule): RouteRule {
    throw kind === 'GRPCRoute' ? this.refuse('take calls of gRPC', 'a GRPCRoute has no field for the host that is asked for')
      : this.refuse(`divide requests between ${backendRefs.length} backends`, 'Gateway API has one host for all of them, by which the sidecar would choose again');
  }

  protected refuse(what: string, why: string, instead = 'use GatewayClass.ISTIO or GatewayClass.ENVOY_GATEWAY, or an ambient mesh'): Error {
    return new Error(`gateway '${this.gateway}' of class '${this.gatewayClass}' cannot ${what}, because the sidecar beside its proxy goes by the host: ${why}; ${instead}`);
  }
}

/** Whether Gateway API can say the host of a rule. */
export function isAlone({ backendRefs = [] }: RouteRule, { kind }: RouteOfRule): boolean {
  return backendRefs.length === 1 && kind === 'HTTPRoute';
}

export function isService({ group = '', kind = 'Service' }: RuleBackend): boolean {
  return group === '' && kind === 'Service';
}

/** The host by which every sidecar knows a Service. */
export function hostOf({ name, namespace }: RuleBackend, { route }: RouteOfRule): string {
  const owner = namespace ?? route.metadata.namespace;
  if (owner === undefined) {
    throw new Error(`service '${name}' needs a namespace to be asked for by its name, got none: set metadata.namespace of the route`);
  }
  return serviceHost(name, owner);
}

function withHost(rule: RouteRule, hostname: string): RouteRule {
  const { filters = [] } = rule;
  const rewritten = filters.some(({ urlRewrite }) => urlRewrite !== undefined)
    ? filters.map(filter => filter.urlRewrite === undefined ? filter : { ...filter, urlRewrite: { ...filter.urlRewrite, hostname } })
    : [...filters, { type: 'URLRewrite' as const, urlRewrite: { hostname } }];
  return { ...rule, filters: rewritten };
}
