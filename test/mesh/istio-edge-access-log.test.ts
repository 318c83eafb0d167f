import { Door, OWN, PROVISIONED } from './istio-edge-gateway';
import { ExtensionProvider, IstioMeshProps } from '../../src';

const FILE = ExtensionProvider.envoyFileAccessLog('file', { path: '/dev/stderr' });

test('a provisioned gateway logs to its standard output', () => {
  const door = new Door(PROVISIONED);
  door.gateway.edge.logAccess();
  const [{ metadata, spec }] = door.all('Telemetry');
  expect([metadata.name, metadata.namespace, metadata.labels['app.kubernetes.io/managed-by']]).toEqual(['door-access-log', 'edge', 'cdk8s-mesh']);
  expect(spec).toEqual({
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'door' }], accessLogging: [{ providers: [{ name: 'envoy' }] }],
  });
});

test('a self-managed gateway logs some requests to a provider of the mesh', () => {
  const door = new Door(OWN, {}, { extensionProviders: [FILE] });
  door.gateway.edge.logAccess({ provider: FILE, filter: 'response.code >= 400' });
  expect(door.all('Telemetry')[0].spec).toEqual({
    selector: { matchLabels: { app: 'door', istio: 'door' } },
    accessLogging: [{ providers: [{ name: 'file' }], filter: { expression: 'response.code >= 400' } }],
  });
});

test.each<[string, IstioMeshProps, Parameters<Door['gateway']['edge']['logAccess']>[0], string]>([
  ['a provider that the mesh does not have', {}, { provider: FILE }, "names the extension provider 'file', which the mesh does not have"],
  ['a provider that takes no logs', {}, { provider: ExtensionProvider.PROMETHEUS }, "needs a provider for access logs, got 'prometheus'"],
  ['a filter that is no expression', {}, { filter: 'response.code >=' }, 'filter of an access log'],
])('%s is refused', (_, mesh, options, message) => {
  expect(() => new Door(OWN, {}, mesh).gateway.edge.logAccess(options)).toThrow(message);
});

test('it is said once', () => {
  const { edge } = new Door().gateway;
  edge.logAccess();
  expect(() => edge.logAccess()).toThrow("gateway 'door' has its access-log for every host already");
});
