import { App, Chart, Testing } from 'cdk8s';
import {
  Backend, CaCertificate, Certificate, DefaultGatewayScope, ExternalAuth, FrontendValidationMode, Gateway, GatewayAddress, GatewayApi,
  GatewayApiBundle, GatewayApiChannel, GatewayClass, GatewayProps, GatewayRoutability, Listener, ListenerFilter, ListenerNamespaces,
  RouteNamespaces,
} from '../../src';

function make(props: Partial<GatewayProps> = {}, channel = GatewayApiChannel.STANDARD, bundle = GatewayApiBundle.V1_7) {
  const app = new App();
  GatewayApi.declare(app, { channel, bundle });
  const chart = new Chart(app, 'test');
  const gateway = new Gateway(chart, 'Edge', {
    metadata: { name: 'edge', namespace: 'edge' }, gatewayClass: GatewayClass.fromGatewayClassName('example'), ...props,
  });
  return { chart, gateway };
}

const certificates = [Certificate.fromSecretName('tls')];

/** What is granted, namespace by namespace. */
function grants(chart: Chart) {
  return Testing.synth(chart).filter(({ kind }) => kind === 'ReferenceGrant').map(({ metadata, spec }) => ({ namespace: metadata.namespace, spec }));
}

test('a gateway with everything said', () => {
  // GIVEN
  const { chart, gateway } = make({
    listeners: [
      Listener.http({ routes: RouteNamespaces.all() }),
      Listener.https({ certificates, filters: [ListenerFilter.externalAuth(ExternalAuth.grpc({ backend: Backend.serviceName('auth', { port: 9000 }) }))] }),
    ],
    addresses: [
      GatewayAddress.ipAddress('10.1.2.3', { routability: GatewayRoutability.CLUSTER }), GatewayAddress.hostname('edge.example.com'), GatewayAddress.ipAddress(),
    ],
    infrastructure: {
      labels: { team: 'platform' },
      annotations: { note: 'x' },
      parameters: { group: '', kind: 'ConfigMap', name: 'edge-settings' },
    },
    allowedListeners: ListenerNamespaces.named('shop'),
    frontendTls: {
      validation: { caCertificates: [CaCertificate.configMapName('clients-ca')] },
      ports: [{ port: 443, validation: { caCertificates: [CaCertificate.clusterTrustBundle('partners')], mode: FrontendValidationMode.ALLOW_INSECURE_FALLBACK } }],
    },
    backendClientCertificate: Certificate.fromSecretName('edge-client', { namespace: 'edge' }),
    defaultScope: DefaultGatewayScope.ALL,
  }, GatewayApiChannel.EXPERIMENTAL);

  // THEN
  expect(gateway.name).toBe('edge');
  expect(gateway.namespace).toBe('edge');
  expect(gateway.gatewayClass).toEqual({ name: 'example' });
  expect(gateway.allowedListeners!._describe()).toBe("namespace 'shop'");
  expect(gateway.resourceType).toBe('gateways');
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge', namespace: 'edge' },
    spec: {
      gatewayClassName: 'example',
      listeners: [
        { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } },
        {
          name: 'https',
          port: 443,
          protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'tls' }] },
          filters: {
            requests: [{
              type: 'ExternalAuth',
              externalAuth: { protocol: 'GRPC', grpc: {}, backendRef: { group: '', kind: 'Service', name: 'auth', port: 9000 } },
            }],
          },
          allowedRoutes: { namespaces: { from: 'Same' } },
        },
      ],
      addresses: [
        { type: 'IPAddress', value: '10.1.2.3', routability: 'Cluster' }, { type: 'Hostname', value: 'edge.example.com' }, { type: 'IPAddress' },
      ],
      infrastructure: {
        labels: { team: 'platform' },
        annotations: { note: 'x' },
        parametersRef: { group: '', kind: 'ConfigMap', name: 'edge-settings' },
      },
      allowedListeners: { namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } } },
      tls: {
        frontend: {
          default: { validation: { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'clients-ca' }], mode: 'AllowValidOnly' } },
          perPort: [{
            port: 443,
            tls: {
              validation: {
                caCertificateRefs: [{ group: 'certificates.k8s.io', kind: 'ClusterTrustBundle', name: 'partners' }],
                mode: 'AllowInsecureFallback',
              },
            },
          }],
        },
        backend: { clientCertificateRef: { group: '', kind: 'Secret', name: 'edge-client' } },
      },
      defaultScope: 'All',
    },
  }]);
});

