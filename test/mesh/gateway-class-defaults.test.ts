import { App, Chart, Duration, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import {
  CloudLoadBalancer, ControlPlane, DataPlane, GatewayClass, GatewayClassDefaults, GatewayClassDefaultsProps, GatewayController, GatewayExposure,
  GatewayForm, GatewayHost, IstioMesh, IstioMeshProps, IstioVersion, MeshCluster, MeshedGateway, MeshNamespace, Waypoint,
} from '../../src';

let chart: Chart;
let mesh: IstioMesh;
beforeEach(() => setUp());

function setUp(props: IstioMeshProps = {}) {
  chart = new Chart(new App(), 'test');
  mesh = new IstioMesh(chart, 'Mesh', props);
}

const defaults = (props: Partial<GatewayClassDefaultsProps> = {}, id = 'Defaults') =>
  new GatewayClassDefaults(chart, id, { mesh, gatewayClass: GatewayClass.ISTIO, ...props });
const configMap = () => Testing.synth(chart).find(({ kind }) => kind === 'ConfigMap');
const said = () => Object.fromEntries(Object.entries<string>(configMap().data).map(([key, text]) => [key, parse(text)]));

describe('the defaults of a class', () => {
  test('are a ConfigMap beside the control plane, which Istio finds by its label', () => {
    setUp({ rootNamespace: 'mesh-system', controlPlane: ControlPlane.revision('1-31') });
    expect(defaults({ maxUnavailable: 1 }).name).toBe('istio-gateway-class-defaults');
    expect(configMap().metadata).toEqual({
      name: 'istio-gateway-class-defaults',
      namespace: 'mesh-system',
      labels: {
        'gateway.istio.io/defaults-for-class': 'istio',
        'app.kubernetes.io/name': 'istio-gateway-class-defaults',
        'app.kubernetes.io/instance': 'istio-gateway-class-defaults',
        'app.kubernetes.io/component': 'gateway-class-defaults',
        'app.kubernetes.io/managed-by': 'cdk8s-mesh',
        'app.kubernetes.io/part-of': 'service-mesh',
      },
    });
    expect(said()).toEqual({ podDisruptionBudget: { spec: { maxUnavailable: 1 } } });
  });

  test('say what a gateway could say of itself', () => {
    defaults({
      name: 'house-rules',
      minReplicas: 3,
      maxReplicas: 9,
      targetCpuUtilization: 60,
      resources: { cpu: { request: Cpu.millis(200) } },
      podLabels: { team: 'edge' },
      serviceAccountAnnotations: { 'example.com/identity': 'edge' },
      terminationGracePeriod: Duration.minutes(2),
      exposure: GatewayExposure.internal(CloudLoadBalancer.AKS, { annotations: { 'example.com/zone': 'a' } }),
      patches: { service: { spec: { sessionAffinity: 'ClientIP' } } },
    });
    expect(configMap().metadata.name).toBe('house-rules');
    expect(said()).toEqual({
      deployment: {
        spec: {
          template: {
            metadata: { labels: { team: 'edge' } },
            spec: { terminationGracePeriodSeconds: 120, containers: [{ name: 'istio-proxy', resources: { requests: { cpu: '200m' } } }] },
          },
        },
      },
      service: {
        metadata: { annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true', 'example.com/zone': 'a' } },
        spec: { sessionAffinity: 'ClientIP' },
      },
      serviceAccount: { metadata: { annotations: { 'example.com/identity': 'edge' } } },
      horizontalPodAutoscaler: {
        spec: { minReplicas: 3, maxReplicas: 9, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }] },
      },
    });
  });

  test('spread the pods of each gateway by themselves', () => {
    const constraint = { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' };
    defaults({ topologySpread: [constraint, { ...constraint, labelSelector: { matchLabels: { team: 'edge' } } }] });
    const gateway = 'gateway.networking.k8s.io/gateway-name';
    expect(said().deployment.spec.template.spec.topologySpreadConstraints).toEqual([
      { ...constraint, labelSelector: { matchExpressions: [{ key: gateway, operator: 'Exists' }] }, matchLabelKeys: [gateway] },
      { ...constraint, labelSelector: { matchLabels: { team: 'edge' } } },
    ]);
  });

  test('are for each class that Istio makes gateways of', () => {
    const own = GatewayClass.fromGatewayClassName('own', { controller: GatewayController.ISTIO });
    [GatewayClass.ISTIO, GatewayClass.ISTIO_WAYPOINT, GatewayClass.ISTIO_EAST_WEST, own]
      .forEach((gatewayClass, i) => defaults({ gatewayClass, maxUnavailable: 1 }, `${i}`));
    expect(Testing.synth(chart).map(({ metadata }) => metadata.labels['gateway.istio.io/defaults-for-class']))
      .toEqual(['istio', 'istio-waypoint', 'istio-east-west', 'own']);
  });

  test.each<[string, Partial<GatewayClassDefaultsProps>, string]>([
    ['nothing', {}, "defaults of gateway class 'istio' must say something, got nothing: pass an option, or leave them out"],
    ['another controller', { gatewayClass: GatewayClass.ENVOY_GATEWAY }, "defaults of gateway class 'envoy-gateway' are read by Istio, which makes no gateways of it, got " +
      "controller 'gateway.envoyproxy.io/gatewayclass-controller': use the parameters of the class's own controller"],
    ['networks of others', { gatewayClass: GatewayClass.ISTIO_REMOTE }, "got controller 'istio.io/unmanaged-gateway'"],
    ['a controller that is not known', { gatewayClass: GatewayClass.fromGatewayClassName('own') },
      "got no controller: pass controller to GatewayClass.fromGatewayClassName('own')"],
    ['a type of Services', { exposure: GatewayExposure.clusterIp() }, "defaults of gateway class 'istio' must leave the type of Services to each gateway, got an exposure of " +
      'type ClusterIP, which would win over what it says: pass exposures to the gateways, or GatewayExposure.internal or external here'],
    ['what only load balancers may have', { exposure: GatewayExposure.external({ sourceRanges: ['10.0.0.0/8'] }) },
      "defaults of gateway class 'istio' must leave sourceRanges of an exposure to each gateway, because no Service may have it that has no load balancer, or only one may: " +
      'pass exposures to the gateways, or patches where all of them have load balancers'],
    ['what only one may have', { exposure: GatewayExposure.external({ loadBalancerIp: '192.0.2.1' }) }, 'must leave loadBalancerIp of an exposure to each gateway'],
    ['replicas that do not fit', { minReplicas: 3, maxReplicas: 2 }, "replicas of defaults of gateway class 'istio' must be at least 1 and at most maxReplicas, got 3 to 2"],
    ['a number that is none', { maxUnavailable: 0 }, "maxUnavailable of defaults of gateway class 'istio'"],
    ['labels that join a mesh', { podLabels: { 'istio.io/rev': 'x' } }, "podLabels of defaults of gateway class 'istio' must leave 'istio.io/rev' alone, got 'x'"],
    ['another name in a patch', { patches: { service: { metadata: { name: 'x' } } } },
      "patch of the service of defaults of gateway class 'istio' must leave 'name' alone: Istio makes nothing for the gateway otherwise"],
    ['a name that is none', { name: 'A_B', maxUnavailable: 1 }, 'name of the defaults of a gateway class'],
  ])('refuse %s', (_, props, message) => {
    expect(() => defaults(props)).toThrow(message);
  });

  test('refuse others of the class', () => {
    defaults({ maxUnavailable: 1 });
    expect(() => defaults({ name: 'more', minReplicas: 2 }, 'More')).toThrow(
      "defaults of gateway class 'istio' are ConfigMap 'istio-gateway-class-defaults' already, got 'more': Istio reads one for a class, say all in it");
  });

  test('refuse a cluster without control plane', () => {
    chart = new Chart(new App(), 'test');
    mesh = new MeshCluster(chart, 'Mesh', { clusterName: 'east', remoteControlPlane: { clusterName: 'west', address: '192.0.2.1' } });
    expect(() => defaults({ maxUnavailable: 1 })).toThrow(
      "defaults of gateway class 'istio' are read where the control plane is, got a cluster that uses that of 'west': make them there");
  });
});

describe('an Istio before 1.26 reads no settings of what it makes', () => {
  test('of a class', () => {
    setUp({ version: IstioVersion.V1_25 });
    expect(() => defaults({ maxUnavailable: 1, minReplicas: 2 })).toThrow('settings of the horizontalPodAutoscaler, podDisruptionBudget of defaults of gateway class ' +
      "'istio' are read since Istio 1.26, got Istio 1.25: leave them out, or use GatewayForm.selfManaged");
  });

  test('of a gateway, and of a waypoint', () => {
    setUp({ version: IstioVersion.V1_25, dataPlane: DataPlane.AMBIENT });
    const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' });
    const make = (id: string, maxUnavailable?: number) => new MeshedGateway(chart, id, {
      namespace: edge, form: GatewayForm.provisioned(GatewayClass.ISTIO, { maxUnavailable }), hosts: [GatewayHost.http('shop.example.com')],
    });
    expect(() => make('plain')).not.toThrow();
    expect(() => make('public', 1)).toThrow("settings of the podDisruptionBudget of gateway 'public' are read since Istio 1.26, got Istio 1.25");
    expect(() => new Waypoint(chart, 'Waypoint', { namespace: edge, maxUnavailable: 1 })).toThrow("settings of the podDisruptionBudget of gateway 'waypoint' are");
  });
});
