import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector, ServiceAccount } from 'cdk8s-plus-28';
import {
  LinkerdHttpLocalRateLimitPolicy, LinkerdIdentities, LinkerdMesh, LinkerdNetworkAuthentication, LinkerdPort,
  LinkerdProxyProtocol, LinkerdRouteParent, LinkerdServer, LinkerdServerSelector, MeshNamespace, MeshWorkload,
  RouteParent, TlsRoute,
} from '../../src';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';
import { GatewayApiBundle } from '../../src/semantics/gateway-api-bundle';
import { GatewayApiChannel } from '../../src/semantics/gateway-api-channel';
import { versionOf } from '../../src/semantics/gateway-api-version';
import { checkManifests } from '../../src/validation/report';
import { formatFinding } from '../../src/validation/report-text';
import { renderModule } from '../examples/rendered';

const guide = readFileSync(join(__dirname, '../../docs/guides/linkerd.md'), 'utf8');
const blocks = (language: string) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
const code = readFileSync(join(__dirname, 'linkerd.ts'), 'utf8');
const files = renderModule('../guides/linkerd');
const objects = files.map(({ text, name }) => readObjects(text, name));

test('all code of the guide is run here', () => {
  expect(blocks('ts')).toHaveLength(10);
  expect(blocks('ts').filter(text => !code.includes(text))).toEqual([]);
});

test('the names that the guide tells are those of objects', () => {
  const names = objects.flatMap(read => read.objects.map(({ kind, name }) => `${kind} ${name}`));
  expect(names).toEqual(expect.arrayContaining([
    'Server catalog-8080', 'AuthorizationPolicy web-8080', 'MeshTLSAuthentication web-8080', 'HTTPRoute catalog-8080-get-products-all',
    'AuthorizationPolicy catalog-8080-get-products-all', 'EgressNetwork egress', 'TLSRoute api-stripe-com',
  ]));
});

test('its errors are what the constructs say', () => {
  const chart = () => new Chart(new App(), 'shop', { namespace: 'shop' });
  const server = (scope: Chart, name: string) => new LinkerdServer(scope, name, {
    metadata: { name }, selector: LinkerdServerSelector.pods({ app: 'web' }), port: LinkerdPort.number(8080),
  });
  const tries: (() => unknown)[] = [
    () => {
      const scope = chart();
      new LinkerdMesh(scope, 'Mesh');
      new TlsRoute(scope, 'Route', { metadata: { name: 'stripe' }, parents: [RouteParent.producerServiceName('stripe')] });
    },
    () => {
      const scope = chart();
      const mesh = new LinkerdMesh(scope, 'Mesh');
      const namespace = new MeshNamespace(scope, 'Shop', { mesh, name: 'shop' });
      const metadata = { name: 'catalog', namespace: 'shop' };
      const workload = new Deployment(scope, 'Deployment', {
        metadata, select: false, serviceAccount: new ServiceAccount(scope, 'Account', { metadata }), containers: [{ image: 'catalog', portNumber: 8080 }],
      });
      workload.select(LabelSelector.of({ labels: { app: 'catalog' } }));
      new MeshWorkload(scope, 'Catalog', { namespace, workload }).allowFrom(namespace, { paths: ['/products*'] });
    },
    () => {
      const scope = chart();
      server(scope, 'first');
      server(scope, 'second');
    },
    () => new LinkerdHttpLocalRateLimitPolicy(chart(), 'Limit', {
      metadata: { name: 'catalog' }, server: LinkerdServer.fromServerName('catalog-8080'), total: 200, identity: 300,
    }),
    () => new LinkerdNetworkAuthentication(chart(), 'Cluster', { metadata: { name: 'cluster' }, networks: [{ cidr: '10.0.0.0/8', exceptions: ['10.0.0.0/8'] }] }),
    () => LinkerdIdentities.named(),
    () => LinkerdRouteParent.server(LinkerdServer.fromServerName('sql', { proxyProtocol: LinkerdProxyProtocol.OPAQUE })),
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
  const manifests = new Manifests(objects.flatMap(read => read.objects), objects.flatMap(read => read.problems));
  const version = versionOf({ bundle: GatewayApiBundle.V1_5, channel: GatewayApiChannel.EXPERIMENTAL });
  expect(checkManifests(manifests, () => version).findings.map(formatFinding)).toEqual([]);
});
