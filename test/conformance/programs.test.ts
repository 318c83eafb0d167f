import { App, Chart } from 'cdk8s';
import { Assembly } from '../../conformance/programs/assembly';
import { attribute, Run, valuesOf } from '../../conformance/programs/attribution';
import { complaints, page, Row, strayReasons, summary } from '../../conformance/programs/field-table';
import { MAKERS } from '../../conformance/programs/gateway-api/makers';
import { interpret } from '../../conformance/programs/interpret';
import { namespaced, worldFor } from '../../conformance/programs/istio/worlds';
import { saidBy, sayable } from '../../conformance/programs/members';
import { placesOf } from '../../conformance/programs/places';
import { Program, programText } from '../../conformance/programs/program';
import { withoutMaker, withoutType } from '../../conformance/programs/slots';
import { pathsInSchema, valuesIn } from '../../conformance/programs/spec-paths';
import { AuthorizationPolicy, GatewayClass, GatewayController } from '../../src';
import type { Schema } from '../../src/validation/schema/schema';

const TEXT = { primitive: 'string' };
const ROOMS = { own: /^src\/gateway-api\//, all: /^src\/gateway-api\// };
const HERE = { locationInModule: { filename: 'src/gateway-api/shop.ts' } };

// An assembly as jsii writes one, with a construct, its properties, and a class with factories.
const assembly = new Assembly({
  types: {
    'cdk8s-mesh.Shop': {
      ...HERE,
      fqn: 'cdk8s-mesh.Shop',
      name: 'Shop',
      kind: 'class',
      base: 'cdk8s-plus-28.Resource',
      initializer: { parameters: [{ name: 'scope', type: TEXT }, { name: 'id', type: TEXT }, { name: 'props', type: { fqn: 'cdk8s-mesh.ShopProps' } }] },
      methods: [
        { name: 'addDoor', parameters: [{ name: 'door', type: { fqn: 'cdk8s-mesh.Door' } }], returns: { type: { fqn: 'cdk8s-mesh.Shop' } } },
        { name: 'describe', returns: { type: TEXT } },
        {
          name: 'corner',
          static: true,
          parameters: [{ name: 'scope', type: { fqn: 'constructs.Construct' } }, { name: 'id', type: TEXT }, { name: 'door', type: { fqn: 'cdk8s-mesh.Door' }, optional: true }],
          returns: { type: { fqn: 'cdk8s-mesh.Shop' } },
        },
      ],
    },
    'cdk8s-mesh.ShopProps': {
      ...HERE,
      fqn: 'cdk8s-mesh.ShopProps',
      name: 'ShopProps',
      kind: 'interface',
      datatype: true,
      properties: [
        { name: 'name', type: TEXT },
        { name: 'doors', optional: true, type: { collection: { kind: 'array', elementtype: { fqn: 'cdk8s-mesh.Door' } } } },
        { name: 'riddle', optional: true, type: TEXT },
        { name: 'spec', optional: true, type: { collection: { kind: 'map', elementtype: { primitive: 'any' } } } },
      ],
    },
    'cdk8s-mesh.Door': {
      ...HERE,
      fqn: 'cdk8s-mesh.Door',
      name: 'Door',
      kind: 'class',
      methods: [
        { name: 'wide', static: true, parameters: [{ name: 'name', type: TEXT }], returns: { type: { fqn: 'cdk8s-mesh.Door' } } },
        { name: 'narrow', static: true, parameters: [{ name: 'hostname', type: TEXT, optional: true }], returns: { type: { fqn: 'cdk8s-mesh.Door' } } },
      ],
    },
  },
}, ROOMS);

const SHOP: Program = {
  declares: { struct: 'cdk8s-mesh.GatewayApiOptions', fields: {} },
  statements: [
    {
      construct: 'cdk8s-mesh.Shop',
      id: 'subject',
      props: {
        struct: 'cdk8s-mesh.ShopProps',
        fields: { name: { literal: 'web' }, doors: { list: [{ factory: 'cdk8s-mesh.Door.wide', args: [{ literal: 'front' }] }] } },
      },
    },
    { on: 'subject', verb: 'addDoor', args: [{ factory: 'cdk8s-mesh.Door.narrow', args: [] }] },
  ],
};

describe('the public API, by the assembly', () => {
  test('constructs, their verbs, and what leads to a value of a type', () => {
    expect(assembly.constructs()).toEqual(['cdk8s-mesh.Shop']);
    expect(assembly.constructing('cdk8s-mesh.Shop')).toEqual(['corner']);
    expect(assembly.verbs('cdk8s-mesh.Shop')).toEqual(['addDoor']);
    expect(assembly.producers('cdk8s-mesh.Door').map(producer => 'factory' in producer && producer.factory))
      .toEqual(['cdk8s-mesh.Door.wide', 'cdk8s-mesh.Door.narrow']);
  });

  test('what can be said, and what a program says', () => {
    expect(sayable(assembly, {})).toEqual([
      'Door.narrow', 'Door.narrow(hostname)', 'Door.wide', 'Shop.addDoor', 'Shop.corner', 'Shop.corner(door)', 'ShopProps.doors', 'ShopProps.name', 'ShopProps.riddle', 'ShopProps.spec',
    ]);
    expect([...saidBy(SHOP, assembly)].sort()).toEqual([
      'Door.narrow', 'Door.wide', 'Door.wide(name)', 'Shop.addDoor', 'Shop.addDoor(door)', 'ShopProps.doors', 'ShopProps.name',
    ]);
  });

  test('text that nothing explains, and what takes anything', () => {
    expect(withoutMaker(assembly, MAKERS)).toEqual(['ShopProps.riddle']);
    expect(withoutType(assembly)).toEqual(['ShopProps.spec']);
  });

  test('the places of a program, with what says them and what they are in', () => {
    const places = placesOf(SHOP, assembly).map(({ label, within, removable }) => [label, within.join(' > '), removable]);
    expect(places).toEqual([
      ['ShopProps.name', '', false],
      ['ShopProps.doors', '', true],
      ['ShopProps.doors', '', false],
      ['Door.wide(name)', 'ShopProps.doors > Door.wide', false],
      ['Shop.addDoor', '', true],
      ['Shop.addDoor(door)', 'Shop.addDoor', false],
    ]);
  });
});

test('a program reads as one would write it', () => {
  expect(programText(SHOP)).toBe([
    'GatewayApi.declare(app, {});',
    'const subject = new Shop(chart, \'subject\', { name: \'web\', doors: [Door.wide(\'front\')] });',
    'subject.addDoor(Door.narrow());',
  ].join('\n'));
});

test('a program runs: what it makes is what the same calls make', () => {
  // GIVEN
  const program: Program = {
    declares: { struct: 'cdk8s-mesh.GatewayApiOptions', fields: { channel: { constant: 'cdk8s-mesh.GatewayApiChannel.EXPERIMENTAL' } } },
    statements: [{
      construct: 'cdk8s-mesh.GatewayClass',
      id: 'subject',
      props: {
        struct: 'cdk8s-mesh.GatewayClassProps',
        fields: { controller: { factory: 'cdk8s-mesh.GatewayController.of', args: [{ literal: 'example.com/controller' }] } },
      },
    }],
  };

  // WHEN
  const { objects } = interpret(program);

  // THEN
  const chart = new Chart(new App(), 'chart', { disableResourceNameHashes: true });
  new GatewayClass(chart, 'subject', { controller: GatewayController.of('example.com/controller') });
  expect(objects).toEqual(chart.toJson());
  expect(objects).toHaveLength(1);
});

test('a construct that a factory makes gets the arguments after its scope and id', () => {
  // GIVEN
  const program: Program = {
    statements: [{ construct: 'cdk8s-mesh.AuthorizationPolicy.denyAll', id: 'subject', args: [{ struct: 'cdk8s-mesh.PolicyScopeProps', fields: {} }] }],
  };

  // WHEN
  const { objects } = interpret(program);

  // THEN
  expect(programText(program)).toBe('const subject = AuthorizationPolicy.denyAll(chart, \'subject\', {});');
  const chart = new Chart(new App(), 'chart', { disableResourceNameHashes: true });
  AuthorizationPolicy.denyAll(chart, 'subject', {});
  expect(objects).toEqual(chart.toJson());
});

describe('the programs of a world', () => {
  const policy = (namespace: string | undefined) => ({
    apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'subject', namespace }, spec: { rules: [{ from: [{ source: { namespaces: ['shop', 'shopping'] } }] }] },
  });

  test('have namespaces of their own, wherever those are named', () => {
    expect(namespaced([policy('shop')], 3)).toEqual([{
      ...policy('shop-3'), spec: { rules: [{ from: [{ source: { namespaces: ['shop-3', 'shopping'] } }] }] },
    }]);
    expect(namespaced([policy(undefined)], 3)[0].metadata).toEqual({ name: 'subject', namespace: 'shop-3' });
  });

  test('have names of their own where the namespace is shared', () => {
    expect(namespaced([policy('istio-system')], 3)[0].metadata).toEqual({ name: 'subject-3', namespace: 'istio-system' });
  });

  test('are translated for a sidecar and a gateway each', () => {
    const { question, proxies } = worldFor({ trustDomain: 'example.org' }, [{ i: 1, objects: [] }, { i: 2, objects: [] }]);
    expect(proxies).toBe(4);
    expect(question.mesh).toBe('{"trustDomain":"example.org"}');
    expect(question.proxies).toEqual(expect.arrayContaining([
      expect.objectContaining({ namespace: 'shop-2', gateway: false, labels: expect.objectContaining({ app: 'web' }) }),
      expect.objectContaining({ namespace: 'shop-1', gateway: true, labels: expect.objectContaining({ istio: 'shop-1' }) }),
    ]));
  });
});

