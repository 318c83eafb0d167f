import { Cluster, clusterOf, Pod } from '../../conformance/network-policy/cluster';
import { End, Evaluator } from '../../conformance/network-policy/evaluator';
import { makeBoutique } from '../../examples/online-boutique/boutique';
import { RenderedFile, renderApp, renderModule } from '../examples/rendered';

/** What runs beside the apps: their control plane, the cluster's DNS, somebody who scrapes, and a stranger. */
const ISTIOD: Pod = { name: 'istiod', namespace: 'istio-system', labels: { app: 'istiod' } };
const DNS: Pod = { name: 'kube-dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
const PROMETHEUS: Pod = { name: 'prometheus', namespace: 'monitoring', labels: { app: 'prometheus' } };
const STRANGER: Pod = { name: 'stranger', namespace: 'elsewhere', labels: { app: 'stranger' } };

/** Addresses outside: of the internet, of a private network, of a cloud's metadata, of IPv6. */
const OUTSIDE = ['203.0.113.9', '192.168.1.1', '169.254.169.254', '2001:db8::9'];

/** Text such as `cartservice -> redis-cart:6379`, one line for each pair of pods that talk. */
type Edge = `${string} -> ${string}:${number}`;

class World {
  readonly evaluator: Evaluator;
  readonly pods: readonly Pod[];

  constructor(files: readonly RenderedFile[], others: readonly Pod[]) {
    const cluster: Cluster = clusterOf(files.map(({ text }) => text).join('---\n'));
    this.pods = [...cluster.pods, ...others];
    this.evaluator = new Evaluator(cluster);
  }

  pod(name: string): Pod {
    const pod = this.pods.find(each => each.name === name);
    if (!pod) {
      throw new Error(`no pod ${name}, only ${this.pods.map(each => each.name).join(', ')}`);
    }
    return pod;
  }

  closed(edges: readonly Edge[]): string[] {
    return edges.filter(edge => {
      const [, from, to, port] = /^(\S+) -> (\S+):(\d+)$/.exec(edge)!;
      return !this.evaluator.allowed({ from: this.pod(from), to: this.pod(to), port: Number(port) });
    });
  }

  /** The pods that reach an address on any of the ports that a program would try. */
  thatReach(to: End): string[] {
    return this.pods.filter(from => [53, 80, 443, 8080].some(port => (['TCP', 'UDP'] as const)
      .some(protocol => this.evaluator.allowed({ from, to, port, protocol })))).map(({ name }) => name);
  }

  /** The pods of the app that do not reach the control plane for configuration and certificates, or the DNS. */
  cutOff(): string[] {
    return this.pods.filter(from => !this.evaluator.allowed({ from, to: ISTIOD, port: 15012 })
      || !this.evaluator.allowed({ from, to: DNS, port: 53, protocol: 'UDP' })
      || !this.evaluator.allowed({ from, to: DNS, port: 53 })).map(({ name }) => name);
  }
}

describe('quickstart', () => {
  /** Istio makes the pods of a Gateway of Gateway API. */
  const GATEWAY: Pod = { name: 'public', namespace: 'edge', labels: { 'gateway.networking.k8s.io/gateway-name': 'public' } };
  const world = new World(renderModule('../../examples/quickstart/main'), [GATEWAY]);

  test('runs what is meant here', () => {
    expect(world.pods.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(['shop/web-v1', 'shop/web-v2', 'egress/istio-egressgateway', 'edge/public']);
  });

  test('every edge of the call graph is open', () => {
    expect(world.closed([
      'public -> web-v1:8080',
      'public -> web-v2:8080',
      'web-v2 -> web-v1:8080',
      'web-v1 -> istio-egressgateway:443',
      'web-v2 -> istio-egressgateway:443',
    ])).toEqual([]);
  });

  test('customers reach the way in, and metrics and health are seen', () => {
    const seen = (to: string, port: number, from: End) => world.evaluator.allowed({ from, to: world.pod(to), port });
    expect([seen('public', 443, { ip: '203.0.113.9' }), seen('public', 80, { ip: '203.0.113.9' })]).toEqual([true, true]);
    expect([15020, 15021, 15090].map(port => seen('istio-egressgateway', port, PROMETHEUS))).toEqual([true, true, true]);
    expect(['web-v1', 'web-v2'].map(name => seen(name, 15020, PROMETHEUS))).toEqual([true, true]);
  });

  test('nobody is cut off from the control plane and the DNS', () => {
    expect(world.cutOff()).toEqual([]);
  });

  test.each(OUTSIDE)('nobody reaches %s but the gateway for it', ip => {
    expect(world.thatReach({ ip })).toEqual(['istio-egressgateway']);
  });

  test('nobody but the shop goes out by the gateway', () => {
    expect(world.evaluator.allowed({ from: STRANGER, to: world.pod('istio-egressgateway'), port: 443 })).toBe(false);
    expect(world.evaluator.allowed({ from: { ip: '203.0.113.9' }, to: world.pod('istio-egressgateway'), port: 443 })).toBe(false);
  });
});

describe('online-boutique', () => {
  const world = new World(renderApp(makeBoutique), []);

  test('every edge of the call graph is open', () => {
    const frontends: Edge[] = ['frontend-v1', 'frontend-v2'].flatMap((frontend): Edge[] => [
      `public -> ${frontend}:8080`,
      `${frontend} -> productcatalogservice:3550`,
      `${frontend} -> currencyservice:7000`,
      `${frontend} -> cartservice:7070`,
      `${frontend} -> recommendationservice:8080`,
      `${frontend} -> shippingservice:50051`,
      `${frontend} -> checkoutservice:5050`,
      `${frontend} -> adservice:9555`,
    ]);
    expect(world.closed([
      ...frontends,
      'recommendationservice -> productcatalogservice:3550',
      'checkoutservice -> cartservice:7070',
      'checkoutservice -> productcatalogservice:3550',
      'checkoutservice -> currencyservice:7000',
      'checkoutservice -> shippingservice:50051',
      'checkoutservice -> paymentservice:50051',
      'checkoutservice -> emailservice:8080',
      'cartservice -> redis-cart:6379',
      'paymentservice -> istio-egressgateway:443',
    ])).toEqual([]);
  });

  test('customers reach the way in', () => {
    expect([80, 443, 15021].map(port => world.evaluator.allowed({ from: { ip: '203.0.113.9' }, to: world.pod('public'), port }))).toEqual([true, true, true]);
  });

  test('nobody is cut off from the control plane and the DNS', () => {
    expect(world.cutOff()).toEqual([]);
  });

  test.each(OUTSIDE)('nobody reaches %s but the gateway for it', ip => {
    expect(world.pods).toHaveLength(14);
    expect(world.thatReach({ ip })).toEqual(['istio-egressgateway']);
  });

  test('nobody but the shop goes out by the gateway', () => {
    expect(world.evaluator.allowed({ from: STRANGER, to: world.pod('istio-egressgateway'), port: 443 })).toBe(false);
    expect(world.evaluator.allowed({ from: world.pod('public'), to: world.pod('istio-egressgateway'), port: 443 })).toBe(false);
  });
});
