import type { Node } from 'constructs';
import { GatewayApiOptions } from './gateway-api-options';
import { Reader } from './gateway-api-readers';
import { GATEWAY_API_CONTEXT } from './gateway-api-version';

/** Says which Gateway API the clusters have for which a scope is made, before there is anything in it. */
export function declareGatewayApi(node: Node, options: GatewayApiOptions): GatewayApiOptions {
  if (node.children.length > 0) {
    throw new Error(`the Gateway API must be declared before '${node.path || 'the app'}' has children, ` +
      `got ${node.children.length}, the first is '${node.children[0].node.id}': declare it right after the app, or chart, is made`);
  }
  options.unreadFields?.forEach(checkUnread);
  const declared = { ...options };
  node.setContext(GATEWAY_API_CONTEXT, declared);
  return declared;
}

function checkUnread(field: string): void {
  const known = Reader.allUnread();
  if (!known.includes(field)) {
    const [kind] = field.split(' ');
    const near = known.filter(name => name.split(' ')[0] === kind);
    throw new Error(`unreadFields must name what a controller is known not to read, such as 'HTTPRoute rules[].sessionPersistence', got '${field}'` +
      (near.length > 0 ? `; of ${kind} that is ${near.map(name => `'${name}'`).join(', ')}` : `; there is nothing of the kind: the kinds are ${
        [...new Set(known.map(name => name.split(' ')[0]))].join(', ')}`));
  }
}
