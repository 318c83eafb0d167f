import { HOME } from './names';
import { IstioRule, inOrder, subjectOf } from './rule';
import { given } from './world';
import { fieldsOf, firsts, itemsOf, literalOf, mapped, mentions, onlyOne, seconds, without } from '../coherence';
import { Fields, Value } from '../program';
import { Scene } from '../scene';

const MESH = 'cdk8s-mesh.';
const MESH_GATEWAY: Value = { constant: `${MESH}VirtualServiceGateway.MESH` };

/** Weights that each destination has, or none of them. */
const weights: IstioRule = fields => mapped(fields, 'destinations', (items) => items.length < 2 ?
  items.map(item => 'fields' in item ? { ...item, fields: without(item.fields, 'weight') } : item) :
  items.map((item, i) => 'fields' in item ? { ...item, fields: { ...item.fields, weight: { literal: [50, 30, 20][i] } } } : item));

const uniqueItems = (name: string): IstioRule => fields => mapped(fields, name, items => firsts(items, item => JSON.stringify(item)));

const PREFIXES = ({ below }: Scene): Value => ({
  struct: `${MESH}IstioHttpMatch`, fields: { uri: { factory: `${MESH}StringMatch.prefix`, args: [{ literal: `/part-${below(1000)}` }] } },
});

const REDIRECT: Value = {
  factory: `${MESH}IstioHttpRedirect.to`, args: [{ struct: `${MESH}IstioHttpRedirectOptions`, fields: { uri: { literal: '/v2' } } }],
};
const ACTIONS = ['destinations', 'redirect', 'directResponse', 'delegate'];

const httpRoute: IstioRule = (fields, scene) => {
  // A delegate does not delegate again.
  const there = ACTIONS.filter(name => fields[name] !== undefined && (name !== 'delegate' || scene.target === 'VirtualService'));
  const kept = there.length === 0 ? undefined : there.includes('destinations') && scene.maybe(60) ? 'destinations' : scene.pick(there);
  const only = without(fields, ...ACTIONS.filter(name => name !== kept));
  const one: Fields = kept ? only : { ...only, redirect: REDIRECT };
  const lost = kept === 'destinations' ? one.fault ? ['timeout', 'retries'] : one.timeout && one.retries ? ['timeout'] : []
    : kept === 'delegate' ? ['fault', 'rewrite', 'retries', 'timeout', 'mirrors', 'headers', 'cors'] : ['fault', 'rewrite', 'mirrors', 'retries', 'timeout', 'headers'];
  const rest = without(one, ...lost);
  // A prefix is rewritten where all matches have one; and what has no matches must be the last.
  return mentions(rest.redirect, 'prefixRewrite') || rest.matches === undefined ? { ...rest, matches: { list: [PREFIXES(scene)] } } : rest;
};

const match: IstioRule = (fields, scene) => {
  const isDelegate = scene.target === 'VirtualServiceDelegate';
  const subject = subjectOf(scene);
  const own = isDelegate || (subject && !isForBoth(subject)) ? without(fields, 'gateways', 'sourceLabels', 'sourceNamespace') : fields;
  const gateways: Value = { list: [scene.maybe(50) ? MESH_GATEWAY : given(`${MESH}IstioGateway`, scene)!] };
  const sided = own.gateways ? { ...without(own, 'sourceLabels', 'sourceNamespace'), gateways } : own;
  return sided.ignoreUriCase && !mentions(sided.uri, /StringMatch\.(exact|prefix)/) ? without(sided, 'ignoreUriCase') : sided;
};

const isForBoth = ({ gateways }: Fields) => mentions(gateways, 'MESH') && mentions(gateways, '"ref"');

/** What matches say of where a request comes from. */
const SIDES = /^(gateways|sourceLabels|sourceNamespace)$/;

/** A value whose matches say nothing of where a request comes from. */
function withoutSides(value: Value): Value {
  if ('list' in value) {
    return { list: value.list.map(withoutSides) };
  }
  return 'fields' in value ? { ...value, fields: withoutSidesIn(value.fields) } : value;
}

