import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/cli/command';

const ROUTE = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
  namespace: shop
spec:
  parentRefs:
  - name: public
    nmae: x
  hostnames: [42]
`;
const GOOD = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: example.com/v1
kind: Thing
metadata:
  name: a
---
apiVersion: example.com/v1
kind: Thing
metadata:
  name: b
`;
const EXPERIMENTAL = 'apiVersion: gateway.networking.k8s.io/v1alpha3\nkind: TLSRoute\nmetadata: {name: a}\nspec: {hostnames: [a.b], rules: [{backendRefs: [{name: a, port: 1}]}]}\n';

let dir: string;
const home = process.cwd();
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'validate-'));
  process.chdir(dir);
  writeFileSync('route.yaml', ROUTE);
  writeFileSync('good.yaml', GOOD);
});
afterEach(() => {
  process.chdir(home);
  rmSync(dir, { recursive: true });
});

function run(...args: string[]): { status: number; out: string; err: string } {
  let [out, err] = ['', ''];
  const status = runCommand(args, { out: text => out += text, err: text => err += text });
  return { status, out, err };
}

describe('text', () => {
  test('says where, what and which rule', () => {
    const { status, out } = run('validate', 'route.yaml');
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^route\.yaml:9: HTTPRoute shop\/web: spec\.parentRefs\[0\]\.nmae: .+ \[unknown-field\]$/);
    expect(lines[1]).toMatch(/^route\.yaml:10: HTTPRoute shop\/web: spec\.hostnames\[0\]: .*42.* \[schema\]$/);
    expect(lines.at(-2)).toMatch(/^\d findings in 1 file, 1 object$/);
    expect(status).toBe(1);
  });

  test('is a line for what is clean, with what nobody judged', () => {
    expect(run('validate', 'good.yaml')).toEqual({
      status: 0, out: '0 findings, 3 objects; not checked, as their schema is not known: 2 Thing of example.com/v1\n', err: '',
    });
  });

  test('goes file by file, and a file that cannot be read wins', () => {
    writeFileSync('b.yaml', 'a: [\n---\napiVersion: v1\n');
    const { status, out } = run('validate', 'route.yaml', 'b.yaml', 'gone.yaml');
    expect(out.split('\n').filter(line => line !== '').map(line => line.replace(/: .*/, ''))).toEqual([
      'b.yaml:2', 'b.yaml:3', 'gone.yaml', 'route.yaml:9', 'route.yaml:10', expect.stringMatching(/^\d findings in 3 files, 1 object$/),
    ]);
    expect(status).toBe(2);
  });

  test('names the key that is written twice', () => {
    writeFileSync('twice.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: b\n  a: c\n');
    expect(run('validate', 'twice.yaml').out).toBe(
      'twice.yaml:7: ConfigMap a: data.a: is written twice, and the first value is lost: remove one of them [duplicate-field]\n\n1 finding in 1 file, 1 object\n');
  });
});

describe('json', () => {
  test('has nine fields for each finding', () => {
    const { status, out } = run('validate', '-o', 'json', 'route.yaml', 'gone.yaml');
    const findings = JSON.parse(out);
    expect(findings[0]).toEqual({
      file: 'gone.yaml', line: null, apiVersion: '', kind: '', namespace: null, name: '', path: '', rule: 'unreadable', message: 'cannot be read: there is no such file',
    });
    expect(findings[1]).toEqual({
      file: 'route.yaml',
      line: 9,
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      namespace: 'shop',
      name: 'web',
      path: 'spec.parentRefs[0].nmae',
      rule: 'unknown-field',
      message: expect.stringContaining('nmae'),
    });
    expect(status).toBe(2);
  });

  test('is an empty list for what is clean, and says elsewhere what nobody judged', () => {
    expect(run('validate', '-o', 'json', 'good.yaml')).toEqual({
      status: 0, out: '[]\n', err: 'not checked, as their schema is not known: 2 Thing of example.com/v1\n',
    });
  });
});

