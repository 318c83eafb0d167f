import { NginxDirective } from './nginx-directive';
import { NginxLocation, writeLocations } from './nginx-location';
import { requestHeaders } from './nginx-request-headers';

/** Where things lie in nginx's container. */
export const NginxPath = {
  CONFIG: '/etc/nginx',
  CERTIFICATES: '/etc/nginx-certificates',
  CLIENT_AUTHORITY: '/etc/nginx-clients',
  /** All that it writes. */
  CACHE: '/var/cache/nginx',
} as const;

/** The port of nginx's health endpoint, and the endpoint. */
export const HEALTH_PORT = 8081;
export const HEALTH_PATH = '/healthz';

/** A server of a hostname. */
export interface NginxServer {
  readonly hostname: string;
  /** The Secrets with its certificates; none for plain HTTP. */
  readonly certificates: string[];
  readonly locations: NginxLocation[];
}

/** How nginx learns the address of a client. */
export interface NginxRealIp {
  /** The CIDR blocks of proxies that are believed. */
  readonly trusted: string[];
  readonly proxyProtocol: boolean;
}

/** What nginx.conf says. */
export interface NginxConfig {
  readonly workers: number;
  readonly resolver: string;
  readonly ipv6: boolean;
  readonly http2: boolean;
  readonly redirect: boolean;
  readonly protocols: string[];
  readonly ciphers: string[];
  /** Whether the authority of clients is asked for always, or where they show something; `undefined` where it is not asked for. */
  readonly clientCertificates?: 'on' | 'optional';
  readonly realIp?: NginxRealIp;
  readonly allowed?: string[];
  readonly denied?: string[];
  readonly accessLog: boolean;
  readonly servers: NginxServer[];
}

const { of, block } = NginxDirective;

/** What an entry of the access log has; JSON, so that no value can pass for another entry. */
const LOGGED = [
  'time_iso8601', 'remote_addr', 'request_method', 'host', 'request_uri', 'server_protocol', 'status', 'bytes_sent', 'request_time', 'upstream_addr', 'upstream_status',
  'upstream_response_time', 'http_user_agent', 'http_x_request_id',
];

/** The text of nginx.conf. */
export function writeNginxConfig(config: NginxConfig): string {
  return [
    '# Written by cdk8s-mesh: change the app, not this file.\n',
    ...[
      of('daemon', 'off'),
      of('worker_processes', config.workers),
      of('pid', `${NginxPath.CACHE}/nginx.pid`),
      of('error_log', 'stderr', 'warn'),
      block('events', [], [of('worker_connections', 4096)]),
      block('http', [], httpDirectives(config)),
    ].map(directive => directive.write()),
  ].join('');
}

function httpDirectives(config: NginxConfig): NginxDirective[] {
  const { accessLog, resolver, realIp, clientCertificates } = config;
  return [
    of('server_tokens', 'off'),
    of('log_format', 'requests', 'escape=json', `{${LOGGED.map(name => `"${name}":"$${name}"`).join(',')}}`),
    accessLog ? of('access_log', '/dev/stdout', 'requests') : of('access_log', 'off'),
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(what => of(`${what}_temp_path`, `${NginxPath.CACHE}/${what}`)),
    of('client_max_body_size', '1024k'),
    of('client_header_timeout', '15s'),
    of('client_body_timeout', '30s'),
    of('server_names_hash_bucket_size', 512),
    of('variables_hash_bucket_size', 128),
    of('proxy_headers_hash_bucket_size', 128),
    of('resolver', resolver, 'valid=10s'),
    of('resolver_timeout', '5s'),
    ...tlsDirectives(config),
    ...realIp ? realIpDirectives(realIp) : [],
    // Whatever nginx itself listens on.
    block('map', ['$scheme', '$public_port'], [of('default', 80), of('https', 443)]),
    // No other protocol is changed to: h2c would lead past the routes.
    block('map', ['$http_upgrade', '$upstream_upgrade'], [of('default', ''), of('~*^websocket$', 'websocket')]),
    block('map', ['$upstream_upgrade', '$upstream_connection'], [of('default', ''), of('websocket', 'upgrade')]),
    ...addressLists(config),
    of('proxy_http_version', '1.1'),
    of('proxy_connect_timeout', '5s'),
    of('proxy_redirect', 'http://$upstream/', '$scheme://$host/'),
    ...requestHeaders(clientCertificates !== undefined),
    ...serverBlocks(config),
  ];
}

