import { inOrder, isAmbient, IstioRule } from './rule';
import { argsOf, fieldsOf, firsts, literalOf, mapped, mentions, onlyOne, seconds, without } from '../coherence';
import { Fields, Value } from '../program';
import { Scene } from '../scene';

const MESH = 'cdk8s-mesh.';
const list = (...texts: string[]): Value => ({ list: texts.map(literal => ({ literal })) });

/** One source of certificates. */
const certificates: IstioRule = (fields, { maybe, pick }) => {
  const sources = [['certificates'], ['credentialName'], ['credentialNames'], ['tlsCertificates'], ['serverCertificate', 'privateKey']];
  const there = sources.filter(names => fields[names[0]] !== undefined);
  const kept = there.length > 0 && !(fields.caCertCredentialName && maybe(70)) ? pick(there) : ['credentialName'];
  const one: Fields = { ...without(fields, ...sources.flat().filter(name => !kept.includes(name))) };
  return { ...one, ...kept[0] === 'credentialName' && { credentialName: { literal: 'certificate' } }, ...kept[0] === 'serverCertificate' && { privateKey: { literal: '/etc/certs/key.pem' } } };
};

const versions: IstioRule = fields => {
  const own = fields.minProtocolVersion && fields.maxProtocolVersion ? without(fields, 'minProtocolVersion') : fields;
  return mentions(own.minProtocolVersion, /V1_[01]/) || mentions(own.maxProtocolVersion, /V1_[01]/) ?
    { ...own, minProtocolVersion: own.minProtocolVersion ?? own.maxProtocolVersion, cipherSuites: list('ECDHE-RSA-AES128-GCM-SHA256') } : own;
};

const mutual: IstioRule = fields => {
  const inFiles = fields.serverCertificate !== undefined || fields.tlsCertificates !== undefined;
  return inFiles ? { ...without(fields, 'caCertCredentialName', 'verifyCertificateHash', 'verifyCertificateSpki'), caCertificates: { literal: '/etc/certs/ca.pem' } } : fields.credentialNames || fields.certificates ?
    without(fields, 'caCertificates', 'caCrl', 'caCertCredentialName') : without(fields, 'caCertificates', 'caCrl');
};

/** Servers on ports of their own, with names of their own. */
const servers: IstioRule = fields => mapped(fields, 'servers', items => firsts(items.map((item, i): Value => 'factory' in item && 'fields' in item.args[0] ? {
  ...item,
  args: [{
    ...item.args[0],
    fields: {
      ...without(item.args[0].fields, 'bind'),
      ...item.args[0].fields.serverName && { serverName: { literal: ['first', 'second', 'third'][i] } },
      name: { literal: ['one', 'two', 'three'][i] },
      port: { literal: [8080, 8443, 9000][i] },
    },
  }],
} : item), item => literalOf(fieldsOf(argsOf(item)[0]).port)));

const server: IstioRule = fields => ({ port: { literal: 7000 }, ...fields });

