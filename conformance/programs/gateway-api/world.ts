import { Fields, Value } from '../program';
import { Scene } from '../scene';

const MESH = 'cdk8s-mesh';
const PLUS = 'cdk8s-plus-28';
/** The namespace of what a program is about. */
export const HOME = 'shop';

const text = (value: string): Value => ({ literal: value });
const number = (value: number): Value => ({ literal: value });
const struct = (name: string, fields: Fields): Value => ({ struct: `${MESH}.${name}`, fields });
const call = (name: string, ...args: Value[]): Value => ({ factory: `${MESH}.${name}`, args });

/** A class of which nothing is known: what its controller reads is no matter. */
export const CLASS = call('GatewayClass.fromGatewayClassName', text('example'));

/** Metadata with a name, in a namespace. */
export function metadata(name?: string, namespace?: string): Value {
  const fields = Object.entries({ name, namespace }).filter(([, value]) => value !== undefined);
  return { struct: 'cdk8s.ApiObjectMetadata', fields: Object.fromEntries(fields.map(([key, value]) => [key, text(value!)])) };
}

/** A listener for each kind of route, open to all namespaces. */
export function listeners(offset = 0): Value {
  const routes = call('RouteNamespaces.all');
  const listener = (name: string, port: number) => struct('ListenerOptions', { name: text(name), port: number(port + offset), routes });
  return {
    list: [
      call('Listener.http', listener('http', 80)),
      call('Listener.tlsPassthrough', listener('tls', 8443)),
      call('Listener.tcp', listener('tcp', 9000)),
      call('Listener.udp', listener('udp', 9001)),
    ],
  };
}

/** A Service with port 80, in a namespace or in any. */
export function service(scene: Scene, namespace?: string): Value {
  const [id, own] = scene.pick([['web', HOME], ['api', HOME], ['cart', HOME], ['checkout', HOME], ['stock', 'other']].filter(([, candidate]) => (namespace ?? candidate) === candidate));
  return scene.given(id, `${PLUS}.Service`, {
    metadata: metadata(id, own),
    ports: { list: [{ struct: `${PLUS}.ServicePort`, fields: { name: text('http'), port: number(80) } }] },
  });
}

/** Values of types that other libraries have. */
const EXTERNAL: { readonly [fqn: string]: (scene: Scene) => Value } = {
  'cdk8s.Duration': ({ pick, maybe }) => maybe(80) ? { factory: 'cdk8s.Duration.seconds', args: [number(pick([1, 5, 30]))] } :
    { factory: 'cdk8s.Duration.millis', args: [number(pick([100, 500]))] },
  'cdk8s.Size': ({ pick }) => ({ factory: 'cdk8s.Size.kibibytes', args: [number(pick([1, 64]))] }),
  'cdk8s-plus-28.Service': scene => service(scene),
  'cdk8s-plus-28.ISecret': scene => secret(scene),
  'cdk8s-plus-28.Secret': scene => secret(scene),
  'cdk8s-plus-28.IConfigMap': scene => configMap(scene),
  'cdk8s-plus-28.ConfigMap': scene => configMap(scene),
  'cdk8s-plus-28.LabelSelectorOptions': ({ pick }) => ({
    struct: `${PLUS}.LabelSelectorOptions`,
    fields: pick<Fields>([
      { labels: { map: { team: text('shop') } } },
      { expressions: { list: [{ factory: `${PLUS}.LabelExpression.in`, args: [text('team'), { list: [text('shop'), text('stock')] }] }] } },
      { labels: { map: { team: text('shop') } }, expressions: { list: [{ factory: `${PLUS}.LabelExpression.exists`, args: [text('tier')] }] } },
    ]),
  }),
  'cdk8s-plus-28.Namespace': scene => {
    const name = scene.pick([HOME, 'other']);
    return scene.given(`${name}Namespace`, `${PLUS}.Namespace`, { metadata: metadata(name) });
  },
};

function secret(scene: Scene): Value {
  const [id, namespace] = scene.pick([['certificate', HOME], ['otherCertificate', 'other']]);
  return scene.given(id, `${PLUS}.Secret`, {
    metadata: metadata(id.toLowerCase(), namespace), type: text('kubernetes.io/tls'), stringData: { map: { 'tls.crt': text('certificate'), 'tls.key': text('key') } },
  });
}

function configMap(scene: Scene): Value {
  // A gateway may refer to other namespaces, a policy may not.
  const [id, namespace] = scene.pick(scene.target === 'Gateway' ? [['authorities', HOME], ['otherAuthorities', 'other']] : [['authorities', HOME]]);
  return scene.given(id, `${PLUS}.ConfigMap`, { metadata: metadata(id.toLowerCase(), namespace) });
}

/** A value of a type that is not of this library; none of a type that programs cannot make. */
export function external(fqn: string, scene: Scene): Value | undefined {
  return EXTERNAL[fqn]?.(scene);
}

/** Whether a type that is not of this library can be made. */
export function isKnownExternal(fqn: string): boolean {
  return Object.hasOwn(EXTERNAL, fqn);
}

function gateway(scene: Scene): Value {
  return scene.given('gateway', `${MESH}.Gateway`, {
    metadata: metadata('gateway', HOME), gatewayClass: CLASS, listeners: listeners(),
  });
}

/** A gateway that takes ListenerSets, on ports of its own. */
export function openGateway(scene: Scene): Value {
  return scene.given('open', `${MESH}.Gateway`, {
    metadata: metadata('open', HOME), gatewayClass: CLASS, listeners: listeners(1000), allowedListeners: call('ListenerNamespaces.all'),
  });
}

/** A gateway of which nothing is known but where it is. */
export function importedGateway({ pick }: Scene): Value {
  return call('Gateway.fromGatewayName', text('imported'), struct('FromGatewayNameOptions', { namespace: text(pick([HOME, 'other'])) }));
}

/** A route for the gateway, with a rule that policies can name. */
function route(construct: string, fields: Fields): (scene: Scene) => Value {
  const parent = (scene: Scene) => ({ list: [call('RouteParent.gateway', gateway(scene))] });
  const id = `other${construct}`;
  return scene => scene.given(id, `${MESH}.${construct}`, { metadata: metadata(id.toLowerCase(), HOME), parents: parent(scene), ...fields });
}

const BACKEND: Value = struct('RouteBackend', { backend: call('Backend.serviceName', text('web'), struct('BackendServiceNameOptions', { port: number(80) })) });
const named = (rule: string): Fields => ({ rules: { list: [struct(rule, { name: text('first') })] } });
const single: Fields = { ruleName: text('first'), backends: { list: [BACKEND] } };

/** The constructs that others refer to. */
const GIVEN: { readonly [construct: string]: (scene: Scene) => Value } = {
  [`${MESH}.Gateway`]: gateway,
  [`${MESH}.ListenerSet`]: scene => scene.given('set', `${MESH}.ListenerSet`, { metadata: metadata('set', HOME), gateway: openGateway(scene), listeners: listeners() }),
  [`${MESH}.HttpRoute`]: route('HttpRoute', named('HttpRouteRule')),
  [`${MESH}.GrpcRoute`]: route('GrpcRoute', named('GrpcRouteRule')),
  [`${MESH}.TlsRoute`]: route('TlsRoute', { hostnames: { list: [text('web.example.com')] }, ...single }),
  [`${MESH}.TcpRoute`]: route('TcpRoute', single),
  [`${MESH}.UdpRoute`]: route('UdpRoute', single),
};

/** A construct for others to refer to. */
export function given(construct: string, scene: Scene): Value | undefined {
  return GIVEN[construct]?.(scene);
}
