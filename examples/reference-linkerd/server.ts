import { Chart } from 'cdk8s';
import { LabelExpression } from 'cdk8s-plus-28';
import { Shop } from './shop';
import { LinkerdAccessPolicy, LinkerdPort, LinkerdProxyProtocol, LinkerdServer, LinkerdServerSelector } from 'cdk8s-mesh';

const { workload, pods, allPods, externalWorkloads, allExternalWorkloads } = LinkerdServerSelector;

/** Ports of pods and of machines, and who may connect to them where no policy says it. */
export function servers(chart: Chart, { catalog, named }: Shop): LinkerdServer {
  // podSelector.matchLabels; port, by its name; proxyProtocol: HTTP/2; accessPolicy: deny
  const http = new LinkerdServer(chart, 'http', {
    metadata: named('catalog-http'),
    selector: workload(catalog),
    port: LinkerdPort.named('http'),
    proxyProtocol: LinkerdProxyProtocol.HTTP_2,
    accessPolicy: LinkerdAccessPolicy.DENY,
  });

  // port, by its number; proxyProtocol: HTTP/1; accessPolicy: audit, which lets in and takes down
  new LinkerdServer(chart, 'http-old', {
    metadata: named('catalog-http-old'),
    selector: workload(catalog),
    port: LinkerdPort.number(8081),
    proxyProtocol: LinkerdProxyProtocol.HTTP_1,
    accessPolicy: LinkerdAccessPolicy.AUDIT,
  });

  // podSelector.matchExpressions, with each operator; proxyProtocol: gRPC; accessPolicy: all-authenticated, whoever has an identity of any cluster
  new LinkerdServer(chart, 'grpc', {
    metadata: named('catalog-grpc'),
    selector: pods(
      { app: 'catalog' }, LabelExpression.in('tier', ['front', 'back']), LabelExpression.notIn('track', ['canary']), LabelExpression.exists('version'),
      LabelExpression.doesNotExist('batch'),
    ),
    port: LinkerdPort.named('grpc'),
    proxyProtocol: LinkerdProxyProtocol.GRPC,
    accessPolicy: LinkerdAccessPolicy.ALL_AUTHENTICATED,
  });

  // proxyProtocol: opaque, bytes that nobody reads; accessPolicy: cluster-authenticated
  new LinkerdServer(chart, 'events', {
    metadata: named('catalog-events'),
    selector: pods({ app: 'catalog' }),
    port: LinkerdPort.number(5672),
    proxyProtocol: LinkerdProxyProtocol.OPAQUE,
    accessPolicy: LinkerdAccessPolicy.CLUSTER_AUTHENTICATED,
  });

  // podSelector: {}, all pods of the namespace; proxyProtocol: TLS, that of the application; accessPolicy: all-unauthenticated
  new LinkerdServer(chart, 'secure', {
    metadata: named('secure'),
    selector: allPods(),
    port: LinkerdPort.number(8443),
    proxyProtocol: LinkerdProxyProtocol.TLS,
    accessPolicy: LinkerdAccessPolicy.ALL_UNAUTHENTICATED,
  });

  // proxyProtocol: unknown, which is found out; accessPolicy: cluster-unauthenticated
  new LinkerdServer(chart, 'any', {
    metadata: named('any'),
    selector: allPods(),
    port: LinkerdPort.named('any'),
    proxyProtocol: LinkerdProxyProtocol.UNKNOWN,
    accessPolicy: LinkerdAccessPolicy.CLUSTER_UNAUTHENTICATED,
  });

  // externalWorkloadSelector.matchLabels and matchExpressions, with each operator: machines
  new LinkerdServer(chart, 'database', {
    metadata: named('database'),
    selector: externalWorkloads(
      { app: 'database' }, LabelExpression.in('zone', ['a', 'b']), LabelExpression.notIn('stage', ['test']), LabelExpression.exists('rack'),
      LabelExpression.doesNotExist('retired'),
    ),
    port: LinkerdPort.number(5432),
  });

  // externalWorkloadSelector: {}, all machines of the namespace
  new LinkerdServer(chart, 'machines', { metadata: named('machines'), selector: allExternalWorkloads(), port: LinkerdPort.named('metrics') });
  return http;
}