const protocolServer: IstioRule = (fields, scene) => {
  const protocol: Value = fields.tls && scene.maybe(60) ? { constant: `${MESH}IstioProtocol.HTTPS` } : fields.protocol;
  const spoken: Fields = { ...fields, protocol };
  const isTls = mentions(protocol, /IstioProtocol\.(HTTPS|TLS)"/);
  const own: Fields = isTls ? { tls: { factory: `${MESH}ServerTls.passthrough`, args: [] }, ...without(spoken, 'httpsRedirect') } : without(spoken, 'tls');
  return server(mentions(own.protocol, /IstioProtocol\.HTTP"/) ? own : without(own, 'httpsRedirect'), scene);
};

const WILD = '*.shop.example.net';

/** Hosts, addresses and endpoints that a resolution can take. */
const serviceEntry: IstioRule = (fields, scene) => {
  const resolution = JSON.stringify(fields.resolution);
  const isDynamic = resolution.includes('DYNAMIC');
  const isDns = /"[^"]*\.DNS/.test(resolution);
  const isStatic = resolution.includes('STATIC');
  const hosts = isDynamic ? list(WILD) : isDns || isStatic ? list('web.shop.example.com') : fields.hosts;
  const ports = mapped(fields, 'ports', items => items.slice(0, isDynamic || isDns ? 1 : 2).map((item, i): Value => 'fields' in item ? {
    ...item,
    fields: {
      ...item.fields,
      name: { literal: ['http', 'extra'][i] },
      number: { literal: [80, 8443][i] },
      ...(isDynamic || isDns) && { protocol: { constant: `${MESH}IstioProtocol.HTTP` } },
    },
  } : item));
  const endpoints = mapped(onlyOne(...scene.maybe(50) ? ['endpoints', 'workloadSelector'] : ['workloadSelector', 'endpoints'])(ports), 'endpoints', items => items.slice(0, resolution.includes('ROUND_ROBIN') ? 1 : 2).map((item, i): Value => 'fields' in item ? {
    ...item,
    fields: {
      ...without(item.fields, 'address', 'network'),
      ...item.fields.network && isStatic && { network: item.fields.network },
      address: { literal: isStatic ? `10.10.0.${i + 1}` : `vm-${i}.shop.example.com` },
    },
  } : item));
  const allowed = isStatic ? endpoints.endpoints || endpoints.workloadSelector ? endpoints : { ...endpoints, workloadSelector: SELECTOR } :
    isDns ? without(endpoints, 'workloadSelector') : without(endpoints, 'endpoints', 'workloadSelector');
  const addressed = isDynamic ? without(allowed, 'addresses') : mapped(allowed, 'addresses', () => [{ literal: '240.1.0.1' }]);
  const ambient = isAmbient(scene) ? addressed : without(addressed, 'useWaypoint', 'ingressUseWaypoint');
  const dated = isDns ? ambient : without(ambient, 'connectStrategy');
  const timed = dated.addresses ? without(dated, 'autoAllocateIp') : dated;
  return { .../NONE|DYNAMIC/.test(resolution) ? without(timed, 'trafficDistribution', 'autoAllocateIp') : timed, hosts };
};

const SELECTOR: Value = { factory: `${MESH}WorkloadSelector.labels`, args: [{ map: { app: { literal: 'web' } } }] };

/** Probes count in whole seconds. */
const probe: IstioRule = fields => Object.fromEntries(Object.entries(fields).map(([name, value]) =>
  [name, ['initialDelay', 'timeout', 'period'].includes(name) ? seconds(5) : value]));

const workload: IstioRule = fields => {
  const addressed: Fields = { ...fields, address: { literal: '10.10.0.1' } };
  return mentions(addressed.serviceAccount, '"back"') ? without(addressed, 'serviceAccount') : addressed;
};

/** One listener without a port at the most, the others on ports of their own. */
const sidecar: IstioRule = fields => {
  const port = (item: Value) => literalOf(fieldsOf(fieldsOf(item).port).number) ?? 'none';
  const own = mapped(mapped(fields, 'egress', items => firsts(items, port)), 'ingress', items => firsts(items, port));
  return own;
};

const egress: IstioRule = fields => {
  const own = mapped(fields, 'hosts', items => {
    const texts = items.map(literalOf);
    const [all] = ['~/*', '*/*'].filter(text => texts.includes(text));
    return all ? [{ literal: all }] : items;
  });
  return own.port ? own : without(own, 'bind');
};

/** What a sidecar can do: certificates in files, of itself and of its clients. */
function tlsOfSidecar({ maybe }: Scene): Value {
  const file = (name: string): Value => ({ literal: `/etc/certs/${name}.pem` });
  const version = (name: string): Value => ({ constant: `${MESH}TlsVersion.${name}` });
  const fields: Fields = {
    serverCertificate: file('server'),
    privateKey: file('key'),
    ...maybe(40) && { cipherSuites: list('ECDHE-RSA-AES128-GCM-SHA256'), minProtocolVersion: version(maybe(50) ? 'V1_0' : 'V1_1') },
  };
  return maybe(50) ? { factory: `${MESH}ServerTls.simple`, args: [{ struct: `${MESH}SimpleServerTlsOptions`, fields: versioned(fields, version, maybe) }] } : {
    factory: `${MESH}ServerTls.mutual`,
    args: [{
      struct: `${MESH}MutualServerTlsOptions`, fields: { ...versioned(fields, version, maybe), caCertificates: file('ca'), ...maybe(50) && { caCrl: file('crl') } },
    }],
  };
}

/** Fields with a version, where they have none. */
function versioned(fields: Fields, version: (name: string) => Value, maybe: (percent: number) => boolean): Fields {
  const name = ['TLS_AUTO', 'V1_2', 'V1_3'].find(() => maybe(40)) ?? 'V1_3';
  const old = mentions(fields.minProtocolVersion, /V1_0/) && maybe(50) ? 'V1_0' : 'V1_1';
  return fields.minProtocolVersion ? { ...fields, ...maybe(50) && { maxProtocolVersion: version(maybe(50) ? old : name) } } :
    { ...fields, [maybe(50) ? 'minProtocolVersion' : 'maxProtocolVersion']: version(name) };
}

const ingress: IstioRule = (fields, scene) => {
  const isTls = mentions(fields.port, /IstioProtocol\.(HTTPS|TLS)"/);
  const isHttp = mentions(fields.port, /IstioProtocol\.(HTTP2?|GRPC|GRPC_WEB)"/);
  const own = isTls && fields.tls ? { ...fields, tls: tlsOfSidecar(scene) } : without(fields, 'tls');
  return isHttp ? own : without(own, 'connectionPool');
};

export const NETWORKING_RULES: { readonly [struct: string]: IstioRule } = {
  IstioGatewayProps: servers,
  IstioServerOptions: server,
  IstioHttpServerOptions: (fields, scene) => fields.httpsRedirect ? server({ ...fields, hosts: list('web.shop.example.com') }, scene) : server(fields, scene),
  IstioTlsServerOptions: server,
  IstioProtocolServerOptions: protocolServer,
  SimpleServerTlsOptions: inOrder(certificates, versions),
  MutualServerTlsOptions: inOrder(certificates, versions, mutual),
  IstioMutualServerTlsOptions: versions,
  ServiceEntryProps: serviceEntry,
  WorkloadEntryProps: workload,
  WorkloadProbeOptions: probe,
  HttpWorkloadProbeOptions: probe,
  UseWaypointOptions: fields => fields.canary ? fields : without(fields, 'canaryWeight'),
  SidecarProps: sidecar,
  SidecarEgressListener: egress,
  SidecarIngressListener: ingress,
};

export const NETWORKING_NEEDED: { readonly [struct: string]: readonly string[] } = {
  SidecarProps: ['egress', 'ingress', 'outboundTrafficMode'],
  IstioGatewayProps: ['servers'],
};