test('the fields of a schema, with the words that they take', () => {
  const schema: Schema = {
    type: 'object',
    properties: {
      mode: { type: 'string', enum: ['A', ''] },
      rules: {
        type: 'array',
        items: {
          type: 'object',
          properties: { hosts: { type: 'array', items: { type: 'string' } }, labels: { type: 'object', additionalProperties: { type: 'string' } } },
        },
      },
    },
  };
  expect(pathsInSchema(schema)).toEqual(['mode', 'mode=A', 'rules', 'rules[].hosts', 'rules[].labels']);
});

test('the fields of the values of a map are at {}', () => {
  const schema: Schema = { properties: { headers: { additionalProperties: { properties: { exact: { type: 'string' } } } } } };
  expect(pathsInSchema(schema)).toEqual(['headers', 'headers{}.exact']);
  expect(valuesIn({ headers: { 'x-user': { exact: 'a' } } }, path => path === 'headers').map(({ at, path }) => [at, path])).toEqual([
    ['headers', 'headers'],
    ['headers{x-user}.exact', 'headers{}.exact'],
  ]);
});

test('the fields of an object: entries of maps are none, words of lists have their place', () => {
  const spec = { rules: [{ hosts: ['a', 'b'], labels: { x: 'y' } }] };
  expect(valuesIn(spec, path => path === 'rules[].labels').map(({ at, path }) => [at, path])).toEqual([
    ['rules', 'rules'],
    ['rules[0].hosts', 'rules[].hosts'],
    ['rules[0].hosts[0]', 'rules[].hosts[]'],
    ['rules[0].hosts[1]', 'rules[].hosts[]'],
    ['rules[0].labels', 'rules[].labels'],
  ]);
});

