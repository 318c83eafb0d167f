import { GATEWAY, HOME, OTHER } from './names';
import { Fields, Value } from '../program';
import { Scene } from '../scene';

const MESH = 'cdk8s-mesh';
const PLUS = 'cdk8s-plus-28';

const text = (value: string): Value => ({ literal: value });
const number = (value: number): Value => ({ literal: value });
const struct = (name: string, fields: Fields): Value => ({ struct: `${MESH}.${name}`, fields });
const call = (name: string, ...args: Value[]): Value => ({ factory: `${MESH}.${name}`, args });

function metadata(name: string, place?: string): Value {
  return { struct: 'cdk8s.ApiObjectMetadata', fields: { name: text(name), ...place !== undefined && { namespace: text(place) } } };
}

function labelled(name: string, place: string): Value {
  return { struct: 'cdk8s.ApiObjectMetadata', fields: { name: text(name), namespace: text(place), labels: { map: { app: text(name) } } } };
}

/** A Service with ports for HTTP, TLS and TCP, in a namespace or in any. */
export function service(scene: Scene, place?: string): Value {
  const [id, home] = scene.pick([['web', HOME], ['api', HOME], ['cart', HOME], ['stock', OTHER]].filter(([, candidate]) => (place ?? candidate) === candidate));
  const port = (name: string, value: number) => ({ struct: `${PLUS}.ServicePort`, fields: { name: text(name), port: number(value) } });
  return scene.given(id, `${PLUS}.Service`, { metadata: labelled(id, home), ports: { list: [port('http', 80), port('https', 443), port('tcp', 9000)] } });
}

/** A Deployment in the namespace of the program. */
function deployment(scene: Scene): Value {
  return scene.given('workload', `${PLUS}.Deployment`, {
    metadata: metadata('workload', HOME), containers: { list: [{ struct: `${PLUS}.ContainerProps`, fields: { image: text('shop/web:1') } }] },
  });
}

export function secret(scene: Scene): Value {
  return scene.given('certificate', `${PLUS}.Secret`, {
    metadata: metadata('certificate', HOME), type: text('kubernetes.io/tls'), stringData: { map: { 'tls.crt': text('certificate'), 'tls.key': text('key') } },
  });
}

function configMap(scene: Scene): Value {
  return scene.given('settings', `${PLUS}.ConfigMap`, { metadata: metadata('settings', HOME), data: { map: { value: text('yes') } } });
}

function serviceAccount(scene: Scene): Value {
  const [id, place] = scene.pick(/^(Workload|ServiceEntry)/.test(scene.target) ? [['front', HOME]] : [['front', HOME], ['back', OTHER]]);
  return scene.given(id, `${PLUS}.ServiceAccount`, { metadata: metadata(id, place) });
}

function namespace(scene: Scene): Value {
  const name = scene.pick([HOME, OTHER]);
  return scene.given(`${name}Namespace`, `${PLUS}.Namespace`, { metadata: metadata(name) });
}

/** Words of other libraries. */
const word = (...words: string[]) => ({ pick }: Scene): Value => ({ constant: pick(words) });

/** Values of types that other libraries have. */
const EXTERNAL: { readonly [fqn: string]: (scene: Scene) => Value } = {
  'cdk8s.Duration': ({ pick, maybe }) => maybe(80) ? { factory: 'cdk8s.Duration.seconds', args: [number(pick([1, 5, 30]))] } :
    { factory: 'cdk8s.Duration.millis', args: [number(pick([100, 500]))] },
  'cdk8s.Size': ({ pick }) => ({ factory: 'cdk8s.Size.kibibytes', args: [number(pick([1, 64]))] }),
  [`${PLUS}.Service`]: scene => service(scene, scene.maybe(80) ? HOME : undefined),
  [`${PLUS}.Workload`]: deployment,
  [`${PLUS}.Deployment`]: deployment,
  [`${PLUS}.ISecret`]: secret,
  [`${PLUS}.Secret`]: secret,
  [`${PLUS}.IConfigMap`]: configMap,
  [`${PLUS}.ConfigMap`]: configMap,
  [`${PLUS}.ServiceAccount`]: serviceAccount,
  [`${PLUS}.IServiceAccount`]: serviceAccount,
  [`${PLUS}.ConnectionScheme`]: word(`${PLUS}.ConnectionScheme.HTTP`, `${PLUS}.ConnectionScheme.HTTPS`),
  [`${PLUS}.Namespace`]: namespace,
  [`${PLUS}.INamespace`]: namespace,
  [`${PLUS}.LabelSelectorOptions`]: ({ pick }) => ({
    struct: `${PLUS}.LabelSelectorOptions`,
    fields: pick<Fields>([
      { labels: { map: { team: text('front') } } },
      { expressions: { list: [{ factory: `${PLUS}.LabelExpression.in`, args: [text('team'), { list: [text('front'), text('back')] }] }] } },
    ]),
  }),
  [`${PLUS}.LabelExpression`]: () => ({ factory: `${PLUS}.LabelExpression.in`, args: [text('team'), { list: [text('front'), text('back')] }] }),
  [`${PLUS}.LabelSelector`]: () => ({ factory: `${PLUS}.LabelSelector.of`, args: [{ struct: `${PLUS}.LabelSelectorOptions`, fields: { labels: { map: { team: text('front') } } } }] }),
};

