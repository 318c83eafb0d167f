import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Lazy, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { GatewayApi } from '../../src/gateway-api/gateway-api';
import { IstioMesh } from '../../src/mesh/istio-mesh';
import { GatewayApiBundle } from '../../src/semantics/gateway-api-bundle';
import { GatewayApiChannel } from '../../src/semantics/gateway-api-channel';
import { IstioVersion } from '../../src/semantics/istio-version';
import { ValidatedApp } from '../../src/validation/validated-app';
import { Validation } from '../../src/validation/validation';

let dir: string;
beforeEach(() => dir = mkdtempSync(join(tmpdir(), 'validation-')));
afterEach(() => rmSync(dir, { recursive: true }));

function route(scope: Construct, id: string, spec: object): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: id.toLowerCase(), namespace: 'shop' }, spec });
}

const WRONG = { hostnames: [42], parent: 'x' };

describe('Validation.check', () => {
  test('finds nothing in an app that is right', () => {
    const app = new App();
    route(new Chart(app, 'shop'), 'Web', { hostnames: ['shop.example.com'] });
    expect(Validation.check(app)).toEqual([]);
    expect(Validation.format([])).toBe('');
  });

  test('says which construct renders what is wrong', () => {
    const app = new App();
    route(new Construct(new Chart(app, 'shop'), 'Front'), 'Web', WRONG);
    const findings = Validation.check(app);
    expect(findings).toEqual([
      {
        file: undefined,
        line: undefined,
        construct: 'shop/Front/Web',
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        namespace: 'shop',
        name: 'web',
        path: 'spec.parent',
        rule: 'unknown-field',
        message: expect.stringContaining('parent'),
      },
      expect.objectContaining({ path: 'spec.hostnames[0]', rule: 'schema', message: expect.stringContaining('42') }),
    ]);
    expect(Validation.format(findings).split('\n')).toEqual([
      expect.stringMatching(/^shop\/Front\/Web: HTTPRoute shop\/web: spec\.parent: .* \[unknown-field\]$/),
      expect.stringMatching(/^shop\/Front\/Web: HTTPRoute shop\/web: spec\.hostnames\[0\]: .* \[schema\]$/),
    ]);
  });

  test('looks at a chart with the charts in it, each object once', () => {
    const app = new App();
    const outer = new Chart(app, 'outer');
    route(new Chart(outer, 'inner'), 'Web', WRONG);
    route(new Chart(app, 'other'), 'Cart', WRONG);
    expect(Validation.check(outer).map(({ construct }) => construct)).toEqual(['outer/inner/Web', 'outer/inner/Web']);
    expect(Validation.check(app)).toHaveLength(4);
  });

  test('finds what is no object', () => {
    const app = new App();
    route(new Chart(app, 'shop'), 'Web', {}).addJsonPatch(JsonPatch.remove('/kind'));
    expect(Validation.format(Validation.check(app)))
      .toBe('shop/Web: the construct is no object of Kubernetes: kind must be a word, and it is missing [unreadable]');
  });

  test('knows the channels of the Gateway API', () => {
    const app = new App();
    const spec = { rules: [{ backendRefs: [{ name: 'a', port: 80 }] }] };
    new ApiObject(new Chart(app, 'shop'), 'Udp', { apiVersion: 'gateway.networking.k8s.io/v1alpha2', kind: 'UDPRoute', metadata: { name: 'a' }, spec } as never);
    expect(Validation.check(app).map(({ rule }) => rule)).toEqual(['unknown-kind']);
    expect(Validation.check(app, { channel: GatewayApiChannel.EXPERIMENTAL })).toEqual([]);
  });
});

describe('the declared Gateway API', () => {
  test('is what the objects of an app are checked for, unless something else is wanted', () => {
    const app = new App();
    GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_4 });
    route(new Chart(app, 'shop'), 'Web', { rules: [{ retry: {} }] });
    expect(Validation.check(app)).toMatchObject([{ path: 'spec.rules[0].retry', rule: 'version' }]);
    expect(Validation.check(app, { bundle: GatewayApiBundle.V1_7 })).toEqual([]);
    expect(Validation.check(app, { channel: GatewayApiChannel.EXPERIMENTAL })).toEqual([]);
  });

  test('may be another for each chart', () => {
    const app = new App();
    for (const bundle of [GatewayApiBundle.V1_6, GatewayApiBundle.V1_7]) {
      const chart = new Chart(app, `cluster-${bundle}`);
      GatewayApi.declare(chart, { bundle });
      route(chart, 'Web', { rules: [{ retry: {} }] });
    }
    expect(Validation.check(app).map(({ construct }) => construct)).toEqual(['cluster-1.6/Web']);
  });
});

