import { all, argsOf, factoryOf, fieldsOf, firstArg, firsts, itemsOf, literalOf, mapped, mentions, onlyOne, Rule, seconds, uniqueBy, without } from '../coherence';
import { Fields, Value } from '../program';

const MESH = 'cdk8s-mesh.';

/** Only mirrors and extensions may repeat; a redirect goes without a rewrite. */
const filters: Rule = fields => mapped(fields, 'filters', items => firsts(items, item => {
  const name = factoryOf(item)?.split('.')[1];
  return name === 'mirror' || name === 'extension' ? undefined : name === 'redirect' ? 'rewrite' : name;
}));
const weights: Rule = fields => mapped(fields, 'backends', ([first, ...others]) =>
  ['fields' in first && literalOf(first.fields.weight) === 0 ? { ...first, fields: without(first.fields, 'weight') } : first, ...others]);
const listenerName = (item: Value) => literalOf(fieldsOf(argsOf(item)[0]).name) ?? factoryOf(item);
const listenerPort = (item: Value) => literalOf(fieldsOf(argsOf(item)[0]).port);
const listeners: Rule = all(uniqueBy('listeners', listenerName), uniqueBy('listeners', listenerPort));

const HTTPS: Value = {
  factory: `${MESH}Listener.https`,
  args: [{
    struct: `${MESH}HttpsListenerOptions`,
    fields: { certificates: { list: [{ factory: `${MESH}Certificate.fromSecretName`, args: [{ literal: 'web' }] }] } },
  }],
};

/** The ports of a frontend are those of HTTPS listeners. */
const frontend: Rule = fields => {
  const { frontendTls } = fields;
  if (!frontendTls || !('fields' in frontendTls) || !frontendTls.fields.ports) {
    return fields;
  }
  const isHttps = (item: Value) => factoryOf(item) === 'Listener.https';
  const own = itemsOf(fields.listeners).some(isHttps) ? fields : { ...fields, listeners: { list: [...itemsOf(fields.listeners), HTTPS] } };
  const ports = itemsOf(own.listeners).filter(isHttps).map(item => listenerPort(item) ?? 443);
  const withPort = (item: Value, i: number): Value => 'fields' in item ? { ...item, fields: { ...item.fields, port: { literal: ports[i] } } } : item;
  return { ...own, frontendTls: { ...frontendTls, fields: mapped(frontendTls.fields, 'ports', items => items.slice(0, ports.length).map(withPort)) } };
};
const targets: Rule = uniqueBy('targets', item => factoryOf(item)?.replace(/Name$/, ''));
const parents: Rule = uniqueBy('parents', item => factoryOf(item)?.replace(/Service(Name)?$/, ''));

/** Services as parents have hosts of their own. */
const hosts: Rule = fields => /RouteParent\.(gateway|listenerSet)"/.test(JSON.stringify(fields.parents ?? '')) ? fields : without(fields, 'hostnames');

/** What the parts of a struct must not say together, by the struct. */
const RULES: { readonly [struct: string]: Rule } = {
  MirrorOptions: onlyOne('percent', 'fraction'),
  GatewayProps: all(listeners, frontend, uniqueBy('addresses', factoryOf)),
  AttachedPolicyProps: all(targets, fields => mentions(fields, 'PolicyTargetForm.TARGET_REF') ? mapped(fields, 'targets', ([first]) => [first]) : fields),
  BackendTlsPolicyProps: targets,
  XBackendTrafficPolicyProps: targets,
  XTelemetryPolicyProps: targets,
  XBackendProps: fields => /XBackendProtocol\.(HTTP2|WSS)/.test(JSON.stringify(fields)) && !/XBackendTls\.(server|client)/.test(JSON.stringify(fields)) ? without(fields, 'protocol') :
    mentions(fields, 'XBackendProtocol.H2C') ? without(fields, 'tls') : fields,
  HttpsListenerOptions: fields => literalOf(fields.certificatesElsewhere) === true ? without(fields, 'certificates', 'tlsOptions') : fields,
  ListenerSetProps: listeners,
  HttpRouteProps: all(parents, hosts, uniqueBy('rules', item => literalOf(fieldsOf(item).name))),
  GrpcRouteProps: all(parents, hosts, uniqueBy('rules', item => literalOf(fieldsOf(item).name))),
  TlsRouteProps: all(parents, weights),
  TcpRouteProps: all(parents, weights),
  UdpRouteProps: all(parents, weights),
  HttpRouteMatchOptions: all(uniqueBy('headers', firstArg), uniqueBy('queryParams', firstArg)),
  GrpcRouteMatchOptions: uniqueBy('headers', firstArg),
  HttpRouteRule: all(
    filters, weights,
    fields => itemsOf(fields.filters).some(item => factoryOf(item) === 'HttpRouteFilter.redirect') ? without(fields, 'backends', 'retry', 'sessionPersistence') : fields,
    fields => mentions(fields, 'replacePrefixMatch') ? without(fields, 'matches') : fields,
  ),
  GrpcRouteRule: all(filters, weights),
  HttpRouteBackend: filters,
  GrpcRouteBackend: filters,
  CookieSessionOptions: fields => mentions(fields, 'CookieLifetime.PERMANENT') ? { absoluteTimeout: seconds(3600), ...fields } : fields,
  HttpRouteTimeouts: fields => fields.request && fields.backendRequest ? { ...fields, request: seconds(60) } : fields,
  HttpCorsOptions: all(

    fields => mentions(fields, 'HttpCorsMethod.ALL') ? mapped(fields, 'allowMethods', () => [{ constant: `${MESH}HttpCorsMethod.ALL` }]) : fields,
    fields => fields.maxAge ? { ...fields, maxAge: seconds(60) } : fields,
  ),
};

