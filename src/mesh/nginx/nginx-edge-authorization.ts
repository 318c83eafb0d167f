import { HttpAuthorizer, httpAuthorizer } from './nginx-authorizer';
import { NginxDirective } from './nginx-directive';
import { NginxEdgeGateway } from './nginx-edge-gateway';
import { NginxEdgePart } from './nginx-edge-part';
import { pathOfPattern } from './nginx-location';
import { beginning, exactly, requestHeader, variable } from './nginx-variables';
import { ExtensionProvider } from '../../istio/extension-provider';
import { ExternalAuthorization } from '../calls/external-authorization';
import { EdgeAuthorizationOptions } from '../edge/edge-authorization';
import { EdgeScope } from '../edge/edge-hosts';

const { of, block } = NginxDirective;

/** What a location remembers of the request, because the one that asks has a path of its own. */
const PATH = '$edge_path';
const ARGUMENTS = '$edge_arguments';
const REFUSED = 403;

/** Has nginx ask an authorizer over HTTP before it sends a request on. What it answers with 2xx passes. */
export function nginxEdgeAuthorization(
  gateway: NginxEdgeGateway, { hosts }: EdgeScope, index: number, provider: ExtensionProvider, options: EdgeAuthorizationOptions,
): NginxEdgePart {
  const { name, client } = gateway;
  const authorizer = httpAuthorizer(name, provider);
  if (options.authorizer !== undefined) {
    ExternalAuthorization._letAsk(client, options.authorizer);
  }
  return new Asking(name, `authorize_${index}`, authorizer, options).part(hosts);
}

/** The pieces of one call of the verb, whose variables begin with a name of its own. */
class Asking {
  private readonly status: string;
  private readonly location: string;
  private readonly spared: string;
  private readonly conditions: NginxDirective[] = [];
  private asked?: string;

  constructor(
    private readonly gateway: string, private readonly name: string, private readonly authorizer: HttpAuthorizer,
    { paths, exceptPaths, exceptMethods }: EdgeAuthorizationOptions,
  ) {
    this.status = this.variableOf('status');
    this.location = this.variableOf('location');
    this.spared = this.variableOf('spared');
    if (paths !== undefined) {
      this.condition('paths', PATH, this.patterns(paths), true);
    }
    if (exceptPaths !== undefined) {
      this.condition('except_paths', PATH, this.patterns(exceptPaths), false);
    }
    if (exceptMethods !== undefined) {
      this.condition('except_methods', '$request_method', exceptMethods.map(exactly), false);
    }
    if (this.asked !== undefined) {
      this.conditions.push(variable(this.spared, `$${this.asked}`, [{ pattern: '.', value: '' }], '1'));
    }
  }

  public part(hosts: string[] | undefined): NginxEdgePart {
    const { toUpstream, toClientOnAllow, toClientOnDeny, checked } = this.authorizer;
    const answered = [...new Set([...toUpstream, ...toClientOnAllow, ...toClientOnDeny])];
    const clients = [...new Set([...toClientOnAllow, ...toClientOnDeny])];
    return {
      hosts,
      http: [
        ...this.conditions,
        ...clients.map(header => variable(this.toClient(header), `$${this.status}`, [
          { pattern: '^2', value: toClientOnAllow.includes(header) ? `$${this.answered(header)}` : '' },
        ], toClientOnDeny.includes(header) ? `$${this.answered(header)}` : '')),
        ...toUpstream.map(header => variable(this.toUpstream(header), `$${this.answered(header)}`, [{ pattern: '.', value: `$${this.answered(header)}` }],
          // What the authorizer has seen and not replaced stays; anything else only it may say.
          checked.includes(header) ? requestHeader(header) : '')),
      ],
      server: [
        of('auth_request', this.path),
        of('auth_request_set', `$${this.status}`, '$upstream_status'),
        of('auth_request_set', `$${this.location}`, '$upstream_http_location'),
        ...answered.map(header => of('auth_request_set', `$${this.answered(header)}`, `$upstream_http_${header.replace(/-/g, '_')}`)),
        // What nginx says of an answer that is neither 2xx, 401 nor 403, or of none.
        of('error_page', 500, '=', this.refusal),
        block('location', [this.refusal], [
          ...this.authorizer.redirects ? [block('if', [`($${this.location})`], [of('return', 302, `$${this.location}`)])] : [],
          of('return', this.authorizer.statusOnError ?? REFUSED),
        ]),
        block('location', ['=', this.path], this.ask()),
      ],
      location: [of('set', PATH, '$uri'), of('set', ARGUMENTS, '$args')],
      added: () => clients.map(header => of('add_header', header, `$${this.toClient(header)}`, 'always')),
      requestHeaders: toUpstream.map(header => [header, `$${this.toUpstream(header)}`]),
    };
  }

  private ask(): NginxDirective[] {
    const { address, pathPrefix = '', timeout, checked, additional } = this.authorizer;
    const authorizer = `$${this.variableOf('authorizer')}`;
    const headers = new Map([
      // By it a sidecar knows the Service.
      ['host', authorizer],
      ['content-length', ''],
      ['connection', ''],
      ['x-forwarded-host', '$host'],
      ['x-forwarded-proto', '$scheme'],
      ['x-forwarded-method', '$request_method'],
      ['x-forwarded-uri', '$request_uri'],
      ['x-forwarded-for', '$remote_addr'],
      ...checked.map((header): [string, string] => [header, requestHeader(header)]),
      ...additional,
    ]);
    return [
      of('internal'),
      of('auth_request', 'off'),
      ...this.asked === undefined ? [] : [block('if', [`($${this.spared})`], [of('return', 204)])],
      of('set', authorizer, address),
      of('rewrite', '^', `${pathPrefix}${PATH}?${ARGUMENTS}?`, 'break'),
      of('proxy_method', '$request_method'),
      of('proxy_pass_request_headers', 'off'),
      of('proxy_pass_request_body', 'off'),
      ...[...headers].map(([header, value]) => of('proxy_set_header', header, value)),
      ...['connect', 'send', 'read'].map(what => of(`proxy_${what}_timeout`, timeout)),
      of('proxy_pass', `http://${authorizer}`),
    ];
  }

  /** Narrows for what is asked: by what a source fits, or by what it does not. */
  private condition(name: string, source: string, patterns: string[], asked: boolean): void {
    const before = this.asked === undefined ? 'yes' : `$${this.asked}`;
    this.asked = this.variableOf(name);
    this.conditions.push(variable(this.asked, source, patterns.map(pattern => ({ pattern, value: asked ? before : '' })), asked ? '' : before));
  }

  private patterns(paths: string[]): string[] {
    const what = `authorizer of gateway '${this.gateway}'`;
    return paths.map(path => path.endsWith('*') ? beginning(pathOfPattern(path.slice(0, -1), what)) : exactly(pathOfPattern(path, what)));
  }

  private get path(): string {
    return `/.${this.name}`;
  }

  private get refusal(): string {
    return `@${this.name}_refuses`;
  }

  private answered(header: string): string {
    return this.variableOf(`answered_${header.replace(/-/g, '_')}`);
  }

  private toClient(header: string): string {
    return this.variableOf(`client_${header.replace(/-/g, '_')}`);
  }

  private toUpstream(header: string): string {
    return this.variableOf(`upstream_${header.replace(/-/g, '_')}`);
  }

  private variableOf(what: string): string {
    return `${this.name}_${what}`;
  }
}
