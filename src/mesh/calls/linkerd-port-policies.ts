import { ApiObjectMetadata } from 'cdk8s';
import { Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { CallMatch, callMatches, closeMatches, coversMatch, keyOfMatch, routeMatch, slugOfMatch } from './linkerd-call-match';
import { LinkerdClients } from './linkerd-clients';
import { HttpRoute } from '../../gateway-api/http-route';
import { LinkerdAuthentication } from '../../linkerd/linkerd-authentication';
import { LinkerdAuthorizationPolicy } from '../../linkerd/linkerd-authorization-policy';
import { LinkerdPolicyTarget } from '../../linkerd/linkerd-policy-target';
import { LinkerdPort } from '../../linkerd/linkerd-port';
import { LinkerdRouteParent } from '../../linkerd/linkerd-route-parent';
import { LinkerdServer } from '../../linkerd/linkerd-server';
import { LinkerdServerSelector } from '../../linkerd/linkerd-server-selector';
import { probePathsOf } from '../container-ports';
import { IMeshClient } from '../mesh-client';

/** A port of pods that some clients may call. */
export interface CalledPort {
  readonly port: number;
  readonly selector: LinkerdServerSelector;
  readonly workload?: Workload;
  /** What the pods are called in messages. */
  readonly called: string;
  readonly name: string;
  readonly metadata: (name: string) => ApiObjectMetadata;
}

/** What a client may ask for; everybody may where no client is named. */
interface Allowed {
  readonly client?: IMeshClient;
  readonly matches: readonly CallMatch[];
}

/** A route of the Server, and whom it lets in. */
interface AllowedRoute {
  readonly name: string;
  readonly route: HttpRoute;
  readonly clients: LinkerdClients;
  everybody: boolean;
}

const EVERYTHING: CallMatch[] = [{ path: '/', below: true }];

/**
 * The Server of a port, with a policy of its own for who may ask for anything, and once somebody may ask for less, a route for each group of requests. Of a
 * Server with routes it lets only such requests in that some route matches, those of the kubelet among them.
 */
export class LinkerdPortPolicies {
  private readonly server: LinkerdServer;
  private readonly clients: LinkerdClients;
  private readonly allowed: Allowed[] = [];
  private readonly routes = new Map<string, AllowedRoute>();

  constructor(private readonly scope: Construct, private readonly called: CalledPort) {
    const { name, selector, port, metadata } = called;
    this.server = new LinkerdServer(scope, 'Server', { metadata: metadata(name), selector, port: LinkerdPort.number(port) });
    this.clients = new LinkerdClients(scope, { target: LinkerdPolicyTarget.server(this.server), metadata: metadata(name) });
  }

  public allow(client: IMeshClient, asked: { readonly methods?: string[]; readonly paths?: string[] }): void {
    const narrowed = (asked.methods ?? asked.paths) !== undefined;
    const matches = narrowed ? callMatches(asked, this.called.called) : EVERYTHING;
    if (!narrowed) {
      this.clients.add(client);
    } else if (this.routes.size === 0) {
      this.allowProbes();
    }
    this.allowed.push({ client, matches });
    if (narrowed || this.routes.size > 0) {
      this.route();
    }
  }

  private allowProbes(): void {
    const { workload, port } = this.called;
    const paths = workload === undefined ? [] : probePathsOf(workload, port);
    this.allowed.push({ matches: paths.map(path => ({ path, below: false, method: 'GET' })) });
  }

  /** Makes the routes that are missing, and lets in to each who may ask for all of its requests. */
  private route(): void {
    for (const match of closeMatches(this.allowed.flatMap(({ matches }) => matches))) {
      const { clients, ...route } = this.routeOf(match);
      for (const { client, matches } of this.allowed) {
        if (matches.some(wide => coversMatch(wide, match))) {
          if (client === undefined) {
            this.letEverybodyIn(keyOfMatch(match), route.route);
          } else {
            clients.add(client);
          }
        }
      }
    }
  }

  private routeOf(match: CallMatch): AllowedRoute {
    const key = keyOfMatch(match);
    const known = this.routes.get(key);
    if (known !== undefined) {
      return known;
    }
    const name = this.nameOf(match);
    const scope = new Construct(this.scope, name);
    const metadata = this.called.metadata(name);
    const route = new HttpRoute(scope, 'HttpRoute', {
      metadata, parents: [LinkerdRouteParent.server(this.server)], rules: [{ matches: [routeMatch(match)] }],
    });
    const made = { name, route, clients: new LinkerdClients(scope, { target: LinkerdPolicyTarget.httpRoute(route), metadata }), everybody: false };
    this.routes.set(key, made);
    return made;
  }

  /** Different matches may read alike: the later one has a number then. */
  private nameOf(match: CallMatch): string {
    const taken = [...this.routes.values()].map(({ name }) => name);
    const wanted = `${this.called.name}-${slugOfMatch(match)}`;
    const numbered = (n: number): string => taken.includes(`${wanted}-${n}`) ? numbered(n + 1) : `${wanted}-${n}`;
    return taken.includes(wanted) ? numbered(2) : wanted;
  }

  private letEverybodyIn(key: string, route: HttpRoute): void {
    const known = this.routes.get(key)!;
    if (!known.everybody) {
      known.everybody = true;
      new LinkerdAuthorizationPolicy(route.node.scope as Construct, 'Everybody', {
        metadata: this.called.metadata(`${known.name}-everybody`),
        target: LinkerdPolicyTarget.httpRoute(route),
        // The kubelet is in no mesh.
        requiredAuthentication: LinkerdAuthentication.everybody(),
      });
    }
  }
}