function withoutSidesIn(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !SIDES.test(name)).map(([name, value]) => [name, withoutSides(value)]));
}

/** Gateways are those that matches name; what has no host is for gateways only. */
const virtualService: IstioRule = (fields, scene) => {
  const gateway = given(`${MESH}IstioGateway`, scene)!;
  if (mentions(fields.hosts, 'IstioHost.ANY')) {
    return { ...withoutSidesIn(fields), gateways: { list: [gateway] } };
  }
  const isSided = /"(gateways|sourceLabels|sourceNamespace)"/.test(JSON.stringify([fields.httpRoutes, fields.tlsRoutes, fields.tcpRoutes]));
  const gateways = firsts([MESH_GATEWAY, gateway, ...itemsOf(fields.gateways)], item => JSON.stringify(item));
  return isSided ? { ...fields, gateways: { list: gateways } } : fields;
};

/** The host that a value stands for, as it is written. */
function hostText(value?: Value): string | undefined {
  const args = value && 'factory' in value ? value.args : [];
  const [first, second] = args.map(arg => 'ref' in arg ? arg.ref : literalOf(arg));
  return value && 'factory' in value ? value.factory.endsWith('.of') ? String(first) : `${first}.${second ?? HOME}.svc.cluster.local` : undefined;
}

/** Server names are hosts of the VirtualService. */
const tlsMatch: IstioRule = (fields, scene) => {
  const own = match(fields, scene);
  const host = hostText(itemsOf(subjectOf(scene)?.hosts)[0]);
  return host ? { ...own, sniHosts: { list: [{ literal: host }] } } : own;
};

function withServerNames(fields: Fields): Fields {
  const host = hostText(itemsOf(fields.hosts)[0]);
  const inMatch = (item: Value): Value => 'fields' in item && host ? { ...item, fields: { ...item.fields, sniHosts: { list: [{ literal: host }] } } } : item;
  return mapped(fields, 'tlsRoutes', items => items.map(item => 'fields' in item ? { ...item, fields: mapped(item.fields, 'matches', matches => matches.slice(0, 1).map(inMatch)) } : item));
}

/** A load balancer that fails over needs to know what fails. */
const failover: IstioRule = fields => mentions(fields.loadBalancer, 'failover') && fields.outlierDetection === undefined ?
  { ...fields, outlierDetection: { factory: `${MESH}OutlierDetection.of`, args: [{ struct: `${MESH}OutlierDetectionOptions`, fields: { interval: seconds(10) } }] } } : fields;

/** Routes of ports of their own, so that each is reached. */
const l4Ports = (struct: string): IstioRule => (fields, { below }) => ({
  ...fields,
  matches: {
    list: (itemsOf(fields.matches).length > 0 ? itemsOf(fields.matches) : [{ struct: `${MESH}${struct}`, fields: {} }]).map((item): Value =>
      'fields' in item ? { ...item, fields: { ...item.fields, port: { literal: 9000 + below(1000) } } } : item),
  },
});

const destinationHosts = uniqueItems('destinations');

