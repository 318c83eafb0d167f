import { NginxConfig, NginxRealIp } from './nginx-config';
import { checkRanges } from './nginx-edge-addresses';
import { NginxGatewayOptions } from './nginx-options';
import { TlsVersion } from '../../istio/tls-version';
import { isIpAddress } from '../../semantics/ip-address';
import { checkUnique } from '../../semantics/lists';
import { checkDnsSubdomain } from '../../semantics/names';
import { ClientAddress } from '../gateway/client-address';
import { GatewayTls } from '../gateway/gateway-tls';

/** All that does not depend on hosts, routes and verbs of the edge. */
export type NginxSettings = Omit<NginxConfig, 'servers' | 'edge'>;

const DEFAULT_RESOLVER = 'kube-dns.kube-system.svc.cluster.local';
const PROTOCOLS = [[TlsVersion.V1_2, 'TLSv1.2'], [TlsVersion.V1_3, 'TLSv1.3']] as const;
/** With forward secrecy and authenticated encryption, for keys of both kinds. */
const DEFAULT_CIPHERS = ['ECDSA', 'RSA'].flatMap(key =>
  ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305'].map(cipher => `ECDHE-${key}-${cipher}`));
/** As many as the default limit of the CPU; a worker is one thread. */
const DEFAULT_WORKERS = 2;

interface NginxGatewaySettings {
  readonly name: string;
  readonly redirect: boolean;
  readonly tls: GatewayTls;
  readonly clientAddress?: ClientAddress;
}

/** What options of a gateway mean to nginx; refuses what it cannot do. */
export function nginxSettings({ name, redirect, tls, clientAddress }: NginxGatewaySettings, options: NginxGatewayOptions): NginxSettings {
  const { resources, trustedProxies } = options;
  return {
    workers: Math.max(1, Math.ceil(cores(resources?.cpu?.limit?.amount) ?? DEFAULT_WORKERS)),
    resolver: resolverOf(name, options.resolver ?? DEFAULT_RESOLVER),
    ipv6: options.ipv6 ?? false,
    http2: options.http2 ?? true,
    redirect,
    protocols: protocolsOf(name, tls),
    ciphers: tls.cipherSuites ? checkCiphers(name, tls.cipherSuites) : DEFAULT_CIPHERS,
    clientCertificates: tls.clientCertificates && (tls.clientCertificates.mandatory ? 'on' : 'optional'),
    realIp: realIpOf(name, clientAddress, trustedProxies && checkRanges(`trustedProxies of gateway '${name}'`, trustedProxies)),
  };
}

function cores(amount: string | undefined): number | undefined {
  return amount === undefined ? undefined : amount.endsWith('m') ? Number(amount.slice(0, -1)) / 1000 : Number(amount);
}

function resolverOf(gateway: string, resolver: string): string {
  if (isIpAddress(resolver)) {
    return resolver.includes(':') ? `[${resolver}]` : resolver;
  }
  return checkDnsSubdomain(resolver, `resolver of gateway '${gateway}'`);
}

function protocolsOf(gateway: string, { minVersion = TlsVersion.V1_2, maxVersion = TlsVersion.V1_3 }: GatewayTls): string[] {
  const place = (version: TlsVersion, what: string) => {
    const index = PROTOCOLS.findIndex(([known]) => known === version);
    if (index < 0) {
      throw new Error(`${what} of gateway '${gateway}' must be TLS 1.2 or 1.3 with nginx, got ${version}: its OpenSSL refuses older versions`);
    }
    return index;
  };
  const protocols = PROTOCOLS.slice(place(minVersion, 'minVersion'), place(maxVersion, 'maxVersion') + 1).map(([, protocol]) => protocol);
  if (protocols.length === 0) {
    throw new Error(`minVersion of gateway '${gateway}' must not be newer than maxVersion, got ${minVersion} and ${maxVersion}`);
  }
  return protocols;
}

function checkCiphers(gateway: string, ciphers: string[]): string[] {
  const what = `cipherSuites of gateway '${gateway}'`;
  if (ciphers.length === 0) {
    throw new Error(`${what} must name at least one suite, got none: leave them out`);
  }
  const strange = ciphers.find(cipher => !/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(cipher));
  if (strange !== undefined) {
    throw new Error(`${what} must be OpenSSL's names, such as ECDHE-RSA-AES128-GCM-SHA256, got '${strange}'`);
  }
  checkUnique(ciphers, what);
  return ciphers;
}

function realIpOf(gateway: string, clientAddress: ClientAddress | undefined, trusted: string[] | undefined): NginxRealIp | undefined {
  if (clientAddress?._trustedProxies !== undefined) {
    throw new Error(`clientAddress of gateway '${gateway}' cannot count proxies, got ${clientAddress._trustedProxies}: nginx knows them by their addresses; ` +
      'pass trustedProxies to GatewayForm.nginx');
  }
  if (clientAddress?._proxyProtocol) {
    return { trusted: trusted ?? ['0.0.0.0/0', '::/0'], proxyProtocol: true };
  }
  if (clientAddress !== undefined && trusted !== undefined) {
    throw new Error(`trustedProxies of gateway '${gateway}' tell the address of clients, got ClientAddress.PEER as well: leave one of both out`);
  }
  return trusted && { trusted, proxyProtocol: false };
}
