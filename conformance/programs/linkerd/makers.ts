import { HOME, leaf, leafResponse, OTHER, service } from './world';
import { literal, Makers, map } from '../makers';

const LABELS = map(['app', 'web'], ['example.com/team', 'front'], ['tier', 'back']);
const NAMES = ['web', 'api', 'cart', 'checkout', 'stock', 'search'];

/** What strings and numbers mean in Linkerd. */
export const MAKERS: Makers = {
  // Objects.
  'name': NAMES,
  'namespace': [HOME],
  'LinkerdServiceAccountNameOptions.namespace': [HOME, OTHER],
  'LinkerdIdentityRef.namespaceName.name': [HOME, OTHER],
  'LinkerdIngressServiceOptions.namespace': [HOME, OTHER],
  'labels': LABELS,
  // Ports.
  'port': ({ below }) => literal(8000 + below(1000)),
  'LinkerdPort.number.port': [8080, 9090],
  'LinkerdPort.named.name': ['http', 'admin'],
  'LinkerdExternalWorkloadPort.name': ({ below }) => literal(`port-${below(1000)}`),
  'protocol': ['TCP', 'UDP'],
  // Who is who.
  'identity': [10, 50],
  'LinkerdExternalWorkloadProps.identity': ['spiffe://root.linkerd.cluster.local/db', 'spiffe://example.org/machines/db-1'],
  'serverName': ['db.cluster.local', 'machines.example.org'],
  'identities': [`web.${HOME}.serviceaccount.identity.linkerd.cluster.local`, `*.${OTHER}.serviceaccount.identity.linkerd.cluster.local`, '*'],
  'workloadIps': ({ maybe }) => ({ list: ['192.0.2.1', ...maybe(40) ? ['2001:db8::1'] : []].map(literal) }),
  'cidr': ['10.0.0.0/8'],
  'exceptions': ['10.1.0.0/16', '10.2.3.4'],
  // Rates and weights.
  'total': [100, 1000],
  'requestsPerSecond': [20, 80],
  'weight': [1, 10, 100],
  'retryRatio': [0, 0.2, 1],
  'minRetriesPerSecond': [0, 10],
  'maxFailures': [1, 7],
  'jitterRatio': [0, 0.5],
  'limit': [1, 3],
  // Requests and answers.
  'authority': [`web.${HOME}.svc.cluster.local:80`, `web-v2.${HOME}.svc.cluster.local:80`],
  'clusterDomain': ['cluster.local', 'example.com'],
  'host': ['web.example.com', 'payments.example.net'],
  'LinkerdProfiledService.service.service': scene => service(scene, HOME),
  'method': ['GET', 'POST', 'DELETE'],
  'pathRegex': ['/', '/books/[^/]*'],
  'status': [500, 503],
  'first': [500],
  'last': [504],
  'min': [200, 404],
  'max': [404, 599],
  // Matches are made of others: to one depth.
  'LinkerdRequestMatch.all.matches': leaf,
  'LinkerdRequestMatch.any.matches': leaf,
  'LinkerdRequestMatch.none.match': leaf,
  'LinkerdResponseMatch.all.matches': leafResponse,
  'LinkerdResponseMatch.any.matches': leafResponse,
  'LinkerdResponseMatch.none.match': leafResponse,
};
