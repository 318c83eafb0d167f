import { Testing } from 'cdk8s';
import { Certificate, IIstioGateway, IstioGateway, IstioMesh, IstioProtocol, IstioServer, IstioVersion, ServerTls, WorkloadSelector } from '../../src';

const selector = WorkloadSelector.labels({ istio: 'ingressgateway' });
const tls = ServerTls.simple({ credentialName: 'shop-tls' });
const gateway = (...servers: IstioServer[]) => new IstioGateway(Testing.chart(), 'Gateway', { metadata: { name: 'edge' }, selector, servers });

describe('an Istio Gateway', () => {
  test('has the selector as a flat map, and its servers', () => {
    // GIVEN
    const chart = Testing.chart();

    // WHEN
    new IstioGateway(chart, 'Gateway', { metadata: { name: 'edge', namespace: 'gateways' }, selector })
      .addServer(IstioServer.https({ hosts: ['shop.example.com'], tls }))
      .addServer(IstioServer.http({ hosts: ['shop.example.com'], httpsRedirect: true }));

    // THEN
    expect(Testing.synth(chart)).toEqual([{
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      metadata: { name: 'edge', namespace: 'gateways' },
      spec: {
        selector: { istio: 'ingressgateway' },
        servers: [
          {
            port: { number: 443, name: 'https-shop-example-com', protocol: 'HTTPS' },
            hosts: ['shop.example.com'],
            tls: { mode: 'SIMPLE', credentialName: 'shop-tls' },
          },
          {
            port: { number: 80, name: 'http-shop-example-com', protocol: 'HTTP' },
            hosts: ['shop.example.com'],
            tls: { httpsRedirect: true },
          },
        ],
      },
    }]);
  });

  test('tells name, namespace, servers and hosts', () => {
    // GIVEN
    const made = new IstioGateway(Testing.chart(), 'Gateway', { metadata: { name: 'edge', namespace: 'gateways' }, selector });
    const server = IstioServer.http({ hosts: ['a.example.com', './b.example.com'] });

    // WHEN
    made.addServer(server).addServer(IstioServer.https({ hosts: ['a.example.com'], tls }));

    // THEN
    const reference: IIstioGateway = made;
    expect([reference.name, reference.namespace]).toEqual(['edge', 'gateways']);
    expect(reference.hosts).toEqual(['a.example.com', './b.example.com']);
    expect(made.servers[0]).toBe(server);
  });

  test('is written in the version that the declared release has, and refused with what it lacks', () => {
    // GIVEN
    const chart = Testing.chart();
    new IstioMesh(chart, 'Mesh', { version: IstioVersion.V1_21 });
    const names = ServerTls.simple({ credentialNames: ['rsa', 'ecdsa'] });

    // WHEN
    const old = new IstioGateway(chart, 'Gateway', { metadata: { name: 'edge' }, selector, servers: [IstioServer.https({ hosts: ['a.example.com'], tls })] });

    // THEN
    expect(Testing.synth(chart).find(({ kind }) => kind === 'Gateway').apiVersion).toBe('networking.istio.io/v1beta1');
    expect(() => old.addServer(IstioServer.https({ hosts: ['b.example.com'], tls: names })))
      .toThrow('servers[1].tls.credentialNames of Gateway \'edge\' is not in Istio 1.21');
  });

  test('has its certificates in one namespace', () => {
    const secure = (host: string, name: string, namespace?: string) =>
      IstioServer.https({ hosts: [host], tls: ServerTls.simple({ certificates: [Certificate.fromSecretName(name, { namespace })] }) });
    const made = gateway(secure('a.example.com', 'a', 'gateways'), secure('b.example.com', 'b'), secure('c.example.com', 'c', 'gateways'));
    expect(() => made.addServer(secure('d.example.com', 'd', 'shop'))).toThrow(
      'certificates of an Istio Gateway must be in the namespace of the gateway\'s pods, got \'a\' of \'gateways\' and \'d\' of \'shop\': ' +
      'Istio takes no ReferenceGrant here');
  });

  test('must have a server', () => {
    const chart = Testing.chart();
    new IstioGateway(chart, 'Gateway', { selector });
    expect(() => Testing.synth(chart)).toThrow('an Istio Gateway needs at least one server: pass servers, or call addServer');
  });

  test('must be named by a DNS label that is not the word for the mesh', () => {
    expect(() => new IstioGateway(Testing.chart(), 'G', { metadata: { name: 'my.edge' }, selector }))
      .toThrow('name of the Istio Gateway must be a DNS label (lower case letters, digits and inner dashes), got \'my.edge\'');
    expect(() => new IstioGateway(Testing.chart(), 'G', { metadata: { name: 'mesh' }, selector }))
      .toThrow('name of an Istio Gateway must not be \'mesh\': a VirtualService means the sidecars of the mesh by it');
  });

  test('may be in the cluster already', () => {
    expect(IstioGateway.fromGatewayName('edge')).toEqual({ name: 'edge' });
    expect(IstioGateway.fromGatewayName('edge', { namespace: 'gateways', hosts: ['*'] })).toEqual({ name: 'edge', namespace: 'gateways', hosts: ['*'] });
    expect(() => IstioGateway.fromGatewayName('mesh')).toThrow('name of an Istio Gateway must not be \'mesh\'');
    expect(() => IstioGateway.fromGatewayName('edge', { namespace: 'a/b' })).toThrow('namespace of the Istio Gateway must be a DNS label');
  });
});

