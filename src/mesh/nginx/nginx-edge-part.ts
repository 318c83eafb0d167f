import { NginxDirective } from './nginx-directive';

/** What a verb of the edge says in nginx's configuration. */
export interface NginxEdgePart {
  /** The hosts of the gateway; `undefined` for all. */
  readonly hosts?: string[];
  /** Once, beside the servers. */
  readonly http?: NginxDirective[];
  /** In servers, also those that only redirect, before all else is decided. */
  readonly refusals?: NginxDirective[];
  /** In servers, after all refusals. */
  readonly server?: NginxDirective[];
  /** What is added to answers. */
  readonly added?: (encrypted: boolean) => NginxDirective[];
  /** Whether it is also added where a server only redirects. */
  readonly addedToRedirects?: boolean;
  /** In each location. */
  readonly location?: NginxDirective[];
  /** Headers of what is sent on; empty ones are left out. */
  readonly requestHeaders?: [string, string][];
  /** Whether requests are logged, of all hosts. */
  readonly logs?: boolean;
  /** The longest body, over what routes say. */
  readonly maxBodyBytes?: number;
}

/** What a server has of them that serves a host of the gateway. */
export class NginxServerEdge {
  public readonly refusals: NginxDirective[];
  public readonly server: NginxDirective[];
  public readonly location: NginxDirective[];
  public readonly requestHeaders: [string, string][];
  public readonly maxBodyBytes?: number;

  private readonly parts: NginxEdgePart[];

  constructor(parts: NginxEdgePart[], host: string) {
    this.parts = parts.filter(({ hosts }) => hosts === undefined || hosts.includes(host));
    this.refusals = this.parts.flatMap(({ refusals = [] }) => refusals);
    this.server = this.parts.flatMap(({ server = [] }) => server);
    this.location = this.parts.flatMap(({ location = [] }) => location);
    this.requestHeaders = this.parts.flatMap(({ requestHeaders = [] }) => requestHeaders);
    this.maxBodyBytes = this.parts.find(({ maxBodyBytes }) => maxBodyBytes !== undefined)?.maxBodyBytes;
  }

  public redirects(): NginxDirective[] {
    return this.parts.flatMap(({ added, addedToRedirects }) => addedToRedirects ? added!(false) : []);
  }

  public added(encrypted: boolean): NginxDirective[] {
    return this.parts.flatMap(({ added }) => added?.(encrypted) ?? []);
  }
}
