import { RenderedFile, renderApp, renderModule } from './rendered';
import { makeTasks } from '../../examples/istio-tasks/tasks';
import { makeBoutique } from '../../examples/online-boutique/boutique';
import { makeTargets } from '../../examples/targets/targets';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';
import { GatewayApiChannel } from '../../src/semantics/gateway-api-channel';
import { versionOf } from '../../src/semantics/gateway-api-version';
import { checkManifests } from '../../src/validation/report';
import { formatFinding } from '../../src/validation/report-text';

/** Kinds whose definitions we do not have. */
const OF_OTHERS = / of [a-z]+\.toolkit\.fluxcd\.io\/|^Application of argoproj\.io\//;

function reportOf({ name, text }: RenderedFile, channel = GatewayApiChannel.STANDARD) {
  const { objects, problems } = readObjects(text, name);
  return checkManifests(new Manifests(objects, problems), () => versionOf({ channel }));
}

describe('the API server takes all objects of', () => {
  const names = [
    'quickstart', 'grpc-canary', 'mesh-routing', 'role-separated-gateway', 'two-gateway-classes', 'tls-and-tcp', 'tenant-listeners', 'bookinfo', 'zero-trust',
    'reference-istio', 'reference-linkerd', 'nginx-gateway', 'edge-policies', 'canary-flagger', 'canary-rollouts',
  ];
  const asmUpgrade = renderModule('../../examples/asm-upgrade/main').filter(({ name }) => name.endsWith('.yaml'));
  const modules = [...names.flatMap(name => renderModule(`../../examples/${name}/main`)), ...asmUpgrade];
  const files = [...modules, ...renderApp(makeBoutique), ...renderApp(makeTargets), ...renderApp(app => makeTasks(app))];

  // The reference shows both channels.
  const reference = renderModule('../../examples/reference-gateway-api/main');
  // Linkerd reads TLSRoutes in the experimental channel.
  const linkerdShop = renderModule('../../examples/linkerd-shop/main');

  test.each([
    ...files.map((file): [string, RenderedFile, GatewayApiChannel] => [file.name, file, GatewayApiChannel.STANDARD]),
    ...linkerdShop.map((file): [string, RenderedFile, GatewayApiChannel] => [file.name, file, GatewayApiChannel.EXPERIMENTAL]),
    ...reference.map((file): [string, RenderedFile, GatewayApiChannel] => [`reference ${file.name}`, file, GatewayApiChannel.EXPERIMENTAL]),
  ])('%s', (_, file, channel) => {
    const { findings, objects, unchecked } = reportOf(file, channel);
    expect(objects).toBeGreaterThan(0);
    expect(findings.map(formatFinding)).toEqual([]);
    expect([...unchecked.keys()].filter(kind => !OF_OTHERS.test(kind))).toEqual([]);
  });

  test('as it would not, with a slip in one of them', () => {
    const [{ name, text }] = files;
    const { findings } = reportOf({ name, text: text.replace('sectionName: https', 'sectonName: https') });
    expect(findings.map(({ path, rule }) => [path, rule])).toEqual([['spec.parentRefs[0].sectonName', 'unknown-field']]);
  });
});
