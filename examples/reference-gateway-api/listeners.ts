import { Size } from 'cdk8s';
import { LabelExpression } from 'cdk8s-plus-28';
import { Backend, Certificate, ExternalAuth, Listener, ListenerFilter, ListenerTls, RouteNamespaces } from 'cdk8s-mesh';

/** listeners[] of a Gateway and of a ListenerSet: one for each protocol, and one for each part that HTTP alone does not show. */
export function listeners(): Listener[] {
  return [
    // listeners[].name, port, protocol: HTTP
    Listener.http({ name: 'http', port: 80, routes: RouteNamespaces.all() }),

    // listeners[].hostname, protocol: HTTPS
    Listener.https({
      name: 'https',
      hostname: '*.example.com',
      // listeners[].tls.certificateRefs[].group, kind, name, namespace
      certificates: [
        Certificate.fromSecretName('example-com-tls', { namespace: 'certificates' }),
        Certificate.of({ group: 'example.com', kind: 'VaultCertificate', name: 'example-com', namespace: 'certificates' }),
      ],
      // listeners[].tls.options, with tls.mode: Terminate
      tlsOptions: { 'example.com/minimum-version': 'TLSv1.3' },
      routes: RouteNamespaces.all(),
    }),

    // listeners[].protocol: TLS, tls.mode: Passthrough
    Listener.tlsPassthrough({
      name: 'tls-passthrough',
      port: 8443,
      hostname: 'vault.example.com',
      tlsOptions: { 'example.com/inspect-sni': 'strict' },
      routes: RouteNamespaces.all(),
    }),

    // listeners[].protocol: TLS, tls.mode: Terminate
    Listener.tlsTerminate({
      name: 'tls-terminate',
      port: 5433,
      hostname: 'db.example.com',
      certificates: [Certificate.fromSecretName('db-example-com-tls')],
      routes: RouteNamespaces.all(),
    }),

    // listeners[].protocol: TCP and UDP
    Listener.tcp({ name: 'tcp', port: 1883, routes: RouteNamespaces.all() }),
    Listener.udp({ name: 'udp', port: 53, routes: RouteNamespaces.all() }),

    // listeners[].protocol of an implementation's own
    Listener.custom('example.com/quic', {
      name: 'custom',
      port: 4433,
      hostname: 'media.example.com',
      tls: ListenerTls.terminate({ certificates: [Certificate.fromSecretName('media-example-com-tls')] }),
    }),

    // listeners[].allowedRoutes.kinds[].group, kind
    Listener.http({ name: 'allowed-routes-kinds', port: 8080, kinds: [{ kind: 'HTTPRoute' }, { group: 'example.com', kind: 'StaticSite' }] }),

    // listeners[].allowedRoutes.namespaces.from: Same; All stands above
    Listener.http({ name: 'allowed-routes-same', port: 8081, routes: RouteNamespaces.same() }),

    // listeners[].allowedRoutes.namespaces.from: Selector, selector.matchLabels, selector.matchExpressions[].key, operator, values
    Listener.http({
      name: 'allowed-routes-selector',
      port: 8082,
      routes: RouteNamespaces.selected({
        labels: { 'example.com/exposed': 'true' },
        expressions: [
          LabelExpression.in('example.com/team', ['shop', 'payments']),
          LabelExpression.notIn('example.com/stage', ['sandbox']),
          LabelExpression.exists('example.com/owner'),
          LabelExpression.doesNotExist('example.com/retired'),
        ],
      }),
    }),

    // listeners[].filters.requests[].type: ExternalAuth
    Listener.http({
      name: 'filters-external-auth',
      port: 8083,
      filters: [
        // listeners[].filters.requests[].externalAuth.protocol: GRPC, backendRef, grpc, forwardBody
        ListenerFilter.externalAuth(ExternalAuth.grpc({
          backend: Backend.serviceName('authorizer', { port: 9191, namespace: 'auth' }),
          allowedHeaders: ['authorization', 'x-request-id'],
          maxBodySize: Size.kibibytes(32),
        })),
        // listeners[].filters.requests[].externalAuth.protocol: HTTP, backendRef, http, forwardBody
        ListenerFilter.externalAuth(ExternalAuth.http({
          backend: Backend.serviceName('sessions', { port: 8080, namespace: 'auth' }),
          path: '/verify',
          allowedHeaders: ['cookie'],
          allowedResponseHeaders: ['x-user-id'],
          maxBodySize: Size.kibibytes(8),
        })),
      ],
    }),

    // listeners[].filters.requests[].type: ExtensionRef, extensionRef.group, kind, name
    Listener.http({
      name: 'filters-extension-ref',
      port: 8084,
      filters: [ListenerFilter.extension({ group: 'example.com', kind: 'BotFilter', name: 'crawlers' })],
    }),
  ];
}
