import { readCase, RenderedFile } from '../../conformance/case';
import { Network } from '../../conformance/envoy/destination';
import { summarizeAddresses } from '../../conformance/istiod/addresses';
import { keyOfPod } from '../../conformance/istiod/ask';
import { makeClusters } from '../../conformance/world/clusters';
import { Manifest, ofKind, readManifests } from '../../conformance/world/manifest';
import { nameOfPod } from '../../conformance/world/pod';
import { makeWorld } from '../../conformance/world/world';

const root = (network: string, primary?: string) => `
apiVersion: v1
kind: Namespace
metadata:
  name: istio-system
  labels: {topology.istio.io/network: ${network}}
  ${primary === undefined ? '' : `annotations: {topology.istio.io/controlPlaneClusters: ${primary}}`}
`;
const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata: {labels: {app: web, sidecar.istio.io/inject: 'true'}}
    spec:
      serviceAccountName: web
      containers: [{name: main, image: web, ports: [{containerPort: 8080}], env: [{name: ISTIO_META_REQUESTED_NETWORK_VIEW, value: 'a,b'}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`;
const world = () => makeClusters({
  west: readManifests(`${root('net1')}---${WEB}`),
  east: readManifests(`${root('net2', 'west')}---${WEB}`),
}, {});
const network = () => new Network(world());

describe('a world of several clusters', () => {
  test('has the pods of each, with addresses of their own', () => {
    const { pods, services } = world();
    expect(pods.map(nameOfPod)).toEqual(['west/shop/web', 'east/shop/web']);
    expect(pods.map(keyOfPod)).toEqual(['west/shop/web-0', 'east/shop/web-0']);
    expect(new Set(pods.map(({ ip }) => ip)).size).toBe(2);
    expect(new Set(services.map(({ spec }) => spec.clusterIP as string)).size).toBe(2);
  });

  test('knows networks by root namespaces, and what a proxy wants to see', () => {
    const [west, east] = world().pods;
    expect([west.network, east.network]).toEqual(['net1', 'net2']);
    expect(west.networkView).toEqual(['a', 'b']);
    expect(ofKind(world().objects, '', 'Pod').map(({ metadata }) => metadata.labels?.['topology.istio.io/network'])).toEqual(['net1', 'net2']);
  });

  test('knows who configures a cluster', () => {
    expect(world().clusters).toEqual([{ name: 'west', primary: 'west' }, { name: 'east', primary: 'west' }]);
  });

  test('resolves names in the cluster of the client', () => {
    const all = network();
    const { pods, services } = world();
    const to = (client: string) => all.fromPod(all.pod(client), 'web.shop', 80).preamble?.split(' ')[3];
    expect([to('west/shop/web'), to('east/shop/web')]).toEqual(services.map(({ spec }) => spec.clusterIP as string));
    expect(pods).toHaveLength(2);
  });

  test('balances over the pods of the cluster of a Service', () => {
    const { pods, services } = world();
    const address = ({ status }: Manifest) => (status as { loadBalancer: { ingress: { ip: string }[] } }).loadBalancer.ingress[0].ip;
    expect(network().behindLoadBalancer(address(services[1]), 80)).toEqual({ ip: pods[1].ip, port: 8080 });
    expect(network().behindLoadBalancer('192.0.2.1', 80)).toBeUndefined();
  });
});

describe('a machine', () => {
  const machine = () => makeWorld(readManifests(`
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: vm-1, namespace: shop, annotations: {conformance/machine: sidecar}}
spec: {address: 10.20.0.4, labels: {app: web}, ports: {http: 8080}, serviceAccount: vm, network: net3}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: far, namespace: shop}
spec: {address: 10.20.0.5}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`));

  test('runs at an address of its own, and is no pod', () => {
    const { pods, objects } = machine();
    expect(pods).toMatchObject([{ workload: 'vm-1', role: 'sidecar', serviceAccount: 'vm', network: 'net3', machine: true, ports: [{ containerPort: 8080 }] }]);
    expect(ofKind(objects, '', 'Pod')).toEqual([]);
    expect(ofKind(objects, 'discovery.k8s.io', 'EndpointSlice')).toEqual([]);
    expect(ofKind(objects, 'networking.istio.io', 'WorkloadEntry').map(({ spec }) => spec.address as string)).toEqual([pods[0].ip, '10.20.0.5']);
  });
});

describe('gateways of networks', () => {
  const gateways = (text: string) => ofKind(makeWorld(readManifests(text)).objects, 'gateway.networking.k8s.io', 'Gateway');
  const gateway = (className: string, more = '') => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: ew, namespace: istio-system}
spec: {gatewayClassName: ${className}, listeners: [{name: mesh, port: 15008, protocol: HBONE}]${more}}
`;

  test('have the address of their load balancer, or the one that is told', () => {
    expect(gateways(gateway('istio-east-west'))[0].status).toEqual({ addresses: [{ type: 'IPAddress', value: '198.51.100.1' }] });
    expect(gateways(gateway('istio-remote', ', addresses: [{type: IPAddress, value: 192.0.2.9}]'))[0].status)
      .toEqual({ addresses: [{ type: 'IPAddress', value: '192.0.2.9' }] });
    expect(gateways(gateway('istio'))[0]).not.toHaveProperty('status');
  });

  test('of ambient networks are waypoints by the name of the Gateway', () => {
    const { pods } = makeWorld(readManifests(gateway('istio-east-west')));
    expect(pods).toMatchObject([{ workload: 'ew', role: 'waypoint', labels: { 'gateway.istio.io/managed': 'istio.io-eastwest-controller' } }]);
  });
});

