import { Chart } from 'cdk8s';
import {
  ClientTls, Destination, DestinationRule, IstioGateway, IstioHost, IstioProtocol, IstioServer, LoadBalancer, ServerTls, ServiceEntry,
  ServiceEntryPort, ServiceEntryResolution, Subset, TrafficPolicy, VirtualService, VirtualServiceGateway, WorkloadSelector,
} from 'cdk8s-mesh';

const CNN = 'edition.cnn.com';
const NGINX = 'my-nginx.mesh-external.svc.cluster.local';
const HTTP: ServiceEntryPort = { number: 80, name: 'http', protocol: IstioProtocol.HTTP };
const HTTPS: ServiceEntryPort = { number: 443, name: 'https', protocol: IstioProtocol.HTTPS };
const { MESH } = VirtualServiceGateway;

function external(chart: Chart, name: string, host: string, ports: ServiceEntryPort[]): IstioHost {
  return new ServiceEntry(chart, name, { metadata: { name }, hosts: [host], ports, resolution: ServiceEntryResolution.DNS }).host();
}

interface Egress {
  readonly gateway: IstioGateway;
  readonly subset: Subset;
}

/** Istio's own egress gateway, and the subset of it that is for one purpose. */
function egressGateway(chart: Chart, purpose: string, server: IstioServer, trafficPolicy?: TrafficPolicy): Egress {
  const gateway = new IstioGateway(chart, 'Gateway', {
    metadata: { name: 'istio-egressgateway' }, selector: WorkloadSelector.labels({ istio: 'egressgateway' }), servers: [server],
  });
  const subset = new DestinationRule(chart, 'Egress', {
    metadata: { name: `egressgateway-for-${purpose}` },
    host: IstioHost.serviceName('istio-egressgateway', 'istio-system'),
    subsets: [{ name: purpose, trafficPolicy }],
  }).subset(purpose);
  return { gateway, subset };
}

/** HTTP from the sidecars to the gateway, and from there to the host, each at its port. */
function throughGateway(chart: Chart, name: string, host: IstioHost, egress: Egress, ports: [number, number, number]): void {
  const [port, gatewayPort, hostPort] = ports;
  const { gateway, subset } = egress;
  new VirtualService(chart, 'Routes', {
    metadata: { name },
    hosts: [host],
    gateways: [gateway, MESH],
    httpRoutes: [
      {
        matches: [{ gateways: [MESH], port }],
        destinations: [{ destination: Destination.subset(subset, { port: gatewayPort }), weight: 100 }],
      },
      {
        matches: [{ gateways: [gateway], port: gatewayPort }],
        destinations: [{ destination: Destination.host(host, { port: hostPort }), weight: 100 }],
      },
    ],
  });
}

/** TLS of the application, told apart by the name in its handshake. */
function passedThroughGateway(chart: Chart, name: string, hosts: string, target: IstioHost, { gateway, subset }: Egress): void {
  new VirtualService(chart, 'Routes', {
    metadata: { name },
    hosts: [IstioHost.of(hosts)],
    gateways: [MESH, gateway],
    tlsRoutes: [
      {
        matches: [{ gateways: [MESH], port: 443, sniHosts: [hosts] }],
        destinations: [{ destination: Destination.subset(subset, { port: 443 }) }],
      },
      {
        matches: [{ gateways: [gateway], port: 443, sniHosts: [hosts] }],
        destinations: [{ destination: Destination.host(target, { port: 443 }), weight: 100 }],
      },
    ],
  });
}

export function egressGatewayHttp(chart: Chart): void {
  const cnn = external(chart, 'cnn', CNN, [{ ...HTTP, name: 'http-port' }, HTTPS]);
  const egress = egressGateway(chart, 'cnn', IstioServer.http({ name: 'http', hosts: [CNN] }));
  throughGateway(chart, 'direct-cnn-through-egress-gateway', cnn, egress, [80, 80, 80]);
}

export function egressGatewayTls(chart: Chart): void {
  const cnn = external(chart, 'cnn', CNN, [{ number: 443, name: 'tls', protocol: IstioProtocol.TLS }]);
  const egress = egressGateway(chart, 'cnn', IstioServer.tls({ name: 'tls', hosts: [CNN], tls: ServerTls.passthrough() }));
  passedThroughGateway(chart, 'direct-cnn-through-egress-gateway', CNN, cnn, egress);
}

/** mTLS of the mesh to the gateway, with the name of the host. */
function meshTls(port: number, sni: string): TrafficPolicy {
  return { loadBalancer: LoadBalancer.roundRobin(), portLevelSettings: [{ port, tls: ClientTls.istioMutual({ sni }) }] };
}

function originate(chart: Chart, name: string, host: IstioHost, tls: ClientTls, namespace?: string): void {
  new DestinationRule(chart, 'Originate', {
    metadata: { name, namespace }, host, trafficPolicy: { loadBalancer: LoadBalancer.roundRobin(), portLevelSettings: [{ port: 443, tls }] },
  });
}

/** The application speaks HTTP, the gateway HTTPS. */
export function egressGatewayTlsOrigination(chart: Chart): void {
  const cnn = external(chart, 'cnn', CNN, [HTTP, HTTPS]);
  const server = IstioServer.https({ name: 'https-port-for-tls-origination', port: 80, hosts: [CNN], tls: ServerTls.istioMutual() });
  const egress = egressGateway(chart, 'cnn', server, meshTls(80, CNN));
  throughGateway(chart, 'direct-cnn-through-egress-gateway', cnn, egress, [80, 80, 443]);
  originate(chart, 'originate-tls-for-edition-cnn-com', cnn, ClientTls.simple());
}

/** The gateway has a certificate of its own, in a Secret beside it. */
export function egressGatewayMutualTlsOrigination(chart: Chart): void {
  const nginx = external(chart, 'nginx', NGINX, [HTTP, HTTPS]);
  const server = IstioServer.https({ name: 'https', hosts: [NGINX], tls: ServerTls.istioMutual() });
  const egress = egressGateway(chart, 'nginx', server, meshTls(443, NGINX));
  throughGateway(chart, 'direct-nginx-through-egress-gateway', nginx, egress, [80, 443, 443]);
  originate(chart, 'originate-mtls-for-nginx', nginx, ClientTls.mutual({ credentialName: 'client-credential', sni: NGINX }), 'istio-system');
}

/** All hosts of a domain, which one of them serves. */
export function egressGatewayWildcard(chart: Chart): void {
  const wikipedia = external(chart, 'www-wikipedia', 'www.wikipedia.org', [HTTPS]);
  const server = IstioServer.https({ name: 'https', hosts: ['*.wikipedia.org'], tls: ServerTls.passthrough() });
  passedThroughGateway(chart, 'direct-wikipedia-through-egress-gateway', '*.wikipedia.org', wikipedia, egressGateway(chart, 'wikipedia', server));
}
