import { App, Chart, Testing } from 'cdk8s';
import { ConfigMap, Secret, Service } from 'cdk8s-plus-28';
import {
  Backend, BackendConfig, BackendTrust, CaCertificate, Certificate, CertManagerCertificate, CertManagerIssuer, ExternalAuth, Gateway, GatewayApi,
  GatewayApiChannel, GatewayClass, GatewayController, HttpRoute, HttpRouteFilter, IBackend, Listener, ListenerFilter, PolicyTargetRef, ReferenceGrant,
  RouteParent, TcpRoute, XBackend, XBackendEndpoints, XBackendTls, XTelemetryPolicy, XTelemetryTracing,
} from '../../src';

/** The chart of the team that owns what is referred to, and that of the team that refers to it. */
function charts() {
  const app = new App();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  return { app, owner: new Chart(app, 'owner'), referrer: new Chart(app, 'referrer') };
}

/** What a chart allows: from which kinds and namespaces to which objects. */
function grants(chart: Chart): string[] {
  return Testing.synth(chart).filter(({ kind }) => kind === 'ReferenceGrant').map(({ metadata, spec }) =>
    `${spec.from.map((from: any) => `${from.kind} of ${from.namespace}`).join(', ')} to ` +
    `${spec.to.map((to: any) => `${to.kind} ${metadata.namespace}/${to.name}`).join(', ')}`);
}

const EDGE = { name: 'edge', namespace: 'edge' };
const PARENT = RouteParent.gateway(Gateway.fromGatewayName('edge', { namespace: 'edge' }));
const CLASS = GatewayClass.fromGatewayClassName('any', { controller: GatewayController.of('example.com/any') });

function service(scope: Chart, name = 'cart'): Service {
  return new Service(scope, name, { metadata: { name, namespace: 'payments' }, ports: [{ port: 80 }] });
}

function route(scope: Chart, ...backends: IBackend[]): HttpRoute {
  return new HttpRoute(scope, 'Route', { metadata: { name: 'web', namespace: 'shop' }, parents: [PARENT], rules: backends.map(backend => ({ backends: [{ backend }] })) });
}

describe('the chart of a target of this app allows the reference', () => {
  test('a Service behind a route', () => {
    const { owner, referrer } = charts();
    route(referrer, Backend.service(service(owner)));
    expect([grants(owner), grants(referrer)]).toEqual([['HTTPRoute of shop to Service payments/cart'], []]);
  });

  test('references of several charts share the grant of the target\'s chart', () => {
    const { app, owner, referrer } = charts();
    route(referrer, Backend.service(service(owner)), Backend.service(service(owner, 'stock')));
    new TcpRoute(new Chart(app, 'third'), 'Route', {
      metadata: { name: 'tcp', namespace: 'shop' }, parents: [PARENT], backends: [{ backend: Backend.service(service(owner, 'queue')) }],
    });
    expect(grants(owner)).toEqual(['HTTPRoute of shop, TCPRoute of shop to Service payments/cart, Service payments/stock, Service payments/queue']);
  });

  test('a mirror and a server of external authorization', () => {
    const { owner, referrer } = charts();
    const auth = ExternalAuth.grpc({ backend: Backend.service(service(owner, 'auth')) });
    new HttpRoute(referrer, 'Route', {
      metadata: { name: 'web', namespace: 'shop' },
      parents: [PARENT],
      rules: [{
        filters: [HttpRouteFilter.mirror({ backend: Backend.service(service(owner, 'copies')) }), HttpRouteFilter.externalAuth(auth)],
        backends: [{ backend: Backend.serviceName('web', { port: 80 }) }],
      }],
    });
    expect(grants(owner)).toEqual([expect.stringMatching(/^HTTPRoute of shop to .*\/copies/)]);
    expect(grants(owner)[0]).toContain('Service payments/auth');
    expect(grants(referrer)).toEqual([]);
  });

  test('what the listeners of a Gateway and its frontend refer to', () => {
    const { owner, referrer } = charts();
    const secret = new Secret(owner, 'Tls', { metadata: { name: 'edge-tls', namespace: 'pki' } });
    const issued = new CertManagerCertificate(owner, 'Issued', {
      metadata: { name: 'issued', namespace: 'pki' }, dnsNames: ['shop.example.com'], issuer: CertManagerIssuer.clusterIssuer('letsencrypt'),
    });
    const ca = new ConfigMap(owner, 'Ca', { metadata: { name: 'clients', namespace: 'pki' } });
    const auth = ExternalAuth.grpc({ backend: Backend.service(service(owner, 'auth')) });
    new Gateway(referrer, 'Gateway', {
      metadata: EDGE,
      gatewayClass: CLASS,
      listeners: [Listener.https({
        certificates: [Certificate.fromSecret(secret), issued.certificate], filters: [ListenerFilter.externalAuth(auth)],
      })],
      frontendTls: { validation: { caCertificates: [CaCertificate.configMap(ca)] } },
    });
    expect(grants(owner)).toEqual([
      'Gateway of edge to ConfigMap pki/clients, Secret pki/edge-tls, Secret pki/issued',
      'Gateway of edge to Service payments/auth',
    ]);
    expect(grants(referrer)).toEqual([]);
  });

  test('an XBackend behind a route, and its certificate', () => {
    const { app, owner, referrer } = charts();
    const pki = new Chart(app, 'pki');
    const secret = new Secret(pki, 'Tls', { metadata: { name: 'client', namespace: 'pki' } });
    const validation = { hostname: 'api.example.com', trust: BackendTrust.system() };
    const backend = new XBackend(owner, 'Api', {
      metadata: { name: 'api', namespace: 'payments' },
      endpoints: XBackendEndpoints.externalHostname('api.example.com'),
      port: 443,
      tls: XBackendTls.clientAndServer(validation, Certificate.fromSecret(secret)),
    });
    route(referrer, backend);
    expect(grants(owner)).toEqual(['HTTPRoute of shop to XBackend payments/api']);
    expect(grants(pki)).toEqual(['XBackend of payments to Secret pki/client']);
    expect(grants(referrer)).toEqual([]);
  });

  test('the collector of telemetry', () => {
    const { owner, referrer } = charts();
    new XTelemetryPolicy(referrer, 'Tracing', {
      metadata: EDGE,
      targets: [PolicyTargetRef.gateway(Gateway.fromGatewayName('edge'))],
      tracing: XTelemetryTracing.enabled({ provider: { backend: Backend.service(service(owner, 'spans')) } }),
    });
    expect([grants(owner), grants(referrer)]).toEqual([['XTelemetryPolicy of edge to Service payments/spans'], []]);
  });

  test('but not one that this app does not write', () => {
    const { referrer } = charts();
    const { owner } = charts();
    route(referrer, Backend.service(service(owner)));
    expect([grants(owner), grants(referrer)]).toEqual([[], ['HTTPRoute of shop to Service payments/cart']]);
  });
});

