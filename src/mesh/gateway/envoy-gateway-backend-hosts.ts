import { ApiObject } from 'cdk8s';
import { BackendHosts, hostOf, isAlone, isService, RuleBackend } from './backend-hosts';
import { RouteOfRule, RouteRule } from '../../gateway-api/rule-rewrites';
import { GatewayController } from '../../semantics/gateway-controller';
import { GatewayHeader } from '../../semantics/keys';
import { checkDnsSubdomain } from '../../semantics/names';
import { patternLabels } from '../pattern-labels';

const GROUP = 'gateway.envoyproxy.io';
const KIND = 'HTTPRouteFilter';
const ID = 'BackendHost';
const FORWARDED_HOST = 'x-forwarded-host';

type Filters = NonNullable<RuleBackend['filters']>;
type Modifier = NonNullable<Filters[number]['requestHeaderModifier']>;

/**
 * Envoy Gateway takes a host for each backend: it stands in a header that the backend's own filter sets, and an HTTPRouteFilter beside the route says so. That
 * works for gRPC too, and keeps the client's name in X-Forwarded-Host, which the rewrite of a backend would not.
 */
export class EnvoyGatewayBackendHosts extends BackendHosts {
  public override accompany({ backendRefs = [] }: RouteRule, of: RouteOfRule): void {
    const { route } = of;
    if (isAlone({ backendRefs }, of) || !backendRefs.some(isService) || route.node.tryFindChild(ID) !== undefined) {
      return;
    }
    new ApiObject(route, ID, {
      apiVersion: `${GROUP}/v1alpha1`,
      kind: KIND,
      metadata: { name: nameOf(of), namespace: route.metadata.namespace, labels: patternLabels('meshed-gateway', this.gateway) },
      spec: { urlRewrite: { hostname: { type: 'Header', header: GatewayHeader.BACKEND_HOST } } },
    });
  }

  /** Envoy adds the client's host to what the client says in that header. */
  protected override complete(rule: RouteRule): RouteRule {
    const { filters = [] } = rule;
    const said = filters.some(({ requestHeaderModifier: { set = [] } = {} }) => set.some(({ name }) => name.toLowerCase() === FORWARDED_HOST));
    return said ? rule : { ...rule, filters: withHeaders(filters, { remove: [FORWARDED_HOST] }) };
  }

  protected override writeSeveral(rule: RouteRule, of: RouteOfRule): RouteRule {
    const other = of.readers.find(({ name }) => name !== GatewayController.ENVOY_GATEWAY.name);
    if (other !== undefined) {
      throw this.refuse('share a route with others', `what names the Service for each backend is a filter of Envoy Gateway, which ${other.name} does not read`,
        'make a route for each');
    }
    const { filters = [], backendRefs = [] } = rule;
    const extensionRef = { group: GROUP, kind: KIND, name: nameOf(of) };
    return {
      ...rule,
      filters: filters.some(filter => filter.extensionRef?.kind === KIND && filter.extensionRef.name === extensionRef.name) ? filters :
        [...filters, { type: 'ExtensionRef', extensionRef }],
      backendRefs: backendRefs.map(backend => {
        const name = GatewayHeader.BACKEND_HOST;
        // What has no host must not take that of a client.
        const change = isService(backend) ? { set: [{ name, value: hostOf(backend, of) }] } : { remove: [name] };
        return { ...backend, filters: withHeaders(backend.filters ?? [], change) };
      }),
    };
  }
}

function nameOf({ route, kind }: RouteOfRule): string {
  return checkDnsSubdomain(`${route.name}-${kind.toLowerCase()}-host`, 'name of the filter of a route behind Envoy Gateway');
}

/** Filters that change headers in some way, too. */
function withHeaders(filters: Filters, { set: alsoSet = [], remove: alsoRemove = [] }: Modifier): Filters {
  const modifier = filters.find(({ requestHeaderModifier }) => requestHeaderModifier !== undefined);
  const { set = [], remove = [], ...rest } = modifier?.requestHeaderModifier ?? {};
  const changed = {
    ...rest,
    set: [...set.filter(({ name }) => !alsoSet.some(header => header.name === name)), ...alsoSet],
    remove: [...new Set([...remove, ...alsoRemove])],
  };
  const requestHeaderModifier = Object.fromEntries(Object.entries(changed).filter(([, list]) => (list as unknown[] | undefined)?.length));
  return modifier === undefined ? [...filters, { type: 'RequestHeaderModifier', requestHeaderModifier }] :
    filters.map(filter => filter === modifier ? { ...filter, requestHeaderModifier } : filter);
}
