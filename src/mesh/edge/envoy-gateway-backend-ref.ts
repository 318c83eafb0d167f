import { Construct } from 'constructs';
import { cannotEnforce } from './gateway-edge-enforcement';
import { ReferenceGrant } from '../../gateway-api/reference-grant';

/** Who refers to a Service. */
export interface Referrer {
  readonly scope: Construct;
  readonly gateway: string;
  /** The namespace and the kind of the object that does. */
  readonly namespace: string;
  readonly kind: string;
}

/** A Service of the cluster. */
export interface ServiceReference {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

const SERVICE = /^([^.]+)\.([^.]+)\.svc(\.|$)/;

/** The Service that a host stands for, which is all that Envoy Gateway takes; `undefined` for any other host. */
export function serviceOf(host: string, port: number): ServiceReference | undefined {
  const [, name, namespace] = SERVICE.exec(host.split('/').pop()!) ?? [];
  return name === undefined ? undefined : { name, namespace, port };
}

/** Refers to the Service that a provider is, and brings the grant for it. */
export function referToService(referrer: Referrer, host: string, port: number, what: string): ServiceReference {
  const service = serviceOf(host, port);
  if (service === undefined) {
    cannotEnforce(referrer.gateway, `${what} at '${host}'`, 'Envoy Gateway refers to Services', 'pass ProviderService.service or serviceName');
  }
  if (service.namespace !== referrer.namespace) {
    const source = { group: 'gateway.envoyproxy.io', kind: referrer.kind, namespace: referrer.namespace };
    ReferenceGrant._allow(referrer.scope, source, service.namespace, { group: '', kind: 'Service', name: service.name });
  }
  return service;
}
