import { App, Chart, Testing } from 'cdk8s';
import {
  Certificate, ClientAddress, CloudLoadBalancer, ExternalTrafficPolicy, GatewayClass, GatewayExposure, GatewayForm, GatewayHost, IstioMesh,
  MeshedGateway, MeshedGatewayProps, MeshNamespace,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

function make(exposures: GatewayExposure[], props: Partial<MeshedGatewayProps> = {}) {
  const mesh = new IstioMesh(chart, 'Mesh');
  return new MeshedGateway(chart, 'Gateway', {
    name: 'door',
    namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }),
    form: GatewayForm.selfManaged(),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    exposures,
    ...props,
  });
}

const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const services = () => all('Service').map(({ metadata, spec }) => [metadata.name, spec.type, metadata.annotations]);
const parameters = () => Object.fromEntries(Object.entries(all('ConfigMap')[0].data as { [key: string]: string }));

describe('a self-managed gateway is reached', () => {
  test.each([
    ['GKE', CloudLoadBalancer.GKE, { 'networking.gke.io/load-balancer-type': 'Internal' }, undefined],
    ['EKS', CloudLoadBalancer.EKS, { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' }, { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' }],
    ['AKS', CloudLoadBalancer.AKS, { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }, undefined],
  ])('from the internet and the private network on %s', (_, cloud, internal, external) => {
    make([GatewayExposure.external({ cloud }), GatewayExposure.internal(cloud)]);
    expect(services()).toEqual([['door', 'LoadBalancer', external], ['door-internal', 'LoadBalancer', internal]]);
    const [first, second] = all('Service');
    expect(second.spec.selector).toEqual(first.spec.selector);
    expect(second.spec.ports).toEqual(first.spec.ports);
  });

  test('under names by what the others are for', () => {
    make([GatewayExposure.clusterIp(), GatewayExposure.nodePort(), GatewayExposure.external()]);
    expect(services()).toEqual([['door', 'ClusterIP', undefined], ['door-nodes', 'NodePort', undefined], ['door-external', 'LoadBalancer', undefined]]);
  });

  test('as its load balancer is told', () => {
    make([GatewayExposure.external({
      annotations: { 'example.com/a': 'b' },
      sourceRanges: ['203.0.113.0/24'],
      loadBalancerClass: 'example.com/lb',
      loadBalancerIp: '203.0.113.7',
      allocateNodePorts: false,
      externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
    })]);
    expect(all('Service')[0]).toMatchObject({
      metadata: { annotations: { 'example.com/a': 'b' } },
      spec: {
        loadBalancerSourceRanges: ['203.0.113.0/24'],
        loadBalancerClass: 'example.com/lb',
        loadBalancerIP: '203.0.113.7',
        allocateLoadBalancerNodePorts: false,
        externalTrafficPolicy: 'Local',
      },
    });
  });

  test('by ports of nodes', () => {
    make([GatewayExposure.nodePort({ nodePorts: { 80: 30080, 443: 30443 } })]);
    expect(all('Service')[0].spec.ports.map(({ port, nodePort }: any) => [port, nodePort])).toEqual([[15021, undefined], [80, 30080], [443, 30443]]);
  });

  test('by clients whose address it sees, when it goes by that', () => {
    make([GatewayExposure.external(), GatewayExposure.clusterIp()], { clientAddress: ClientAddress.PEER });
    expect(all('Service').map(({ spec }) => spec.externalTrafficPolicy)).toEqual(['Local', undefined]);
  });
});

test('by other annotations', () => {
  make([GatewayExposure.internal(CloudLoadBalancer.of({ internalAnnotations: { 'example.com/internal': 'yes' } }), { annotations: { a: 'b' } })]);
  expect(services()).toEqual([['door', 'LoadBalancer', { 'example.com/internal': 'yes', 'a': 'b' }]]);
});

