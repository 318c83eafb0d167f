import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayApiChannel } from '../../src/semantics/gateway-api-channel';
import { MeshValidation } from '../../src/validation/plugin';

const ROOT = join(__dirname, '..', '..');

let dir: string;
beforeEach(() => dir = mkdtempSync(join(tmpdir(), 'plugin-')));
afterEach(() => rmSync(dir, { recursive: true }));

/** Runs the plugin as cdk8s-cli does, and gives what it reported. */
async function validate(props: object, ...manifests: string[]): Promise<{ violations: unknown[]; status: string; metadata: unknown }> {
  const violations: unknown[] = [];
  let submitted: [string, unknown] = ['', undefined];
  await new MeshValidation(props).validate({
    manifests,
    report: {
      addViolation: (violation: unknown) => violations.push(violation),
      submit: (...args: [string, unknown]) => submitted = args,
    },
  });
  return { violations, status: submitted[0], metadata: submitted[1] };
}

function write(name: string, text: string): string {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
}

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';

describe('the plugin', () => {
  test('succeeds without findings, and says what nobody judged', async () => {
    expect(await validate({}, write('a.yaml', `${NAMESPACE}---\napiVersion: example.com/v1\nkind: Thing\n`))).toEqual({
      violations: [], status: 'success', metadata: { 'Objects': '2', 'Not checked': '1 Thing of example.com/v1' },
    });
  });

  test('puts resources with the same violation together', async () => {
    const a = write('a.yaml', `${NAMESPACE}x: 1\n`);
    const b = write('b.yaml', `${NAMESPACE}  labels: {a b: c}\nx: 1\n`);
    const { violations, status, metadata } = await validate({}, a, b);
    expect([status, metadata]).toEqual(['failure', { Objects: '2' }]);
    expect(violations[0]).toEqual({
      ruleName: 'unknown-field',
      recommendation: expect.stringContaining("'x'"),
      fix: 'Correct the name of the field, or remove it: the API server drops it',
      violatingResources: [
        { resourceName: 'shop', manifestPath: a, locations: ['Namespace x (line 5)'] },
        { resourceName: 'shop', manifestPath: b, locations: ['Namespace x (line 6)'] },
      ],
    });
  });

  test('fails for what it cannot read', async () => {
    const { violations, status } = await validate({}, join(dir, 'gone.yaml'));
    expect(status).toBe('failure');
    expect(violations).toMatchObject([{
      ruleName: 'unreadable', recommendation: 'cannot be read: there is no such file', violatingResources: [{ resourceName: '', locations: [''] }],
    }]);
  });

  test('takes the channel as a word', async () => {
    const route = write('a.yaml', 'apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: UDPRoute\nmetadata: {name: a}\nspec: {rules: [{backendRefs: [{name: a, port: 1}]}]}\n');
    expect((await validate({}, route)).violations).toMatchObject([{ ruleName: 'unknown-kind' }]);
    expect((await validate({ channel: 'experimental' }, route)).violations).toEqual([]);
    expect((await validate({ channel: GatewayApiChannel.EXPERIMENTAL }, route)).status).toBe('success');
    expect(() => new MeshValidation({ channel: 'beta' as GatewayApiChannel })).toThrow("channel must be standard or experimental, got 'beta'");
  });
});

describe('a release of the Gateway API', () => {
  test('is a word, or the number that YAML makes of it', async () => {
    const route = write('a.yaml', 'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {rules: [{retry: {}}]}\n');
    expect((await validate({}, route)).violations).toEqual([]);
    expect((await validate({ bundle: 1.6 as never }, route)).violations).toMatchObject([{
      ruleName: 'version',
      fix: 'Leave it out, or install a release of the Gateway API, or of Istio, that has it',
      violatingResources: [{ locations: ['HTTPRoute spec.rules[0].retry (line 4)'] }],
    }]);
    expect(() => new MeshValidation({ bundle: '1.1' as never })).toThrow("bundle must be 1.2 or 1.3 or 1.4 or 1.5 or 1.6 or 1.7, got '1.1'");
  });
});

describe('a release of Istio', () => {
  test('is a word, or the number that YAML makes of it', async () => {
    const rule = write('a.yaml', 'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a}\nspec: {host: a, trafficPolicy: {retryBudget: {budgetInterval: 1s}}}\n');
    expect((await validate({}, rule)).violations).toEqual([]);
    for (const istio of ['1.30', 1.30]) {
      expect((await validate({ istio: istio as never }, rule)).violations).toMatchObject([{ ruleName: 'version' }]);
    }
    expect(() => new MeshValidation({ istio: '1.19' as never })).toThrow(/^istio must be 1\.20 or .* or 1\.31, got '1\.19'$/);
  });
});

describe('cdk8s synth', () => {
  /** Synthesizes an app with an HTTPRoute, with cdk8s-cli and the plugin of this tree. */
  function synth(spec: string): { status: number | null; stdout: string; report: { reports: unknown[] } } {
    write('plugin.js', `require(${JSON.stringify(join(ROOT, 'node_modules', 'tsx', 'dist', 'cjs', 'index.cjs'))});
module.exports = require(${JSON.stringify(join(ROOT, 'src', 'validation', 'plugin.ts'))});`);
    write('main.js', `const { ApiObject, App, Chart } = require(${JSON.stringify(join(ROOT, 'node_modules', 'cdk8s'))});
const app = new App();
new ApiObject(new Chart(app, 'shop'), 'Web', {
  apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web', namespace: 'shop' }, spec: ${spec},
});
app.synth();`);
    write('cdk8s.yaml', `app: '"${process.execPath}" main.js'
validations:
  - package: ${join(dir, 'plugin.js')}
    version: 0.0.0
    class: MeshValidation
`);
    const { status, stdout } = spawnSync(process.execPath,
      [join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'), 'synth', '--validate', '--check-upgrade=false', '--validation-reports-output-file', 'report.json'],
      { cwd: dir, encoding: 'utf8' });
    return { status, stdout, report: JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8')) };
  }

  test('fails with the constructs that render what is wrong', () => {
    const { status, stdout, report } = synth('{ hostnames: ["shop.example.com"], parent: "x" }');
    expect(status).toBe(2);
    expect(stdout).toMatch(/unknown-field \(1 occurrences\)[^]*Construct Path: shop\/Web[^]*Resource Name: web[^]*> HTTPRoute spec\.parent \(line 9\)/);
    expect(report.reports).toMatchObject([{
      summary: { status: 'failure', metadata: { Objects: '1' } },
      violations: [{ ruleName: 'unknown-field', violatingConstructs: [{ constructPath: 'shop/Web', resourceName: 'web' }] }],
    }]);
  }, 30_000);

  test('passes what is right', () => {
    const { status, report } = synth('{ hostnames: ["shop.example.com"] }');
    expect(report.reports).toMatchObject([{ summary: { status: 'success' }, violations: [] }]);
    expect(status).toBe(0);
  }, 30_000);
});
