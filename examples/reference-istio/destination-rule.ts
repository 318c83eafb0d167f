import { Chart, Duration } from 'cdk8s';
import { FIRST_WAREHOUSE_PORT, Hosts } from './service-entry';
import { Shop } from './shop';
import { OF_HOSTS, SETTINGS } from './traffic-settings';
import { ClientTls, ConnectionPool, DestinationRule, IstioHost, LoadBalancer, OutlierDetection, Subset } from 'cdk8s-mesh';

/** Parts of hosts that routes go to. */
export interface Subsets {
  readonly catalogueV1: Subset;
  readonly catalogueV2: Subset;
  /** The egress gateway, for traffic to what takes payments. */
  readonly toPayments: Subset;
}

export function destinationRules(chart: Chart, { egress, catalogue, web }: Shop, { partners, warehouse, suppliers }: Hosts): Subsets {
  const metadata = (name: string, namespace = 'shop') => ({ name, namespace });
  const all = [...Object.entries(SETTINGS), ...Object.entries(OF_HOSTS)];
  const ports = Object.values(SETTINGS).map((settings, i) => ({ port: FIRST_WAREHOUSE_PORT + i, ...settings }));

  // trafficPolicy.loadBalancer, connectionPool, outlierDetection, tls, proxyProtocol, retryBudget, tunnel: one rule for each of their words
  for (const [name, trafficPolicy] of all) {
    new DestinationRule(chart, `TrafficPolicy-${name}`, {
      metadata: metadata(`traffic-policy-${name}`, 'edge'),
      host: partners.host(`${name}.partners.example.net`),
      trafficPolicy,
      // workloadSelector.matchLabels, exportTo: certificates of Secrets are for gateways, and for rules of certain pods
      workloadSelector: egress.selector,
      exportTo: ['.'],
    });
  }

  // trafficPolicy.portLevelSettings[].port.number, and what a port takes; what it does not say is repeated from the host
  new DestinationRule(chart, 'PortLevelSettings', {
    metadata: metadata('port-level-settings', 'edge'),
    host: warehouse.host(),
    trafficPolicy: { outlierDetection: OutlierDetection.of({ consecutiveGatewayErrors: 3 }), portLevelSettings: ports },
    workloadSelector: egress.selector,
  });

  // subsets[].name, trafficPolicy, and subsets[].trafficPolicy.portLevelSettings
  new DestinationRule(chart, 'Subsets', {
    metadata: metadata('subsets', 'edge'),
    host: suppliers.host(),
    subsets: [
      ...all.map(([name, trafficPolicy]) => ({ name, trafficPolicy })),
      { name: 'by-port', trafficPolicy: { portLevelSettings: ports } },
    ],
    workloadSelector: egress.selector,
  });

  // A Service with little more than it needs: new pods are spared, and those that fail are left out.
  new DestinationRule(chart, 'Web', {
    metadata: metadata('web'),
    host: IstioHost.service(web.service),
    trafficPolicy: {
      loadBalancer: LoadBalancer.leastRequest({ warmup: { duration: Duration.minutes(1) } }),
      outlierDetection: OutlierDetection.of({ consecutive5xxErrors: 5 }),
    },
  });

  // Versions of a Service, for the routes of virtual-service.ts.
  const versions = new DestinationRule(chart, 'Catalogue', {
    metadata: metadata('catalogue'),
    host: IstioHost.service(catalogue.service),
    trafficPolicy: { connectionPool: ConnectionPool.of({ http: { http2MaxRequests: 500 } }) },
    subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
  });

  // Ways to the egress gateway, whose server for payments takes mTLS with this name.
  const out = new DestinationRule(chart, 'Egress', {
    metadata: metadata('egress', 'edge'),
    host: IstioHost.service(egress.service),
    subsets: [{ name: 'to-payments', trafficPolicy: { tls: ClientTls.istioMutual({ sni: 'payments.example.net' }) } }],
  });
  return {
    catalogueV1: versions.subset('v1'),
    catalogueV2: versions.subset('v2'),
    toPayments: out.subset('to-payments'),
  };
}
