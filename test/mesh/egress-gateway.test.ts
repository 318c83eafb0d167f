import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { DataPlane, EgressForm, EgressGateway, EgressGatewayProps, ExternalService, IstioMesh, LinkerdMesh, MeshClient, MeshNamespace } from '../../src';

let chart: Chart;
let mesh: IstioMesh;
let shop: MeshNamespace;
let egressNamespace: MeshNamespace;

beforeEach(() => {
  chart = new Chart(new App(), 'test');
  mesh = new IstioMesh(chart, 'Mesh');
  shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  egressNamespace = new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress' });
});

const egress = (props: Partial<EgressGatewayProps> = {}) => new EgressGateway(chart, 'Egress', { namespace: egressNamespace, ...props });
const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const specOf = (kind: string, name: string) => all(kind).find(({ metadata }) => metadata.name === name)?.spec;
const stripe = ExternalService.tls('api.stripe.com');
const GATEWAY = 'istio-egressgateway.egress.svc.cluster.local';

describe('the way of a request', () => {
  test('of TLS, without a client list: passed through', () => {
    egress().allow(ExternalService.tls('api.stripe.com', { port: 8443 }));
    expect(specOf('ServiceEntry', 'api-stripe-com')).toEqual({
      hosts: ['api.stripe.com'], location: 'MESH_EXTERNAL', resolution: 'DNS', ports: [{ number: 8443, name: 'tls', protocol: 'TLS' }],
    });
    expect(specOf('Gateway', 'istio-egressgateway').servers).toEqual([
      { port: { number: 8443, name: 'tls-api-stripe-com', protocol: 'TLS' }, hosts: ['api.stripe.com'], tls: { mode: 'PASSTHROUGH' } },
    ]);
    expect(specOf('VirtualService', 'api-stripe-com')).toEqual({
      hosts: ['api.stripe.com'],
      gateways: ['mesh', 'egress/istio-egressgateway'],
      tls: [
        {
          match: [{ gateways: ['mesh'], port: 8443, sniHosts: ['api.stripe.com'] }],
          route: [{ destination: { host: GATEWAY, port: { number: 8443 } } }],
        },
        {
          match: [{ gateways: ['egress/istio-egressgateway'], port: 8443, sniHosts: ['api.stripe.com'] }],
          route: [{ destination: { host: 'api.stripe.com', port: { number: 8443 } } }],
        },
      ],
    });
    expect(all('Service')[0].spec.ports).toEqual([{ name: 'https-8443', port: 8443, targetPort: 8443, protocol: 'TCP' }]);
    expect([all('DestinationRule'), all('AuthorizationPolicy')]).toEqual([[], []]);
  });

  test('of TLS, with a client list: wrapped in mTLS of the mesh up to the gateway, and told apart by server name there', () => {
    egress().allow(ExternalService.tls('api.stripe.com'), { clients: [shop] });
    expect(specOf('Gateway', 'istio-egressgateway').servers[0].tls).toEqual({ mode: 'ISTIO_MUTUAL' });
    expect(specOf('DestinationRule', 'istio-egressgateway')).toEqual({
      host: GATEWAY,
      subsets: [{
        name: 'api-stripe-com',
        trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls: { mode: 'ISTIO_MUTUAL', sni: 'api.stripe.com' } }] },
      }],
    });
    expect(specOf('VirtualService', 'api-stripe-com')).toMatchObject({
      tls: [{ route: [{ destination: { host: GATEWAY, subset: 'api-stripe-com', port: { number: 443 } } }] }],
      tcp: [{ match: [{ gateways: ['egress/istio-egressgateway'], port: 443 }], route: [{ destination: { host: 'api.stripe.com' } }] }],
    });
    expect(specOf('AuthorizationPolicy', 'api-stripe-com')).toEqual({
      selector: { matchLabels: { app: 'istio-egressgateway', istio: 'egressgateway' } },
      action: 'ALLOW',
      rules: [{ from: [{ source: { namespaces: ['shop'] } }], when: [{ key: 'connection.sni', values: ['api.stripe.com'] }] }],
    });
  });

  test('of HTTP, in clear text', () => {
    egress().allow(ExternalService.http('plain.example.com'));
    expect(specOf('ServiceEntry', 'plain-example-com').ports).toEqual([{ number: 80, name: 'http', protocol: 'HTTP' }]);
    expect(specOf('Gateway', 'istio-egressgateway').servers).toEqual([
      { port: { number: 80, name: 'http-plain-example-com', protocol: 'HTTP' }, hosts: ['plain.example.com'] },
    ]);
    expect(specOf('VirtualService', 'plain-example-com').http).toEqual([
      { match: [{ gateways: ['mesh'], port: 80 }], route: [{ destination: { host: GATEWAY, port: { number: 80 } } }] },
      {
        match: [{ gateways: ['egress/istio-egressgateway'], port: 80 }],
        headers: { request: { remove: ['x-forwarded-client-cert'] } },
        route: [{ destination: { host: 'plain.example.com', port: { number: 80 } } }],
      },
    ]);
    expect(all('Service')[0].spec.ports.map(({ name }: any) => name)).toEqual(['http2']);
  });

  test('of HTTP, with a client list: mTLS of the mesh up to the gateway', () => {
    egress().allow(ExternalService.http('plain.example.com', { port: 8080 }), { clients: [MeshClient.serviceAccountName(shop, 'web')] });
    expect(specOf('Gateway', 'istio-egressgateway').servers[0]).toMatchObject({ port: { number: 443, protocol: 'HTTPS' }, tls: { mode: 'ISTIO_MUTUAL' } });
    expect(specOf('VirtualService', 'plain-example-com').http).toEqual([
      { match: [{ gateways: ['mesh'], port: 8080 }], route: [{ destination: { host: GATEWAY, subset: 'plain-example-com', port: { number: 443 } } }] },
      {
        match: [{ gateways: ['egress/istio-egressgateway'], port: 443 }],
        headers: { request: { remove: ['x-forwarded-client-cert'] } },
        route: [{ destination: { host: 'plain.example.com', port: { number: 8080 } } }],
      },
    ]);
    expect(specOf('AuthorizationPolicy', 'plain-example-com').rules).toEqual([{
      from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }],
      to: [{ operation: { hosts: ['plain.example.com', 'plain.example.com:*'] } }],
    }]);
    expect(all('Service')[0].spec.ports.map(({ name }: any) => name)).toEqual(['https']);
  });

  test('of HTTP to which the gateway begins TLS, and only the gateway', () => {
    egress().allow(ExternalService.originate('httpbin.org', { port: 8080, externalPort: 8443 }));
    expect(specOf('ServiceEntry', 'httpbin-org').ports).toEqual([
      { number: 8080, name: 'http', protocol: 'HTTP' }, { number: 8443, name: 'https', protocol: 'HTTPS' },
    ]);
    expect(specOf('DestinationRule', 'httpbin-org')).toEqual({
      host: 'httpbin.org', exportTo: ['.'], trafficPolicy: { portLevelSettings: [{ port: { number: 8443 }, tls: { mode: 'SIMPLE', sni: 'httpbin.org' } }] },
    });
    expect(specOf('VirtualService', 'httpbin-org').http[1].route[0].destination).toEqual({ host: 'httpbin.org', port: { number: 8443 } });
    expect(specOf('Gateway', 'istio-egressgateway').servers[0].tls).toEqual({ mode: 'ISTIO_MUTUAL' });
    expect(all('AuthorizationPolicy')).toEqual([]);
  });

  test('of TLS that an application begins by itself where the gateway is to: it does not pass by the gateway', () => {
    egress().allow(ExternalService.originate('httpbin.org'), { clients: [shop] });
    expect(specOf('VirtualService', 'httpbin-org').tls).toEqual([{
      match: [{ gateways: ['mesh'], port: 443, sniHosts: ['httpbin.org'] }],
      route: [{ destination: { host: GATEWAY, subset: 'httpbin-org', port: { number: 443 } } }],
    }]);
  });
});