describe('what sets a field', () => {
  const values = (spec: unknown) => valuesOf([{ apiVersion: 'v1', kind: 'Shop', metadata: { name: 'web' }, spec }], () => false);
  const run = (label: string, size: number, spec: unknown, options: { word?: string; isWhole?: boolean } = {}): Run =>
    ({ perturbation: { label, target: 'Shop', size, within: [], isWhole: true, ...options }, values: values(spec) });
  const setBy = (before: unknown, path: string, ...runs: Run[]) =>
    attribute(values(before), runs).filter(found => found.path === path).map(({ label }) => label);

  test('a value is set by the smallest change that changes it', () => {
    const before = { door: { name: 'front', width: 2 } };
    expect(setBy(before, 'door.name', run('ShopProps.door', 5, {}), run('Door.name', 1, { door: { name: 'back', width: 2 } }))).toEqual(['Door.name']);
  });

  test('a part with fields is set by the largest change that stays within it', () => {
    const before = { open: true, door: { name: 'front' } };
    expect(setBy(before, 'door', run('Shop', 9, {}), run('ShopProps.door', 5, { open: true }), run('Door.name', 1, { open: true, door: { name: 'back' } })))
      .toEqual(['ShopProps.door']);
  });

  test('of changes that may be partial only those that are whole tell of a part, if there are any', () => {
    const before = { door: { name: 'front' } };
    const partial = run('ShopProps.doors', 9, { door: { name: 'back' } }, { isWhole: false });
    expect(setBy(before, 'door', partial, run('Door.of', 3, { door: {} }))).toEqual(['Door.of']);
    expect(setBy(before, 'door', partial)).toEqual(['ShopProps.doors']);
  });

  test('a word is set by the word of the API that stands for it', () => {
    expect(setBy({ mode: 'A' }, 'mode=A', run('ShopProps.mode', 1, { mode: 'B' }, { word: 'Mode.A' }))).toEqual(['Mode.A']);
    expect(setBy({ mode: 'A' }, 'mode', run('ShopProps.mode', 1, { mode: 'B' }, { word: 'Mode.A' }))).toEqual(['ShopProps.mode']);
  });

  test('nothing sets what no change changes', () => {
    expect(setBy({ mode: 'A' }, 'mode', run('ShopProps.other', 1, { mode: 'A', other: 1 }))).toEqual([]);
  });
});