export const TRAFFIC_RULES: { readonly [struct: string]: IstioRule } = {
  VirtualServiceProps: (fields, scene) => withServerNames(virtualService(fields, scene)),
  VirtualServiceHttpRoute: inOrder(httpRoute, destinationHosts, weights),
  VirtualServiceTcpRoute: inOrder(destinationHosts, weights, l4Ports('IstioTcpMatch')),
  VirtualServiceTlsRoute: inOrder(destinationHosts, weights, l4Ports('IstioTlsMatch')),
  IstioHttpMatch: match,
  IstioTcpMatch: match,
  IstioTlsMatch: tlsMatch,
  IstioHttpRedirectOptions: inOrder(onlyOne('uri', 'prefixRewrite'), onlyOne('port', 'derivePort')),
  IstioCorsPolicyOptions: (fields, { pick }) => ({
    ...fields,
    ...fields.maxAge && { maxAge: seconds(60) },
    allowOrigins: { list: [{ factory: `${MESH}StringMatch.${fields.allowCredentials ? 'exact' : pick(['exact', 'prefix', 'regex'])}`, args: [{ literal: 'https://shop.example.com' }] }] },
  }),
  HttpConnectionPool: fields => mentions(fields.h2UpgradePolicy, '"[^"]*\\.UPGRADE"') ? without(fields, 'useClientProtocol') : fields,
  LoadBalancerOptions: onlyOne('locality', 'zoneAware'),
  WarmingLoadBalancerOptions: onlyOne('locality', 'zoneAware'),
  ConsistentHashOptions: onlyOne('locality', 'zoneAware'),
  LocalityLoadBalancing: onlyOne('distribute', 'failover', 'failoverPriority'),
  ZoneAwareLoadBalancing: fields => mapped(onlyOne('failover', 'failoverPriority')(fields), 'failoverPriority', () => [{ literal: 'network' }]),
  OutlierDetectionOptions: fields =>
    fields.consecutiveLocalOriginFailures ? { ...fields, splitExternalLocalOriginErrors: { literal: true } } : fields,
  TrafficPolicySettings: failover,
  PortTrafficPolicy: failover,
  TrafficPolicy: (fields, scene) => {
    const one = onlyOne(...scene.maybe(50) ? ['tunnel', 'proxyProtocol'] : ['proxyProtocol', 'tunnel'])(failover(fields, scene));
    const ports = mapped(one, 'portLevelSettings', items => firsts(items, item => literalOf(fieldsOf(item).port)));
    const budgeted = mentions(ports, 'maxRetries') ? without(ports, 'retryBudget') : ports;
    return ports.portLevelSettings ? without(ports, 'retryBudget', 'tunnel', 'proxyProtocol') : budgeted;
  },
  MutualTlsOptions: (fields, { maybe }) => {
    const own = literalOf(fields.insecureSkipVerify) === true ? without(fields, 'caCertificates', 'caCrl', 'subjectAltNames') : fields;
    return maybe(50) && own === fields ? without({ ...own, credentialName: { literal: 'certificate' } }, 'clientCertificate', 'privateKey', 'caCertificates', 'caCrl') :
      without({ ...own, clientCertificate: { literal: '/etc/certs/client.pem' }, privateKey: { literal: '/etc/certs/key.pem' } }, 'credentialName');
  },
  SimpleTlsOptions: fields => literalOf(fields.insecureSkipVerify) === true ? without(fields, 'caCertificates', 'caCrl', 'subjectAltNames', 'credentialName') : fields.credentialName ? without(fields, 'caCertificates', 'caCrl') : fields,
  DestinationRuleProps: fields => {
    const rule = fields.workloadSelector ? { ...fields, exportTo: { list: [{ literal: '.' }] } } : fields;
    return mapped(rule, 'subsets', items => firsts(items, item => literalOf(fieldsOf(item).name)));
  },
};

export const TRAFFIC_NEEDED: { readonly [struct: string]: readonly string[] } = {
  VirtualServiceHttpRoute: ACTIONS,
  VirtualServiceProps: ['httpRoutes', 'tlsRoutes', 'tcpRoutes'],
  IstioHttpRedirectOptions: ['uri', 'prefixRewrite', 'authority', 'scheme'],
  IstioHeaders: ['request', 'response'],
  IstioHeaderOperations: ['set', 'add', 'remove'],
  ConnectionPoolOptions: ['http', 'tcp'],
  HttpConnectionPool: ['maxRetries', 'idleTimeout', 'http2MaxRequests'],
  TcpConnectionPool: ['maxConnections', 'connectTimeout', 'idleTimeout'],
  TrafficPolicy: ['connectionPool', 'loadBalancer', 'outlierDetection', 'tls'],
  PortTrafficPolicy: ['connectionPool', 'loadBalancer', 'outlierDetection', 'tls'],
  SubsetProps: ['labels'],
  IstioHttpMatch: ['uri', 'headers', 'authority', 'method'],
  LocalityLoadBalancing: ['distribute', 'failover', 'failoverPriority', 'enabled'],
};

