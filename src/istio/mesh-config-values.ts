import { LabelSelectorOptions } from 'cdk8s-plus-28';
import { ConnectionPool, TcpKeepalive } from './connection-pool';
import { checkRegistryHost } from './namespaced-host';
import { isIpAddress } from '../semantics/ip-address';
import { checkPort } from '../semantics/port';
import { checkLabelValue, checkQualifiedName } from '../semantics/qualified-name';

const DOMAIN_LABEL = /^[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;

/** Refuses what is not `host:port`. */
export function checkAddress(address: string, what: string): string {
  const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  if (host === undefined || host === '') {
    throw new Error(`${what} must be host:port, got '${address}'`);
  }
  checkPort(Number(port), `port of ${what}`);
  if (!isIpAddress(host)) {
    checkRegistryHost(host, `host of ${what}`);
  }
  return address;
}

/** Refuses what istiod does not take as a trust domain. */
export function checkTrustDomain(domain: string, what: string): string {
  if (!domain.replace(/\.$/, '').split('.').every(label => DOMAIN_LABEL.test(label))) {
    throw new Error(`${what} must be labels of letters, digits and '-' with dots between them, got '${domain}'`);
  }
  return domain;
}

/** Writes probes of idle connections. */
export function keepaliveManifest(tcpKeepalive: TcpKeepalive | undefined): object | undefined {
  return tcpKeepalive && ConnectionPool.of({ tcp: { tcpKeepalive } })._toKube().tcp?.tcpKeepalive;
}

/** Checks and writes a selector; one without labels and expressions selects all. */
export function selectorManifest({ labels, expressions }: LabelSelectorOptions, what: string): object {
  for (const [key, value] of Object.entries(labels ?? {})) {
    checkQualifiedName(key, `label in ${what}`);
    checkLabelValue(value, `label '${key}' in ${what}`);
  }
  for (const { key, values } of expressions ?? []) {
    checkQualifiedName(key, `label in ${what}`);
    if (values?.length === 0) {
      throw new Error(`expression on label '${key}' in ${what} must have at least one value, got none`);
    }
    values?.forEach(value => checkLabelValue(value, `label '${key}' in ${what}`));
  }
  return { matchLabels: labels, matchExpressions: expressions?.map(({ key, operator, values }) => ({ key, operator, values })) };
}