describe('of what is only named, the chart of the referrer allows the reference, unless it is granted already', () => {
  /** A backend of somebody else's. */
  class Bucket implements IBackend {
    constructor(private readonly granted?: boolean) {}

    public bind(): BackendConfig {
      return { group: 'example.com', kind: 'Bucket', name: 'assets', namespace: 'storage', granted: this.granted };
    }
  }

  test.each<[string, (granted?: boolean) => IBackend]>([
    ['Service', granted => Backend.serviceName('cart', { namespace: 'payments', port: 80, granted })],
    ['XBackend', granted => XBackend.fromXBackendName('api', { namespace: 'payments', granted })],
    ['Bucket', granted => Backend.of({ group: 'example.com', kind: 'Bucket', name: 'assets', namespace: 'storage', granted })],
    ['Bucket', granted => new Bucket(granted)],
  ])('%s', (kind, backend) => {
    const [asked, refused, granted] = [backend(), backend(false), backend(true)].map(each => {
      const { referrer } = charts();
      const [rule] = route(referrer, each)._toKube().rules;
      expect(rule).toHaveProperty('backendRefs[0].kind', kind);
      expect(rule).not.toHaveProperty('backendRefs[0].granted');
      return grants(referrer);
    });
    expect(asked).toEqual([expect.stringContaining(`HTTPRoute of shop to ${kind} `)]);
    expect(refused).toEqual(asked);
    expect(granted).toEqual([]);
  });

  test.each<[string, (granted?: boolean) => Certificate]>([
    ['Secret pki/tls', granted => Certificate.fromSecretName('tls', { namespace: 'pki', granted })],
    ['Vault pki/tls', granted => Certificate.of({ group: 'example.com', kind: 'Vault', name: 'tls', namespace: 'pki', granted })],
    ['Secret pki/tls', granted => CertManagerCertificate.fromCertManagerCertificateName('tls', { namespace: 'pki', granted }).certificate],
  ])('a certificate: %s', (what, certificate) => {
    const [asked, granted] = [certificate(), certificate(true)].map(each => {
      const { referrer } = charts();
      const gateway = new Gateway(referrer, 'Gateway', { metadata: EDGE, gatewayClass: CLASS, listeners: [Listener.https({ certificates: [each] })] });
      expect(gateway._toKube().listeners[0].tls!.certificateRefs![0]).not.toHaveProperty('granted');
      return grants(referrer);
    });
    expect(asked).toEqual([`Gateway of edge to ${what}`]);
    expect(granted).toEqual([]);
  });

  test.each<[string, (granted?: boolean) => CaCertificate]>([
    ['ConfigMap pki/ca', granted => CaCertificate.configMapName('ca', { namespace: 'pki', granted })],
    ['Secret pki/ca', granted => CaCertificate.secretName('ca', { namespace: 'pki', granted })],
    ['Vault pki/ca', granted => CaCertificate.of({ group: 'example.com', kind: 'Vault', name: 'ca', namespace: 'pki', granted })],
  ])('a certificate of an authority: %s', (what, ca) => {
    const [asked, granted] = [ca(), ca(true)].map(each => {
      const { referrer } = charts();
      const gateway = new Gateway(referrer, 'Gateway', {
        metadata: EDGE,
        gatewayClass: CLASS,
        listeners: [Listener.https({ certificates: [Certificate.fromSecretName('tls')] })],
        frontendTls: { validation: { caCertificates: [each] } },
      });
      expect(gateway._toKube().tls!.frontend!.default.validation!.caCertificateRefs[0]).not.toHaveProperty('granted');
      return grants(referrer);
    });
    expect(asked).toEqual([`Gateway of edge to ${what}`]);
    expect(granted).toEqual([]);
  });
});

test('what is refused leaves no grant in the chart of the target', () => {
  const { owner, referrer } = charts();
  const backend = Backend.service(service(owner));
  const web = route(referrer, Backend.serviceName('web', { port: 80 }));
  expect(() => web.addRule({ name: 'No name', backends: [{ backend }] })).toThrow('No name');
  expect(() => new XTelemetryPolicy(referrer, 'Tracing', {
    metadata: { name: 'tracing', namespace: 'edge' },
    tracing: XTelemetryTracing.enabled({ provider: { backend } }),
    targets: [PolicyTargetRef.gateway(Gateway.fromGatewayName('far', { namespace: 'elsewhere' }))],
  })).toThrow('elsewhere');
  expect(owner.node.findAll().filter(each => each instanceof ReferenceGrant)).toEqual([]);
});
