import { App, Chart, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  CaCertificate, Certificate, ClientAddress, ClientCertificates, GatewayBinding, GatewayClass, GatewayForm, GatewayHost, GatewayHostProtocol,
  IstioMesh, MeshedGateway, MeshedGatewayProps, MeshNamespace, TlsVersion,
} from '../../src';

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const certificate = Certificate.fromSecretName('shop-tls');
const ISTIO = GatewayForm.provisioned(GatewayClass.ISTIO);
const OWN = GatewayForm.selfManaged();
const ROUTES = GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API });
const NGINX = GatewayForm.provisioned(GatewayClass.NGINX);

function make(form: GatewayForm, props: Partial<MeshedGatewayProps> = {}) {
  const mesh = new IstioMesh(chart, 'Mesh');
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  return new MeshedGateway(chart, 'Gateway', {
    name: 'door',
    namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false }),
    form,
    admits: [shop],
    hosts: [GatewayHost.https('shop.example.com', certificate)],
    ...props,
  });
}

const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const listeners = () => all('Gateway')[0].spec.listeners;

describe('hosts', () => {
  const hosts = [
    GatewayHost.https('shop.example.com', certificate), GatewayHost.passthrough('secure.example.com'), GatewayHost.passthrough('data.example.com', 8443),
    GatewayHost.tcp(5432), GatewayHost.http('plain.example.com'),
  ];

  test.each([['provisioned', ISTIO], ['self-managed with routes', ROUTES]])('of a %s gateway have listeners', (_, form) => {
    make(form, { hosts });
    expect(listeners().map(({ name, port, protocol, hostname, tls }: any) => [name, port, protocol, hostname, tls?.mode])).toEqual([
      ['https', 443, 'HTTPS', 'shop.example.com', 'Terminate'],
      ['http', 80, 'HTTP', 'shop.example.com', undefined],
      ['tls', 443, 'TLS', 'secure.example.com', 'Passthrough'],
      ['tls-data-example-com', 8443, 'TLS', 'data.example.com', 'Passthrough'],
      ['tcp-5432', 5432, 'TCP', undefined, undefined],
      ['http-plain-example-com', 80, 'HTTP', 'plain.example.com', undefined],
    ]);
  });

  test.each([['self-managed', OWN], ['self-managed with routes', ROUTES]])('of a %s gateway have ports of the Service', (_, form) => {
    make(form, { hosts });
    expect(all('Service')[0].spec.ports.map(({ name, port, targetPort }: any) => [name, port, targetPort])).toEqual([
      ['status-port', 15021, 15021], ['http2', 80, 80], ['https', 443, 443], ['tls-8443', 8443, 8443], ['tcp-5432', 5432, 5432],
    ]);
  });

  test('of a self-managed gateway have servers', () => {
    make(OWN, { hosts });
    expect(all('Gateway')[0].spec.servers.slice(2)).toEqual([
      { port: { number: 443, name: 'tls-secure-example-com', protocol: 'TLS' }, hosts: ['shop/secure.example.com'], tls: { mode: 'PASSTHROUGH' } },
      { port: { number: 8443, name: 'tls-data-example-com', protocol: 'TLS' }, hosts: ['shop/data.example.com'], tls: { mode: 'PASSTHROUGH' } },
      { port: { number: 5432, name: 'tcp-5432', protocol: 'TCP' }, hosts: ['shop/*'] },
      { port: { number: 80, name: 'http-plain-example-com', protocol: 'HTTP' }, hosts: ['shop/plain.example.com'] },
    ]);
  });

  test('say what they are', () => {
    const { protocol, port, hostname, certificates } = GatewayHost.tcp(5432);
    expect({ protocol, port, hostname, certificates }).toEqual({ protocol: GatewayHostProtocol.TCP, port: 5432, hostname: '*', certificates: [] });
  });

  test('have ports that fit, once', () => {
    expect(() => GatewayHost.tcp(443)).toThrow('port of GatewayHost.tcp must leave 443 to hosts, got 443: use another port, or GatewayHost.passthrough');
    expect(() => GatewayHost.tcp(80)).toThrow('port of GatewayHost.tcp must leave 80 to plain HTTP and to redirects, got 80: use another port');
    expect(() => GatewayHost.passthrough('a.example.com', 80)).toThrow("port of host 'a.example.com' must leave 80 to plain HTTP and to redirects, got 80");
    const gateway = make(ISTIO, { hosts });
    expect(() => gateway.addHost(GatewayHost.tcp(5432))).toThrow("port 5432 is served by gateway 'door' already: use another port");
    expect(() => gateway.addHost(GatewayHost.passthrough('shop.example.com'))).toThrow(
      "host 'shop.example.com' is served by gateway 'door' already: pass all of its certificates at once");
    expect(() => gateway.addHost(GatewayHost.passthrough('new.example.com', 5432))).toThrow(
      "host 'new.example.com' of gateway 'door' needs a port of its own, got 5432, which port 5432 has: use another port");
  });
});

