import { readObjects } from '../../src/manifests/object-reader';

const HELM = `---
# Source: shop/templates/empty.yaml
---
# Source: shop/templates/route.yaml
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
  labels: &labels
    app.kubernetes.io/name: web
  annotations: {
    "a": x,
    b: y
  }
spec:
  parentRefs:
    - name: public
  rules:
    - backendRefs:
      - name: a
        port: 80
      -
        name: b
    - matches: [{path: {value: /x}},
                {path: {value: /y}}]
      # a comment
      filters:
      - type: |
          text
        ? more
        : 1
    - {name: c, <<: *labels}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
`;

const JSON_TEXT = `{
  "apiVersion": "v1", "kind": "ConfigMap",
  "metadata": {
    "name": "x\\"{"
  },
  "list": [
    {"a": 1},
    [], {
      "b": [1,
            2]
    }
  ]
}
{"apiVersion": "v1", "kind": "Namespace",
 "metadata": {"name": "y"}}`;

function lineOf(text: string, object: number, path: string): number | undefined {
  const parts = path === '' ? [] : path.split('/').map(part => /^\d+$/.test(part) ? Number(part) : part.replace('~', '/'));
  return readObjects(text, 'f').objects[object].line(parts);
}

describe('the line in YAML', () => {
  test.each([
    ['', 5],
    ['kind', 6],
    ['metadata', 7],
    ['metadata/labels/app.kubernetes.io~name', 10],
    ['metadata/annotations/a', 12],
    ['metadata/annotations/b', 13],
    ['spec/parentRefs/0', 17],
    ['spec/parentRefs/0/name', 17],
    ['spec/rules', 18],
    ['spec/rules/0/backendRefs/0/port', 21],
    ['spec/rules/0/backendRefs/1', 23],
    ['spec/rules/0/backendRefs/1/name', 23],
    ['spec/rules/1/matches/0/path/value', 24],
    ['spec/rules/1/matches/1/path/value', 25],
    ['spec/rules/1/filters/0/type', 28],
    ['spec/rules/1/filters/0/more', 30],
    // What came by a merge is where it was merged, and what is missing where it would be.
    ['spec/rules/2/app.kubernetes.io~name', 32],
    ['spec/rules/0/missing/field', 19],
    ['spec/rules/9', 18],
    ['nothing', 5],
  ])('of %s is %d', (path, line) => {
    expect(lineOf(HELM, 0, path)).toBe(line);
  });

  test('counts the documents before', () => {
    expect(lineOf(HELM, 1, '')).toBe(34);
    expect(lineOf(HELM, 1, 'metadata/name')).toBe(36);
    expect(lineOf(HELM.replaceAll('\n', '\r\n'), 1, 'metadata/name')).toBe(36);
  });

  test('is that of the last of equal keys, and none of an alias used as a key', () => {
    expect(lineOf('apiVersion: v1\nkind: A\nb: 1\nb: 2\n', 0, 'b')).toBe(4);
    expect(lineOf('apiVersion: v1\nkind: &k A\n*k : 1\n', 0, 'A')).toBe(1);
  });
});

describe('the line in JSON', () => {
  test.each([
    ['', 1],
    ['kind', 2],
    ['metadata', 3],
    ['metadata/name', 4],
    ['list', 6],
    ['list/0', 7],
    ['list/0/a', 7],
    ['list/1', 8],
    ['list/2', 8],
    ['list/2/b', 9],
    ['list/2/b/0', 9],
    ['list/2/b/1', 10],
    ['list/5', 6],
    ['metadata/labels', 3],
  ])('of %s is %d', (path, line) => {
    expect(lineOf(JSON_TEXT, 0, path)).toBe(line);
  });

  test('counts the objects before', () => {
    expect(lineOf(JSON_TEXT, 1, '')).toBe(14);
    expect(lineOf(JSON_TEXT, 1, 'metadata/name')).toBe(15);
  });

  test('knows keys by what they mean', () => {
    expect(lineOf('{"apiVersion": "v1", "kind": "A",\n"\\u0061b": 1}', 0, 'ab')).toBe(2);
    expect(readObjects('{"apiVersion":"v1","kind":"A","\\u0061":1,"a":2,"b":[{"c":1,"c":2}]}', 'f').objects[0].duplicates)
      .toEqual([['a'], ['b', 0, 'c']]);
  });
});

test.each([
  ['a: 1\n---\nb: [\n', 4],
  ['\n\na: b: c\n', 3],
  ['a: 1\n--- b\n', 2],
  ['a: 1\n---\n\nb: \u0007\n', 4],
  ['a:\n  - 1\n  - *x\n', 3],
  ['a:\n  - &x [1, *x]\n', 2],
  ['{"apiVersion": "v1",\n "kind": "A", "a": 1e999}', 2],
])('the line of what is wrong in %j is %d', (text, line) => {
  expect(readObjects(text, 'f').problems.at(-1)?.line).toBe(line);
});

describe('what goes on in brackets and quotes', () => {
  test('may be indented too little', () => {
    const text = 'apiVersion: v1\nkind: A\na: [\n{b: 1,\nc: "x\ny"},\n\td\n]\ne: 1\n';
    const [object] = readObjects(text, 'f').objects;
    expect(object.value).toEqual({ apiVersion: 'v1', kind: 'A', a: [{ b: 1, c: 'x y' }, 'd'], e: 1 });
    expect(object.line(['a', 0, 'c'])).toBe(5);
    expect(object.line(['e'])).toBe(9);
  });

  test('but not without end', () => {
    const [problem] = readObjects(`a: [\n${'b,\n'.repeat(6000)}]\n`, 'f').problems;
    expect(problem.message).toBe('indent what goes on within brackets or quotes');
  });
});

describe('a tab', () => {
  test('may stand within brackets, quotes and blocks of text', () => {
    const text = 'apiVersion: v1\nkind: A\na: [\n  x,\n\t\n  {k: z,\n\t\n  b: c}\n]\nd: "x\n\t\n  y"\ne: |\n  -\tx\n  \t\n  y\n';
    expect(readObjects(text, 'f')).toMatchObject({
      problems: [],
      objects: [{ value: { a: ['x', { k: 'z', b: 'c' }], d: 'x\ny', e: '-\tx\n\t\ny\n' } }],
    });
  });

  test.each([
    ['a: 1\n \t\nb: 2\n', 2],
    ['a:\n  - x\n  -\ty\n', 3],
    ['a: [x, y]\n\t\nb: 2\n', 2],
  ])('may not indent: %j', (text, line) => {
    expect(readObjects(text, 'f').problems).toMatchObject([{ line, message: 'a tab may not indent: use spaces' }]);
  });
});