describe('servers of one Gateway', () => {
  test('have names of their own', () => {
    expect(() => gateway(IstioServer.http({ hosts: ['*'], name: 'web' }), IstioServer.http({ hosts: ['*'], name: 'web', port: 81 })))
      .toThrow('server name \'web\' is taken: port names are unique in an Istio Gateway, pass another name');
    expect(() => gateway(IstioServer.http({ hosts: ['*'], serverName: 's' }), IstioServer.http({ hosts: ['*'], name: 'web', port: 81, serverName: 's' })))
      .toThrow('serverName \'s\' is taken by server \'http-any\': statistics would mix, pass another one');
  });

  test('may share a port when hosts tell them apart', () => {
    const made = gateway(
      IstioServer.https({ hosts: ['a.example.com'], tls }),
      IstioServer.tls({ hosts: ['b.example.com'], tls: ServerTls.passthrough() }),
      IstioServer.http({ hosts: ['one/a.example.com'], name: 'one' }),
      IstioServer.of({ protocol: IstioProtocol.GRPC, port: 80, hosts: ['two/a.example.com'], name: 'two' }),
    );
    expect(made.servers).toHaveLength(4);
  });

  test('may share a port at different addresses', () => {
    const made = gateway(
      IstioServer.tcp({ hosts: ['*'], port: 9000, bind: '10.0.0.1', name: 'one' }),
      IstioServer.tcp({ hosts: ['*'], port: 9000, bind: '10.0.0.2', name: 'two' }),
    );
    expect(made.servers).toHaveLength(2);
  });

  test.each<[IstioServer, IstioServer, string]>([
    [
      IstioServer.https({ hosts: ['one/a.example.com'], tls }),
      IstioServer.tls({ hosts: ['two/a.example.com'], tls: ServerTls.passthrough() }),
      'server \'tls-a-example-com\' collides with server \'https-a-example-com\' on port 443: both serve host \'a.example.com\'; name it in one of them',
    ],
    [
      IstioServer.http({ hosts: ['a.example.com'] }),
      IstioServer.http({ hosts: ['b.example.com', 'a.example.com'] }),
      'server \'http-b-example-com\' collides with server \'http-a-example-com\' on port 80: both serve host \'a.example.com\'; name it in one of them',
    ],
    [
      IstioServer.http({ hosts: ['a.example.com'] }),
      IstioServer.tcp({ hosts: ['*'], port: 80 }),
      'server \'tcp-any\' collides with server \'http-a-example-com\' on port 80: one speaks TCP, the other HTTP; use another port',
    ],
    [
      IstioServer.http({ hosts: ['a.example.com'], port: 443 }),
      IstioServer.https({ hosts: ['b.example.com'], tls }),
      'server \'https-b-example-com\' collides with server \'http-a-example-com\' on port 443: one speaks HTTPS, the other HTTP; use another port',
    ],
    [
      IstioServer.tcp({ hosts: ['a.example.com'], port: 9000 }),
      IstioServer.of({ protocol: IstioProtocol.MONGO, hosts: ['b.example.com'], port: 9000 }),
      'server \'mongo-b-example-com\' collides with server \'tcp-a-example-com\' on port 9000: nothing tells connections of two TCP servers apart; use another port',
    ],
  ])('collide otherwise (%#)', (one, two, message) => {
    expect(() => gateway(one, two)).toThrow(message);
  });
});
