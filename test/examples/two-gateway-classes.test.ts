import { kindOf } from './kube-object';
import { objectsOf, renderModule, RenderedFile } from './rendered';

const [envoyGateway, istio] = renderModule('../../examples/two-gateway-classes/main');

/** The objects of a file as they are written, by kind and name. */
function textsOf(file: RenderedFile): Map<string, string> {
  const texts = file.text.split(/^---\n/m);
  return new Map(objectsOf(file).map((object, i) => [`${kindOf(object)} ${object.metadata.name}`, texts[i]]));
}

const both = [textsOf(istio), textsOf(envoyGateway)];
const routesOf = (texts: Map<string, string>) => [...texts].filter(([name]) => /^\w+Route /.test(name));

test('there are two files, each with all of a cluster', () => {
  expect([envoyGateway.name, istio.name]).toEqual(['envoy-gateway.k8s.yaml', 'istio.k8s.yaml']);
});

test('the routes are the same, byte for byte', () => {
  const [inIstio, inEnvoyGateway] = both.map(routesOf);

  expect(inIstio.map(([name]) => name)).toEqual(['HTTPRoute redirect-to-https', 'HTTPRoute booking', 'GRPCRoute seats']);
  expect(Buffer.from(inEnvoyGateway.join(''))).toEqual(Buffer.from(inIstio.join('')));
});

test('Gateways differ in the line that names the class, and in nothing else', () => {
  const [lines, others] = both.map(texts => texts.get('Gateway public')!.split('\n'));
  const differing = lines.flatMap((line, i) => line === others[i] ? [] : [[line, others[i]]]);

  expect(others).toHaveLength(lines.length);
  expect(differing).toEqual([['  gatewayClassName: istio', '  gatewayClassName: envoy-gateway']]);
});

test('the class is made where the controller does not make it itself', () => {
  const [names, others] = both.map(texts => [...texts.keys()]);

  expect(others.filter(name => !names.includes(name))).toEqual(['GatewayClass envoy-gateway']);
  expect(names.filter(name => !others.includes(name))).toEqual([]);
});
