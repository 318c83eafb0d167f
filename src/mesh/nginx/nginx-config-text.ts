import { NginxConfig, NginxPath, NginxRealIp } from './nginx-config';
import { NginxDirective } from './nginx-directive';
import { requestHeaders } from './nginx-request-headers';
import { serverBlocks } from './nginx-servers';

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
  const { edge, resolver, realIp, clientCertificates } = config;
  return [
    of('server_tokens', 'off'),
    of('log_format', 'requests', 'escape=json', `{${LOGGED.map(name => `"${name}":"$${name}"`).join(',')}}`),
    edge.some(({ logs }) => logs) ? of('access_log', '/dev/stdout', 'requests') : of('access_log', 'off'),
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
    ...edge.flatMap(({ http = [] }) => http),
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