test('only what is said is written', () => {
  const { chart } = make({ listeners: [Listener.http()] });
  expect(Object.keys(Testing.synth(chart)[0].spec)).toEqual(['gatewayClassName', 'listeners']);
});

test('each half of tls alone', () => {
  const listeners = [Listener.http()];
  expect(Testing.synth(make({ listeners, frontendTls: {} }).chart)[0].spec.tls).toEqual({ frontend: { default: {} } });
  expect(Testing.synth(make({ listeners, backendClientCertificate: certificates[0] }).chart)[0].spec.tls)
    .toEqual({ backend: { clientCertificateRef: { group: '', kind: 'Secret', name: 'tls' } } });
});

test('empty infrastructure is said', () => {
  const { chart } = make({ listeners: [Listener.http()], infrastructure: {} });
  expect(Testing.synth(chart)[0].spec.infrastructure).toEqual({});
});

test('the namespace may come from the chart', () => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'ingress' });
  expect(new Gateway(chart, 'Edge', { gatewayClass: GatewayClass.ISTIO }).namespace).toBe('ingress');
});

test('a gateway without listeners is incomplete', () => {
  const { gateway } = make();
  expect(gateway.listeners).toEqual([]);
  expect(gateway.node.validate()).toEqual(['a Gateway needs at least one listener: pass listeners, or call addListener']);
});

test('listeners are added, and only so', () => {
  const { gateway } = make();
  gateway.addListener(Listener.http()).addListener(Listener.https({ certificates }));
  gateway.listeners!.pop();
  expect(gateway.listeners!.map(({ name }) => name)).toEqual(['http', 'https']);
  expect(gateway.node.validate()).toEqual([]);
});

describe('references to other namespaces bring grants, as narrow as they are', () => {
  const FROM = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' }];

  test('certificates', () => {
    const { chart } = make({
      listeners: [Listener.https({
        certificates: [
          Certificate.fromSecretName('near'), Certificate.fromSecretName('own', { namespace: 'edge' }), Certificate.fromSecretName('far', { namespace: 'certs' }),
          Certificate.of({ group: 'example.com', kind: 'Pair', name: 'pair', namespace: 'certs' }),
        ],
      })],
    });
    expect(grants(chart)).toEqual([{
      namespace: 'certs',
      spec: { from: FROM, to: [{ group: '', kind: 'Secret', name: 'far' }, { group: 'example.com', kind: 'Pair', name: 'pair' }] },
    }]);
  });

  test('certificates of authorities, and that for backends', () => {
    const { chart } = make({
      listeners: [Listener.https({ certificates })],
      frontendTls: {
        validation: { caCertificates: [CaCertificate.configMapName('clients-ca', { namespace: 'pki' }), CaCertificate.configMapName('own-ca', { namespace: 'edge' })] },
        ports: [{ port: 443, validation: { caCertificates: [CaCertificate.secretName('partners-ca', { namespace: 'pki' })] } }],
      },
      backendClientCertificate: Certificate.fromSecretName('client', { namespace: 'certs' }),
    });
    expect(grants(chart)).toEqual([
      { namespace: 'pki', spec: { from: FROM, to: [{ group: '', kind: 'ConfigMap', name: 'clients-ca' }, { group: '', kind: 'Secret', name: 'partners-ca' }] } },
      { namespace: 'certs', spec: { from: FROM, to: [{ group: '', kind: 'Secret', name: 'client' }] } },
    ]);
  });

  test('servers of external authorization', () => {
    const filter = (namespace: string) =>
      ListenerFilter.externalAuth(ExternalAuth.http({ backend: Backend.serviceName('auth', { port: 80, namespace }) }));
    const { chart } = make({ listeners: [Listener.http({ filters: [filter('security'), filter('edge')] })] }, GatewayApiChannel.EXPERIMENTAL);
    expect(Testing.synth(chart)[0].spec.listeners[0].filters.requests.map((each: any) => each.externalAuth.backendRef)).toEqual([
      { group: '', kind: 'Service', name: 'auth', namespace: 'security', port: 80 }, { group: '', kind: 'Service', name: 'auth', port: 80 },
    ]);
    expect(grants(chart)).toEqual([{ namespace: 'security', spec: { from: FROM, to: [{ group: '', kind: 'Service', name: 'auth' }] } }]);
  });

  test('a gateway whose namespace is not said cannot be granted anything', () => {
    const far = [Certificate.fromSecretName('far', { namespace: 'certs' })];
    const { chart, gateway } = make({ metadata: { name: 'edge' }, listeners: [Listener.http()] });
    expect(() => gateway.addListener(Listener.https({ certificates: far }))).toThrow("metadata.namespace of Gateway 'edge' must be set, got none: it refers to " +
      "Secret 'far' of namespace 'certs', and a ReferenceGrant names both namespaces; set it, or the namespace of the chart");
    expect(gateway.listeners!.map(({ name }) => name)).toEqual(['http']);
    expect(grants(chart)).toEqual([]);

    const granted = [Certificate.fromSecretName('far', { namespace: 'certs', granted: true }), Certificate.fromSecretName('near')];
    expect(() => gateway.addListener(Listener.https({ certificates: granted }))).not.toThrow();
  });

  test('that of the chart will do', () => {
    const chart = new Chart(new App(), 'test', { namespace: 'edge' });
    const far = [Certificate.fromSecretName('far', { namespace: 'certs' })];
    new Gateway(chart, 'Gateway', { metadata: { name: 'edge' }, gatewayClass: GatewayClass.CILIUM, listeners: [Listener.https({ certificates: far })] });
    expect(grants(chart)[0].spec.from[0].namespace).toBe('edge');
  });
});