describe('a self-managed gateway with routes', () => {
  test('is a Gateway that names the Service of the pods, so that istiod makes none', () => {
    make(ROUTES);
    expect(all('Gateway')).toHaveLength(1);
    expect(all('Gateway')[0]).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
      spec: { gatewayClassName: 'istio', addresses: [{ type: 'Hostname', value: 'door.edge.svc.cluster.local' }] },
    });
    expect(all('Gateway')[0].spec.infrastructure).toBeUndefined();
    expect(all('Service').map(({ metadata }) => metadata.name)).toEqual(['door']);
    expect(all('HTTPRoute')[0].spec.parentRefs).toEqual([expect.objectContaining({ name: 'door', sectionName: 'http' })]);
  });

  test('is known to policies by its pods', () => {
    expect(make(ROUTES).policyScope.selector!.matchLabels).toEqual({ app: 'door', istio: 'door' });
  });
});

describe('what a form has not says so', () => {
  test('when it is provisioned', () => {
    const gateway = make(ISTIO);
    expect(gateway.gateway.name).toBe('door');
    expect(gateway.gatewayClass).toBe(GatewayClass.ISTIO);
    expect(gateway.policyScope.targets).toHaveLength(1);
    expect(() => gateway.istioGateway).toThrow("gateway 'door' has no Gateway of Istio: bind routes of Gateway API to its gateway, or use GatewayForm.selfManaged()");
    expect(() => gateway.workload).toThrow("gateway 'door' has no workload of this app: its controller makes its pods; use GatewayForm.selfManaged()");
  });

  test('when it is self-managed', () => {
    const gateway = make(OWN);
    expect(gateway.istioGateway.name).toBe('door');
    expect(gateway.workload.name).toBe('door');
    expect(gateway.gatewayClass).toBeUndefined();
    expect(() => gateway.gateway).toThrow("gateway 'door' has no Gateway of Gateway API: bind VirtualServices to its istioGateway, or use another form");
    expect(() => gateway.routeParent('shop.example.com')).toThrow('has no Gateway of Gateway API');
  });

  test('when its proxy is not Istio\'s', () => {
    expect(() => make(NGINX).policyScope).toThrow(
      "gateway 'door' has no proxy that policies of Istio bind: use the policies of its class, or GatewayClass.ISTIO");
  });
});

