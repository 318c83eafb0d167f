import { Testing } from 'cdk8s';
import {
  DataPlane, Gateway, IstioMesh, IstioProtocol, IstioVersion, ServiceEntry, ServiceEntryResolution, UseWaypoint,
} from '../../src';

const egress = Gateway.fromGatewayName('egress', { namespace: 'waypoints' });
const next = Gateway.fromGatewayName('egress-next', { namespace: 'waypoints' });

function metadata(useWaypoint: UseWaypoint, version = IstioVersion.V1_31, dataPlane = DataPlane.AMBIENT): unknown {
  const chart = Testing.chart();
  new IstioMesh(chart, 'Mesh', { version, dataPlane });
  new ServiceEntry(chart, 'Entry', {
    metadata: { name: 'api', namespace: 'shop' },
    hosts: ['api.example.com'],
    ports: [{ number: 443, name: 'tls', protocol: IstioProtocol.TLS }],
    resolution: ServiceEntryResolution.DNS,
    useWaypoint,
  });
  return Testing.synth(chart).find(({ kind }) => kind === 'ServiceEntry').metadata;
}

test('a waypoint is named with its namespace, unless that is the object\'s own', () => {
  expect(metadata(UseWaypoint.gateway(egress))).toMatchObject({ labels: { 'istio.io/use-waypoint': 'egress', 'istio.io/use-waypoint-namespace': 'waypoints' } });
  expect(metadata(UseWaypoint.gateway(Gateway.fromGatewayName('own', { namespace: 'shop' }))))
    .toEqual({ name: 'api', namespace: 'shop', labels: { 'istio.io/use-waypoint': 'own' } });
  expect(metadata(UseWaypoint.gateway(Gateway.fromGatewayName('own')))).toEqual({ name: 'api', namespace: 'shop', labels: { 'istio.io/use-waypoint': 'own' } });
});

test('none is a word of its own', () => {
  expect(metadata(UseWaypoint.NONE)).toMatchObject({ labels: { 'istio.io/use-waypoint': 'none' } });
});

test('a second waypoint takes a share', () => {
  expect(metadata(UseWaypoint.gateway(egress, { canary: next, canaryWeight: 10 }))).toMatchObject({
    labels: { 'istio.io/use-waypoint-canary': 'egress-next', 'istio.io/use-waypoint-canary-namespace': 'waypoints' },
    annotations: { 'istio.io/use-waypoint-canary-weight': '10' },
  });
  expect(() => metadata(UseWaypoint.gateway(egress, { canary: next }), IstioVersion.V1_30))
    .toThrow('canary waypoint \'egress-next\' is not in Istio 1.30: it is there since 1.31; leave it out, or say in the IstioMesh what the clusters run');
});

test('a mesh with sidecars has no waypoints', () => {
  expect(() => metadata(UseWaypoint.gateway(egress), IstioVersion.V1_31, DataPlane.SIDECAR))
    .toThrow('waypoint \'egress\' needs ambient workloads, and the mesh has sidecars: pass dataPlane: DataPlane.AMBIENT to the mesh');
  expect(metadata(UseWaypoint.NONE, IstioVersion.V1_31, DataPlane.SIDECAR)).toMatchObject({ labels: { 'istio.io/use-waypoint': 'none' } });
});

test('what Istio would ignore is refused', () => {
  expect(() => UseWaypoint.gateway({ name: 'none' })).toThrow('a waypoint cannot be named \'none\', by which objects use no waypoint: give the Gateway another name');
  expect(() => UseWaypoint.gateway({ name: 'a.b' })).toThrow('name of the waypoint must be a DNS label');
  expect(() => UseWaypoint.gateway(egress, { canary: { name: 'none' } })).toThrow('a waypoint cannot be named \'none\'');
  expect(() => UseWaypoint.gateway(egress, { canary: egress })).toThrow('canary of a waypoint must be another waypoint, got \'egress\' twice');
  expect(() => UseWaypoint.gateway(egress, { canaryWeight: 5 })).toThrow('canaryWeight of a waypoint needs a canary, got 5: pass canary');
  expect(() => UseWaypoint.gateway(egress, { canary: next, canaryWeight: 101 })).toThrow('canaryWeight of a waypoint must be between 0 and 100, got 101');
});
