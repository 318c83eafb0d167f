import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import {
  Backend, Destination, DestinationRule, ExtensionProvider, Gateway, GatewayClass, HttpRetries, HttpRoute, HttpRouteFilter, IstioGateway,
  IstioHost, IstioMesh, IstioProtocol, IstioVersion, LoadBalancer, ProviderService, RouteParent, ServiceEntry, ServiceEntryResolution,
  StringMatch, Telemetry, TelemetryTracing, VirtualService,
} from '../../src';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';
import { versionOf } from '../../src/semantics/gateway-api-version';
import { checkManifests } from '../../src/validation/report';
import { formatFinding } from '../../src/validation/report-text';
import { renderModule } from '../examples/rendered';
import { missing } from '../targets/contains';

const guide = readFileSync(join(__dirname, '../../docs/guides/istio.md'), 'utf8');
const blocks = (language: string) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
const code = readFileSync(join(__dirname, 'istio.ts'), 'utf8');
const files = renderModule('../guides/istio');

test('all code of the guide is run here', () => {
  expect(blocks('ts')).toHaveLength(9);
  expect(blocks('ts').filter(text => !code.includes(text))).toEqual([]);
});

test('all output of the guide is what the code makes', () => {
  const made = files.flatMap(({ text }) => parseAllDocuments(text)).map(document => document.toJS());
  const shown = blocks('yaml').flatMap(text => parseAllDocuments(text)).map(document => document.toJS());
  expect(shown.map(({ kind }) => kind)).toEqual(['DestinationRule']);
  expect(shown.flatMap(object => missing(object, made))).toEqual([]);
});

test('its errors are what the constructs say', () => {
  const inMesh = (version = IstioVersion.V1_31) => {
    const app = new App();
    const otel = ExtensionProvider.opentelemetry('otel', { service: ProviderService.serviceName('collector', 'observability', 4317) });
    new IstioMesh(app, 'Mesh', { version, extensionProviders: [otel] });
    return new Chart(app, 'shop', { namespace: 'shop' });
  };
  const metadata = { name: 'reviews' };
  const host = IstioHost.serviceName('reviews', 'shop');
  const destinations = [{ destination: Destination.host(host) }];
  const backends = [{ backend: Backend.serviceName('web', { port: 80 }) }];
  const gateway = Gateway.fromGatewayName('public', { namespace: 'shop', gatewayClass: GatewayClass.ISTIO });
  const tries: (() => unknown)[] = [
    () => new DestinationRule(inMesh(IstioVersion.V1_28), 'Rule', { metadata, host, trafficPolicy: { loadBalancer: LoadBalancer.random({ zoneAware: {} }) } }),
    () => new HttpRoute(inMesh(IstioVersion.V1_24), 'Route', {
      metadata: { name: 'web' },
      parents: [RouteParent.gateway(gateway)],
      rules: [{ filters: [HttpRouteFilter.cors({ allowOrigins: ['*'] })], backends }],
    }),
    () => Telemetry.forMesh(inMesh(), 'Telemetry', { metadata: { name: 'logs' }, tracing: TelemetryTracing.to(ExtensionProvider.named('zipkin')) }),
    () => new DestinationRule(inMesh(), 'Rule', { metadata, host, subsets: [{ name: 'v1' }, { name: 'v2' }] }).subset('v3'),
    () => IstioHost.of('reviews'),
    () => new VirtualService(inMesh(), 'Routes', {
      metadata,
      hosts: [host],
      httpRoutes: ['/v2', '/v2/books'].map(prefix => ({ matches: [{ uri: StringMatch.prefix(prefix) }], destinations })),
    }),
    () => {
      const chart = inMesh();
      new VirtualService(chart, 'Routes', { metadata, hosts: [host], httpRoutes: [{ destinations }] });
      new VirtualService(chart, 'MoreRoutes', { metadata: { name: 'reviews-2' }, hosts: [host], httpRoutes: [{ destinations }] });
    },
    () => new VirtualService(inMesh(), 'Routes', {
      metadata,
      hosts: [IstioHost.of('api.example.com')],
      gateways: [IstioGateway.fromGatewayName('public', { hosts: ['shop.example.com'] })],
      httpRoutes: [{ destinations }],
    }),
    () => new DestinationRule(inMesh(), 'Rule', {
      metadata, host, trafficPolicy: { loadBalancer: LoadBalancer.random({ locality: { failover: [{ region: 'eu-west', fallback: 'eu-central' }] } }) },
    }),
    () => new DestinationRule(inMesh(), 'Rule', {
      metadata,
      host,
      trafficPolicy: { tunnel: { targetHost: 'example.com', targetPort: 443 }, portLevelSettings: [{ port: 80, loadBalancer: LoadBalancer.random() }] },
    }),
    () => HttpRetries.attempts(0, { perTryTimeout: Duration.seconds(1) }),
    () => new ServiceEntry(inMesh(), 'Entry', {
      metadata: { name: 'example' },
      hosts: ['*.example.com'],
      ports: [{ number: 443, name: 'tls', protocol: IstioProtocol.TLS }],
      resolution: ServiceEntryResolution.DNS,
    }),
  ];
  const said = tries.map(attempt => {
    try {
      return attempt();
    } catch (error) {
      return (error as Error).message;
    }
  });
  const shown = [...guide.matchAll(/\n\n```\n([^]*?)\n```/g)].flatMap(([, text]) => text.split('\n'));
  expect(said).toEqual(shown);
});

test('the API server takes it', () => {
  const read = files.map(({ text, name }) => readObjects(text, name));
  const manifests = new Manifests(read.flatMap(({ objects }) => objects), read.flatMap(({ problems }) => problems));
  expect(checkManifests(manifests, () => versionOf({})).findings.map(formatFinding)).toEqual([]);
});