describe('a gateway that Istio provisions is reached', () => {
  const form = GatewayForm.provisioned(GatewayClass.ISTIO);

  test('by a Service of a type, and others that select its pods', () => {
    make([GatewayExposure.external(), GatewayExposure.internal(CloudLoadBalancer.GKE)], { form });
    expect(all('Gateway')[0].metadata.annotations).toEqual({ 'networking.istio.io/service-type': 'LoadBalancer' });
    expect(all('ConfigMap')).toEqual([]);
    expect(all('Service')).toMatchObject([{
      metadata: { name: 'door-istio-internal', annotations: { 'networking.gke.io/load-balancer-type': 'Internal' } },
      spec: {
        type: 'LoadBalancer',
        selector: { 'gateway.networking.k8s.io/gateway-name': 'door' },
        ports: [{ name: 'status-port', port: 15021 }, { name: 'https', port: 443 }, { name: 'http', port: 80 }],
      },
    }]);
  });

  test('as its load balancer is told', () => {
    make([GatewayExposure.internal(CloudLoadBalancer.AKS, { sourceRanges: ['10.0.0.0/8'], loadBalancerClass: 'example.com/lb', nodePorts: { 443: 30443 } })], { form });
    expect(parameters()).toEqual({
      service: [
        'metadata:', '  annotations:', '    service.beta.kubernetes.io/azure-load-balancer-internal: "true"',
        'spec:', '  loadBalancerSourceRanges:', '    - 10.0.0.0/8', '  loadBalancerClass: example.com/lb', '  ports:', '    - port: 443', '      nodePort: 30443', '',
      ].join('\n'),
    });
  });

  test('by clients whose address it sees, when it goes by that', () => {
    make([GatewayExposure.nodePort()], { form, clientAddress: ClientAddress.PEER });
    expect(parameters()).toEqual({ service: 'spec:\n  externalTrafficPolicy: Local\n' });
    chart = new Chart(new App(), 'other');
    make([GatewayExposure.clusterIp()], { form, clientAddress: ClientAddress.PEER });
    expect(all('ConfigMap')).toEqual([]);
  });
});

describe('is refused', () => {
  test('what no Service could be', () => {
    expect(() => GatewayExposure.external({ sourceRanges: [] })).toThrow(
      'sourceRanges of an exposure must name at least one block, got none: leave it out to let every address in');
    expect(() => GatewayExposure.external({ sourceRanges: ['10.0.0.1'] })).toThrow("sourceRanges of an exposure must be CIDR blocks, got '10.0.0.1': write 10.0.0.1/32");
    expect(() => GatewayExposure.external({ sourceRanges: ['::1'] })).toThrow('write ::1/128');
    expect(() => GatewayExposure.external({ sourceRanges: ['ten'] })).toThrow("sourceRanges of an exposure must be an IP address or a CIDR block such as 10.0.0.0/8, got 'ten'");
    expect(() => GatewayExposure.external({ loadBalancerIp: 'ten' })).toThrow('loadBalancerIp of an exposure');
    expect(() => GatewayExposure.nodePort({ nodePorts: { 443: 0 } })).toThrow('node port for port 443 must be between 1 and 65535, got 0');
    expect(() => GatewayExposure.nodePort({ nodePorts: { https: 30443 } })).toThrow('port of nodePorts must be between 1 and 65535, got NaN');
    expect(() => GatewayExposure.external({ nodePorts: { 443: 30443 }, allocateNodePorts: false })).toThrow(
      'allocateNodePorts: false of an exposure leaves no node ports, got nodePorts: leave one of both out');
    expect(() => GatewayExposure.external({ cloud: CloudLoadBalancer.EKS, annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'x' } })).toThrow(
      "annotations of an exposure must leave 'service.beta.kubernetes.io/aws-load-balancer-scheme' alone, got 'x': the cloud says it");
    expect(() => CloudLoadBalancer.of({ internalAnnotations: {} })).toThrow(
      'internalAnnotations of a load balancer must say that it is internal, got none: pass what the cloud reads');
  });

  test('none, and two of a kind', () => {
    expect(() => make([])).toThrow(
      "gateway 'door' needs at least one exposure, got none: pass GatewayExposure.clusterIp() for one that only the cluster reaches");
    chart = new Chart(new App(), 'other');
    expect(() => make([GatewayExposure.external(), GatewayExposure.external()])).toThrow(
      "exposures of gateway 'door' must differ, got two named 'external': a second one is reached in another way");
  });

  test('a policy by which nodes hide the peer', () => {
    const hiding = GatewayExposure.external({ externalTrafficPolicy: ExternalTrafficPolicy.CLUSTER });
    expect(() => make([hiding], { clientAddress: ClientAddress.PEER })).toThrow(
      "a Service of gateway 'door' with ClientAddress.PEER needs externalTrafficPolicy LOCAL, got Cluster: " +
      'nodes pass traffic on in their own name; leave externalTrafficPolicy out');
  });

  test.each([['self-managed', GatewayForm.selfManaged(), '15021, 80, 443'], ['provisioned', GatewayForm.provisioned(GatewayClass.ISTIO), '15021, 443, 80']])(
    'a node port for a port that a %s gateway has not', (_, form, ports) => {
      make([GatewayExposure.nodePort({ nodePorts: { 8443: 30443 } })], { form });
      expect(() => chart.node.root && (chart.node.root as App).synthYaml()).toThrow(
        `nodePorts of gateway 'door' names port 8443, which the gateway has not: it has ${ports}`);
    });
});
