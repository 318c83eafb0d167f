import { Chart } from 'cdk8s';
import { Shop } from './shop';
import { OF_HOSTS, SETTINGS } from './traffic-settings';
import {
  ConnectStrategy, IstioNetwork, IstioProtocol, ServiceEntry, ServiceEntryLocation, ServiceEntryResolution, TrafficDistribution, WorkloadLocality,
  WorkloadSelector,
} from 'cdk8s-mesh';

/** Hosts that other objects are about. */
export interface Hosts {
  /** Partners, a host for each entry of SETTINGS and OF_HOSTS. */
  readonly partners: ServiceEntry;
  /** A warehouse that serves each entry of SETTINGS on a port of its own, from 8001. */
  readonly warehouse: ServiceEntry;
  /** Suppliers, whose endpoints are told apart by the label `contract`. */
  readonly suppliers: ServiceEntry;
  /** What takes payments. */
  readonly payments: ServiceEntry;
  /** Virtual machines that run what was there before the cluster. */
  readonly invoices: ServiceEntry;
  /** The database of the warehouse. */
  readonly database: ServiceEntry;
}

export const FIRST_WAREHOUSE_PORT = 8001;

export function serviceEntries(chart: Chart, { orders }: Shop): Hosts {
  const metadata = (name: string) => ({ name, namespace: 'shop' });
  const http = { number: 80, name: 'http', protocol: IstioProtocol.HTTP };

  // hosts, ports[].number, name, protocol, location: MESH_EXTERNAL, resolution: DNS
  const partners = new ServiceEntry(chart, 'Partners', {
    metadata: metadata('partners'),
    hosts: [...Object.keys(SETTINGS), ...Object.keys(OF_HOSTS)].map(name => `${name}.partners.example.net`),
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: ServiceEntryResolution.DNS,
    ports: [http],
  });

  // addresses, resolution: STATIC, endpoints[].address, labels, locality
  const warehouse = new ServiceEntry(chart, 'Warehouse', {
    metadata: metadata('warehouse'),
    hosts: ['warehouse.example.net'],
    addresses: ['198.51.100.10'],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: ServiceEntryResolution.STATIC,
    ports: Object.keys(SETTINGS).map((name, i) => ({ number: FIRST_WAREHOUSE_PORT + i, name: `http-${name}`, protocol: IstioProtocol.HTTP })),
    endpoints: [
      { address: '203.0.113.10', labels: { hall: 'north' }, locality: WorkloadLocality.zone('eu-north', 'eu-north-1') },
      { address: '203.0.113.11', labels: { hall: 'west' }, locality: WorkloadLocality.zone('eu-west', 'eu-west-1') },
    ],
  });

  // endpoints[] of subsets
  const suppliers = new ServiceEntry(chart, 'Suppliers', {
    metadata: metadata('suppliers'),
    hosts: ['suppliers.example.net'],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: ServiceEntryResolution.STATIC,
    ports: Object.keys(SETTINGS).map((name, i) => ({ number: FIRST_WAREHOUSE_PORT + i, name: `http-${name}`, protocol: IstioProtocol.HTTP })),
    endpoints: [...Object.keys(SETTINGS), ...Object.keys(OF_HOSTS)].map((name, i) => ({ address: `203.0.113.${100 + i}`, labels: { contract: name } })),
  });

  // ports[].targetPort, subjectAltNames, exportTo
  const payments = new ServiceEntry(chart, 'Payments', {
    metadata: metadata('payments'),
    hosts: ['payments.example.net'],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: ServiceEntryResolution.DNS,
    ports: [{ ...http, targetPort: 443 }, { number: 443, name: 'tls', protocol: IstioProtocol.TLS }],
    subjectAltNames: ['payments.example.net'],
    exportTo: ['.', 'edge'],
    // networking.istio.io/connect-strategy, an annotation
    connectStrategy: ConnectStrategy.RACE_FIRST_TCP_CONNECT,
  });

  // workloadSelector.labels, location: MESH_INTERNAL: the virtual machines of workload-entry.ts
  const invoices = new ServiceEntry(chart, 'Invoices', {
    metadata: metadata('invoices'),
    hosts: ['invoices.shop.internal'],
    location: ServiceEntryLocation.MESH_INTERNAL,
    resolution: ServiceEntryResolution.STATIC,
    ports: [{ number: 8080, name: 'http', protocol: IstioProtocol.HTTP }],
    workloadSelector: WorkloadSelector.labels({ app: 'invoices' }),
    // networking.istio.io/traffic-distribution, an annotation
    trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE,
  });

  // endpoints[].ports, network, weight, serviceAccount
  const database = new ServiceEntry(chart, 'Database', {
    metadata: metadata('database'),
    hosts: ['database.shop.internal'],
    addresses: ['198.51.100.20'],
    location: ServiceEntryLocation.MESH_INTERNAL,
    resolution: ServiceEntryResolution.STATIC,
    ports: [{ number: 3306, name: 'mysql', protocol: IstioProtocol.TCP }],
    endpoints: [
      {
        address: '10.20.0.5',
        ports: { mysql: 13306 },
        weight: 9,
        serviceAccount: orders.serviceAccount,
        locality: WorkloadLocality.subzone('eu-west', 'eu-west-1', 'rack-7'),
      },
      { address: '10.30.0.5', ports: { mysql: 3306 }, network: IstioNetwork.of('machines'), weight: 1, serviceAccount: orders.serviceAccount },
    ],
  });

  // resolution: DNS_ROUND_ROBIN
  new ServiceEntry(chart, 'Images', {
    metadata: metadata('images'),
    hosts: ['images.example.net'],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: ServiceEntryResolution.DNS_ROUND_ROBIN,
    ports: [http],
    endpoints: [{ address: 'images.cdn.example.net', ports: { http: 8080 } }],
  });

  // resolution: DYNAMIC_DNS
  new ServiceEntry(chart, 'Tenants', {
    metadata: metadata('tenants'),
    hosts: ['*.tenants.example.net'],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: ServiceEntryResolution.DYNAMIC_DNS,
    ports: [http],
  });

  // resolution: NONE, addresses of a network
  new ServiceEntry(chart, 'Office', {
    metadata: metadata('office'),
    hosts: ['printers.office.example.net'],
    addresses: ['192.0.2.0/24'],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: ServiceEntryResolution.NONE,
    ports: [{ number: 9100, name: 'tcp-printer', protocol: IstioProtocol.TCP }],
    // networking.istio.io/enable-autoallocate-ip, a label
    autoAllocateIp: false,
  });

  return { partners, warehouse, suppliers, payments, invoices, database };
}
