import { Chart } from 'cdk8s';
import { VirtualServiceParts } from './virtual-service';
import { Destination, DestinationRule, IstioHost, VirtualService, VirtualServiceGateway } from 'cdk8s-mesh';

/** Routes of bytes: by the server name of TLS, and by address. */
export function layer4VirtualServices(chart: Chart, { shop: { mqtt }, gateways, subsets, hosts }: VirtualServiceParts): void {
  const { payments, database } = hosts;
  const metadata = (name: string) => ({ name, namespace: 'shop' });
  const broker = new DestinationRule(chart, 'Mqtt', {
    metadata: metadata('mqtt'),
    host: IstioHost.service(mqtt.service),
    subsets: [{ name: 'v1', labels: { version: 'v1' } }],
  });
  const toBroker = Destination.subset(broker.subset('v1'), { port: 1883 });
  const toTlsBroker = Destination.subset(broker.subset('v1'), { port: 8883 });

  // tcp[].match[].gateways, port, tcp[].route[].destination.host, port.number, subset, weight
  new VirtualService(chart, 'Ingress', {
    metadata: metadata('mqtt-from-outside'),
    hosts: [IstioHost.of('mqtt.example.com')],
    gateways: [gateways.ingress],
    tcpRoutes: [{ matches: [{ port: 1883, gateways: [gateways.ingress] }], destinations: [{ destination: toBroker, weight: 100 }] }],
  });

  // tls[].match[].sniHosts, gateways, port, tls[].route[].destination.host, port.number, subset, weight
  new VirtualService(chart, 'Vault', {
    metadata: metadata('vault'),
    hosts: [IstioHost.of('vault.example.com')],
    gateways: [gateways.ingress],
    tlsRoutes: [{
      matches: [{ sniHosts: ['vault.example.com'], port: 443, gateways: [gateways.ingress] }],
      destinations: [{ destination: toTlsBroker, weight: 100 }],
    }],
  });

  // tcp[].match[].destinationSubnets, sourceLabels, sourceNamespace
  new VirtualService(chart, 'Database', {
    metadata: metadata('database'),
    hosts: [database.host()],
    gateways: [VirtualServiceGateway.MESH],
    tcpRoutes: [{
      matches: [{ destinationSubnets: ['198.51.100.20/32'], sourceLabels: { app: 'orders' }, sourceNamespace: 'shop', port: 3306 }],
      destinations: [{ destination: Destination.host(database.host(), { port: 3306 }) }],
    }],
  });

  // tls[].match[].destinationSubnets, sourceLabels, sourceNamespace: out through the egress gateway
  new VirtualService(chart, 'Payments', {
    metadata: metadata('payments'),
    hosts: [payments.host()],
    gateways: [VirtualServiceGateway.MESH, gateways.egress],
    exportTo: ['.', 'edge'],
    tlsRoutes: [{
      matches: [{ sniHosts: ['payments.example.net'], sourceLabels: { app: 'orders' }, sourceNamespace: 'shop', destinationSubnets: ['0.0.0.0/0'], port: 443 }],
      destinations: [{ destination: Destination.subset(subsets.toPayments, { port: 443 }) }],
    }],
    tcpRoutes: [{
      matches: [{ gateways: [gateways.egress], port: 443 }],
      destinations: [{ destination: Destination.host(payments.host(), { port: 443 }) }],
    }],
  });
}
