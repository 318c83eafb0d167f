import { Construct } from 'constructs';
import { NginxRoute } from './nginx-route';
import { NginxUpstream } from './nginx-upstream';
import { HttpPathMatch, HttpPathMatchType } from '../../gateway-api/http-path-match';
import { HttpRouteMatch } from '../../gateway-api/http-route-match';
import type { ServiceEntrySpec, VirtualServiceSpec } from '../../imports/networking.istio.io';
import { Destination } from '../../istio/destination';
import { istioMatches } from '../../istio/gateway-api-match';
import { httpRouteManifest } from '../../istio/http-route-manifest';
import { IstioConstruct } from '../../istio/istio-construct';
import { IstioHost } from '../../istio/istio-host';
import { takeMeshHosts } from '../../istio/mesh-hosts';
import { Manifest } from '../../semantics/manifest';
import { checkDnsSubdomain, hostSlug } from '../../semantics/names';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** The port of which sidecars know hosts by a VirtualService alone. */
const KNOWN_PORT = 80;

/**
 * What lets sidecars beside nginx know public names, where nginx keeps them as Host: a VirtualService each, and a ServiceEntry where a Service has another port than 80.
 * Without it, sidecars would pass such requests on as they are, without mTLS. Only the gateway's own namespace sees it.
 */
export class NginxKeptHosts {
  private readonly hosts = new Map<string, KeptHost>();

  constructor(private readonly scope: Construct, private readonly gateway: string, private readonly namespace: IMeshNamespace) {}

  public add(route: NginxRoute): void {
    const { hostname, upstream: { port } } = route;
    const name = checkDnsSubdomain(`${this.gateway}-${hostSlug(hostname)}`, 'name of the VirtualService of a public name');
    const metadata = { name, namespace: this.namespace.name, labels: patternLabels('meshed-gateway', this.gateway) };
    let host = this.hosts.get(hostname);
    if (host === undefined) {
      host = { service: new KeptHostRoutes(this.scope, `KeptHost-${hostname}`, metadata, hostname), metadata };
      this.hosts.set(hostname, host);
    }
    host.service.routes.push(route);
    if (port !== KNOWN_PORT && host.entry === undefined) {
      host.entry = new KeptHostPorts(this.scope, `KeptHostPorts-${hostname}`, metadata, host.service);
    }
  }
}

interface KeptHost {
  readonly service: KeptHostRoutes;
  readonly metadata: object;
  entry?: KeptHostPorts;
}

const EXPORTED_TO = ['.'];

/** A VirtualService whose routes may come in any order: what is more specific goes first. */
class KeptHostRoutes extends IstioConstruct {
  public readonly resourceType = 'virtualservices';
  public readonly routes: NginxRoute[] = [];

  constructor(scope: Construct, id: string, metadata: object, public readonly hostname: string) {
    super(scope, id, 'networking.istio.io', 'VirtualService', metadata);
    takeMeshHosts(this, [hostname], EXPORTED_TO);
  }

  public _toKube(): Manifest<VirtualServiceSpec> {
    return {
      hosts: [this.hostname],
      exportTo: EXPORTED_TO,
      http: [...this.routes].sort(bySpecificity).map(({ path, upstream }) => {
        const matches = path === undefined ? [] : istioMatches(HttpRouteMatch.of({ path })).filter(({ uri }) => uri !== undefined);
        return httpRouteManifest({
          matches: matches.length > 0 ? matches : undefined,
          destinations: [{ destination: destinationOf(upstream) }],
        }, { gateways: ['mesh'], namespace: this.namespace, isDelegate: false });
      }),
    };
  }
}

/** A ServiceEntry with the ports on which a public name is asked for. Nothing is sent to it: the VirtualService leads to Services. */
class KeptHostPorts extends IstioConstruct {
  public readonly resourceType = 'serviceentries';

  constructor(scope: Construct, id: string, metadata: object, private readonly service: KeptHostRoutes) {
    super(scope, id, 'networking.istio.io', 'ServiceEntry', metadata);
  }

  public _toKube(): Manifest<ServiceEntrySpec> {
    const ports = [...new Set(this.service.routes.map(({ upstream }) => upstream.port))].sort((a, b) => a - b);
    return {
      hosts: [this.service.hostname],
      exportTo: EXPORTED_TO,
      ports: ports.map(number => ({ name: `http-${number}`, number, protocol: 'HTTP' })),
      resolution: 'NONE',
    };
  }
}

function destinationOf({ name, namespace, port }: NginxUpstream): Destination {
  return Destination.host(IstioHost.serviceName(name, namespace.name), { port });
}

function bySpecificity({ path: a }: NginxRoute, { path: b }: NginxRoute): number {
  return rank(b) - rank(a);
}

/** An exact path first, then by length; no path has more than 1024 characters. */
function rank(path: HttpPathMatch | undefined): number {
  return (path?.type === HttpPathMatchType.EXACT ? 2048 : 0) + (path?.value.length ?? 0);
}
