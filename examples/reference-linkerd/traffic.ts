import { Chart, Duration } from 'cdk8s';
import { Shop } from './shop';
import {
  LinkerdEgressNetwork, LinkerdExternalWorkload, LinkerdProfiledService, LinkerdRequestMatch, LinkerdResponseMatch, LinkerdServiceProfile,
  LinkerdTrafficPolicy,
} from 'cdk8s-mesh';

const { path, method, all, any, none } = LinkerdRequestMatch;
const { status } = LinkerdResponseMatch;

/** Requests that are told apart, counted and sent again: ServiceProfile. */
function profiles(chart: Chart, { catalogService }: Shop): void {
  new LinkerdServiceProfile(chart, 'catalog', {
    metadata: { namespace: 'shop' },
    service: LinkerdProfiledService.service(catalogService),
    routes: [
      {
        // condition.all[] with method and pathRegex; isRetryable; timeout
        name: 'GET /books/{id}',
        condition: all(method('GET'), path('/books/[^/]*')),
        isRetryable: true,
        timeout: Duration.seconds(2),
        // responseClasses[].condition.status.min and max, all[], any[] and not; isFailure
        responseClasses: [
          { condition: status(500, 599), isFailure: true },
          { condition: LinkerdResponseMatch.all(status(400, 499), LinkerdResponseMatch.none(status(404, 404))) },
          { condition: LinkerdResponseMatch.any(status(200, 299), status(404, 404)) },
          { condition: LinkerdResponseMatch.none(status(200, 299)), isFailure: true },
        ],
      },
      // condition.any[], condition.pathRegex, condition.method
      { name: 'write', condition: any(method('POST'), method('PUT')) },
      { name: '/health', condition: path('/health') },
      { name: 'DELETE', condition: method('DELETE') },
      // condition.all[].not
      { name: 'the rest', condition: all(path('/.*'), none(method('OPTIONS'))) },
    ],
    // retryBudget.retryRatio, minRetriesPerSecond and ttl
    retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: Duration.seconds(10) },
    // dstOverrides[].authority and weight
    dstOverrides: [
      { authority: 'catalog.shop.svc.cluster.local:80', weight: 90 }, { authority: 'catalog-next.shop.svc.cluster.local:80', weight: 10 },
    ],
  });
}

/** What is outside: EgressNetwork and ExternalWorkload. */
function outside(chart: Chart, { named }: Shop): void {
  // trafficPolicy: Deny; networks[].cidr and except[]
  new LinkerdEgressNetwork(chart, 'internet', {
    metadata: named('internet'), trafficPolicy: LinkerdTrafficPolicy.DENY, networks: [{ cidr: '0.0.0.0/0', exceptions: ['10.0.0.0/8', '192.168.0.0/16'] }],
  });

  // trafficPolicy: Allow
  new LinkerdEgressNetwork(chart, 'partner', {
    metadata: named('partner'), trafficPolicy: LinkerdTrafficPolicy.ALLOW, networks: [{ cidr: '198.51.100.0/24' }],
  });

  // meshTLS.identity and serverName; workloadIPs[]; ports[].name, port and protocol
  new LinkerdExternalWorkload(chart, 'database', {
    metadata: { ...named('database-1'), labels: { app: 'database', rack: 'r1', zone: 'a' } },
    identity: 'spiffe://root.linkerd.cluster.local/database',
    serverName: 'database.cluster.local',
    workloadIps: ['192.0.2.10', '2001:db8::10'],
    ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }, { name: 'metrics', port: 9187 }],
  });
}

/** How traffic is counted, sent again, and let out. */
export function traffic(chart: Chart, shop: Shop): void {
  profiles(chart, shop);
  outside(chart, shop);
}