function tlsDirectives({ servers, protocols, ciphers, clientCertificates }: NginxConfig): NginxDirective[] {
  return servers.every(({ certificates }) => certificates.length === 0) ? [] : [
    of('ssl_protocols', ...protocols),
    of('ssl_ciphers', ciphers.join(':')),
    of('ssl_prefer_server_ciphers', 'off'),
    of('ssl_session_cache', 'shared:tls:10m'),
    of('ssl_session_timeout', '1h'),
    of('ssl_session_tickets', 'off'),
    // With a variable, certificates are read for each handshake: one that is renewed counts at once.
    block('map', ['certificates', '$certificates'], [of('default', NginxPath.CERTIFICATES)]),
    ...clientCertificates ? [
      of('ssl_client_certificate', `${NginxPath.CLIENT_AUTHORITY}/ca.crt`),
      of('ssl_verify_client', clientCertificates),
      of('ssl_verify_depth', 3),
    ] : [],
  ];
}

function realIpDirectives({ trusted, proxyProtocol }: NginxRealIp): NginxDirective[] {
  return [
    ...trusted.map(range => of('set_real_ip_from', range)),
    of('real_ip_header', proxyProtocol ? 'proxy_protocol' : 'X-Forwarded-For'),
    of('real_ip_recursive', 'on'),
  ];
}

/** Two lists, because the narrowest block decides in one: of who is denied and allowed, the denial counts. */
function addressLists({ allowed, denied }: NginxConfig): NginxDirective[] {
  return [
    ...allowed ? [block('geo', ['$address_not_allowed'], [of('default', 1), ...allowed.map(range => of(range, 0))])] : [],
    ...denied ? [block('geo', ['$address_denied'], [of('default', 0), ...denied.map(range => of(range, 1))])] : [],
  ];
}

function serverBlocks(config: NginxConfig): NginxDirective[] {
  const { servers, redirect } = config;
  const encrypted = servers.filter(({ certificates }) => certificates.length > 0);
  const plain = servers.filter(({ certificates }) => certificates.length === 0);
  const refusals = refuseAddresses(config);
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
    ...redirect ? encrypted.map(({ hostname }) => block('server', [], [
      ...listen(config, 80),
      of('server_name', hostname),
      ...refusals,
      of('return', 301, `https://${hostname.startsWith('*') ? '$host' : hostname}$request_uri`),
    ])) : [],
    ...plain.map(({ hostname, locations }) => block('server', [], [
      ...listen(config, 80), of('server_name', hostname), ...refusals, ...writeLocations(locations), ...otherPaths(locations),
    ])),
    ...encrypted.map(({ hostname, certificates, locations }) => block('server', [], [
      ...listen(config, 443),
      of('server_name', hostname),
      ...certificates.flatMap(secret => [
        of('ssl_certificate', `$certificates/${secret}/tls.crt`),
        of('ssl_certificate_key', `$certificates/${secret}/tls.key`),
      ]),
      ...refusals,
      ...writeLocations(locations),
      ...otherPaths(locations),
    ])),
  ];
}

/** Without it, nginx would look for files. */
function otherPaths(locations: NginxLocation[]): NginxDirective[] {
  return locations.some(({ path, isPrefix }) => isPrefix && path === '') ? [] : [block('location', ['/'], [of('return', 404)])];
}

function listen({ ipv6, http2, realIp }: NginxConfig, port: number, ...more: string[]): NginxDirective[] {
  const options = [
    ...port === 443 ? ['ssl', ...http2 ? ['http2'] : []] : [],
    ...realIp?.proxyProtocol && port !== HEALTH_PORT ? ['proxy_protocol'] : [],
    ...more,
  ];
  return [of('listen', port, ...options), ...ipv6 ? [of('listen', `[::]:${port}`, ...options)] : []];
}

function refuseAddresses({ allowed, denied }: NginxConfig): NginxDirective[] {
  return [
    ...allowed ? [block('if', ['($address_not_allowed)'], [of('return', 403)])] : [],
    ...denied ? [block('if', ['($address_denied)'], [of('return', 403)])] : [],
  ];
}
