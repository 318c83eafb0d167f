import { NginxDirective } from './nginx-directive';
import { NginxEdgeGateway } from './nginx-edge-gateway';
import { NginxEdgePart } from './nginx-edge-part';
import { writtenByNginx } from './nginx-request-headers';
import { addedOver, headerChanges } from '../edge/edge-header-changes';
import { EdgeHeaderOptions } from '../edge/edge-headers';
import { EdgeScope } from '../edge/edge-hosts';

const { of, block } = NginxDirective;

/** Changes headers; of `server` nginx writes its own name in place of the application's. */
export function nginxEdgeHeaders(gateway: NginxEdgeGateway, scope: EdgeScope, index: number, options: EdgeHeaderOptions): NginxEdgePart {
  const changes = headerChanges(gateway, scope, options);
  const dollar = `dollar_${index}`;
  const literal = (value: string) => value.replace(/\$/g, `\${${dollar}}`);
  return {
    hosts: scope.hosts,
    // There is no other way to write it where variables may stand.
    http: changes.added.some(([, value]) => value.includes('$')) ? [block('geo', [`$${dollar}`], [of('default', '$')])] : [],
    requestHeaders: changes.removedFromRequests.filter(name => !writtenByNginx(name)).map(name => [name, '']),
    server: [...new Set([...changes.removedFromResponses, ...changes.added.map(([name]) => name)])].map(name => of('proxy_hide_header', name)),
    addedToRedirects: true,
    added: encrypted => addedOver(encrypted, changes).map(([name, value]) => of('add_header', name, literal(value), 'always')),
  };
}