describe('certificates of clients', () => {
  const required = ClientCertificates.required(CaCertificate.configMapName('clients'));
  const optional = ClientCertificates.optional(CaCertificate.secretName('clients'));
  const tlsOf = () => all('Gateway')[0].spec.servers.find(({ port }: any) => port.protocol === 'HTTPS').tls;

  test('at an Istio Gateway', () => {
    make(OWN, { tls: { clientCertificates: required } });
    expect(tlsOf()).toEqual({ mode: 'MUTUAL', credentialName: 'shop-tls', minProtocolVersion: 'TLSV1_2', caCertCredentialName: 'configmap://edge/clients' });
    chart = new Chart(new App(), 'other');
    make(OWN, { tls: { clientCertificates: optional } });
    expect(tlsOf()).toMatchObject({ mode: 'OPTIONAL_MUTUAL', caCertCredentialName: 'clients-cacert' });
    chart = new Chart(new App(), 'third');
    make(OWN, { tls: { clientCertificates: ClientCertificates.required(CaCertificate.secretName('door-cacert')) } });
    expect(tlsOf()).toMatchObject({ caCertCredentialName: 'door-cacert' });
  });

  test.each([['provisioned', ISTIO], ['self-managed', ROUTES]])('at a Gateway of Gateway API that is %s', (_, form) => {
    make(form, { tls: { clientCertificates: required } });
    expect(all('Gateway')[0].spec.tls.frontend.default.validation.caCertificateRefs).toEqual([{ group: '', kind: 'ConfigMap', name: 'clients' }]);
    expect(listeners()[0].tls.options).toBeUndefined();
    chart = new Chart(new App(), 'other');
    make(form, { tls: { clientCertificates: optional } });
    expect(all('Gateway')[0].spec.tls.frontend.default.validation.mode).toBe('AllowValidOnly');
    expect(listeners()[0].tls.options).toEqual({ 'gateway.istio.io/tls-terminate-mode': 'OPTIONAL_MUTUAL' });
  });

  test('at other classes, when they are required', () => {
    make(GatewayForm.provisioned(GatewayClass.KGATEWAY), { tls: { clientCertificates: required } });
    expect(all('Gateway')[0].spec.tls.frontend.default.validation.caCertificateRefs).toHaveLength(1);
    chart = new Chart(new App(), 'other');
    expect(() => make(NGINX, { tls: { clientCertificates: optional } })).toThrow(
      "optional client certificates of gateway 'door' cannot be told to gateway class 'nginx': Gateway API has no field for it; " +
      'say it in an object of the class and pass that as parameters, or use GatewayForm.selfManaged()');
  });

  test('of an authority that Istio does not read', () => {
    const bundle = { clientCertificates: ClientCertificates.required(CaCertificate.clusterTrustBundle('clients')) };
    expect(() => make(ISTIO, { tls: bundle })).toThrow(
      "authority of the clients of gateway 'door' must be a ConfigMap or a Secret, got ClusterTrustBundle 'clients': Istio takes nothing else");
    chart = new Chart(new App(), 'other');
    expect(() => make(OWN, { tls: bundle })).toThrow(
      "authority of the clients of gateway 'door' must be a ConfigMap, or a Secret of namespace 'edge', got ClusterTrustBundle 'clients' of 'edge': " +
      'an Istio Gateway takes nothing else');
    chart = new Chart(new App(), 'third');
    expect(() => make(OWN, { tls: { clientCertificates: ClientCertificates.required(CaCertificate.secretName('clients', { namespace: 'pki' })) } })).toThrow(
      "got Secret 'clients' of 'pki'");
  });
});

