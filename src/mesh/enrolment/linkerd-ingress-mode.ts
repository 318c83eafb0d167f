import { Gateway } from '../../gateway-api/gateway';
import { requireOfRules, WrittenBackendRef, WrittenFilter } from '../../gateway-api/rule-requirements';
import { LinkerdHeader } from '../../semantics/keys';

/** Refuses routes of a gateway whose proxy sends requests where a header says, unless every rule sets it: else clients could. */
export function requireDstOverride(gateway: Gateway): void {
  requireOfRules(gateway, ({ filters = [], backendRefs = [] }, routeNamespace) => {
    const alone = backendRefs.length === 1;
    const wrong = backendRefs.find(backend => !isSent(backend, [...alone ? filters : [], ...backend.filters ?? []], routeNamespace));
    return wrong && `must set header ${LinkerdHeader.DST_OVERRIDE} for backend '${wrong.name}', because the proxy of gateway '${gateway.name}' sends requests where ` +
      `it says: add LinkerdIngressFilter for that Service to the filters of ${alone ? 'the rule' : 'each backend'}`;
  });
}

function isSent({ name, namespace, port }: WrittenBackendRef, filters: WrittenFilter[], routeNamespace: string | undefined): boolean {
  const set = filters.flatMap(({ requestHeaderModifier }) => requestHeaderModifier?.set ?? [])
    .find(header => header.name.toLowerCase() === LinkerdHeader.DST_OVERRIDE);
  return set !== undefined && set.value.startsWith(`${name}.${namespace ?? routeNamespace ?? 'default'}.svc.`) && set.value.endsWith(`:${port}`);
}