describe('the declared Istio', () => {
  const rule = { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', spec: { host: 'a', trafficPolicy: { retryBudget: { budgetInterval: '1s' } } } };

  test('is what the objects of an app are checked for, unless something else is wanted', () => {
    const app = new App();
    new IstioMesh(app, 'Mesh', { version: IstioVersion.V1_30 });
    new ApiObject(new Chart(app, 'shop'), 'Rule', rule);
    expect(Validation.check(app)).toMatchObject([{ path: 'spec.trafficPolicy.retryBudget.budgetInterval', rule: 'version' }]);
    expect(Validation.check(app, { istio: IstioVersion.V1_31 })).toEqual([]);
  });

  test('is 1.31 where there is none, and for files', () => {
    const app = new App();
    new ApiObject(new Chart(app, 'shop'), 'Rule', rule);
    expect(Validation.check(app)).toEqual([]);
    expect(Validation.check(app, { istio: IstioVersion.V1_30 })).toHaveLength(1);
    writeFileSync(join(dir, 'rule.yaml'), JSON.stringify({ ...rule, metadata: { name: 'a' } }));
    expect(Validation.checkFiles([join(dir, 'rule.yaml')])).toEqual([]);
    expect(Validation.checkFiles([join(dir, 'rule.yaml')], { istio: IstioVersion.V1_30 })).toHaveLength(1);
  });
});

describe('Validation.checkFiles', () => {
  test('says file and line, and of a file that cannot be read why', () => {
    writeFileSync(join(dir, 'a.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels:\n    example.com/a: [1]\n');
    const findings = Validation.checkFiles([dir, join(dir, 'gone.yaml')], { channel: GatewayApiChannel.EXPERIMENTAL });
    expect(findings.map(({ file, line, path, rule }) => [file, line, path, rule])).toEqual([
      [join(dir, 'gone.yaml'), undefined, '', 'unreadable'],
      [join(dir, 'a.yaml'), expect.any(Number), expect.stringMatching(/^metadata\.labels/), 'metadata'],
    ]);
  });
});

describe('ValidatedApp', () => {
  function makeApp(props: object = {}): { app: ValidatedApp; rendered: () => number } {
    const app = new ValidatedApp({ outdir: join(dir, 'dist'), ...props });
    let rendered = 0;
    for (const id of ['a', 'b', 'c']) {
      route(new Chart(app, id), 'Web', { hostnames: Lazy.any({ produce: () => { rendered++; return [`${id}.example.com`]; } }) });
    }
    return { app, rendered: () => rendered };
  }

  test.each(Object.values(YamlOutputType).filter(type => typeof type === 'number'))('writes what is right, rendered once (output type %d)', type => {
    const { app, rendered } = makeApp({ yamlOutputType: type });
    const plain = new App({ outdir: join(dir, 'plain'), yamlOutputType: type });
    for (const id of ['a', 'b', 'c']) {
      route(new Chart(plain, id), 'Web', { hostnames: [`${id}.example.com`] });
    }
    app.synth();
    expect(rendered()).toBe(3);
    plain.synth();
    expect(app.synthYaml()).toBe(plain.synthYaml());
    expect(rendered()).toBe(6);
  });

  test('writes what a plain app writes', () => {
    makeApp().app.synth();
    expect(readFileSync(join(dir, 'dist', 'b.k8s.yaml'), 'utf8')).toContain('- b.example.com');
  });

  test.each(['synth', 'synthYaml'] as const)('refuses in %s what is wrong, with one error that says all, and writes nothing', method => {
    const { app } = makeApp();
    route(new Chart(app, 'd'), 'Web', WRONG);
    route(new Chart(app, 'e'), 'Cart', { hostnames: [true] });
    let message = '';
    try {
      app[method]();
    } catch (error) {
      ({ message } = error as Error);
    }
    expect(message.split('\n')).toEqual([
      'the API server would refuse or change what this app makes, 3 findings:',
      expect.stringMatching(/^ {2}d\/Web: HTTPRoute shop\/web: spec\.parent: .* \[unknown-field\]$/),
      expect.stringMatching(/^ {2}d\/Web: HTTPRoute shop\/web: spec\.hostnames\[0\]: .*42.* \[schema\]$/),
      expect.stringMatching(/^ {2}e\/Cart: HTTPRoute shop\/cart: spec\.hostnames\[0\]: .*true.* \[schema\]$/),
    ]);
    expect(existsSync(join(dir, 'dist'))).toBe(false);
  });

  test('leaves the word to constructs that refuse themselves', () => {
    const { app } = makeApp();
    route(new Chart(app, 'd'), 'Web', WRONG).node.addValidation({ validate: () => ['something never happened'] });
    expect(() => app.synth()).toThrow('Validation failed with the following errors:\n  [d/Web] something never happened');
  });

  test('renders anew what changed between two runs', () => {
    const app = new ValidatedApp({ outdir: join(dir, 'dist') });
    const web = route(new Chart(app, 'a'), 'Web', {});
    expect(app.synthYaml()).not.toContain('later');
    web.addJsonPatch(JsonPatch.add('/spec/hostnames', ['later']));
    expect(app.synthYaml()).toContain('later');
  });

  test('validates for what it declares, as all constructs in it see it', () => {
    const gatewayApi = { bundle: GatewayApiBundle.V1_3, channel: GatewayApiChannel.EXPERIMENTAL };
    const { app } = makeApp({ gatewayApi });
    expect(GatewayApi._of(app.node.children[0])).toMatchObject(gatewayApi);
    route(new Chart(app, 'd'), 'Web', { rules: [{ retry: { attempts: 1 }, filters: [{ type: 'CORS', cors: { allowOrigins: ['https://a.b'] } }] }] });
    expect(() => app.synth()).not.toThrow();
  });

  test('refuses what the declared release lacks', () => {
    const { app } = makeApp({ gatewayApi: { bundle: GatewayApiBundle.V1_6 } });
    route(new Chart(app, 'd'), 'Web', { rules: [{ retry: { attempts: 1 } }] });
    expect(() => app.synth()).toThrow('d/Web: HTTPRoute shop/web: spec.rules[0].retry: is not in Gateway API 1.6 standard, which would drop it in silence: ' +
      'it is in the standard channel since 1.7, in the experimental channel since 1.2; leave it out, or validate for the release that the cluster has [version]');
  });
});
