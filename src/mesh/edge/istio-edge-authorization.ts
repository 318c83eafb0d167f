import { EdgeAuthorizationOptions } from './edge-authorization';
import { EdgeScope } from './edge-hosts';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { edgeRules } from './istio-edge-rules';
import { AuthorizationAction } from '../../istio/authorization-action';
import { AuthorizationPolicy } from '../../istio/authorization-policy';
import { ExtensionProvider } from '../../istio/extension-provider';
import { ExternalAuthorization } from '../calls/external-authorization';
import { patternLabels } from '../pattern-labels';

/** Has an authorizer decide. */
export function istioEdgeAuthorization(
  gateway: IstioEdgeGateway, scope: EdgeScope, provider: ExtensionProvider, options: EdgeAuthorizationOptions,
): void {
  const { paths, exceptPaths, exceptMethods, authorizer } = options;
  const { name, namespace, policyScope, client } = gateway;
  const policy = new AuthorizationPolicy(gateway.scope, scope.id, {
    metadata: { name: scope.name, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) },
    ...policyScope,
    action: AuthorizationAction.custom(provider),
  });
  const operations = [{ paths, notPaths: exceptPaths, notMethods: exceptMethods }];
  edgeRules(gateway, scope, 'have an authorizer decide', { operations }, rule => policy.addRule(rule));
  if (authorizer !== undefined) {
    ExternalAuthorization._letAsk(client, authorizer);
  }
}