/** A value of a type that is not of this library; none of a type that programs cannot make. */
export function external(fqn: string, scene: Scene): Value | undefined {
  return EXTERNAL[fqn]?.(scene);
}

/** Whether a type that is not of this library can be made. */
export function isKnownExternal(fqn: string): boolean {
  return Object.hasOwn(EXTERNAL, fqn);
}

/** A gateway that takes everything, so that any VirtualService fits it. */
function gateway(scene: Scene): Value {
  const server = (name: string, port: number, hosts: string[]) => struct('IstioHttpServerOptions', {
    serverName: text(name), port: number(port), hosts: { list: hosts.map(text) },
  });
  const tls = {
    factory: `${MESH}.IstioServer.tls`,
    args: [struct('IstioTlsServerOptions', {
      serverName: text('tls'), port: number(443), hosts: { list: [text('*')] }, tls: call('ServerTls.passthrough'),
    })],
  };
  return scene.given('gateway', `${MESH}.IstioGateway`, {
    metadata: metadata('gateway', HOME),
    selector: call('WorkloadSelector.labels', { map: { istio: text(GATEWAY) } }),
    servers: { list: [call('IstioServer.http', server('http', 80, ['*'])), tls, call('IstioServer.tcp', server('tcp', 9000, ['*']))] },
  });
}

/** A Gateway of the Gateway API, that Istio runs. */
export function gatewayOfApi(scene: Scene): Value {
  return scene.given('front', `${MESH}.Gateway`, {
    metadata: metadata('front', HOME), gatewayClass: { constant: `${MESH}.GatewayClass.ISTIO` }, listeners: { list: [call('Listener.http')] },
  });
}

/** A waypoint of the cluster. */
export function waypoint(name: string): Value {
  const gatewayClass: Value = { constant: `${MESH}.GatewayClass.ISTIO_WAYPOINT` };
  return call('Gateway.fromGatewayName', text(name), struct('FromGatewayNameOptions', { namespace: text(HOME), gatewayClass }));
}

const host = call('IstioHost.serviceName', text('web'), text(HOME));

function delegate(scene: Scene): Value {
  const destination = call('Destination.host', host, struct('DestinationOptions', { port: number(80) }));
  return scene.given('delegate', `${MESH}.VirtualServiceDelegate`, {
    metadata: metadata('delegate', HOME), httpRoutes: { list: [struct('VirtualServiceHttpRoute', { destinations: { list: [struct('HttpDestination', { destination })] } })] },
  });
}

function serviceEntry(scene: Scene): Value {
  return scene.given('entry', `${MESH}.ServiceEntry`, {
    metadata: metadata('entry', HOME),
    hosts: { list: [text(`partner.${HOME}.example.com`)] },
    ports: { list: [struct('ServiceEntryPort', { name: text('https'), number: number(443), protocol: { constant: `${MESH}.IstioProtocol.HTTPS` } })] },
    resolution: { constant: `${MESH}.ServiceEntryResolution.DNS` },
  });
}

/** The constructs that others refer to. */
const GIVEN: { readonly [construct: string]: (scene: Scene) => Value } = {
  [`${MESH}.IstioGateway`]: gateway,
  [`${MESH}.VirtualServiceDelegate`]: delegate,
  [`${MESH}.ServiceEntry`]: serviceEntry,
  [`${MESH}.Gateway`]: gatewayOfApi,
  [`${MESH}.GatewayClass`]: () => ({ constant: `${MESH}.GatewayClass.ISTIO_WAYPOINT` }),
};

/** A construct for others to refer to. */
export function given(construct: string, scene: Scene): Value | undefined {
  return GIVEN[construct]?.(scene);
}