describe('sarif', () => {
  test('has a result for each finding', () => {
    writeFileSync('a b#.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\nx: 1\n');
    const log = JSON.parse(run('validate', '-o', 'sarif', join(dir, 'a b#.yaml')).out);
    const [{ tool, results, invocations }] = log.runs;
    expect([log.version, log.$schema]).toEqual(['2.1.0', 'https://json.schemastore.org/sarif-2.1.0.json']);
    expect(tool.driver).toMatchObject({ name: 'cdk8s-mesh', version: '0.0.0' });
    expect(invocations).toEqual([{ executionSuccessful: true }]);
    expect(results).toEqual([{
      ruleId: 'unknown-field',
      ruleIndex: tool.driver.rules.findIndex(({ id }: { id: string }) => id === 'unknown-field'),
      level: 'error',
      message: { text: expect.stringMatching(/^Namespace a: x: /) },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b%23.yaml' }, region: { startLine: 4 } } }],
    }]);
    expect(tool.driver.rules.every(({ shortDescription }: { shortDescription: { text: string } }) => shortDescription.text.length > 0)).toBe(true);
  });

  test('says where a file could not be read', () => {
    const [{ results, invocations }] = JSON.parse(run('validate', '-o', 'sarif', 'gone.yaml').out).runs;
    expect(invocations).toEqual([{ executionSuccessful: false }]);
    expect(results[0]).toMatchObject({
      ruleId: 'unreadable',
      message: { text: 'cannot be read: there is no such file' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'gone.yaml' }, region: { startLine: 1 } } }],
    });
  });
});

describe('the channel', () => {
  test('is the standard one unless another is named', () => {
    writeFileSync('tls.yaml', EXPERIMENTAL);
    expect(run('validate', 'tls.yaml').out).toMatch(/\[unknown-kind\]/);
    expect(run('validate', 'tls.yaml', '--channel', 'experimental').out).not.toMatch(/\[unknown-kind\]/);
  });
});

describe('the release of the Gateway API', () => {
  test('is 1.7 unless another is named', () => {
    writeFileSync('retry.yaml', 'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec:\n  rules:\n  - retry: {}\n');
    expect(run('validate', 'retry.yaml').status).toBe(0);
    const { status, out } = run('validate', 'retry.yaml', '--gateway-api-bundle', '1.6');
    expect([status, out.split('\n')[0]]).toEqual([1, expect.stringMatching(/^retry.yaml:6: HTTPRoute a: spec\.rules\[0\]\.retry: is not in Gateway API 1\.6 standard, .* \[version\]$/)]);
  });
});

describe('the release of Istio', () => {
  test('is 1.31 unless another is named', () => {
    writeFileSync('entry.yaml', 'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: a}\nspec:\n  hosts: ["*.a.com"]\n  resolution: DYNAMIC_DNS\n');
    expect(run('validate', 'entry.yaml').status).toBe(0);
    const { status, out } = run('validate', 'entry.yaml', '--istio', '1.27');
    expect([status, out.split('\n')[0]]).toEqual([1, expect.stringMatching(/^entry.yaml:6: ServiceEntry a: spec\.resolution: is not in Istio 1\.27, .* \[version\]$/)]);
  });
});

describe('usage', () => {
  test.each([
    [['validate'], "missing required argument 'path'"],
    [['validate', '-o', 'xml', '.'], "argument 'xml' is invalid. Allowed choices are text, json, sarif."],
    [['validate', '--channel', 'beta', '.'], "argument 'beta' is invalid. Allowed choices are standard, experimental."],
    [['validate', '--gateway-api-bundle', '1.1', '.'], "argument '1.1' is invalid. Allowed choices are 1.2, 1.3, 1.4, 1.5, 1.6, 1.7."],
    [['validate', '--strict', '.'], "unknown option '--strict'"],
    [['check', '.'], "unknown command 'check'"],
  ])('%j is wrong', (args, message) => {
    const { status, out, err } = run(...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  test('is shown to who asks', () => {
    expect(run('validate', '--help')).toMatchObject({ status: 0, err: '', out: expect.stringContaining('helm template . | cdk8s-mesh validate -') });
    expect(run('--version')).toEqual({ status: 0, out: '0.0.0\n', err: '' });
    expect(run().status).toBe(2);
  });
});

describe('as a process', () => {
  const start = (args: string[], input = '') => spawnSync(process.execPath, ['--import', 'tsx', join(home, 'src', 'cli', 'main.ts'), ...args],
    { cwd: home, input, encoding: 'utf8' });

  test('reads the standard input, and ends with the status', () => {
    const { status, stdout } = start(['validate', '-'], `---\n# Source: shop/templates/a.yaml\n${ROUTE}`);
    expect(stdout).toMatch(/^-:11: HTTPRoute shop\/web: /);
    expect(status).toBe(1);
  });

  test('bears a reader that has seen enough', () => {
    const many = `${ROUTE}---\n`.repeat(2000);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" --import tsx src/cli/main.ts validate - | head -n 1`],
      { cwd: home, input: many, encoding: 'utf8' });
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr.replace(/npm warn.*\n/, '')).toBe('');
    expect(status).toBe(0);
  });
});