/** Structs that say nothing without one of these. */
const NEEDED: { readonly [struct: string]: readonly string[] } = {
  HeaderModifier: ['set', 'add', 'remove'],
  HttpRewriteOptions: ['hostname', 'path'],
  HttpRedirectOptions: ['scheme', 'hostname', 'port', 'path'],
  GrpcMethod: ['service', 'method'],
};

/** What may be left out by its type, and seldom in fact. */
const USUAL = ['parents', 'rules', 'listeners', 'backends', 'hostnames', 'sources', 'targets', 'certificates'];
const ALWAYS = ['ListenerOptions.port'];

/** How often, in percent, an optional property is there. */
export function shareOf(of: string, name: string, usual: number): number {
  return ALWAYS.includes(`${of}.${name}`) ? 100 : USUAL.includes(name) ? 95 : usual;
}

/** The properties of which a struct needs one. */
export function neededOf(struct: string): readonly string[] {
  return NEEDED[struct] ?? [];
}

/** The fields of a struct, made to agree. */
export function coherent(struct: string, fields: Fields): Fields {
  return RULES[struct]?.(fields) ?? fields;
}

/** The kinds of route that fit a listener. */
const KINDS: { readonly [factory: string]: string } = {
  'Listener.http': 'HTTPRoute', 'Listener.https': 'GRPCRoute', 'Listener.tlsPassthrough': 'TLSRoute', 'Listener.tlsTerminate': 'TLSRoute', 'Listener.tcp': 'TCPRoute', 'Listener.udp': 'UDPRoute',
};

/** Which targets the policies take; others take all. */
const TARGETS: { readonly [target: string]: RegExp } = {
  // The kind of policy that programs attach is one of Envoy Gateway.
  AttachedPolicy: /^(gateway|listenerSet|.*Route)$/,
  BackendTlsPolicy: /^(service|serviceName|of)$/,
  XBackendTrafficPolicy: /^(service|serviceName|xBackend|of)$/,
  XTelemetryPolicy: /^(gateway|of)$/,
};
/** Policies that take whole objects only. */
const WHOLE = ['XBackendTrafficPolicy', 'XTelemetryPolicy'];
const TARGET = 'PolicyTargetRef.';

/** Whether a factory makes what fits the construct. */
export function fits(factory: string, target: string): boolean {
  const [owner, name] = factory.replace(MESH, '').split('.');
  return `${owner}.` !== TARGET || TARGETS[target] === undefined || TARGETS[target].test(name);
}

/** The arguments of a factory, made to agree with it and with the construct. */
export function coherentArgs(factory: string, args: readonly Value[], target: string): readonly Value[] {
  const name = factory.replace(MESH, '');
  const change = (i: number, rule: Rule) => args.map((arg, n) => n === i && 'fields' in arg ? { ...arg, fields: rule(arg.fields) } : arg);
  if (name === 'Listener.custom') {
    return change(1, fields => ({ name: { literal: 'custom' }, ...fields }));
  }
  if (KINDS[name] !== undefined) {
    const kind = (item: Value): Value => 'fields' in item && item.fields.group === undefined ? { ...item, fields: { ...item.fields, kind: { literal: KINDS[name] } } } : item;
    return change(0, fields => mapped(fields, 'kinds', items => items.map(kind)));
  }
  if (name.startsWith(TARGET) && WHOLE.includes(target)) {
    return name === `${TARGET}of` ? change(0, fields => without(fields, 'sectionName')) : change(1, fields => without(fields, 'port', 'listener'));
  }
  return args;
}
