import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf, patternOf } from '../../conformance/support/cell-ids';
import { Judged, judge, run } from '../../conformance/support/cells';
import { complaintsOf } from '../../conformance/support/complaints';
import { allProofs, Evidence, Proof, proofsOf } from '../../conformance/support/evidence';
import { MESHES, SIDECAR } from '../../conformance/support/meshes';
import { supportPage } from '../../conformance/support/page';
import { askable } from '../../conformance/support/public-api';
import { sameObjects } from '../../conformance/support/same-objects';
import { Scene, Unwritable } from '../../conformance/support/scene';
import { Row, Section } from '../../conformance/support/section';
import { SECTIONS } from '../../conformance/support/sections';
import { reasonOf } from '../../conformance/support/unproved';
import { WITHOUT_ROW } from '../../conformance/support/without-row';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';
import { IstioMesh } from '../../src/mesh/istio-mesh';
import { GatewayApiChannel } from '../../src/semantics/gateway-api-channel';
import { versionOf } from '../../src/semantics/gateway-api-version';
import { checkManifests } from '../../src/validation/report';
import { formatFinding } from '../../src/validation/report-text';

/** Kinds whose definitions we do not have. */
const OF_OTHERS = /toolkit\.fluxcd\.io|argoproj\.io|gateway\.nginx\.org/;

const proofs = allProofs();
let judged: Judged[];
const cells = () => judged.flatMap(({ rows }) => rows.flatMap(row => row.cells));

beforeAll(() => {
  judged = judge(SECTIONS, proofs);
}, 120_000);

describe('the support table', () => {
  test('says of each cell how it is known, and cases bear it out', () => {
    expect(complaintsOf(judged, proofs)).toEqual([]);
  });

  test('is what docs/support.md says: else run npx tsx conformance/support.ts', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'support.md'), 'utf8')).toBe(supportPage(judged));
  });

  test('refuses nothing by accident', () => {
    const refusals = cells().flatMap(({ id, outcome }) => 'refused' in outcome ? [`${id}: ${outcome.refused}`] : []);

    expect(refusals.filter(sentence => /Cannot read|is not a|already a Construct|undefined|\[object/.test(sentence))).toEqual([]);
  });

  test.each([GatewayApiChannel.STANDARD, GatewayApiChannel.EXPERIMENTAL])('has programs whose objects the definitions of the %s channel take', channel => {
    const meant = cells().filter(({ column }) => column.mesh.id.endsWith('experimental') === (channel === GatewayApiChannel.EXPERIMENTAL));
    const texts = new Set(meant.flatMap(({ outcome }) => 'refused' in outcome ? [] : outcome.objects.map(object => JSON.stringify(object))));
    const { objects, problems } = readObjects([...texts].join('\n---\n'), 'support.yaml');
    const { findings } = checkManifests(new Manifests(objects, problems), () => versionOf({ channel }));

    expect(findings.map(formatFinding).filter(finding => !OF_OTHERS.test(finding))).toEqual([]);
  });

  test('has a row for all that a user can ask of a pattern', () => {
    const covered = SECTIONS.flatMap(({ rows }) => rows.flatMap(({ covers }) => covers));
    const excused = Object.values(WITHOUT_ROW).flat();
    const all = askable();

    expect(all.filter(one => !covered.includes(one) && !excused.some(other => patternOf(other).test(one)))).toEqual([]);
    expect([...new Set(covered)].filter(one => !all.includes(one))).toEqual([]);
    expect(excused.filter(other => !all.some(one => patternOf(other).test(one)))).toEqual([]);
  });

  test('has an id for each of its cells', () => {
    const ids = SECTIONS.flatMap(section => section.rows.flatMap(row => section.columns.map(column => idOf(section, row, column))));

    expect(new Set(ids).size).toBe(ids.length);
  });
});

const COLUMN = { id: 'sidecar', title: 'sidecars', mesh: SIDECAR };
const row = (program: (scene: Scene) => void): Row => ({ id: 'row', what: 'a row', covers: [], program });
const section = (one: Row): Section => ({ id: 'table', title: 'A table', about: 'Of one row.', columns: [COLUMN], rows: [one] });
const PROOF: Proof = { cell: 'table/row/sidecar', case: 'x', engines: ['istiod'], requests: [], wrong: [] };
const cellOf = (one: Row, ...by: Proof[]) => judge([section(one)], by)[0].rows[0].cells[0].cell;

