import { Chart } from 'cdk8s';
import {
  Destination, IIstioGateway, IstioGateway, IstioHost, IstioServer, ServerTls, StringMatch, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

/** The pods of Istio's own ingress gateway. */
const INGRESS_GATEWAY = WorkloadSelector.labels({ istio: 'ingressgateway' });

function ingress(chart: Chart, name: string, ...servers: IstioServer[]): IstioGateway {
  return new IstioGateway(chart, name, { metadata: { name }, selector: INGRESS_GATEWAY, servers });
}

/** Leads requests of a host with one of the prefixes to httpbin. */
function routeToHttpbin(chart: Chart, gateway: IIstioGateway, host: IstioHost, prefixes: string[]): void {
  new VirtualService(chart, 'httpbin', {
    metadata: { name: 'httpbin' },
    hosts: [host],
    gateways: [gateway],
    httpRoutes: [{
      matches: prefixes.map(prefix => ({ uri: StringMatch.prefix(prefix) })),
      destinations: [{ destination: Destination.host(IstioHost.serviceName('httpbin', chart.namespace!), { port: 8000 }) }],
    }],
  });
}

export function ingressGateway(chart: Chart): void {
  const gateway = ingress(chart, 'httpbin-gateway', IstioServer.http({ name: 'http', hosts: ['httpbin.example.com'] }));
  routeToHttpbin(chart, gateway, IstioHost.of('httpbin.example.com'), ['/status', '/delay']);
}

export function ingressGatewayWildcard(chart: Chart): void {
  const gateway = ingress(chart, 'httpbin-gateway', IstioServer.http({ name: 'http', hosts: ['*'] }));
  routeToHttpbin(chart, gateway, IstioHost.ANY, ['/headers']);
}

/** TLS for httpbin, with the certificate of a Secret beside the pods of the gateway. */
function httpbinServer(name: string, tls: ServerTls): IstioServer {
  return IstioServer.https({ name, hosts: ['httpbin.example.com'], tls });
}

export function secureGateway(chart: Chart): void {
  const gateway = ingress(chart, 'mygateway', httpbinServer('https', ServerTls.simple({ credentialName: 'httpbin-credential' })));
  routeToHttpbin(chart, gateway, IstioHost.of('httpbin.example.com'), ['/status', '/delay']);
}

/** Each host with its own certificate. */
export function secureGatewaySeveralHosts(chart: Chart): void {
  const gateway = ingress(chart, 'mygateway',
    httpbinServer('https-httpbin', ServerTls.simple({ credentialName: 'httpbin-credential' })),
    IstioServer.https({
      name: 'https-helloworld', hosts: ['helloworld.example.com'], tls: ServerTls.simple({ credentialName: 'helloworld-credential' }),
    }),
  );
  routeToHttpbin(chart, gateway, IstioHost.of('httpbin.example.com'), ['/status', '/delay']);
  new VirtualService(chart, 'helloworld', {
    metadata: { name: 'helloworld' },
    hosts: [IstioHost.of('helloworld.example.com')],
    gateways: [gateway],
    httpRoutes: [{
      matches: [{ uri: StringMatch.exact('/hello') }],
      destinations: [{ destination: Destination.host(IstioHost.serviceName('helloworld', chart.namespace!), { port: 5000 }) }],
    }],
  });
}

/** Clients have certificates too, signed by what the Secret holds as ca.crt. */
export function secureGatewayMutual(chart: Chart): void {
  const gateway = ingress(chart, 'mygateway', httpbinServer('https', ServerTls.mutual({ credentialName: 'httpbin-credential' })));
  routeToHttpbin(chart, gateway, IstioHost.of('httpbin.example.com'), ['/status', '/delay']);
}

/** The server ends TLS itself; the gateway reads the name in the handshake only. */
export function ingressSniPassthrough(chart: Chart): void {
  const gateway = ingress(chart, 'mygateway', IstioServer.https({ name: 'https', hosts: ['nginx.example.com'], tls: ServerTls.passthrough() }));
  new VirtualService(chart, 'nginx', {
    metadata: { name: 'nginx' },
    hosts: [IstioHost.of('nginx.example.com')],
    gateways: [gateway],
    tlsRoutes: [{
      matches: [{ port: 443, sniHosts: ['nginx.example.com'] }],
      destinations: [{ destination: Destination.host(IstioHost.serviceName('my-nginx', chart.namespace!), { port: 443 }) }],
    }],
  });
}
