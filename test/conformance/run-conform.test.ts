import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Case } from '../../conformance/case';
import { conform } from '../../conformance/conform';
import { Engine } from '../../conformance/engine';
import { Stopwatch } from '../../conformance/stopwatch';

let dir: string;
beforeEach(() => dir = mkdtempSync(join(tmpdir(), 'case-')));
afterEach(() => rmSync(dir, { recursive: true }));

const aCase = (manifests = 'kind: Service'): Case => ({ name: 'shop', dir, manifests, world: '', spec: { about: 'A shop', engines: ['oracle'] } });
const oracle = (judge: () => unknown): Engine => ({ name: 'oracle', missing: () => [], build: async () => undefined, judge: async () => judge() });
const quiet = () => new Stopwatch(() => undefined);
const recordedText = () => readFileSync(join(dir, 'verdict.json'), 'utf8');

test('a verdict is recorded with its keys in order, and found again', async () => {
  // WHEN
  const recorded = await conform([aCase()], [oracle(() => ({ b: 1, a: [{ d: 1, c: undefined }] }))], true, quiet());
  const again = await conform([aCase()], [oracle(() => ({ a: [{ d: 1 }], b: 1 }))], false, quiet());

  // THEN
  expect(recorded).toEqual({ verdicts: 1, complaints: [] });
  expect(again).toEqual({ verdicts: 1, complaints: [] });
  expect(JSON.parse(recordedText())).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{64}$/), engines: { oracle: { a: [{ d: 1 }], b: 1 } } });
  expect(recordedText().indexOf('"a"')).toBeLessThan(recordedText().indexOf('"b"'));
});

test('where a verdict moved, both sides are said', async () => {
  // GIVEN
  await conform([aCase()], [oracle(() => ({ status: [200, 404], kept: true }))], true, quiet());

  // WHEN
  const { complaints } = await conform([aCase()], [oracle(() => ({ status: [200, 500], kept: true }))], false, quiet());

  // THEN
  expect(complaints).toEqual(['shop: oracle: status[1]', '  - recorded: 404', '  + now:      500']);
});

test('other manifests than those that were judged are a complaint, even when the verdict is the same', async () => {
  await conform([aCase()], [oracle(() => 1)], true, quiet());

  const { complaints } = await conform([aCase('kind: Gateway')], [oracle(() => 1)], false, quiet());

  expect(complaints).toEqual(['shop: was recorded for other manifests: look at what moved, then run npx projen conformance shop --record']);
});

test('so is another file of the case, but not verdict.json', async () => {
  await conform([aCase()], [oracle(() => 1)], true, quiet());
  writeFileSync(join(dir, 'world.yaml'), 'kind: Namespace');

  expect((await conform([aCase()], [oracle(() => 1)], false, quiet())).complaints).toHaveLength(1);
});

test('a case that nobody recorded is a complaint', async () => {
  const { complaints } = await conform([aCase()], [oracle(() => 1)], false, quiet());

  expect(complaints).toEqual(['shop: nothing is recorded: run npx projen conformance shop --record']);
});

test('an engine that fails says so, and leaves what is recorded', async () => {
  // GIVEN
  await conform([aCase()], [oracle(() => 'before')], true, quiet());

  // WHEN
  const outcome = await conform([aCase()], [oracle(() => { throw new Error('out of words'); })], true, quiet());

  // THEN
  expect(outcome).toEqual({ verdicts: 0, complaints: ['shop: oracle failed: out of words'] });
  expect(JSON.parse(recordedText()).engines).toEqual({ oracle: 'before' });
});

test('what another engine said of other manifests does not pass for what it says of these', async () => {
  // GIVEN
  const both = (manifests: string): Case => ({ ...aCase(manifests), spec: { about: 'A shop', engines: ['oracle', 'sibyl'] } });
  const sibyl = { ...oracle(() => 'kept'), name: 'sibyl' };
  await conform([both('kind: Service')], [oracle(() => 1), sibyl], true, quiet());

  // WHEN
  await conform([both('kind: Gateway')], [oracle(() => 2)], true, quiet());

  // THEN
  expect(JSON.parse(recordedText()).engines).toEqual({ oracle: 2, sibyl: 'kept' });
  expect((await conform([both('kind: Gateway')], [oracle(() => 2), sibyl], false, quiet())).complaints).toEqual([
    'shop: was recorded for other manifests: look at what moved, then run npx projen conformance shop --record',
  ]);
});

test('an engine that is no more asked is forgotten', async () => {
  await conform([aCase()], [oracle(() => 1)], true, quiet());
  const sibyl = { ...oracle(() => 2), name: 'sibyl' };

  await conform([{ ...aCase(), spec: { about: 'A shop', engines: ['sibyl'] } }], [sibyl], true, quiet());

  expect(JSON.parse(recordedText()).engines).toEqual({ sibyl: 2 });
});

test('an engine that cannot be built says so, and the others are asked', async () => {
  const broken: Engine = { ...oracle(() => 1), name: 'broken', build: async () => { throw new Error('no linker'); } };

  const outcome = await conform([aCase()], [broken, oracle(() => 1)], true, quiet());

  expect(outcome).toEqual({ verdicts: 1, complaints: ['broken cannot be built: no linker'] });
});

test('an engine is closed once, after its last case', async () => {
  const events: string[] = [];
  const engine: Engine = { ...oracle(() => events.push('judged')), close: async () => { events.push('closed'); } };

  await conform([aCase(), aCase()], [engine], true, quiet());

  expect(events).toEqual(['judged', 'judged', 'closed']);
});

test('the time of each stage is said as it ends', async () => {
  const said: string[] = [];

  await conform([aCase()], [oracle(() => 1)], true, new Stopwatch(line => said.push(line)));

  expect(said.map(line => line.replace(/\d+\.\d/, '0.0'))).toEqual(['    0.0 s  oracle: building', '    0.0 s  oracle: 1 cases']);
});
