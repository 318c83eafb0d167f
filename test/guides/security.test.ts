import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import {
  AuthorizationAction, AuthorizationPolicy, ClientAddress, DataPlane, ExtensionProvider, Gateway, GatewayClass, IstioMesh, JwtRule, MeshNamespace,
  MtlsMigration, MtlsMode, MtlsStep, PeerAuthentication, PolicyTarget, ProviderService, RequestAuthentication, RequestPrincipal, WorkloadSelector,
} from '../../src';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';
import { versionOf } from '../../src/semantics/gateway-api-version';
import { checkManifests } from '../../src/validation/report';
import { formatFinding } from '../../src/validation/report-text';
import { renderModule } from '../examples/rendered';
import { missing } from '../targets/contains';

const guide = readFileSync(join(__dirname, '../../docs/guides/security.md'), 'utf8');
const blocks = (language: string) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
const code = readFileSync(join(__dirname, 'security.ts'), 'utf8');
const files = renderModule('../guides/security');

test('all code of the guide is run here', () => {
  expect(blocks('ts')).toHaveLength(10);
  expect(blocks('ts').filter(text => !code.includes(text))).toEqual([]);
});

test('all output of the guide is what the code makes', () => {
  const made = files.flatMap(({ text }) => parseAllDocuments(text)).map(document => document.toJS());
  const shown = blocks('yaml').flatMap(text => parseAllDocuments(text)).map(document => document.toJS());
  expect(shown.map(({ kind }) => kind)).toEqual(['AuthorizationPolicy']);
  expect(shown.flatMap(object => missing(object, made))).toEqual([]);
});

test('its errors are what the constructs say', () => {
  const provider = ExtensionProvider.envoyExtAuthzGrpc('opa', { service: ProviderService.serviceName('opa', 'auth', 9191), timeout: Duration.seconds(1) });
  const inMesh = (dataPlane = DataPlane.SIDECAR) => {
    const app = new App();
    new IstioMesh(app, 'Mesh', { dataPlane, extensionProviders: [provider] });
    return new Chart(app, 'shop', { namespace: 'shop' });
  };
  const metadata = { name: 'web' };
  const selector = WorkloadSelector.labels({ app: 'web' });
  const nginx = Gateway.fromGatewayName('edge', { namespace: 'shop', gatewayClass: GatewayClass.NGINX });
  const issuer = JwtRule.issuer('https://id.example.com/');
  const tries: (() => unknown)[] = [
    () => new AuthorizationPolicy(inMesh(), 'Policy', { metadata, action: AuthorizationAction.DENY, rules: [{ operations: [{ paths: ['/admin/*'] }] }] }),
    () => new AuthorizationPolicy(inMesh(DataPlane.AMBIENT), 'Policy', { metadata, selector, rules: [{ operations: [{ methods: ['GET'] }] }] }),
    () => new AuthorizationPolicy(inMesh(), 'Policy', { metadata, action: AuthorizationAction.custom(ExtensionProvider.named('oauth')), rules: [{}] }),
    () => new AuthorizationPolicy(inMesh(), 'Policy', {
      metadata, action: AuthorizationAction.custom(provider), rules: [{ sources: [{ requestPrincipals: [RequestPrincipal.ANY] }] }],
    }),
    () => new AuthorizationPolicy(inMesh(), 'Policy', { metadata, targets: [PolicyTarget.gateway(nginx)] }),
    () => new AuthorizationPolicy(inMesh(), 'Policy', { metadata, selector, targets: [PolicyTarget.gatewayName('edge')] }),
    () => new RequestAuthentication(inMesh(DataPlane.AMBIENT), 'Tokens', { metadata, selector, rules: [issuer] }),
    () => new PeerAuthentication(inMesh(DataPlane.AMBIENT), 'Mtls', { metadata, selector, mode: MtlsMode.DISABLE }),
    () => {
      const chart = new Chart(new App(), 'shop');
      const mesh = new IstioMesh(chart, 'Mesh');
      new MtlsMigration(chart, 'Mtls', { mesh, step: MtlsStep.strict(new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' })) });
    },
    () => ClientAddress.forwardedFor(0),
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
