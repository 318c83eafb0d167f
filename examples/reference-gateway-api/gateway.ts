import { Chart } from 'cdk8s';
import { LabelExpression } from 'cdk8s-plus-28';
import { listeners } from './listeners';
import {
  CaCertificate, Certificate, DefaultGatewayScope, FrontendValidationMode, Gateway, GatewayAddress, GatewayRoutability, IGatewayClass, Listener,
  ListenerNamespaces,
} from 'cdk8s-mesh';

/** The Gateways that others refer to. */
export interface Gateways {
  /** Has all listeners. */
  readonly listeners: Gateway;
  /** Admits ListenerSets of the shop. */
  readonly allowedListeners: Gateway;
}

export function gateways(chart: Chart, gatewayClass: IGatewayClass): Gateways {
  const metadata = (name: string) => ({ name, namespace: 'edge' });
  const http = [Listener.http()];
  const https = (port: number) => Listener.https({ name: `https-${port}`, port, certificates: [Certificate.fromSecretName('example-com-tls')] });

  // gatewayClassName, listeners
  const withListeners = new Gateway(chart, 'Listeners', { metadata: metadata('listeners'), gatewayClass, listeners: listeners() });

  // addresses[].type, value, routability
  new Gateway(chart, 'Addresses', {
    metadata: metadata('addresses'),
    gatewayClass,
    addresses: [
      GatewayAddress.ipAddress('203.0.113.10'),
      GatewayAddress.ipAddress('10.0.12.10', { routability: GatewayRoutability.CLUSTER }),
      GatewayAddress.ipAddress('2001:db8::10', { routability: GatewayRoutability.of('example.com/campus') }),
      GatewayAddress.hostname('edge.example.com'),
      GatewayAddress.of('example.com/pool', 'internet-eu'),
    ],
    listeners: http,
  });

  // infrastructure
  new Gateway(chart, 'Infrastructure', {
    metadata: metadata('infrastructure'),
    gatewayClass,
    infrastructure: {
      // infrastructure.labels
      labels: { 'example.com/cost-centre': 'edge' },
      // infrastructure.annotations
      annotations: { 'example.com/load-balancer-tier': 'premium' },
      // infrastructure.parametersRef.group, kind, name
      parameters: { group: 'example.com', kind: 'GatewayConfig', name: 'two-replicas' },
    },
    listeners: http,
  });

  // allowedListeners.namespaces.from: Selector, selector.matchLabels, selector.matchExpressions[].key, operator, values
  const allowedListeners = new Gateway(chart, 'AllowedListenersSelector', {
    metadata: metadata('allowed-listeners-selector'),
    gatewayClass,
    allowedListeners: ListenerNamespaces.selected({
      labels: { 'example.com/exposed': 'true' },
      expressions: [LabelExpression.in('example.com/team', ['shop', 'payments']), LabelExpression.doesNotExist('example.com/retired')],
    }),
    listeners: [Listener.http({ port: 8088, hostname: 'status.example.com' })],
  });

  // allowedListeners.namespaces.from: All, Same, None
  const from = { all: ListenerNamespaces.all(), same: ListenerNamespaces.same(), none: ListenerNamespaces.none() };
  for (const [word, namespaces] of Object.entries(from)) {
    const name = `allowed-listeners-${word}`;
    new Gateway(chart, name, { metadata: metadata(name), gatewayClass, allowedListeners: namespaces, listeners: http });
  }

  // tls.frontend
  new Gateway(chart, 'TlsFrontend', {
    metadata: metadata('tls-frontend'),
    gatewayClass,
    frontendTls: {
      // tls.frontend.default.validation.caCertificateRefs[].group, kind, name, namespace, with mode: AllowValidOnly
      validation: { caCertificates: [CaCertificate.configMapName('partners-ca', { namespace: 'certificates' })] },
      // tls.frontend.perPort[].port, tls.validation.caCertificateRefs[].group, kind, name, namespace
      ports: [
        { port: 8443, validation: { caCertificates: [CaCertificate.clusterTrustBundle('example.com:devices:ca')] } },
        {
          port: 9443,
          validation: {
            caCertificates: [CaCertificate.secretName('migration-ca', { namespace: 'certificates' })],
            // tls.frontend.perPort[].tls.validation.mode: AllowInsecureFallback
            mode: FrontendValidationMode.ALLOW_INSECURE_FALLBACK,
          },
        },
        // tls.frontend.perPort[] that asks nobody for a certificate
        { port: 10443 },
      ],
    },
    listeners: [443, 8443, 9443, 10443].map(https),
  });

  // tls.frontend.default.validation.mode: AllowInsecureFallback
  new Gateway(chart, 'TlsFrontendFallback', {
    metadata: metadata('tls-frontend-fallback'),
    gatewayClass,
    frontendTls: { validation: { caCertificates: [CaCertificate.configMapName('partners-ca')], mode: FrontendValidationMode.ALLOW_INSECURE_FALLBACK } },
    listeners: [https(443)],
  });

  // tls.backend.clientCertificateRef.group, kind, name, namespace
  new Gateway(chart, 'TlsBackend', {
    metadata: metadata('tls-backend'),
    gatewayClass,
    backendClientCertificate: Certificate.fromSecretName('edge-client', { namespace: 'certificates' }),
    listeners: http,
  });

  // defaultScope: All, None
  for (const [word, defaultScope] of Object.entries({ all: DefaultGatewayScope.ALL, none: DefaultGatewayScope.NONE })) {
    const name = `default-scope-${word}`;
    new Gateway(chart, name, { metadata: metadata(name), gatewayClass, defaultScope, listeners: http });
  }

  return { listeners: withListeners, allowedListeners };
}
