import { NginxDirective } from './nginx-directive';

/** What proxies of meshes obey when it comes from an application: from outside it must not get there. */
const ORDERS_TO_PROXIES = [
  'X-Envoy-Max-Retries', 'X-Envoy-Retry-On', 'X-Envoy-Retry-Grpc-On', 'X-Envoy-Retriable-Status-Codes', 'X-Envoy-Retriable-Header-Names',
  'X-Envoy-Hedge-On-Per-Try-Timeout', 'X-Envoy-Upstream-Rq-Timeout-Ms', 'X-Envoy-Upstream-Rq-Per-Try-Timeout-Ms', 'X-Envoy-Upstream-Rq-Timeout-Alt-Response',
  'X-Envoy-Expected-Rq-Timeout-Ms', 'X-Envoy-Upstream-Alt-Stat-Name', 'X-Envoy-Original-Path', 'X-Envoy-Original-Dst-Host', 'X-Envoy-Original-Host',
  'X-Envoy-Decorator-Operation', 'X-Envoy-Force-Trace', 'X-Envoy-Internal', 'X-Envoy-External-Address', 'X-Envoy-Ip-Tags', 'X-Envoy-Peer-Metadata',
  'X-Envoy-Peer-Metadata-Id', 'L5d-Dst-Override', 'L5d-Client-Id', 'L5d-Reqid',
];

/** What nginx says of the client itself; the client's own word for it is not passed on. More headers may be written, or left out with no value. */
export function requestHeaders(asksForCertificates: boolean, more: [string, string][] = []): NginxDirective[] {
  return [...ownHeaders(asksForCertificates), ...more].map(([name, value]) => NginxDirective.of('proxy_set_header', name, value));
}

/** Whether nginx itself says what a header of the request is, or leaves it out. */
export function writtenByNginx(name: string): boolean {
  return ownHeaders(true).some(([own]) => own.toLowerCase() === name.toLowerCase());
}

function ownHeaders(asksForCertificates: boolean): [string, string][] {
  return [
    ['Host', '$upstream_host'],
    ['X-Forwarded-Host', '$host'],
    ['X-Forwarded-Proto', '$scheme'],
    ['X-Forwarded-Port', '$public_port'],
    ['X-Forwarded-For', '$remote_addr'],
    ['X-Real-Ip', '$remote_addr'],
    ['Forwarded', ''],
    ['X-Forwarded-Prefix', ''],
    ['X-Forwarded-Client-Cert', ''],
    ['X-Client-Verify', asksForCertificates ? '$ssl_client_verify' : ''],
    ['X-Client-Subject', asksForCertificates ? '$ssl_client_s_dn' : ''],
    ['Upgrade', '$upstream_upgrade'],
    ['Connection', '$upstream_connection'],
    // nginx leaves out what is empty.
    ...ORDERS_TO_PROXIES.map((name): [string, string] => [name, '']),
  ];
}