describe('once one host has a client list', () => {
  test('every host needs a policy, because the gateway refuses what none allows', () => {
    egress()
      .allow(ExternalService.tls('open.example.com'))
      .allow(ExternalService.tls('closed.example.com'), { clients: [shop] })
      .allow(ExternalService.http('late.example.com'));
    expect(specOf('AuthorizationPolicy', 'open-example-com').rules).toEqual([{ when: [{ key: 'connection.sni', values: ['open.example.com'] }] }]);
    expect(specOf('AuthorizationPolicy', 'closed-example-com').rules[0].from).toEqual([{ source: { namespaces: ['shop'] } }]);
    expect(specOf('AuthorizationPolicy', 'late-example-com').rules).toEqual([{ to: [{ operation: { hosts: ['late.example.com', 'late.example.com:*'] } }] }]);
  });

  test('the same holds in a closed namespace', () => {
    const gateway = egress().allow(ExternalService.tls('before.example.com'));
    expect(all('AuthorizationPolicy')).toEqual([]);
    egressNamespace._policies.close();
    gateway.allow(ExternalService.tls('after.example.com'));
    expect(all('AuthorizationPolicy').map(({ metadata }) => metadata.name).sort()).toEqual(['after-example-com', 'allow-nothing', 'before-example-com']);
  });

  test('two hosts share the rule for the gateway', () => {
    egress().allow(ExternalService.tls('a.example.com'), { clients: [shop] }).allow(ExternalService.tls('b.example.com', { identified: true }));
    expect(specOf('DestinationRule', 'istio-egressgateway').subsets.map(({ name }: any) => name)).toEqual(['a-example-com', 'b-example-com']);
  });
});

