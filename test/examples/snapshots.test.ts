import { RenderedFile, renderApp, renderModule } from './rendered';
import { makeBoutique } from '../../examples/online-boutique/boutique';

const textOf = (files: RenderedFile[]) => files.map(({ name, text }) => `# ${name}\n${text}`).join('\n');

describe('every file of', () => {
  test('quickstart', () => {
    expect(textOf(renderModule('../../examples/quickstart/main'))).toMatchSnapshot();
  });

  test('grpc-canary', () => {
    expect(textOf(renderModule('../../examples/grpc-canary/main'))).toMatchSnapshot();
  });

  test('canary-flagger', () => {
    expect(textOf(renderModule('../../examples/canary-flagger/main'))).toMatchSnapshot();
  });

  test('canary-rollouts', () => {
    expect(textOf(renderModule('../../examples/canary-rollouts/main'))).toMatchSnapshot();
  });

  test('asm-upgrade', () => {
    expect(textOf(renderModule('../../examples/asm-upgrade/main'))).toMatchSnapshot();
  });

  test('mesh-routing', () => {
    expect(textOf(renderModule('../../examples/mesh-routing/main'))).toMatchSnapshot();
  });

  test('reference-gateway-api', () => {
    expect(textOf(renderModule('../../examples/reference-gateway-api/main'))).toMatchSnapshot();
  });

  test('reference-istio', () => {
    expect(textOf(renderModule('../../examples/reference-istio/main'))).toMatchSnapshot();
  });

  test('reference-linkerd', () => {
    expect(textOf(renderModule('../../examples/reference-linkerd/main'))).toMatchSnapshot();
  });

  test('role-separated-gateway', () => {
    expect(textOf(renderModule('../../examples/role-separated-gateway/main'))).toMatchSnapshot();
  });

  test('two-gateway-classes', () => {
    expect(textOf(renderModule('../../examples/two-gateway-classes/main'))).toMatchSnapshot();
  });

  test('tls-and-tcp', () => {
    expect(textOf(renderModule('../../examples/tls-and-tcp/main'))).toMatchSnapshot();
  });

  test('tenant-listeners', () => {
    expect(textOf(renderModule('../../examples/tenant-listeners/main'))).toMatchSnapshot();
  });

  test('bookinfo', () => {
    expect(textOf(renderModule('../../examples/bookinfo/main'))).toMatchSnapshot();
  });

  test('zero-trust', () => {
    expect(textOf(renderModule('../../examples/zero-trust/main'))).toMatchSnapshot();
  });

  test('ambient-waypoint', () => {
    expect(textOf(renderModule('../../examples/ambient-waypoint/main'))).toMatchSnapshot();
  });

  test('linkerd-shop', () => {
    expect(textOf(renderModule('../../examples/linkerd-shop/main'))).toMatchSnapshot();
  });

  test('egress', () => {
    expect(textOf(renderModule('../../examples/egress/main'))).toMatchSnapshot();
  });

  test('nginx-gateway', () => {
    expect(textOf(renderModule('../../examples/nginx-gateway/main'))).toMatchSnapshot();
  });

  test('edge-policies', () => {
    expect(textOf(renderModule('../../examples/edge-policies/main'))).toMatchSnapshot();
  });

  test('two-clusters', () => {
    expect(textOf(renderModule('../../examples/two-clusters/main'))).toMatchSnapshot();
  });

  test('virtual-machine', () => {
    expect(textOf(renderModule('../../examples/virtual-machine/main'))).toMatchSnapshot();
  });

  test('online-boutique', () => {
    expect(textOf(renderApp(makeBoutique))).toMatchSnapshot();
  });
});