describe('versions and cipher suites', () => {
  test('at an Istio Gateway', () => {
    make(OWN, { tls: { minVersion: TlsVersion.V1_2, maxVersion: TlsVersion.V1_2, cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384'] } });
    expect(all('Gateway')[0].spec.servers[1].tls).toMatchObject({
      minProtocolVersion: 'TLSV1_2', maxProtocolVersion: 'TLSV1_2', cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384'],
    });
  });

  test.each([['provisioned', ISTIO], ['self-managed', ROUTES]])('at a Gateway of Gateway API that is %s', (_, form) => {
    make(form, { tls: { minVersion: TlsVersion.V1_2, maxVersion: TlsVersion.V1_3, cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384', 'AES128-SHA'] } });
    expect(listeners()[0].tls.options).toEqual({ 'gateway.istio.io/tls-cipher-suites': 'ECDHE-RSA-AES256-GCM-SHA384,AES128-SHA' });
    chart = new Chart(new App(), 'other');
    expect(() => make(form, { tls: { minVersion: TlsVersion.V1_3 } })).toThrow(
      "minVersion of gateway 'door' cannot be told to Istio by a Gateway of Gateway API, got TLSV1_3: it has no field for it; " +
      'use GatewayForm.selfManaged() with GatewayBinding.ISTIO_GATEWAY');
    chart = new Chart(new App(), 'third');
    expect(() => make(form, { tls: { maxVersion: TlsVersion.V1_2 } })).toThrow("maxVersion of gateway 'door' cannot be told to Istio");
    chart = new Chart(new App(), 'fourth');
    expect(() => make(form, { tls: { cipherSuites: ['NULL'] } })).toThrow('cipher suite must be one of');
  });

  test.each(['minVersion', 'maxVersion', 'cipherSuites'])('%s at classes of which nothing is known', field => {
    expect(() => make(NGINX, { tls: { [field]: field === 'cipherSuites' ? ['AES128-SHA'] : TlsVersion.V1_2 } })).toThrow(
      `${field} of gateway 'door' cannot be told to gateway class 'nginx'`);
  });
});

describe('addresses of clients', () => {
  const CONFIG = '{"gatewayTopology":{"numTrustedProxies":1}}';

  test.each([['self-managed', OWN], ['self-managed with routes', ROUTES]])('are told to the pods of a %s gateway', (_, form) => {
    make(form, { clientAddress: ClientAddress.forwardedFor(1) });
    expect(all('Deployment')[0].spec.template.metadata.annotations['proxy.istio.io/config']).toBe(CONFIG);
  });

  test('are told to what Istio makes', () => {
    make(GatewayForm.provisioned(GatewayClass.ISTIO, { annotations: { a: 'b' } }), { clientAddress: ClientAddress.PROXY_PROTOCOL });
    expect(all('Gateway')[0].spec.infrastructure.annotations).toEqual({ 'a': 'b', 'proxy.istio.io/config': '{"gatewayTopology":{"proxyProtocol":{}}}' });
  });

  test('are said in one place', () => {
    expect(() => make(GatewayForm.selfManaged({ podAnnotations: { 'proxy.istio.io/config': '{}' } }), { clientAddress: ClientAddress.forwardedFor(1) })).toThrow(
      "podAnnotations of gateway 'door' must leave 'proxy.istio.io/config' alone beside clientAddress, got '{}': " +
      'write gatewayTopology there and leave clientAddress out, or leave the annotation out');
    chart = new Chart(new App(), 'other');
    expect(() => make(GatewayForm.provisioned(GatewayClass.ISTIO, { annotations: { 'proxy.istio.io/config': '{}' } }), { clientAddress: ClientAddress.forwardedFor(1) })).toThrow(
      "annotations of gateway 'door' must leave 'proxy.istio.io/config' alone");
    chart = new Chart(new App(), 'third');
    expect(() => make(NGINX, { clientAddress: ClientAddress.PEER })).toThrow("clientAddress of gateway 'door' cannot be told to gateway class 'nginx'");
  });
});

describe('the Services to which it sends', () => {
  const service = (clusterIP?: string) => new Service(chart, `Web${clusterIP}`, { metadata: { name: 'web', namespace: 'shop' }, clusterIP, ports: [{ port: 80 }] });

  test('are reached by address, through NGINX Gateway Fabric, once', () => {
    const web = service();
    make(NGINX).sendsTo(web, web).sendsTo(web);
    expect(all('UpstreamSettingsPolicy')).toEqual([{
      apiVersion: 'gateway.nginx.org/v1alpha1',
      kind: 'UpstreamSettingsPolicy',
      metadata: { name: 'web-service-address', namespace: 'shop', labels: expect.objectContaining({ 'app.kubernetes.io/managed-by': 'cdk8s-mesh' }) },
      spec: { targetRefs: [{ group: 'core', kind: 'Service', name: 'web' }], useClusterIP: true },
    }]);
  });

  test.each([['Istio', ISTIO], ['Envoy Gateway', GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY)], ['self-managed', OWN]])('need nothing of each for %s', (_, form) => {
    make(form).sendsTo(service());
    expect(all('UpstreamSettingsPolicy')).toEqual([]);
  });

  test('have an address', () => {
    const headless = service('None');
    expect(() => make(NGINX).sendsTo(headless)).toThrow(
      "service 'web' has no address to which gateway 'door' could send, got a headless one: make a Service with an address");
  });
});
