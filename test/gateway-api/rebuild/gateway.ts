import { Construct } from 'constructs';
import { NotWritable, required, word } from './not-writable';
import { gateway as gatewayOf, Json } from './references';
import {
  CaCertificate, Certificate, FrontendValidation, FrontendValidationMode, Gateway, GatewayAddress, GatewayClass, GatewayController, Listener,
  ListenerNamespaces, ListenerSet, RouteNamespaces,
} from '../../../src';

export function gatewayClass(scope: Construct, id: string, { metadata, spec }: Json): void {
  new GatewayClass(scope, id, { metadata, controller: GatewayController.of(spec.controllerName), description: spec.description });
}

/** Writes a Gateway with constructs. */
export function gateway(scope: Construct, id: string, { metadata, spec }: Json): void {
  const { addresses, infrastructure: infra, allowedListeners, tls } = spec;
  new Gateway(scope, id, {
    metadata,
    gatewayClass: GatewayClass.fromGatewayClassName(spec.gatewayClassName),
    listeners: spec.listeners.map(listener),
    addresses: addresses?.map(address),
    infrastructure: infra && { labels: infra.labels, annotations: infra.annotations, parameters: infra.parametersRef },
    allowedListeners: allowedListeners && listenerNamespaces(allowedListeners.namespaces),
    frontendTls: tls?.frontend && {
      validation: validation(required(tls.frontend.default, 'default').validation),
      ports: tls.frontend.perPort?.map(({ port, tls: own }: Json) => ({ port, validation: validation(own.validation) })),
    },
    backendClientCertificate: tls?.backend && Certificate.of({ group: '', kind: 'Secret', ...tls.backend.clientCertificateRef }),
  });
}

function address({ type = 'IPAddress', value }: Json): GatewayAddress {
  switch (type) {
    case 'IPAddress': return GatewayAddress.ipAddress(value);
    case 'Hostname': return GatewayAddress.hostname(value);
    default: return GatewayAddress.of(type, value);
  }
}

/** Writes a ListenerSet with constructs. */
export function listenerSet(scope: Construct, id: string, { metadata, spec }: Json): void {
  const { name, namespace = metadata.namespace } = spec.parentRef;
  new ListenerSet(scope, id, { metadata, gateway: gatewayOf(scope, name, namespace), listeners: spec.listeners.map(listener) });
}

function listener({ name, port, protocol, hostname, tls, allowedRoutes }: Json): Listener {
  const options = {
    name,
    port,
    hostname,
    routes: allowedRoutes?.namespaces && routeNamespaces(allowedRoutes.namespaces),
    kinds: allowedRoutes?.kinds,
  };
  const certificates = tls?.certificateRefs?.map((ref: Json) => Certificate.of({ group: '', kind: 'Secret', ...ref }));
  switch (protocol) {
    case 'HTTP': return Listener.http(options);
    case 'HTTPS': return Listener.https({ ...options, certificates, tlsOptions: tls?.options });
    case 'TLS': return tls?.mode === 'Passthrough' ? Listener.tlsPassthrough({ ...options, tlsOptions: tls.options })
      : Listener.tlsTerminate({ ...options, certificates, tlsOptions: tls?.options });
    case 'TCP': return Listener.tcp(options);
    case 'UDP': return Listener.udp(options);
    default: return Listener.custom(protocol, options);
  }
}

function routeNamespaces({ from = 'Same', selector }: Json): RouteNamespaces {
  switch (from) {
    case 'All': return RouteNamespaces.all();
    case 'Same': return RouteNamespaces.same();
    case 'Selector': return RouteNamespaces.labelled(selector.matchLabels);
    default: throw new NotWritable(`routes come from no '${from}'`);
  }
}

function listenerNamespaces({ from = 'None', selector }: Json): ListenerNamespaces {
  switch (from) {
    case 'All': return ListenerNamespaces.all();
    case 'None': return ListenerNamespaces.none();
    case 'Same': return ListenerNamespaces.same();
    case 'Selector': return ListenerNamespaces.selected({ labels: selector.matchLabels });
    default: throw new NotWritable(`listeners come from no '${from}'`);
  }
}

function validation(spec: Json): FrontendValidation | undefined {
  return spec && {
    caCertificates: spec.caCertificateRefs.map((ref: Json) => CaCertificate.of(ref)),
    mode: word(FrontendValidationMode, spec.mode, 'mode'),
  };
}