describe('a case of several clusters', () => {
  const files: RenderedFile[] = ['west', 'east'].map(name => ({ name: `${name}/shop.k8s.yaml`, text: `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n` }));

  test('has the objects of each', () => {
    const { clusters, manifests } = readCase('east-west-requests', () => files);
    expect(Object.keys(clusters!)).toEqual(['west', 'east']);
    expect(clusters!.east).toContain('{name: east}');
    expect(manifests).toContain('{name: west}');
  });

  test('is none when the app writes no folders', () => {
    expect(readCase('east-west-requests', () => [...files, { name: 'shop.k8s.yaml', text: '' }]).clusters).toBeUndefined();
  });
});

describe('what ztunnels are told', () => {
  test('is a line for each, with names for addresses that differ from run to run', () => {
    const all = world();
    const bytes = (address: string) => Buffer.from(address.split('.').map(Number)).toString('base64');
    const told = summarizeAddresses({
      west: [
        {
          workload: {
            name: 'web-0',
            namespace: 'shop',
            clusterId: 'west',
            addresses: [bytes(all.pods[0].ip)],
            network: 'net1',
            tunnelProtocol: 'HBONE',
            serviceAccount: 'web',
            services: { 'shop/web': { ports: [{ servicePort: 80, targetPort: 8080 }] }, 'shop/other': {} },
            capacity: 2,
            networkGateway: { address: { address: bytes('192.0.2.9') }, hboneMtlsPort: 15008 },
          },
        },
        { workload: { hostname: 'vm.example.com', networkGateway: { hostname: { hostname: 'gw.example.com' }, hboneMtlsPort: 1 } } },
        {
          service: {
            namespace: 'shop',
            hostname: 'web.shop',
            addresses: [{ network: 'net1', address: bytes(all.services[0].spec.clusterIP as string) }, { address: bytes('10.1.1.1') }],
            ports: [{ servicePort: 80, targetPort: 8080 }, { servicePort: 81 }],
            subjectAltNames: ['spiffe://x'],
          },
        },
      ],
    }, all);
    expect(told.west).toEqual([
      'service shop/web.shop, at service west/shop/web of network net1, at 10.1.1.1, ports 80->8080 81->named, who is spiffe://x',
      'workload of no cluster: /, at vm.example.com, through gw.example.com at 1, plain text',
      'workload west: shop/web-0, at pod west/shop/web, network net1, through 192.0.2.9 at 15008, HBONE, as web, counts 2, serves shop/web 80->8080, serves shop/other ',
    ]);
  });
});