describe('the page of fields', () => {
  const GOAL = { shown: 0.98 };
  const HEAD = { head: '' };
  const row = (path: string, other: Partial<Row> = {}): Row =>
    ({ kind: 'Shop', path, onlyExperimental: false, setBy: ['ShopProps.x'], shownIn: 'reference/shop', ...other });

  test('says how much is settable and shown, and what has no type', () => {
    expect(summary([row('a'), row('b', { setBy: [] }), row('c', { shownIn: undefined }), row('d')], ['ShopProps.spec'])).toEqual([
      '3 of 4 paths are settable through a typed property: 75.0 %',
      '3 of 4 paths are shown in an example: 75.0 %',
      'parts of the public API without a type: ShopProps.spec',
    ]);
  });

  test('complains of every field that nothing sets', () => {
    expect(complaints([row('a'), row('b', { setBy: [] })], GOAL)).toEqual(['Shop b: no property was found that sets it']);
  });

  test('complains of fields that no example shows once they are too many', () => {
    const shown = Array.from({ length: 98 }, (_, i) => row(`a${i}`));
    const hidden = ['x', 'y', 'z'].map(path => row(path, { shownIn: undefined }));
    expect(complaints([...shown, ...hidden.slice(0, 2)], GOAL)).toEqual([]);
    expect(complaints([...shown, ...hidden], GOAL)).toEqual(['x', 'y', 'z'].map(path => `Shop ${path}: no example shows it`));
  });

  test('fields that are left out for a reason are told, and count for nothing', () => {
    const rows = [row('a'), row('b', { setBy: [], shownIn: undefined, reason: 'deprecated' })];
    expect(complaints(rows, GOAL)).toEqual([]);
    expect(summary(rows, [])).toEqual([
      '1 of 2 paths are left out, each with its reason',
      '1 of 1 others are settable through a typed property: 100.0 %',
      '1 of 1 others are shown in an example: 100.0 %',
      'parts of the public API without a type: none',
    ]);
    expect(page(rows, [], HEAD)).toContain('| `b` | deprecated | – |');
  });

  test('complains of a field that is said to be left out and is not, and of a reason for no field', () => {
    expect(complaints([row('a', { reason: 'deprecated' })], GOAL)).toEqual(['Shop a: it is said to be left out, and ShopProps.x sets it']);
    expect(strayReasons([row('a')], { 'Shop a': 'deprecated', 'Shop z': 'deprecated' })).toEqual(['Shop z: there is a reason to leave it out, but no such field']);
  });

  test('has a section for each kind, with the fields in order', () => {
    const text = page([row('b', { onlyExperimental: true, setBy: ['A.a', 'B.b', 'C.c', 'D.d', 'E.e'] }), row('a', { setBy: [], shownIn: undefined })], [], HEAD);
    expect(text).toContain('## Shop\n\n| field | set by | shown in |\n|---|---|---|\n| `a` | – | – |\n' +
      '| `b` (experimental) | `A.a`, `B.b`, `C.c`, `D.d` and 1 more | reference/shop |\n');
  });

  test('says of a kind of the experimental channel so once', () => {
    const text = page([row('a', { onlyExperimental: true })], [], HEAD);
    expect(text).toContain('## Shop\n\nOf the experimental channel only.\n\n| field | set by | shown in |\n|---|---|---|\n| `a` |');
  });
});