describe('a cell', () => {
  test('is proved by a case', () => {
    expect(cellOf(row(scene => void scene.shop), PROOF)).toEqual({ is: 'proved', by: [PROOF] });
  });

  test('that is supported and that no case proves is complained of', () => {
    const [one] = judge([section(row(scene => void scene.shop))], []);

    expect(complaintsOf([one], [])).toEqual(['table/row/sidecar: is supported, and neither proved nor said to be unproved']);
  });

  test('is refused in the words of the error, of a constructor and of a validation', () => {
    expect(cellOf(row(() => {
      throw new Unwritable('no types have a place for it');
    }))).toEqual({ is: 'refused', because: 'no types have a place for it' });
    expect(run(row(scene => scene.chart.node.addValidation({ validate: () => ['something never happened'] })), COLUMN)).toEqual({ refused: 'something never happened' });
  });

  test('of another mesh is as with sidecars where the objects are the same but for who takes them', () => {
    const managed = MESHES.find(({ id }) => id === 'managed')!;
    const both = { ...section(row(scene => void scene.shop)), columns: [COLUMN, { id: 'managed', title: 'managed', mesh: managed }] };

    expect(judge([both], [PROOF])[0].rows[0].cells[1].cell).toMatchObject({ is: 'unproved', judgedBy: [PROOF] });
    expect(sameObjects([{ metadata: { labels: { 'istio.io/rev': 'a', 'x': 'y' } } }], [{ metadata: { labels: { 'x': 'y', 'istio-injection': 'enabled' } } }])).toBe(true);
    expect(sameObjects([{ metadata: { labels: { x: 'y' } } }], [{ metadata: { labels: { x: 'z' } } }])).toBe(false);
  });

  test('that is refused, or that there is not, is proved by nothing', () => {
    const refused = judge([section(row(() => {
      throw new Error('no');
    }))], [PROOF]);

    expect(complaintsOf(refused, [PROOF, { ...PROOF, cell: 'other/row/sidecar' }])).toEqual([
      'x: table/row/sidecar: there is no such cell, or it is refused', 'x: other/row/sidecar: there is no such cell, or it is refused',
    ]);
  });

  test('of Linkerd is never proved, because no engine runs it', () => {
    const linkerd = MESHES.find(({ id }) => id === 'linkerd')!;

    expect(reasonOf('enrolment/namespace/linkerd', { id: 'linkerd', title: '', mesh: linkerd })).toContain('there is no Linkerd among the engines');
    expect(reasonOf('zero-trust/methods/sidecar', COLUMN)).toBeUndefined();
  });

  test('has a mesh of its kind, for what takes one by its type', () => {
    expect(new Scene(SIDECAR).istioMesh('why')).toBeInstanceOf(IstioMesh);
    expect(() => new Scene(MESHES.find(({ id }) => id === 'linkerd')!).istioMesh('it takes an IstioMesh')).toThrow('it takes an IstioMesh');
  });
});

describe('evidence', () => {
  const recorded = {
    'envoy': { asked: { outcome: 200, backend: { backend: 'shop/web' } } },
    'ambient': { requests: { asked: { status: 200, way: 'waypoint' } } },
    'inject': [{ pod: 'Deployment shop/web', role: 'sidecar' }],
    'istiod': { status: { 'Gateway edge/door': { conditions: { Accepted: 'True' } } } },
    'envoy-gateway': { 'envoy-gateway': { status: { 'Gateway edge/door': { listeners: {} } } }, 'requests': { asked: { outcome: 200 } } },
    'provision': { 'edge/door': { makes: ['Service door'] } },
  };
  const wrong = (evidence: Evidence) => proofsOf('x', { 'table/row/sidecar': evidence }, recorded)[0].wrong;

  test('is parts of what engines recorded', () => {
    expect(wrong({
      'envoy': { asked: 'shop/web' },
      'ambient': { asked: { status: 200 } },
      'inject': { 'Deployment shop/web': { role: 'sidecar' } },
      'istiod': { 'Gateway edge/door': { conditions: { Accepted: 'True' } } },
      'envoy-gateway': { status: { 'Gateway edge/door': {} }, requests: { asked: { outcome: 200 } } },
      'provision': { 'edge/door': { makes: ['Service door'] } },
    })).toEqual([]);
    expect(wrong({ inject: true })).toEqual([]);
  });

  test('that is not recorded is wrong', () => {
    expect(wrong({ envoy: { asked: 403, another: 200 } })).toEqual(["'asked' of envoy", "'another' of envoy"]);
    expect(wrong({ inject: { 'Deployment shop/web': { role: 'gateway' } }, istiod: { 'Gateway edge/other': {} } })).toEqual(["'Deployment shop/web' of inject", "'Gateway edge/other' of istiod"]);
    expect(wrong({ charts: true })).toEqual(["engine 'charts' has not judged"]);
    expect(proofsOf('x', { 'table/row/sidecar': { apiserver: true } }, { apiserver: { rejected: [{}] } })[0].wrong).toEqual(["what 'apiserver' takes"]);
  });

  test('is complained of where it is wrong', () => {
    const proved = judge([section(row(scene => void scene.shop))], [PROOF]);

    expect(complaintsOf(proved, [{ ...PROOF, wrong: ["'asked' of envoy"] }])).toEqual(["x: table/row/sidecar: 'asked' of envoy is not as it is told"]);
  });
});

test('the page tells the word of the strongest engine, notes once, and columns that are refused altogether above the table', () => {
  const two = [COLUMN, { ...COLUMN, id: 'other', title: 'others' }];
  const made: Judged = {
    section: { ...section(row(() => undefined)), columns: two },
    rows: [0, 1].map(() => ({
      row: row(() => undefined),
      cells: [
        { id: 'a', column: two[0], outcome: { objects: [] }, cell: { is: 'unproved', because: 'nobody asked', judgedBy: [{ ...PROOF, engines: ['apiserver', 'inject'] }] } },
        { id: 'b', column: two[1], outcome: { refused: 'not here' }, cell: { is: 'refused', because: 'not here' } },
      ],
    })),
  };

  expect(supportPage([made]).split('## A table\n')[1].trim()).toBe([
    'Of one row.',
    '',
    'Not at all: **others**: not here.',
    '',
    '|  | sidecars |',
    '| --- | --- |',
    '| a row | ◯ [injector](../conformance/cases/x/case.yaml) (1) |',
    '| a row | ◯ [injector](../conformance/cases/x/case.yaml) (1) |',
    '',
    '1. nobody asked',
  ].join('\n'));
});
