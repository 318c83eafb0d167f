import { Chart } from 'cdk8s';
import { EveryForm } from './every-form';
import {
  Backend, Destination, GatewayForm, GatewayHost, HttpRoute, IstioHost, MeshedGateway, RouteParent, TcpRoute, TlsRoute, TlsVersion, VirtualService,
} from 'cdk8s-mesh';

/** Hosts of every kind, and what is asked of TLS. */
export function gatewayHosts(chart: Chart): void {
  const forms = new EveryForm(chart);
  const several = forms.make('several', {}, [
    GatewayHost.https('*.blog.example.com', EveryForm.CERTIFICATE), GatewayHost.http('plain.example.com'), GatewayHost.passthrough('secure.example.com'),
    GatewayHost.tcp(5432),
  ]);
  several.forEach(gateway => gateway.name === 'several-own' ? bindVirtualServices(gateway) : bindRoutes(gateway));
  forms.make('suites', { tls: { cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384'] } });
  // Only an Istio Gateway can be told versions.
  forms.withVirtualService(forms.gateway('modern', GatewayForm.selfManaged(), { tls: { minVersion: TlsVersion.V1_3 } }));
}

function bindVirtualServices(gateway: MeshedGateway): void {
  new VirtualService(gateway, 'Others', {
    metadata: { name: `${gateway.name}-others`, namespace: 'shop' },
    gateways: [gateway.istioGateway],
    hosts: ['*.blog.example.com', 'plain.example.com'].map(host => IstioHost.of(host)),
    httpRoutes: [{ destinations: [{ destination: Destination.host(IstioHost.serviceName('web', 'shop'), { port: 80 }) }] }],
  });
  new VirtualService(gateway, 'Secure', {
    metadata: { name: `${gateway.name}-secure`, namespace: 'shop' },
    gateways: [gateway.istioGateway],
    hosts: [IstioHost.of('secure.example.com')],
    tlsRoutes: [{
      matches: [{ sniHosts: ['secure.example.com'] }],
      destinations: [{ destination: Destination.host(IstioHost.serviceName('secure', 'shop'), { port: 443 }) }],
    }],
  });
  new VirtualService(gateway, 'Data', {
    metadata: { name: `${gateway.name}-data`, namespace: 'shop' },
    gateways: [gateway.istioGateway],
    hosts: [IstioHost.ANY],
    tcpRoutes: [{ matches: [{ port: 5432 }], destinations: [{ destination: Destination.host(IstioHost.serviceName('data', 'shop'), { port: 5432 }) }] }],
  });
}

function bindRoutes(gateway: MeshedGateway): void {
  new HttpRoute(gateway, 'Others', {
    metadata: { name: `${gateway.name}-others`, namespace: 'shop' },
    parents: [gateway.routeParent('a.blog.example.com'), gateway.routeParent('plain.example.com')],
    hostnames: ['*.blog.example.com', 'plain.example.com'],
    rules: [{ backends: [{ backend: Backend.serviceName('web', { namespace: 'shop', port: 80 }) }] }],
  });
  new TlsRoute(gateway, 'Secure', {
    metadata: { name: `${gateway.name}-secure`, namespace: 'shop' },
    parents: [gateway.routeParent('secure.example.com')],
    hostnames: ['secure.example.com'],
    backends: [{ backend: Backend.serviceName('secure', { namespace: 'shop', port: 443 }) }],
  });
  new TcpRoute(gateway, 'Data', {
    metadata: { name: `${gateway.name}-data`, namespace: 'shop' },
    parents: [RouteParent.gateway(gateway.gateway, { listener: 'tcp-5432' })],
    backends: [{ backend: Backend.serviceName('data', { namespace: 'shop', port: 5432 }) }],
  });
}
