import { IstioProtocol, IstioServer, ServerTls } from '../../src';

const tls = ServerTls.simple({ credentialName: 'shop-tls' });

test('ports and names come from the protocol and the first host', () => {
  const servers = [
    IstioServer.http({ hosts: ['*'] }),
    IstioServer.http({ hosts: ['shop/*'] }),
    IstioServer.https({ hosts: ['./shop.example.com', 'www.example.com'], tls }),
    IstioServer.tls({ hosts: ['*.example.com'], tls }),
    IstioServer.tcp({ hosts: ['*'], port: 9000 }),
    IstioServer.of({ protocol: IstioProtocol.GRPC_WEB, hosts: ['10.1.2.3'], port: 8080 }),
    IstioServer.of({ protocol: IstioProtocol.HTTPS, hosts: ['*'], tls, name: 'secure' }),
  ];
  expect(servers.map(({ protocol, port, name }) => [protocol, port, name])).toEqual([
    ['HTTP', 80, 'http-any'],
    ['HTTP', 80, 'http-any'],
    ['HTTPS', 443, 'https-shop-example-com'],
    ['TLS', 443, 'tls-wildcard-example-com'],
    ['TCP', 9000, 'tcp-any'],
    ['GRPC-WEB', 8080, 'grpc-web-10-1-2-3'],
    ['HTTPS', 443, 'secure'],
  ]);
});

test('every field is written', () => {
  // WHEN
  const server = IstioServer.of({
    protocol: IstioProtocol.HTTP2,
    hosts: ['shop.example.com'],
    port: 8080,
    name: 'web',
    serverName: 'web-server',
    bind: '10.0.0.1',
    defaultEndpoint: '127.0.0.1:8081',
    httpsRedirect: true,
  });

  // THEN
  expect(server._toKube()).toEqual({
    name: 'web-server',
    port: { number: 8080, name: 'web', protocol: 'HTTP2' },
    bind: '10.0.0.1',
    hosts: ['shop.example.com'],
    tls: { httpsRedirect: true },
    defaultEndpoint: '127.0.0.1:8081',
  });
});

test('no redirect is no TLS', () => {
  expect(IstioServer.http({ hosts: ['*'], httpsRedirect: false })._toKube().tls).toBeUndefined();
});

test('a Unix domain socket has port 0', () => {
  expect(IstioServer.http({ hosts: ['*'], bind: 'unix:///run/web.sock' })._toKube())
    .toMatchObject({ bind: 'unix:///run/web.sock', port: { number: 0 } });
  expect(IstioServer.http({ hosts: ['*'], bind: 'unix://@web', defaultEndpoint: 'unix:///run/app.sock' }).port).toBe(0);
});

test.each<[() => IstioServer, string]>([
  [() => IstioServer.http({ hosts: [] }), 'a server needs at least one host, got none: pass hosts, such as [\'*\'], to the one of protocol HTTP'],
  [() => IstioServer.http({ hosts: ['*'], name: '' }), 'name of a server must not be empty: leave it out to have it made from protocol and host'],
  [() => IstioServer.http({ hosts: ['shop'] }), 'host of server \'http-shop\' must be fully qualified or \'*\', got \'shop\': short names mean nothing here'],
  [() => IstioServer.http({ hosts: ['*shop.com'] }), 'must be a lower case DNS name, optionally starting with \'*.\', got \'*shop.com\''],
  [() => IstioServer.http({ hosts: ['shop.123'] }), 'must have labels of at most 63 characters, the last not all digits, got \'shop.123\''],
  [() => IstioServer.http({ hosts: [`${'a'.repeat(64)}.com`] }), 'must have labels of at most 63 characters, the last not all digits, got \'aaa'],
  [() => IstioServer.http({ hosts: ['~/shop.com'] }), 'namespace of host of server \'http-shop-com\' \'~/shop.com\' must be a DNS label'],
  [() => IstioServer.http({ hosts: ['/shop.com'] }), 'namespace of host of server \'http-shop-com\' \'/shop.com\' must be a DNS label'],
  [() => IstioServer.http({ hosts: ['a.com', 'a.com'] }), 'server \'http-a-com\' must name each host once, got \'a.com\' twice'],
  [() => IstioServer.http({ hosts: ['*'], port: 0 }), 'port of server \'http-any\' must be between 1 and 65535, got 0'],
  [() => IstioServer.tcp({ hosts: ['*'] }), 'server \'tcp-any\' needs a port: TCP has no default one'],
  [() => IstioServer.http({ hosts: ['*'], bind: 'localhost' }), 'bind of server \'http-any\' must be an IP address such as'],
  [() => IstioServer.http({ hosts: ['*'], bind: 'unix://run' }), 'bind of server \'http-any\' must name a socket by absolute path (unix:///run/app.sock)'],
  [() => IstioServer.http({ hosts: ['*'], bind: 'unix:///run/' }), 'bind of server \'http-any\' must name a socket by absolute path'],
  [() => IstioServer.http({ hosts: ['*'], bind: 'unix:///run', port: 80 }),
    'port of server \'http-any\' must be 0 because it binds to a Unix domain socket, got 80'],
  [() => IstioServer.http({ hosts: ['*'], defaultEndpoint: '10.0.0.1:80' }),
    'default endpoint of server \'http-any\' must be 127.0.0.1:port, 0.0.0.0:port, [::1]:port, [::]:port or unix://, got \'10.0.0.1:80\''],
  [() => IstioServer.http({ hosts: ['*'], defaultEndpoint: '127.0.0.1:0' }), 'port of default endpoint of server \'http-any\' must be between 1 and 65535, got 0'],
  [() => IstioServer.of({ hosts: ['*'], protocol: IstioProtocol.HTTPS }),
    'server \'https-any\' needs tls because it speaks HTTPS: pass ServerTls.simple or another, or use IstioServer.http'],
  [() => IstioServer.of({ hosts: ['*'], protocol: IstioProtocol.HTTP, tls }), 'server \'http-any\' takes no tls because it speaks HTTP: use protocol HTTPS or TLS'],
  [() => IstioServer.of({ hosts: ['*'], protocol: IstioProtocol.TCP, port: 1, tls }), 'server \'tcp-any\' takes no tls because it speaks TCP'],
  [() => IstioServer.of({ hosts: ['*'], protocol: IstioProtocol.HTTPS, tls, httpsRedirect: true }),
    'server \'https-any\' cannot redirect to HTTPS because it speaks HTTPS: put httpsRedirect on the HTTP server'],
  // istiod makes a virtual host of the domain './shop.example.com', which no request has: 404 instead of 301.
  [() => IstioServer.http({ hosts: ['./shop.example.com'], httpsRedirect: true }),
    'server \'http-shop-example-com\' must redirect bare hosts, got \'./shop.example.com\': name the host without a namespace'],
])('what cannot be served is refused (%#)', (make, message) => {
  expect(make).toThrow(message);
});