describe('client namespaces', () => {
  const guard = () => specOf('NetworkPolicy', 'istio-egressgateway');
  const from = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

  test('may go nowhere by themselves', () => {
    egress({ clientNamespaces: [shop] }).allow(stripe);
    expect(specOf('Sidecar', 'default')).toEqual({
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' }, egress: [{ hosts: ['./*', 'istio-system/*', 'egress/*'] }],
    });
    expect(all('NetworkPolicy').find(({ metadata }) => metadata.namespace === 'shop').spec).toEqual({
      podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }] }],
    });
  });

  test('alone may call the gateway, and anybody its health and metrics', () => {
    egress({ clientNamespaces: [shop] }).allow(ExternalService.tls('api.stripe.com'));
    expect(guard()).toEqual({
      podSelector: { matchLabels: { app: 'istio-egressgateway', istio: 'egressgateway' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [from('shop')] },
        { ports: [{ port: 15020, protocol: 'TCP' }, { port: 15021, protocol: 'TCP' }, { port: 15090, protocol: 'TCP' }] },
      ],
      egress: [{}],
    });
  });

  test('are those of client lists, as long as every host has one', () => {
    const blog = MeshNamespace.fromNamespaceName(chart, 'Blog', 'blog', { mesh });
    const gateway = egress().allow(ExternalService.tls('a.example.com'), { clients: [shop, MeshClient.serviceAccountName(shop, 'web'), blog] });
    expect(guard().ingress[0]).toEqual({ from: [from('shop'), from('blog')] });
    gateway.allow(ExternalService.tls('b.example.com'));
    expect(guard().ingress[0]).toEqual({ from: [{ namespaceSelector: {} }] });
  });

  test('are all, when none is named', () => {
    egress().allow(stripe);
    expect(guard().ingress[0]).toEqual({ from: [{ namespaceSelector: {} }] });
  });

  test('can be left free', () => {
    egress({ clientNamespaces: [shop], confineClients: false }).allow(stripe);
    expect(all('Sidecar')).toEqual([]);
    expect(all('NetworkPolicy')).toHaveLength(1);
  });

  test('are confined once for two gateways', () => {
    egress({ clientNamespaces: [shop] }).allow(stripe);
    const second = new MeshNamespace(chart, 'Second', { mesh, name: 'second' });
    new EgressGateway(chart, 'SecondEgress', { namespace: second, clientNamespaces: [shop] }).allow(ExternalService.tls('api.example.com'));
    expect(all('Sidecar').map(({ spec }) => spec.egress[0].hosts)).toEqual([['./*', 'istio-system/*', 'egress/*', 'second/*']]);
  });

  test('cannot hold the gateway', () => {
    expect(() => egress({ clientNamespaces: [egressNamespace] })).toThrow(
      "namespace 'egress' of egress gateway 'istio-egressgateway' cannot be one of clients: the gateway would be kept inside with them");
  });
});

describe('what cannot be', () => {
  test('a host that was allowed before', () => {
    expect(() => egress().allow(ExternalService.tls('a.example.com')).allow(ExternalService.tls('a.example.com'))).toThrow(
      "external host 'a.example.com' was allowed before: list all of its clients at once");
  });

  test('an empty client list', () => {
    expect(() => egress().allow(ExternalService.tls('a.example.com'), { clients: [] })).toThrow(
      "client list of external host 'a.example.com' is empty: leave clients out to let every client call it, or do not allow the host");
  });

  test('a form that the mesh has not', () => {
    const linkerd = new MeshNamespace(chart, 'L', { mesh: new LinkerdMesh(chart, 'Linkerd'), name: 'l' });
    const ambient = new MeshNamespace(chart, 'A', { mesh: new IstioMesh(new Construct(chart, 'Ambient'), 'Mesh', { dataPlane: DataPlane.AMBIENT }), name: 'a' });
    expect(() => new EgressGateway(chart, 'E1', { namespace: linkerd, form: EgressForm.selfManaged() })).toThrow(
      'EgressForm.selfManaged is no way out of a Linkerd mesh: use EgressForm.egressNetwork');
    expect(() => new EgressGateway(chart, 'E2', { namespace: ambient, form: EgressForm.withoutGateway() })).toThrow(
      'EgressForm.withoutGateway is no way out of an ambient Istio mesh: use EgressForm.waypoint');
    expect(() => egress({ form: EgressForm.waypoint() })).toThrow(
      'EgressForm.waypoint is no way out of an Istio mesh with sidecars: use EgressForm.selfManaged, EgressForm.provisioned, EgressForm.withoutGateway');
  });

  test('a host that is none', () => {
    expect(() => ExternalService.tls('stripe')).toThrow("external host must be fully qualified, got 'stripe'");
    expect(() => ExternalService.http('API.example.com')).toThrow("external host must be a lower case DNS name, optionally starting with '*.', got 'API.example.com'");
    expect(() => ExternalService.originate('a.example.com', { externalPort: 0 })).toThrow("external port of 'a.example.com' must be between 1 and 65535, got 0");
    expect(() => ExternalService.tls('a.example.com', { port: 70000 })).toThrow("port of external host 'a.example.com' must be between 1 and 65535, got 70000");
  });
});
