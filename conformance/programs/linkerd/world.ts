import { Fields, Value } from '../program';
import { Scene } from '../scene';

/** The namespace of what a program is about, and another one. */
export const HOME = 'shop';
export const OTHER = 'other';

const MESH = 'cdk8s-mesh';
const PLUS = 'cdk8s-plus-28';

const text = (value: string): Value => ({ literal: value });
const number = (value: number): Value => ({ literal: value });
const struct = (name: string, fields: Fields): Value => ({ struct: `${MESH}.${name}`, fields });
const call = (name: string, ...args: Value[]): Value => ({ factory: `${MESH}.${name}`, args });

function metadata(name: string, place?: string): Value {
  return { struct: 'cdk8s.ApiObjectMetadata', fields: { name: text(name), ...place !== undefined && { namespace: text(place) } } };
}

/** A request by its method or its path. */
export function leaf({ pick }: Scene): Value {
  return pick([call('LinkerdRequestMatch.method', text('GET')), call('LinkerdRequestMatch.path', text('/books')), call('LinkerdRequestMatch.path', text('/cart/.*'))]);
}

/** An answer by its status. */
export function leafResponse({ pick }: Scene): Value {
  return pick([call('LinkerdResponseMatch.status', number(500), number(599)), call('LinkerdResponseMatch.status', number(404), number(404))]);
}

/** A Service, in a namespace or in any. */
export function service(scene: Scene, place?: string): Value {
  const [id, home] = scene.pick([['web', HOME], ['api', HOME], ['stock', OTHER]].filter(([, candidate]) => (place ?? candidate) === candidate));
  return scene.given(id, `${PLUS}.Service`, {
    metadata: metadata(id, home), ports: { list: [{ struct: `${PLUS}.ServicePort`, fields: { name: text('http'), port: number(80) } }] },
  });
}

/** A Deployment whose ports Servers can name. */
function deployment(scene: Scene): Value {
  const port = (name: string, value: number) => ({ struct: `${PLUS}.ContainerPort`, fields: { name: text(name), number: number(value) } });
  const container = { struct: `${PLUS}.ContainerProps`, fields: { image: text('shop/web:1'), ports: { list: [port('http', 8080), port('admin', 9090)] } } };
  return scene.given('workload', `${PLUS}.Deployment`, { metadata: metadata('workload', HOME), containers: { list: [container] } });
}

function serviceAccount(scene: Scene): Value {
  const [id, place] = scene.pick([['front', HOME], ['back', OTHER]]);
  return scene.given(id, `${PLUS}.ServiceAccount`, { metadata: metadata(id, place) });
}

function namespace(scene: Scene): Value {
  const name = scene.pick([HOME, OTHER]);
  return scene.given(`${name}Namespace`, `${PLUS}.Namespace`, { metadata: metadata(name) });
}

function expression({ pick }: Scene): Value {
  const [name, ...values] = pick([['in', 'front', 'back'], ['notIn', 'front'], ['exists'], ['doesNotExist']]);
  return { factory: `${PLUS}.LabelExpression.${name}`, args: [text('team'), ...values.length > 0 ? [{ list: values.map(text) }] : []] };
}

/** Values of types that other libraries have. */
const EXTERNAL: { readonly [fqn: string]: (scene: Scene) => Value } = {
  'cdk8s.Duration': ({ pick }) => ({ factory: 'cdk8s.Duration.seconds', args: [number(pick([1, 5, 30]))] }),
  [`${PLUS}.Service`]: scene => service(scene),
  [`${PLUS}.Workload`]: deployment,
  [`${PLUS}.ServiceAccount`]: serviceAccount,
  [`${PLUS}.Namespace`]: namespace,
  [`${PLUS}.LabelExpression`]: expression,
};

/** A value of a type that is not of this library; none of a type that programs cannot make. */
export function external(fqn: string, scene: Scene): Value | undefined {
  return EXTERNAL[fqn]?.(scene);
}

/** Whether a type that is not of this library can be made. */
export function isKnownExternal(fqn: string): boolean {
  return Object.hasOwn(EXTERNAL, fqn);
}

/** A Server on a port of its own, so that no other one has its port. */
function server(scene: Scene): Value {
  return scene.given('server', `${MESH}.LinkerdServer`, {
    metadata: metadata('server', HOME),
    selector: call('LinkerdServerSelector.pods', { map: { app: text('server') } }),
    port: call('LinkerdPort.number', number(7000)),
  });
}

/** A route of that Server, for policies to name. */
function route(construct: string): (scene: Scene) => Value {
  const id = `other${construct}`;
  return scene => scene.given(id, `${MESH}.${construct}`, {
    metadata: metadata(id.toLowerCase(), HOME),
    parents: { list: [call('LinkerdRouteParent.server', server(scene))] },
    rules: { list: [struct(`${construct}Rule`, {})] },
  });
}

/** The constructs that others refer to. */
const GIVEN: { readonly [construct: string]: (scene: Scene) => Value } = {
  [`${MESH}.LinkerdServer`]: server,
  [`${MESH}.HttpRoute`]: route('HttpRoute'),
  [`${MESH}.GrpcRoute`]: route('GrpcRoute'),
};

/** A construct for others to refer to. */
export function given(construct: string, scene: Scene): Value | undefined {
  return GIVEN[construct]?.(scene);
}
