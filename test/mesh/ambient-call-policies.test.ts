import { AMBIENT, chart, deployment, gateway, namespace, policies, principal, service, setUp, shop, workload } from './call-givens';
import { Certificate, GatewayClass, GatewayForm, GatewayHost, MeshedGateway, MeshWorkload, Waypoint, WaypointTraffic } from '../../src';

beforeEach(() => setUp(AMBIENT));

describe('allowFrom in an ambient mesh', () => {
  const toCatalog = [{ group: '', kind: 'Service', name: 'catalog' }];

  test('has the waypoint say who calls a Service, and the node let in the waypoint only', () => {
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
    const catalog = workload('catalog', shop, { services: [service('catalog')] });
    workload('web').mayCall(catalog, { ports: [8080], methods: ['GET'], paths: ['/products/*'], hosts: ['catalog'] });
    workload('cart').mayCall(catalog, { ports: [8080] });
    workload('probe').mayCall(catalog);
    expect(policies()).toEqual({
      'shop/allow-nothing': {},
      'shop/waypoint-allow-nothing': { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }] },
      'shop/catalog': {
        selector: { matchLabels: { app: 'catalog' } },
        action: 'ALLOW',
        rules: [
          { from: principal('cluster.local/ns/shop/sa/waypoint'), to: [{ operation: { ports: ['8080'] } }] },
          { from: principal('cluster.local/ns/shop/sa/waypoint') },
        ],
      },
      'shop/catalog-waypoint': {
        targetRefs: toCatalog,
        action: 'ALLOW',
        rules: [
          {
            from: principal('cluster.local/ns/shop/sa/web'),
            to: [{ operation: { ports: ['80'], methods: ['GET'], paths: ['/products/*'], hosts: ['catalog', 'catalog:*'] } }],
          },
          { from: principal('cluster.local/ns/shop/sa/cart'), to: [{ operation: { ports: ['80'] } }] },
          { from: principal('cluster.local/ns/shop/sa/probe') },
        ],
      },
    });
  });

  test('lets in a canary waypoint too', () => {
    const canary = new Waypoint(chart, 'Next', { namespace: shop, name: 'next' });
    const services = [service('catalog')];
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serveService(services[0], { canary, canaryWeight: 5 });
    workload('catalog', shop, { services }).allowFrom(shop);
    expect(policies()['shop/catalog'].rules.flatMap(({ from }: any) => from[0].source.principals))
      .toEqual(['cluster.local/ns/shop/sa/waypoint', 'cluster.local/ns/shop/sa/next']);
  });

  test('has one policy for a Service of two workloads, with the ports that lead to each', () => {
    const shared = service('catalog', [{ port: 80, targetPort: 8080 }, { port: 90, targetPort: 9090 }]);
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serveService(shared);
    workload('v1', shop, { services: [shared] }).allowFrom(shop, { ports: [8080] });
    workload('v2', shop, { services: [shared] }).allowFrom(shop, { ports: [9090] });
    expect(policies()['shop/catalog-waypoint'].rules.map(({ to }: any) => to[0].operation.ports)).toEqual([['80'], ['90']]);
    expect(Object.keys(policies())).toEqual(expect.arrayContaining(['shop/v1', 'shop/v2']));
  });

  test('leaves calls past waypoints to the node', () => {
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
    const services = [service('web')];
    workload('web', shop, { services }).allowFrom(gateway(), { ports: [8080] }).allowFrom(shop, { ports: [9090], pastWaypoint: true });
    expect(policies()['shop/web'].rules).toEqual([
      { from: principal('cluster.local/ns/edge/sa/public-istio'), to: [{ operation: { ports: ['8080'] } }] },
      { from: [{ source: { namespaces: ['shop'] } }], to: [{ operation: { ports: ['9090'] } }] },
    ]);
    expect(policies()).not.toHaveProperty('shop/web-waypoint');
  });

  test('has gateways come by the waypoint where the Service, or its namespace, says so', () => {
    const [web, cart] = [service('web'), service('cart')];
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop, { ingress: true }).serveService(cart, { ingress: false });
    const edge = gateway();
    workload('web', shop, { services: [web] }).allowFrom(edge, { methods: ['GET'] });
    workload('cart', shop, { services: [cart] }).allowFrom(edge);
    expect(policies()).toMatchObject({
      'shop/web-waypoint': { rules: [{ from: principal('cluster.local/ns/edge/sa/public-istio'), to: [{ operation: { methods: ['GET'] } }] }] },
      'shop/web': { rules: [{ from: principal('cluster.local/ns/shop/sa/waypoint') }] },
      'shop/cart': { rules: [{ from: principal('cluster.local/ns/edge/sa/public-istio') }] },
    });
  });

  test('has gateways of others come by the waypoint, since the proxy of their node carries what they send', () => {
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
    const edge = new MeshedGateway(chart, 'Gateway', {
      name: 'public',
      namespace: namespace('edge'),
      form: GatewayForm.provisioned(GatewayClass.NGINX),
      hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    });
    workload('web', shop, { services: [service('web')] }).allowFrom(edge, { methods: ['GET'] });
    expect(policies()['shop/web-waypoint'].rules[0].from).toEqual(principal('cluster.local/ns/edge/sa/public-nginx'));
    expect(policies()['shop/web'].rules).toEqual([{ from: principal('cluster.local/ns/shop/sa/waypoint') }]);
  });

  test('needs no waypoint for a Service that is left out, or none at all', () => {
    const services = [service('db')];
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop).exceptService(services[0]);
    workload('db', shop, { services }).allowFrom(shop, { ports: [5432] });
    workload('job', shop, { services: [] }).allowFrom(shop);
    expect(policies()).toMatchObject({
      'shop/db': { rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] },
      'shop/job': { rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] },
    });
  });

  test('goes by waypoints that take all traffic only when they are closed', () => {
    const all = new Waypoint(chart, 'Waypoint', { namespace: namespace('infra'), traffic: WaypointTraffic.ALL });
    all.serve(shop);
    const catalog = workload('catalog', shop, { services: [service('catalog')] });
    expect(() => catalog.allowFrom(shop)).toThrow("waypoint 'waypoint' takes what is sent to pods of 'catalog' themselves, where it asks no policy of a Service: " +
      'close it before, with close(), or let it take traffic of Services only');
    all.close();
    expect(() => catalog.allowFrom(shop)).not.toThrow();
  });

  test('does not care for a workload that such a waypoint leaves out', () => {
    const job = deployment('job');
    new Waypoint(chart, 'Waypoint', { namespace: namespace('infra'), traffic: WaypointTraffic.WORKLOAD }).serve(shop).exceptWorkload(job);
    expect(() => new MeshWorkload(chart, 'Job', { namespace: shop, workload: job, services: [] }).allowFrom(shop)).not.toThrow();
  });

  test.each<[string, () => unknown]>([
    ["methods of a call to 'web' are HTTP, which only a waypoint reads in an ambient mesh, and none is on the way: " +
      'let one serve its Services before, and pass them to the MeshWorkload; or allow ports only', () => workload('web').allowFrom(shop, { methods: ['GET'] })],
    ["paths of a call to 'web' are HTTP, which only a waypoint reads in an ambient mesh, and none is on the way: let the waypoint serve with ingress: true; or allow ports only",
      () => workload('web').allowFrom(gateway(), { paths: ['/'] })],
    ["'web' is behind waypoint 'waypoint', which tells calls by their Service: pass its services to the MeshWorkload, [] when it has none", () => {
      new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
      return workload('web').allowFrom(shop);
    }],
    ["ports 9090 of 'web' are no target ports of its Services web, by which waypoint 'waypoint' is asked: add them to a Service, or pass pastWaypoint: true", () => {
      new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
      return workload('web', shop, { services: [service('web')] }).allowFrom(shop, { ports: [9090] });
    }],
    ["waypoint 'waypoint' before namespace 'shop' comes after calls to 'web' were allowed, which do not heed it: say it before the first allowFrom", () => {
      workload('web').allowFrom(shop);
      return new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
    }],
    ["no waypoint before Service 'web' comes after calls to 'web' were allowed, which do not heed it: say it before the first allowFrom", () => {
      const waypoint = new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
      const services = [service('web')];
      workload('web', shop, { services }).allowFrom(shop);
      return waypoint.exceptService(services[0]);
    }],
  ])('throws: %s', (message, make) => {
    expect(make).toThrow(message);
  });
});
