import { Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Backend, Gateway, HttpRoute, HttpRouteFilter, HttpRouteProps, IBackend, RouteParent } from '../../src';

const gateway = RouteParent.gateway(Gateway.fromGatewayName('edge', { namespace: 'infra' }));
const far = (name: string) => Backend.serviceName(name, { port: 80, namespace: 'search' });
const MESH = RouteParent.of({ group: '', kind: 'Service', name: 'shop' });

function synth(props: HttpRouteProps, change: (route: HttpRoute) => void = () => {}) {
  const chart = Testing.chart();
  change(new HttpRoute(chart, 'Route', { metadata: { namespace: 'shop' }, ...props }));
  const objects = Testing.synth(chart);
  const grants = objects.filter(({ kind }) => kind === 'ReferenceGrant').map(({ metadata, spec }) => ({ namespace: metadata.namespace, ...spec }));
  return { spec: objects[0].spec, grants };
}

const GRANT = (...names: string[]) => [{
  namespace: 'search',
  from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
  to: names.map(name => ({ group: '', kind: 'Service', name })),
}];

test('a backend in another namespace is named with it and brings a grant', () => {
  const { spec, grants } = synth({ parents: [gateway], rules: [{ backends: [{ backend: far('search') }] }] });
  expect(spec.rules[0].backendRefs).toEqual([{ group: '', kind: 'Service', name: 'search', namespace: 'search', port: 80, weight: 1 }]);
  expect(grants).toEqual(GRANT('search'));
});

test('so do a mirror, and a mirror of a backend', () => {
  const { spec, grants } = synth({
    parents: [gateway],
    rules: [{
      filters: [HttpRouteFilter.mirror({ backend: far('a') })],
      backends: [{ backend: Backend.serviceName('near', { port: 80 }), filters: [HttpRouteFilter.mirror({ backend: far('b') })] }],
    }],
  });
  expect(spec.rules[0].filters[0].requestMirror).toEqual({ backendRef: { group: '', kind: 'Service', name: 'a', namespace: 'search', port: 80 } });
  expect(spec.rules[0].backendRefs[0].filters[0].requestMirror.backendRef.name).toBe('b');
  expect(grants).toEqual(GRANT('a', 'b'));
});

test('a parent that comes after the rules brings the grants', () => {
  const rules = [{ backends: [{ backend: far('search') }] }];
  expect(synth({ rules, parents: [MESH] }).grants).toEqual([]);
  expect(synth({ rules, parents: [MESH] }, route => route.addParent(gateway)).grants).toEqual(GRANT('search'));
});

test('the route\'s own namespace is not said and needs no grant', () => {
  const { spec, grants } = synth({ parents: [gateway], rules: [{ backends: [{ backend: Backend.serviceName('a', { port: 80, namespace: 'shop' }) }] }] });
  expect(spec.rules[0].backendRefs).toEqual([{ group: '', kind: 'Service', name: 'a', port: 80, weight: 1 }]);
  expect(grants).toEqual([]);
});

test('a route within a mesh needs no grant', () => {
  const service = new Service(Testing.chart(), 'Service', { metadata: { name: 'shop', namespace: 'shop' }, ports: [{ port: 80 }] });
  const { spec, grants } = synth({ parents: [RouteParent.producerService(service)], rules: [{ backends: [{ backend: far('search') }] }] });
  expect(spec.rules[0].backendRefs[0].namespace).toBe('search');
  expect(grants).toEqual([]);
});

test('a route whose namespace is not said is granted as one of the default namespace', () => {
  const { grants } = synth({ metadata: {}, parents: [gateway], rules: [{ backends: [{ backend: far('search') }] }] });
  expect(grants[0].from[0].namespace).toBe('default');
});

test('a backend of somebody else\'s is asked with the route, and checked', () => {
  // GIVEN
  const asked: Construct[] = [];
  class Bucket implements IBackend {
    constructor(private readonly port?: number) {}
    public bind(scope: Construct) {
      asked.push(scope);
      return { group: '', kind: 'Service', name: 'bucket', port: this.port };
    }
  }

  // WHEN
  const { spec } = synth({ parents: [gateway], rules: [{ backends: [{ backend: new Bucket(9000) }] }] });

  // THEN
  expect(asked.map(({ node }) => node.id)).toEqual(['Route']);
  expect(spec.rules[0].backendRefs).toEqual([{ group: '', kind: 'Service', name: 'bucket', port: 9000, weight: 1 }]);
  expect(() => synth({ rules: [{ backends: [{ backend: new Bucket() }] }] })).toThrow('backend Service \'bucket\' needs a port: pass port');
});