test('names of listeners are unique', () => {
  const { gateway } = make({ listeners: [Listener.http()] });
  expect(() => gateway.addListener(Listener.http({ port: 8080 })))
    .toThrow('listener name \'http\' is taken in Gateway \'edge\': pass another name');
});

test('listeners must not collide', () => {
  const { gateway } = make({ listeners: [Listener.http(), Listener.http({ name: 'shop', hostname: 'shop.example.com' })] });
  expect(() => gateway.addListener(Listener.http({ name: 'web' }))).toThrow("listener 'web' collides with listener 'http' of Gateway 'edge': both listen on port 80 with protocol HTTP for every host; use another port or hostname");
  expect(() => gateway.addListener(Listener.http({ name: 'web', hostname: 'shop.example.com' }))).toThrow("listener 'web' collides with listener 'shop' of Gateway 'edge': both listen on port 80 with protocol HTTP for shop.example.com; use another port or hostname");
  expect(() => gateway.addListener(Listener.tcp({ port: 80 }))).toThrow("listener 'tcp' collides with listener 'http' of Gateway 'edge': both listen on port 80 with protocols TCP and HTTP; use another port");
});

test('listeners that only their hosts tell apart must not collide, nor plain and encrypted ones', () => {
  const { gateway } = make({ listeners: [Listener.https({ hostname: 'a.example.com', certificates })] });
  expect(() => gateway.addListener(Listener.tlsPassthrough({ hostname: 'a.example.com' }))).toThrow("listener 'tls' collides with listener 'https' of Gateway 'edge': both listen on port 443 with protocols TLS and HTTPS for a.example.com; use another port or hostname");
  expect(() => gateway.addListener(Listener.http({ port: 443, hostname: 'b.example.com' }))).toThrow("listener 'http' collides with listener 'https' of Gateway 'edge': both listen on port 443 with protocols HTTP and HTTPS; use another port");
  expect(gateway.addListener(Listener.tlsPassthrough({ hostname: 'b.example.com' })).listeners).toHaveLength(2);
});

test('TLS may end on a port and pass through it as well', () => {
  const { gateway } = make({
    listeners: [
      Listener.tlsTerminate({ name: 'ends', hostname: 'a.example.com', certificates }), Listener.tlsPassthrough({ name: 'passes', hostname: 'b.example.com' }),
    ],
  });
  expect(gateway.node.validate()).toEqual([]);
});

test('limits of the lists', () => {
  const { gateway } = make({ listeners: Array.from({ length: 64 }, (_, i) => Listener.http({ name: `l${i}`, port: 8000 + i })) });
  expect(() => gateway.addListener(Listener.http())).toThrow('Gateway \'edge\' takes at most 64 listeners, got one more, \'http\': add it to a ListenerSet');
  expect(() => make({ addresses: Array.from({ length: 17 }, (_, i) => GatewayAddress.ipAddress(`10.0.0.${i}`)) }))
    .toThrow('addresses must be at most 16, got 17: use a second Gateway');
});

