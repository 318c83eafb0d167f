import { execFileSync } from 'node:child_process';
import fs, { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/cli/command';

const DIR = join(__dirname, '..', 'data', 'hostile');

/** The exit status, and what the first finding says: its message where the file is at fault, its path and rule where the object is. */
const EXPECTED: { readonly [file: string]: readonly [number, string] } = {
  'alias-bomb.yaml': [2, 'aliases stand for too many values: write them out, or into several'],
  'anchor-in-its-list.yaml': [2, "the value of anchor 'd' contains itself"],
  'anchor-in-itself.yaml': [2, "the value of anchor 'd' contains itself"],
  'anchor-of-other-document.yaml': [2, "there is no anchor 'd' before this alias"],
  'anchor-unknown.yaml': [2, "there is no anchor 'nobody' before this alias"],
  'api-version-is-number.yaml': [1, 'the document is no object of Kubernetes: apiVersion must be a word,'],
  'api-version-is-object.yaml': [1, 'the document is no object of Kubernetes: apiVersion must be a word,'],
  'binary.yaml': [2, 'cannot be read: it is not UTF-8, as the byte 128 shows: save it as'],
  'control-characters.yaml': [2, 'the character U+001B may not be in YAML as it is: write it as "\\u001B"'],
  'cut-character.yaml': [2, 'cannot be read: it is not UTF-8, as the byte 65 shows: save it as UTF-'],
  'deep-block.yaml': [2, 'more than 500 objects and lists are in one another: no object of'],
  'deep-dashes.yaml': [2, 'more than 500 objects and lists are in one another: no object of'],
  'deep-flow.yaml': [2, 'more than 500 objects and lists are in one another: no object of'],
  'deep-lists.json': [2, 'more than 500 objects and lists are in one another: no object of'],
  'deep-open.json': [2, 'more than 500 objects and lists are in one another: no object of'],
  'deep.json': [2, 'more than 500 objects and lists are in one another: no object of'],
  'directive.yaml': [2, 'directives end mark is expected'],
  'document-end.yaml': [2, "kubectl ignores what follows '...': begin it with '---'"],
  'duplicate-kind.yaml': [1, 'kind [duplicate-field]'],
  'duplicate.json': [1, 'data.a [duplicate-field]'],
  'duplicate.yaml': [1, 'data.a [duplicate-field]'],
  'float-key.yaml': [2, '1e+30 cannot be a key: quote it'],
  'foreign-tag.yaml': [2, "'text' is not of the type !!int"],
  'gzip.yaml': [2, 'cannot be read: it is not UTF-8, as the byte 1 shows: save it as UTF-'],
  'infinite.json': [2, 'a number does not fit into 64 bits'],
  'kind-empty.yaml': [1, 'the document is no object of Kubernetes: kind must be a word, got ""'],
  'kind-is-boolean.yaml': [1, 'the document is no object of Kubernetes: kind must be a word, got'],
  'kind-is-list.yaml': [1, 'the document is no object of Kubernetes: kind must be a word, got a'],
  'kind-is-number.yaml': [1, 'the document is no object of Kubernetes: kind must be a word, got 7'],
  'latin-1.yaml': [2, 'cannot be read: it is not UTF-8, as the byte 65 shows: save it as UTF-'],
  'line-separator.yaml': [2, 'the character U+2028 may not be in YAML as it is: write it as "\\u2028"'],
  'list-in-list.yaml': [1, 'item 0 of the list must be an object with apiVersion and kind, got 5'],
  'list-items-is-object.yaml': [1, 'items of a List must be a list'],
  'list-key.yaml': [2, 'a list or mapping cannot be a key: is something like {{ }} of a'],
  'list-of-scalars.yaml': [1, 'item 0 of the list must be an object with apiVersion and kind, got 1'],
  'list.json': [1, 'the document must be an object with apiVersion and kind, got a list'],
  'list.yaml': [1, 'the document must be an object with apiVersion and kind, got a list'],
  'long-key.yaml': [2, 'a key has at most 1024 characters, got 2000'],
  'long-line.yaml': [2, 'unexpected end of the stream within a double quoted scalar'],
  'merge-bomb.yaml': [2, 'aliases stand for too many values: write them out, or into several'],
  'merge-of-itself.yaml': [2, "the value of anchor 'd' contains itself"],
  'merge-of-scalar.yaml': [2, "'<<' merges a mapping or a list of mappings only"],
  'no-api-version.yaml': [1, 'the document is no object of Kubernetes: apiVersion must be a word,'],
  'no-kind.yaml': [1, 'the document is no object of Kubernetes: kind must be a word, and it'],
  'not-a-number.yaml': [2, 'JSON has no NaN: quote it if it is a word'],
  'nul.json': [2, 'cannot be read: it is no text: the byte 65 is 0 (text in UTF-16 must'],
  'nul.yaml': [2, 'cannot be read: it is no text: the byte 64 is 0 (text in UTF-16 must'],
  'null-key.yaml': [2, 'null cannot be a key: quote it'],
  'number.yaml': [1, 'the document must be an object with apiVersion and kind, got 42'],
  'proto-group.yaml': [1, 'kind [unknown-kind]'],
  'proto-kind.yaml': [1, 'kind [unknown-kind]'],
  'proto-merge.yaml': [1, 'spec.__proto__ [unknown-field]'],
  'proto.json': [1, 'metadata.__proto__ [unknown-field]'],
  'proto.yaml': [1, '__proto__ [unknown-field]'],
  'sarif-name é#%20.yaml': [1, 'unknown [unknown-field]'],
  'scalar.yaml': [1, 'the document must be an object with apiVersion and kind, got "just a'],
  'separator-with-content.yaml': [2, "nothing but a comment may follow '---', got 'kind: Secret': write it"],
  'slow-label.yaml': [1, 'metadata.labels [metadata]'],
  'slow-name.yaml': [1, 'metadata.name [metadata]'],
  'slow-pattern-duration.yaml': [1, 'spec.rules[0].timeouts.request [schema]'],
  'slow-pattern-header.yaml': [1, 'spec.rules[0].matches[0].headers[0].name [schema]'],
  'slow-pattern-host.yaml': [1, 'spec.hostnames[0] [schema]'],
  'slow-pattern-path.yaml': [1, 'spec.rules[0].matches[0].path [cel]'],
  'string.json': [1, 'the document must be an object with apiVersion and kind, got "'],
  'surrogates.yaml': [2, 'cannot be read: it is not UTF-8, as the byte 63 shows: save it as UTF-'],
  'tab-after-dash.yaml': [2, 'a tab may not indent: use spaces'],
  'tab.yaml': [2, 'tab characters must not be used in indentation'],
  'template-control.yaml': [2, 'missed comma between flow collection entries'],
  'template.yaml': [2, 'a list or mapping cannot be a key: is something like {{ }} of a'],
  'truncated-flow.yaml': [2, 'unexpected end of the stream within a flow collection'],
  'truncated-key.yaml': [2, "expected ':' after a mapping key"],
  'truncated-list.yaml': [1, 'item 1 of the list must be an object with apiVersion and kind, got'],
  'truncated-quote.yaml': [2, 'unexpected end of the stream within a double quoted scalar'],
  'truncated-string.json': [2, 'unexpected end of the stream within a double quoted scalar'],
  'truncated.json': [2, 'unexpected end of the stream within a flow collection'],
  'utf-16-be.yaml': [2, 'cannot be read: it is UTF-16: save it as UTF-8'],
  'utf-16-le.yaml': [2, 'cannot be read: it is UTF-16: save it as UTF-8'],
  'utf-16-without-mark.yaml': [2, 'cannot be read: it is no text: the byte 1 is 0 (text in UTF-16 must'],
  'wrong-type-annotations.yaml': [1, 'metadata.annotations [metadata]'],
  'wrong-type-item.yaml': [1, 'spec.rules[0] [schema]'],
  'wrong-type-labels.yaml': [1, 'metadata.labels [metadata]'],
  'wrong-type-leaf.yaml': [1, 'spec.hostnames[0].a [unknown-field]'],
  'wrong-type-list.yaml': [1, 'spec.rules.a [unknown-field]'],
  'wrong-type-metadata.yaml': [1, 'metadata [metadata]'],
  'wrong-type-name.yaml': [1, 'metadata.name [metadata]'],
  'wrong-type-spec.yaml': [1, 'spec [schema]'],
};

interface Result {
  readonly status: number;
  readonly findings: readonly { readonly path: string; readonly rule: string; readonly message: string; readonly file: string }[];
  readonly milliseconds: number;
}

function validate(...paths: string[]): Result {
  let out = '';
  // Time on a processor, as the machine may have other work too.
  const start = process.cpuUsage();
  const status = runCommand(['validate', '-o', 'json', ...paths], { out: text => out += text, err: () => undefined });
  const { user, system } = process.cpuUsage(start);
  return { status, findings: JSON.parse(out), milliseconds: (user + system) / 1000 };
}

// What is loaded once is not the time of a file.
beforeAll(() => validate(DIR));

describe('a hostile file ends in a finding, and soon', () => {
  test('all are known', () => {
    expect(readdirSync(DIR).sort()).toEqual(Object.keys(EXPECTED).sort());
    expect(Object.keys(EXPECTED).length).toBeGreaterThanOrEqual(40);
  });

  test.each(Object.entries(EXPECTED))('%s', (file, [status, text]) => {
    const result = validate(join(DIR, file));
    const [{ path, rule, message }] = result.findings;
    expect(rule === 'unreadable' ? message : `${path} [${rule}]`).toContain(text);
    expect(result.status).toBe(status);
    expect(result.milliseconds).toBeLessThan(2000);
  });
});

describe('a hostile place', () => {
  let dir: string;
  beforeEach(() => dir = mkdtempSync(join(tmpdir(), 'hostile-')));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  function write(name: string, text: string): string {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  }

  function messages(...paths: string[]): string[] {
    const result = validate(...paths);
    expect(result.milliseconds).toBeLessThan(2000);
    expect(result.status).toBe(2);
    return result.findings.map(({ file, message }) => `${file.replace(dir, '')}: ${message}`);
  }

  test('too large', () => {
    expect(messages(write('large.yaml', 'a'.repeat(50 * 1024 * 1024)))).toEqual([
      '/large.yaml: cannot be read: it is larger than 32 MiB: split it into several files',
    ]);
  });

  test('without end', () => {
    expect(messages('/dev/zero')).toEqual(['/dev/zero: cannot be read: it is larger than 32 MiB: split it into several files']);
  });

  test('with too many documents', () => {
    expect(messages(write('many.yaml', '---\napiVersion: a/v1\nkind: A\n'.repeat(25_001)))).toEqual([
      '/many.yaml: a file may have 25000 documents: split it into several files; the rest was not read',
    ]);
  });

  test('that is gone', () => {
    expect(messages(join(dir, 'gone.yaml'))).toEqual(['/gone.yaml: cannot be read: there is no such file']);
    expect(messages(join(write('file', ''), 'gone.yaml'))).toEqual(['/file/gone.yaml: cannot be read: a part of its path is no folder']);
    expect(messages('a'.repeat(5000))[0]).toMatch(/cannot be read: its path is too long/);
  });

  test('without manifests', () => {
    write('readme.txt', '');
    expect(messages(dir)).toEqual([': cannot be read: no file in it ends with .yaml, .yml or .json']);
  });

  test('of links that lead nowhere, in a circle, and to one thing twice', () => {
    mkdirSync(join(dir, 'a'));
    write('a/ok.yaml', 'apiVersion: example.com/v1\nkind: A\n');
    symlinkSync('..', join(dir, 'a', 'up'));
    symlinkSync('a/ok.yaml', join(dir, 'again.yaml'));
    symlinkSync('nowhere', join(dir, 'broken.yaml'));
    symlinkSync('nowhere', join(dir, 'broken'));
    symlinkSync('self.yaml', join(dir, 'self.yaml'));
    expect(messages(dir, dir)).toEqual([
      '/broken.yaml: cannot be read: there is no such file',
      '/self.yaml: cannot be read: its links lead in a circle',
    ]);
  });

  test('of a folder or a pipe that is called a file', () => {
    mkdirSync(join(dir, 'folder.yaml'));
    execFileSync('mkfifo', [join(dir, 'pipe.yaml')]);
    expect(messages(dir)).toEqual(['/pipe.yaml: cannot be read: it is no file']);
  });

  test('that may not be read', () => {
    const secret = write('secret.yaml', 'a: b');
    const { openSync } = fs;
    // Root may read everything: the system refuses here only because it is told to.
    const refusing = jest.spyOn(fs, 'openSync').mockImplementation((path, ...more) => {
      if (path === secret) {
        throw Object.assign(new Error(`EACCES: permission denied, open '${secret}'`), { code: 'EACCES' });
      }
      return openSync(path, ...more);
    });
    try {
      expect(messages(secret)).toEqual(['/secret.yaml: cannot be read: permission denied']);
    } finally {
      refusing.mockRestore();
    }
  });

  test('beside a good one keeps nobody from reading that', () => {
    const bad = 'apiVersion: networking.istio.io/v1\nkind: Nothing\n';
    expect(messages(join(dir, 'gone.yaml'), write('bad.yaml', bad))).toEqual([
      '/gone.yaml: cannot be read: there is no such file',
      expect.stringMatching(/^\/bad.yaml: must be a kind of networking.istio.io/),
    ]);
  });
});

describe('a text that takes long to read by halves', () => {
  const head = 'apiVersion: a/v1\nkind: A\nd:\n';
  const n = 50_000;
  test.each([
    ['separators', '---\n'.repeat(n)],
    ['lines of a word', `${head}  a: x\n${'    word\n'.repeat(n)}`],
    ['pairs in brackets', `${head}  a: [${'x: y,'.repeat(n)}x]\n`],
    ['brackets in brackets', `${head}  a: [${'[[[x]]],'.repeat(n / 4)}x]\n`],
    ['lines in quotes that are indented too little', `a: "\n${'b\n'.repeat(n)}"\n`],
    ['anchors', `${head}${Array.from({ length: n }, (_, i) => `  a${i}: &a${i} x\n`).join('')}`],
    ['keys that are written twice', `${head}${'  a: b\n'.repeat(n)}`],
    ['JSON in a row', '{"a":1}'.repeat(n / 4)],
    ['backslashes', `{"a":"${'\\'.repeat(n)}`],
    ['digits', `a: ${'1'.repeat(n)}`],
  ])('of %s', (_, text) => {
    const dir = mkdtempSync(join(tmpdir(), 'hostile-'));
    const file = join(dir, 'a.yaml');
    writeFileSync(file, text);
    expect(validate(file).milliseconds).toBeLessThan(2000);
    rmSync(dir, { recursive: true });
    expect(existsSync(dir)).toBe(false);
  });
});
