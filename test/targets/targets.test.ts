import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { differences, missing } from './contains';
import { makeTargets } from '../../examples/targets/targets';

const charts = new Map(makeTargets(new App()).map(chart => [chart.node.id, chart]));
const files = readdirSync(__dirname).filter(file => file.endsWith('.yaml'));

describe('targets', () => {
  test('every file has a chart, and every chart a file', () => {
    expect([...charts.keys()].sort()).toEqual(files.map(file => file.replace('.yaml', '')).sort());
  });

  test.each(files)('%s', file => {
    const objects = Testing.synth(charts.get(file.replace('.yaml', ''))!);
    const documents = parseAllDocuments(readFileSync(join(__dirname, file), 'utf8')).map(document => document.toJS());
    expect(documents.length).toBeGreaterThan(0);
    expect(documents.flatMap(document => missing(document, objects))).toEqual([]);
  });
});

describe('the rule by which a target holds', () => {
  test.each([
    ['a map may have more keys', { a: 1 }, { a: 1, b: 2 }, true],
    ['an empty map is exactly empty', { a: {} }, { a: { b: 1 } }, false],
    ['a list has the same length', { a: [1] }, { a: [1, 2] }, false],
    ['an empty list is exactly empty', { a: [] }, { a: [1] }, false],
    ['a list holds element by element', { a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }] }, true],
    ['an absent key must not exist', { a: '<absent>' }, { a: 1 }, false],
    ['an absent key may be missing', { a: '<absent>' }, {}, true],
    ['a missing key differs', { a: 1 }, {}, false],
    ['text is not a number', { a: '1' }, { a: 1 }, false],
    ['annotations are compared parsed', { annotations: { a: '{"b": "c"}' } }, { annotations: { a: 'b: c\n' } }, true],
    ['annotations differ when parsed', { annotations: { a: '{"b": "c"}' } }, { annotations: { a: 'b: d\n' } }, false],
  ])('%s', (_, expected, actual, holds) => {
    expect(differences(expected, actual).length === 0).toBe(holds);
  });
});
