import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { Deployment, Protocol, Service } from 'cdk8s-plus-28';
import {
  Certificate, DataPlane, GatewayClass, GatewayForm, GatewayHost, HttpPathMatch, IMeshNamespace, IstioMesh, LinkerdMesh, Mesh, MeshedGateway,
  MeshNamespace, MeshWorkload, NginxHostHeader, NginxRoute, NginxUpstream,
} from '../../src';

let chart: Chart;
let shop: IMeshNamespace;
let gateway: MeshedGateway;

beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const certificate = Certificate.fromSecretName('shop-tls');
const hostname = 'shop.example.com';
const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const config = (): string => all('ConfigMap')[0].data['nginx.conf'];

function make(mesh: Mesh = new IstioMesh(chart, 'Mesh'), form = GatewayForm.nginx()): void {
  shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  gateway = new MeshedGateway(chart, 'Gateway', {
    name: 'edge',
    namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }),
    form,
    hosts: [GatewayHost.https(hostname, certificate), GatewayHost.https('*.shops.example.com', Certificate.fromSecretName('shops-tls'))],
    admits: [shop],
  });
}

const web = (port = 8080) => NginxUpstream.serviceName(shop, 'web', { port });
const add = (route: Partial<NginxRoute> = {}) => gateway.addNginxRoute({ hostname, upstream: web(), ...route });

/** The server of a hostname on 443, without indentation. */
function server(name = hostname): string {
  return config().split(/^ {2}server /m).find(text => text.includes('listen 443') && text.includes(`server_name ${name};`))!.replace(/^ +/gm, '');
}

