import { ServiceAccount } from 'cdk8s-plus-28';
import { checkCount } from './count';
import { checkLabels } from './label-map';
import { checkRegistryHost } from './namespaced-host';
import { checkUnixSocket, isUnixSocket } from './socket-address';
import { WorkloadEndpoint, WorkloadTemplate } from './workload-endpoint';
import type { ServiceEntrySpecEndpoints, WorkloadGroupSpecTemplate } from '../imports/networking.istio.io';
import { isWildcard } from '../semantics/hostname';
import { isIpAddress } from '../semantics/ip-address';
import { Manifest } from '../semantics/manifest';
import { checkDnsSubdomain } from '../semantics/names';
import { checkPort } from '../semantics/port';

const MAX_ADDRESS = 256;
const MAX_LABELS = 256;
const MAX_PORTS = 128;
const PORT_NAME = /^[a-zA-Z0-9]([-a-zA-Z0-9]{0,60}[a-zA-Z0-9])?$/;

/** Checks and writes where traffic goes; `namespace` is that of the object, when it is known. */
export function workloadEndpointManifest(endpoint: WorkloadEndpoint, what: string, namespace?: string): Manifest<ServiceEntrySpecEndpoints> {
  const { ports, network, locality, weight, serviceAccount } = workloadTemplateManifest(endpoint, what, namespace);
  if (endpoint.address === undefined && network === undefined) {
    throw new Error(`${what} needs an address, or the network by whose gateway it is reached, got neither: pass address`);
  }
  if (endpoint.address !== undefined) {
    checkAddress(endpoint.address, what);
    if (isUnixSocket(endpoint.address) && ports !== undefined) {
      throw new Error(`${what} takes no ports because its address is a socket, got ${Object.keys(ports).join(', ') || 'an empty map'}: leave ports out`);
    }
  }
  return { address: endpoint.address, ports, labels: checkWorkloadLabels(endpoint.labels, what), network, locality, weight, serviceAccount };
}

/** Checks and writes what is known of workloads, whatever their address. */
export function workloadTemplateManifest(template: WorkloadTemplate, what: string, namespace?: string): Manifest<WorkloadGroupSpecTemplate> {
  const { ports, network, locality, weight, serviceAccount } = template;
  checkPorts(ports ?? {}, what);
  return {
    ports,
    network: network?.name,
    locality: locality?.locality,
    weight: checkCount(weight, `weight of ${what}`, undefined, 1),
    serviceAccount: serviceAccount && checkDnsSubdomain(checkNamespace(serviceAccount, what, namespace).name, `service account of ${what}`),
  };
}

/** Refuses labels of workloads that Kubernetes does not take, and more than 256 of them. */
export function checkWorkloadLabels(labels: { [key: string]: string } | undefined, what: string): { [key: string]: string } | undefined {
  const count = Object.keys(labels ?? {}).length;
  if (count > MAX_LABELS) {
    throw new Error(`${what} takes at most ${MAX_LABELS} labels, got ${count}`);
  }
  return checkLabels(labels, `labels of ${what}`);
}

function checkAddress(address: string, what: string): void {
  if (address.length > MAX_ADDRESS) {
    throw new Error(`address of ${what} must have at most ${MAX_ADDRESS} characters, got ${address.length}`);
  }
  if (isUnixSocket(address)) {
    checkUnixSocket(address, `address of ${what}`);
  } else if (!isIpAddress(address)) {
    checkRegistryHost(address, `address of ${what}`);
    if (isWildcard(address)) {
      throw new Error(`address of ${what} must be one host, got '${address}': wildcards cannot be resolved`);
    }
  }
}

function checkPorts(ports: { [name: string]: number }, what: string): void {
  const names = Object.keys(ports);
  if (names.length > MAX_PORTS) {
    throw new Error(`${what} takes at most ${MAX_PORTS} ports, got ${names.length}`);
  }
  for (const name of names) {
    if (!PORT_NAME.test(name)) {
      throw new Error(`port names of ${what} must be at most 62 letters, digits and inner dashes, got '${name}'`);
    }
    checkPort(ports[name], `port '${name}' of ${what}`);
  }
}

function checkNamespace<T>(serviceAccount: T, what: string, namespace: string | undefined): T {
  const other = serviceAccount instanceof ServiceAccount ? serviceAccount.metadata.namespace : undefined;
  if (other !== undefined && namespace !== undefined && other !== namespace) {
    throw new Error(`service account of ${what} must be of its own namespace '${namespace}', got '${other}'`);
  }
  return serviceAccount;
}
