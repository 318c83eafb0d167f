import { NginxDirective } from './nginx-directive';
import { NginxEdgeGateway } from './nginx-edge-gateway';
import { NginxEdgePart } from './nginx-edge-part';
import { exactly, oneOf, variable } from './nginx-variables';
import { corsAnswer } from '../edge/cors-origins';
import { EdgeCorsOptions } from '../edge/edge-cors';
import { EdgeScope } from '../edge/edge-hosts';
import { cannotEnforce } from '../edge/gateway-edge-enforcement';

const { of, block } = NginxDirective;

/** What applications say of CORS, beside which the gateway's own would be a second word. */
const SAID_BY_APPLICATIONS = [
  'Access-Control-Allow-Origin', 'Access-Control-Allow-Methods', 'Access-Control-Allow-Headers', 'Access-Control-Allow-Credentials',
  'Access-Control-Expose-Headers', 'Access-Control-Max-Age',
];

/** Answers preflights before anything else is decided but the address; a header whose value is empty is not written. */
export function nginxEdgeCors({ name }: NginxEdgeGateway, { hosts }: EdgeScope, index: number, { policy }: EdgeCorsOptions): NginxEdgePart {
  const { origins, methods, headers, exposed, credentials, maxAgeSeconds } = corsAnswer(`CORS of gateway '${name}'`, policy);
  const strange = [...headers, ...exposed].find(header => header.includes('$'));
  if (strange !== undefined) {
    cannotEnforce(name, 'allow origins', `nginx takes '$' for the beginning of a variable, got header '${strange}'`, 'name another header');
  }
  const named = (what: string) => `cors_${index}_${what}`;
  const [origin, asked, preflight, allowed] = ['origin', 'asked', 'preflight', 'allowed'].map(named);
  const answers: [string, string, string][] = [
    ['Access-Control-Allow-Methods', allowed, methods.join(', ')],
    ['Access-Control-Allow-Headers', allowed, headers.join(', ')],
    ['Access-Control-Max-Age', allowed, `${maxAgeSeconds}`],
    ['Access-Control-Allow-Credentials', origin, credentials ? 'true' : ''],
    ['Access-Control-Expose-Headers', origin, exposed.join(', ')],
  ];
  const written = answers.filter(([,, value]) => value !== '').map(([header, when, value]) => ({
    header, when, value, name: named(header.toLowerCase().replace(/^access-control-|-/g, '')),
  }));
  return {
    hosts,
    http: [
      variable(origin, '$http_origin', [{ pattern: oneOf(origins), value: '$http_origin' }]),
      // A preflight has an origin, and says which method it asks for.
      variable(asked, '$request_method', [{ pattern: exactly('OPTIONS'), value: '$http_access_control_request_method' }]),
      variable(preflight, '$http_origin', [{ pattern: '.', value: `$${asked}` }]),
      variable(allowed, `$${preflight}`, [{ pattern: '.', value: `$${origin}` }]),
      ...written.map(each => variable(each.name, `$${each.when}`, [{ pattern: '.', value: each.value }])),
    ],
    server: [
      ...SAID_BY_APPLICATIONS.map(header => of('proxy_hide_header', header)),
      block('if', [`($${preflight})`], [of('return', 204)]),
    ],
    added: () => [
      of('add_header', 'Access-Control-Allow-Origin', `$${origin}`, 'always'),
      ...written.map(each => of('add_header', each.header, `$${each.name}`, 'always')),
      of('add_header', 'Vary', 'Origin', 'always'),
    ],
  };
}