function locations(name?: string): string[] {
  return [...server(name).matchAll(/^location (.*) {$/gm)].map(([, location]) => location);
}

describe('a route of nginx', () => {
  test('leads to the Service by its name, which is resolved for each request, and says it as Host', () => {
    make();
    add();

    expect(server()).toContain([
      'location / {',
      'set $upstream web.shop.svc.cluster.local:8080;',
      'set $upstream_host $upstream;',
      'rewrite ^ $uri break;',
      'proxy_pass http://$upstream;',
      '}',
    ].join('\n'));
    expect(config()).toContain('proxy_http_version 1.1;');
    expect(config()).toContain('proxy_set_header Host $upstream_host;');
    expect(config()).toContain('proxy_set_header X-Forwarded-Host $host;');
    expect(all('VirtualService')).toEqual([]);
  });

  test.each([
    ['every path', [undefined], ['/']],
    ['a prefix, by elements', [HttpPathMatch.prefix('/api')], ['= /api', '/api/', '/']],
    ['a prefix that ends with a slash', [HttpPathMatch.prefix('/api/')], ['= /api', '/api/', '/']],
    ['an exact path', [HttpPathMatch.exact('/api')], ['= /api', '/']],
    ['an exact path and its prefix', [HttpPathMatch.prefix('/api'), HttpPathMatch.exact('/api')], ['/api/', '= /api', '/']],
    ['the root alone', [HttpPathMatch.exact('/'), HttpPathMatch.prefix('/')], ['= /', '/']],
    ['what nginx takes for syntax', [HttpPathMatch.exact("/a;b'$c")], ['= "/a;b\'$c"', '/']],
    ['what is syntax behind escapes', [HttpPathMatch.exact('/a%20%7B%7D%22%5C%23')], ['= "/a {}\\"\\\\#"', '/']],
    ['letters of other scripts', [HttpPathMatch.prefix('/%C3%BC')], ['= "/ü"', '"/ü/"', '/']],
  ])('takes %s', (_, paths, expected) => {
    make();
    paths.forEach(path => add({ path }));

    expect(locations()).toEqual(expected);
  });

  test('leaves other paths without an answer of nginx itself', () => {
    make();
    add({ path: HttpPathMatch.exact('/a') });

    expect(server()).toContain('location / {\nreturn 404;\n}');
  });

  test('takes a timeout, a size of bodies, and no buffering', () => {
    make();
    add({ timeout: Duration.millis(1500), maxBodySize: Size.mebibytes(20), buffering: false });

    expect(server()).toContain([
      'proxy_read_timeout 1500ms;', 'proxy_send_timeout 1500ms;', 'client_max_body_size 20480k;', 'proxy_request_buffering off;', 'proxy_buffering off;',
    ].join('\n'));
  });

  test('has the limits of the gateway otherwise', () => {
    make();
    add();

    expect(server()).not.toMatch(/timeout|body_size|buffering/);
    expect(config()).toContain('client_max_body_size 1024k;');
  });

  test('may be for one host under a wildcard, with the certificate of the wildcard', () => {
    make();
    add({ hostname: '*.shops.example.com' });
    add({ hostname: 'first.shops.example.com', path: HttpPathMatch.prefix('/a') });

    expect(locations('*.shops.example.com')).toEqual(['/']);
    expect(locations('first.shops.example.com')).toEqual(['= /a', '/a/', '/']);
    expect(server('first.shops.example.com')).toContain('ssl_certificate $certificates/shops-tls/tls.crt;');
    expect(config()).toContain('return 301 https://first.shops.example.com$request_uri;');
    expect(config()).toContain('return 301 https://$host$request_uri;');
  });

  test('may be for plain HTTP', () => {
    make();
    gateway.addHost(GatewayHost.http('plain.example.com'));
    add({ hostname: 'plain.example.com' });

    expect(config().replace(/^ +/gm, '')).toContain('listen 80;\nserver_name plain.example.com;\nlocation / {\nset $upstream web.shop.svc.cluster.local:8080;');
  });

  test('changes to WebSockets only', () => {
    make();

    expect(config().replace(/^ +/gm, '')).toContain([
      'map $http_upgrade $upstream_upgrade {', 'default "";', '~*^websocket$ websocket;', '}',
      'map $upstream_upgrade $upstream_connection {', 'default "";', 'websocket upgrade;', '}',
    ].join('\n'));
    expect(config()).toContain('proxy_set_header Upgrade $upstream_upgrade;\n  proxy_set_header Connection $upstream_connection;');
  });

  test.each(['Forwarded', 'X-Forwarded-Client-Cert', 'X-Client-Verify', 'X-Client-Subject', 'X-Envoy-Retry-On', 'X-Envoy-Original-Dst-Host', 'L5d-Dst-Override'])(
    'passes on nothing that clients say as %s', header => {
      make();

      expect(config()).toContain(`proxy_set_header ${header} "";`);
    });
});

describe('a route of nginx is refused', () => {
  test.each<[Partial<NginxRoute>, string]>([
    [{ hostname: 'other.example.com' }, "gateway 'edge' does not serve 'other.example.com': it serves shop.example.com, *.shops.example.com"],
    [{ path: HttpPathMatch.regex('/a.*') }, "nginx route for 'shop.example.com/a.*' must have an exact path or a prefix, got a regular expression"],
    [{ path: HttpPathMatch.exact('/a%0d%0ab') }, "path of nginx route for 'shop.example.com/a%0d%0ab' must not stand for control characters"],
    [{ path: HttpPathMatch.exact('/a%ff') }, "path of nginx route for 'shop.example.com/a%ff' must have escapes of UTF-8 only"],
    [{ timeout: Duration.millis(0) }, "timeout of nginx route for 'shop.example.com/' must be at least 1 ms and in whole milliseconds, got 0s"],
    [{ timeout: Duration.millis(0.5) }, "timeout of nginx route for 'shop.example.com/' must be at least 1 ms and in whole milliseconds, got 0.5ms"],
    [{ maxBodySize: Size.kibibytes(0) }, "maxBodySize of nginx route for 'shop.example.com/' must be at least 1 KiB, got 0: nginx takes 0 for any size"],
  ])('with %j', (route, message) => {
    make();

    expect(() => add(route)).toThrow(message);
  });

  test.each([
    [HttpPathMatch.prefix('/a'), HttpPathMatch.prefix('/a/')],
    [HttpPathMatch.exact('/a'), HttpPathMatch.exact('/%61')],
    [undefined, HttpPathMatch.prefix('/')],
  ])('for a path that has one', (path, again) => {
    make();
    add({ path });

    expect(() => add({ path: again })).toThrow(`path '${again.value}' of 'shop.example.com' has a route at gateway 'edge' already: leave one of them out`);
  });

  test('to a namespace that the gateway does not admit', () => {
    make();
    const other = new MeshNamespace(chart, 'Other', { mesh: shop.mesh, name: 'other' });

    expect(() => add({ upstream: NginxUpstream.serviceName(other, 'web', { port: 80 }) }))
      .toThrow("gateway 'edge' does not admit namespace 'other' of service 'web': it admits shop; add it to admits");
  });

  test('to another namespace, where the gateway admits its own only', () => {
    make();
    const own = new MeshedGateway(chart, 'Own', { namespace: gateway.namespace, form: GatewayForm.nginx(), hosts: [GatewayHost.http('own.example.com')] });

    expect(() => own.addNginxRoute({ hostname: 'own.example.com', upstream: web() }))
      .toThrow("gateway 'own' does not admit namespace 'shop' of service 'web': it admits only its own; add it to admits");
    own.addNginxRoute({ hostname: 'own.example.com', upstream: NginxUpstream.serviceName(gateway.namespace, 'web', { port: 80 }) });
  });

  test('by a gateway of another form', () => {
    make(undefined, GatewayForm.provisioned(GatewayClass.ISTIO));

    expect(() => add()).toThrow("gateway 'edge' has no nginx: use a route that binds to it, such as CanaryRoute, or GatewayForm.nginx()");
  });
});

describe('the Service of a route', () => {
  const service = (ports: object[], more: object = {}) =>
    new Service(chart, 'web', { metadata: { name: 'web', namespace: 'shop' }, ports: ports as [{ port: number }], ...more });

  test('is one of the app, with its only port', () => {
    make();
    const upstream = NginxUpstream.service(shop, service([{ name: 'http', port: 80, targetPort: 8080 }]));

    expect([upstream.name, upstream.host, upstream.port, upstream.targetPort]).toEqual(['web', 'web.shop.svc.cluster.local', 80, 8080]);
  });

  test('is one of the app, with one of its ports', () => {
    make();
    const upstream = NginxUpstream.service(shop, service([{ name: 'http', port: 80 }, { name: 'http-admin', port: 81 }, { name: 'dns', port: 81, protocol: Protocol.UDP }]), 81);

    expect([upstream.port, upstream.targetPort]).toEqual([81, 81]);
  });

  test('is in the cluster already', () => {
    make();

    expect(NginxUpstream.serviceName(shop, 'web', { port: 80 })).toMatchObject({ port: 80, targetPort: 80 });
    expect(NginxUpstream.serviceName(shop, 'web', { port: 80, targetPort: 8080 })).toMatchObject({ port: 80, targetPort: 8080 });
  });

  test.each<[string, () => NginxUpstream, string]>([
    ['of another namespace', () => NginxUpstream.service(gateway.namespace, service([{ port: 80 }])),
      "service 'web' is in namespace 'shop', got namespace 'edge': set metadata.namespace of the Service"],
    ['of no namespace', () => NginxUpstream.service(shop, new Service(chart, 'x', { metadata: { name: 'x' }, ports: [{ port: 80 }] })),
      "service 'x' is in namespace 'default', got namespace 'shop': set metadata.namespace of the Service"],
    ['outside of the cluster', () => NginxUpstream.service(shop, service([{ port: 80 }], { externalName: 'api.example.org' })),
      "service 'web' stands for 'api.example.org' outside of the mesh: use a Service with pods, and an EgressGateway on its way out"],
    ['without the port', () => NginxUpstream.service(shop, service([{ port: 80 }]), 81), "service 'web' has no TCP port 81 for nginx: it has 80/TCP"],
    ['with several ports', () => NginxUpstream.service(shop, service([{ name: 'a', port: 80 }, { name: 'b', port: 81 }])), "service 'web' has no single TCP port for nginx"],
    ['of gRPC', () => NginxUpstream.service(shop, service([{ name: 'grpc-web', port: 80 }])),
      "nginx sends plain HTTP/1.1, which port 80 of service 'web' does not take by its name 'grpc-web': it has no gRPC on the way to a Service; use GatewayForm.selfManaged() for gRPC"],
    ['with TLS', () => NginxUpstream.service(shop, service([{ name: 'https-web', port: 443 }])),
      "nginx sends plain HTTP/1.1, which port 443 of service 'web' does not take by its name 'https-web': the mesh encrypts what it sends; use the port for plain HTTP"],
    ['whose name breaks out', () => NginxUpstream.serviceName(shop, 'web;}', { port: 80 }), "name of the Service must be a DNS label (lower case letters, digits and inner dashes), got 'web;}'"],
    ['whose port is none', () => NginxUpstream.serviceName(shop, 'web', { port: 0 }), "port of service 'web' must be between 1 and 65535, got 0"],
    ['whose port of pods is none', () => NginxUpstream.serviceName(shop, 'web', { port: 80, targetPort: 0 }), "targetPort of service 'web' must be between 1 and 65535, got 0"],
  ])('is none %s', (_, upstream, message) => {
    make();

    expect(upstream).toThrow(message);
  });
});

describe('a host that is kept', () => {
  const kept = { hostHeader: NginxHostHeader.CLIENT };

  test('is known to the sidecars of the gateway by a VirtualService, with the most specific path first', () => {
    make();
    add({ ...kept, path: HttpPathMatch.prefix('/'), upstream: web(80) });
    add({ ...kept, path: HttpPathMatch.prefix('/api'), upstream: NginxUpstream.serviceName(shop, 'api', { port: 80 }) });
    add({ ...kept, path: HttpPathMatch.prefix('/api/v2'), upstream: web(80) });
    add({ ...kept, path: HttpPathMatch.exact('/x'), upstream: web(80) });
    add({ path: HttpPathMatch.prefix('/named') });

    expect(server()).toContain('set $upstream web.shop.svc.cluster.local:80;\nset $upstream_host $host;');
    const [service] = all('VirtualService');
    expect(service.metadata).toMatchObject({ name: 'edge-shop-example-com', namespace: 'edge', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-mesh' } });
    expect(service.spec).toMatchObject({ hosts: ['shop.example.com'], exportTo: ['.'] });
    expect(service.spec.http.map(({ match, route }: any) => [match?.map(({ uri }: any) => uri), route[0].destination])).toEqual([
      [[{ exact: '/x' }], { host: 'web.shop.svc.cluster.local', port: { number: 80 } }],
      [[{ exact: '/api/v2' }, { prefix: '/api/v2/' }], { host: 'web.shop.svc.cluster.local', port: { number: 80 } }],
      [[{ exact: '/api' }, { prefix: '/api/' }], { host: 'api.shop.svc.cluster.local', port: { number: 80 } }],
      [undefined, { host: 'web.shop.svc.cluster.local', port: { number: 80 } }],
    ]);
    expect(all('ServiceEntry')).toEqual([]);
  });

  test('has a ServiceEntry where a Service has another port than 80, because Istio knows hosts of a VirtualService on that port alone', () => {
    make();
    add({ ...kept, upstream: web(8080) });
    add({ ...kept, path: HttpPathMatch.prefix('/old'), upstream: web(80) });
    add({ ...kept, path: HttpPathMatch.prefix('/also'), upstream: web(8080) });

    expect(all('ServiceEntry')).toMatchObject([{
      metadata: { name: 'edge-shop-example-com', namespace: 'edge' },
      spec: {
        hosts: ['shop.example.com'],
        exportTo: ['.'],
        ports: [{ name: 'http-80', number: 80, protocol: 'HTTP' }, { name: 'http-8080', number: 8080, protocol: 'HTTP' }],
        resolution: 'NONE',
      },
    }]);
  });

  test('may be a wildcard', () => {
    make();
    add({ ...kept, hostname: '*.shops.example.com', upstream: web(80) });

    expect(all('VirtualService')).toMatchObject([{ metadata: { name: 'edge-wildcard-shops-example-com' }, spec: { hosts: ['*.shops.example.com'] } }]);
  });

  test.each<[string, () => Mesh]>([
    ['an ambient mesh', () => new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT })],
    ['Linkerd', () => new LinkerdMesh(chart, 'Mesh')],
  ])('needs nothing in %s, which goes by addresses', (_, mesh) => {
    make(mesh());
    add(kept);

    expect(server()).toContain('set $upstream_host $host;');
    expect([...all('VirtualService'), ...all('ServiceEntry')]).toEqual([]);
  });
});

describe('a route into a closed namespace', () => {
  function close(options = {}): Service {
    const metadata = { name: 'web', namespace: 'shop' };
    const deployment = new Deployment(chart, 'Web', { metadata, containers: [{ image: 'web', portNumber: 8080 }], ...options });
    new MeshWorkload(chart, 'Workload', { namespace: shop, workload: deployment }).allowFrom(shop);
    return new Service(chart, 'Service', { metadata, selector: deployment, ports: [{ port: 80, targetPort: 8080 }] });
  }

  const policies = () => all('AuthorizationPolicy').filter(({ metadata }) => metadata.name.endsWith('-from-edge'));

  test('lets the pods take requests of the gateway, for the Service by its name', () => {
    make();
    const upstream = NginxUpstream.service(shop, close());
    add({ upstream });
    add({ upstream, path: HttpPathMatch.prefix('/again') });

    expect(policies()).toHaveLength(1);
    expect(policies()[0]).toMatchObject({
      metadata: { name: 'web-80-from-edge', namespace: 'shop' },
      spec: {
        action: 'ALLOW',
        rules: [{
          from: [{ source: { principals: ['cluster.local/ns/edge/sa/edge'] } }],
          to: [{ operation: { hosts: ['web.shop.svc.cluster.local', 'web.shop.svc.cluster.local:*'], ports: ['8080'] } }],
        }],
      },
    });
    expect(policies()[0].spec.selector.matchLabels).toEqual(all('Service').find(({ metadata }) => metadata.name === 'web')!.spec.selector);
  });

  test('lets them take public names that are kept', () => {
    make();
    close();
    add({ hostHeader: NginxHostHeader.CLIENT });
    add({ hostHeader: NginxHostHeader.CLIENT, hostname: '*.shops.example.com' });

    expect(policies().map(({ metadata, spec }) => [metadata.name, spec.selector, spec.rules[0].to[0].operation.hosts])).toEqual([
      ['web-8080-shop-example-com-from-edge', undefined, ['shop.example.com', 'shop.example.com:*']],
      ['web-8080-wildcard-shops-example-com-from-edge', undefined, ['*.shops.example.com']],
    ]);
  });

  test('lets them take requests in a Linkerd mesh too', () => {
    make(new LinkerdMesh(chart, 'Linkerd'));
    add({ upstream: NginxUpstream.service(shop, close()) });

    expect(all('MeshTLSAuthentication').flatMap(({ spec }) => spec.identityRefs)).toContainEqual({ kind: 'ServiceAccount', name: 'edge', namespace: 'edge' });
  });

  test('asks for no host in an ambient mesh, whose nodes read no HTTP', () => {
    make(new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
    close();
    add();

    expect(policies().map(({ spec }) => spec.rules[0].to)).toEqual([[{ operation: { ports: ['8080'] } }]]);
  });
});
