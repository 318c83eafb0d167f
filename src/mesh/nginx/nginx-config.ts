import { NginxEdgePart } from './nginx-edge-part';
import { NginxLocation } from './nginx-location';

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
  /** The host of the gateway that covers it. */
  readonly host: string;
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
  readonly servers: NginxServer[];
  /** What is said at its edge. */
  readonly edge: NginxEdgePart[];
}
