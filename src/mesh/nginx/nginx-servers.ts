import { HEALTH_PATH, HEALTH_PORT, NginxConfig, NginxServer } from './nginx-config';
import { NginxDirective } from './nginx-directive';
import { NginxServerEdge } from './nginx-edge-part';
import { bodySize, NginxLocation, writeLocations } from './nginx-location';
import { requestHeaders } from './nginx-request-headers';

const { of, block } = NginxDirective;

/** The servers of all hosts, of those who ask for none, and of the kubelet. */
export function serverBlocks(config: NginxConfig): NginxDirective[] {
  const { servers, redirect } = config;
  const encrypted = servers.filter(({ certificates }) => certificates.length > 0);
  const plain = servers.filter(({ certificates }) => certificates.length === 0);
  return [
    block('server', [], [
      ...listen(config, HEALTH_PORT),
      of('access_log', 'off'),
      block('location', ['=', HEALTH_PATH], [of('return', 200)]),
      block('location', ['/'], [of('return', 404)]),
    ]),
    ...plain.length > 0 || (redirect && encrypted.length > 0) ? [
      // Who asks for no host of the gateway.
      block('server', [], [...listen(config, 80, 'default_server'), of('server_name', '_'), of('return', 404)]),
    ] : [],
    ...encrypted.length > 0 ? [
      block('server', [], [...listen(config, 443, 'default_server'), of('server_name', '_'), of('ssl_reject_handshake', 'on'), of('return', 421)]),
    ] : [],
    ...redirect ? encrypted.map(server => redirectBlock(config, server)) : [],
    ...plain.map(({ hostname, host, locations }) => block('server', [], [
      ...listen(config, 80), of('server_name', hostname), ...served(config, new NginxServerEdge(config.edge, host), locations, false),
    ])),
    ...encrypted.map(({ hostname, host, certificates, locations }) => block('server', [], [
      ...listen(config, 443),
      of('server_name', hostname),
      ...certificates.flatMap(secret => [
        of('ssl_certificate', `$certificates/${secret}/tls.crt`),
        of('ssl_certificate_key', `$certificates/${secret}/tls.key`),
      ]),
      ...served(config, new NginxServerEdge(config.edge, host), locations, true),
    ])),
  ];
}

function redirectBlock(config: NginxConfig, { hostname, host }: NginxServer): NginxDirective {
  const edge = new NginxServerEdge(config.edge, host);
  return block('server', [], [
    ...listen(config, 80),
    of('server_name', hostname),
    ...edge.redirects(),
    ...edge.refusals,
    of('return', 301, `https://${hostname.startsWith('*') ? '$host' : hostname}$request_uri`),
  ]);
}

/** What is done to requests of a host: refusals come before all else, whatever the order of verbs. */
function served({ clientCertificates }: NginxConfig, edge: NginxServerEdge, locations: NginxLocation[], encrypted: boolean): NginxDirective[] {
  const { refusals, server, requestHeaders: headers, maxBodyBytes } = edge;
  return [
    ...refusals,
    ...server,
    ...edge.added(encrypted),
    // Those that are written for all are forgotten where others are.
    ...headers.length > 0 ? requestHeaders(clientCertificates !== undefined, headers) : [],
    ...maxBodyBytes === undefined ? [] : [bodySize(maxBodyBytes)],
    ...writeLocations(locations, edge),
    // Without it, nginx would look for files.
    ...locations.some(({ path, isPrefix }) => isPrefix && path === '') ? [] : [block('location', ['/'], [of('return', 404)])],
  ];
}

function listen({ ipv6, http2, realIp }: NginxConfig, port: number, ...more: string[]): NginxDirective[] {
  const options = [
    ...port === 443 ? ['ssl', ...http2 ? ['http2'] : []] : [],
    ...realIp?.proxyProtocol && port !== HEALTH_PORT ? ['proxy_protocol'] : [],
    ...more,
  ];
  return [of('listen', port, ...options), ...ipv6 ? [of('listen', `[::]:${port}`, ...options)] : []];
}
