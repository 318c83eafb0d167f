import { ApiObjectMetadata } from 'cdk8s';
import { IstioNetwork } from '../../istio/istio-network';
import { IMeshNamespace } from '../mesh-client';

/** What an EastWestGateway tells the form that it takes. */
export interface EastWestFacts {
  readonly name: string;
  readonly namespace: IMeshNamespace;
  readonly network?: IstioNetwork;
  /** The hosts of services that other networks may ask for; `undefined` when they may ask for none. */
  readonly serviceHosts?: readonly string[];
  readonly gatewayPort: number;
  /** The revisions of istiod that are exposed, '' for the one without; `undefined` when none is. */
  readonly controlPlanes?: readonly string[];
  readonly ambient: boolean;
  /** Whether the control plane is in another cluster, which configures this gateway like its own of that name. */
  readonly remote: boolean;
  metadata(name: string, labels?: { [key: string]: string }): ApiObjectMetadata;
}

/** The port on which istiod configures proxies and signs their certificates, and the one of its webhooks, with the port of its Service. */
export const ISTIOD_PORTS = [
  { port: 15012, target: 15012, name: 'tls-istiod', listener: 'istiod' },
  { port: 15017, target: 443, name: 'tls-webhook', listener: 'istiod-webhook' },
];

/** The port for other networks, unless it is said otherwise. */
export const CROSS_NETWORK_PORT = 15443;

/** The name of the Service of istiod. */
export function istiodName(revision: string): string {
  return revision === '' ? 'istiod' : `istiod-${revision}`;
}

/** The server names by which proxies, machines and API servers ask for istiod. */
export function istiodServerNames(revision: string, namespace: string): string[] {
  const name = `${istiodName(revision)}.${namespace}.svc`;
  return [name, `${name}.cluster.local`];
}