test('each address is asked for once', () => {
  const twice = (make1: (value?: string) => GatewayAddress, value?: string) => [make1(value), make1(value)];
  expect(() => make({ addresses: twice(GatewayAddress.ipAddress, '10.0.0.1') }))
    .toThrow('addresses of type IPAddress must differ from each other, got \'10.0.0.1\' twice');
  expect(() => make({ addresses: twice(GatewayAddress.hostname, 'a.example.com') }))
    .toThrow('addresses of type Hostname must differ from each other, got \'a.example.com\' twice');
  expect(() => make({ addresses: [...twice(GatewayAddress.ipAddress), ...twice(value => GatewayAddress.of('example.com/pool', value), 'blue')] })).not.toThrow();
});

describe('ports with their own way to meet clients', () => {
  const frontendTls = { ports: [{ port: 8443 }] };

  test('need an HTTPS listener', () => {
    const { gateway } = make({ frontendTls, listeners: [Listener.http({ port: 8443 }), Listener.https({ certificates })] });
    expect(gateway.node.validate()).toEqual(['port 8443 of frontendTls has no HTTPS listener in Gateway \'edge\': add one, or leave the port out']);
    gateway.addListener(Listener.https({ name: 'more', port: 8444, certificates }));
    expect(gateway.node.validate()).toHaveLength(1);
  });

  test('have one', () => {
    expect(make({ frontendTls, listeners: [Listener.https({ port: 8443, certificates })] }).gateway.node.validate()).toEqual([]);
  });

  test('may get it from a ListenerSet', () => {
    expect(make({ frontendTls, listeners: [Listener.http()], allowedListeners: ListenerNamespaces.all() }).gateway.node.validate()).toEqual([]);
  });
});

describe('what the clusters lack is refused', () => {
  test.each<[string, Partial<GatewayProps>]>([
    ['addresses[0].routability', { addresses: [GatewayAddress.ipAddress('10.0.0.1', { routability: GatewayRoutability.CLUSTER })] }],
    ['defaultScope', { defaultScope: DefaultGatewayScope.NONE }],
    ["spec.listeners[0].filters of Gateway 'edge' is not in Gateway API 1.7 standard, which would drop it in silence: it is in the experimental channel only, since 1.7; leave it out, or declare what the clusters run with GatewayApi.declare", { listeners: [Listener.http({ filters: [ListenerFilter.extension({ group: 'example.com', kind: 'Waf', name: 'x' })] })] }],
  ])('experimental: %s', (field, props) => {
    expect(() => make(props)).toThrow(field);
    expect(() => make(props, GatewayApiChannel.EXPERIMENTAL)).not.toThrow();
  });

  test.each<[string, Partial<GatewayProps>]>([
    ['allowedListeners', { allowedListeners: ListenerNamespaces.same() }],
    ['tls', { backendClientCertificate: certificates[0] }],
    ['tls', { frontendTls: { validation: { caCertificates: [CaCertificate.configMapName('ca')] } } }],
  ])('since 1.5: %s', (field, props) => {
    expect(() => make(props, GatewayApiChannel.STANDARD, GatewayApiBundle.V1_4)).toThrow(field);
    expect(() => make(props)).not.toThrow();
  });
});

test('what the controller of the class does not read is refused', () => {
  expect(() => make({ gatewayClass: GatewayClass.ISTIO, backendClientCertificate: certificates[0] })).toThrow('tls.backend');
  const { gateway } = make({ gatewayClass: GatewayClass.ISTIO }, GatewayApiChannel.EXPERIMENTAL);
  const filters = [ListenerFilter.extension({ group: 'example.com', kind: 'Waf', name: 'x' })];
  expect(() => gateway.addListener(Listener.http({ filters }))).toThrow('does not read spec.listeners[0].filters of Gateway');
  expect(gateway.listeners).toEqual([]);
});

test('name and namespace are DNS labels', () => {
  expect(() => make({ metadata: { name: 'edge.example' } })).toThrow('name of the Gateway must be a DNS label');
  expect(() => make({ metadata: { namespace: 'a.b' } })).toThrow('namespace of the Gateway must be a DNS label');
  expect(() => Gateway.fromGatewayName('edge.example')).toThrow('name of the Gateway must be a DNS label');
  expect(() => Gateway.fromGatewayName('edge', { namespace: 'a.b' })).toThrow('namespace of Gateway \'edge\' must be a DNS label');
});

test('a gateway of the cluster is known by what is said of it', () => {
  const options = { namespace: 'infra', listeners: [Listener.http()], gatewayClass: GatewayClass.NGINX, allowedListeners: ListenerNamespaces.all() };
  expect(Gateway.fromGatewayName('edge')).toEqual({ name: 'edge' });
  expect(Gateway.fromGatewayName('edge', options)).toEqual({ name: 'edge', ...options });
});
