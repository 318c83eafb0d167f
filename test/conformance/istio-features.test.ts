import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allShown, shownBy } from '../../conformance/istio-features/evidence';
import { ISTIO_FEATURES } from '../../conformance/istio-features/names';
import { istioTable } from '../../conformance/istio-features/table';

const shown = allShown();

describe('what is shown of Istio\'s features', () => {
  test('is borne out by the recorded verdicts', () => {
    expect(shown.flatMap(({ case: name, feature, wrong }) => wrong.map(what => `${name}: ${feature}: ${what}`))).toEqual([]);
  });

  test.each(ISTIO_FEATURES.map(({ name }) => name))('has requests with %s, and without', name => {
    const own = shown.filter(({ feature }) => feature === name);

    expect(own.flatMap(one => one.with)).not.toEqual([]);
    expect(own.flatMap(one => one.without)).not.toEqual([]);
  });

  test('is of features that are listed, each once', () => {
    const names = ISTIO_FEATURES.map(({ name }) => name);

    expect(shown.map(({ feature }) => feature).filter(feature => !names.includes(feature))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('is what docs/istio-features.md says: else run npx tsx conformance/istio-features.ts', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'istio-features.md'), 'utf8')).toBe(istioTable(shown));
  });
});

const RECORDED = {
  closed: { outcome: 403, hops: [{ flags: 'UAEX', dryRun: { ALLOW: 'denied' }, audited: true }], took: '1 to 2 ms' },
  open: { outcome: 200, backend: { backend: 'shop/web' }, hops: [], copies: ['a', 'b'], headers: { location: '/x' } },
  split: { outcomes: [200, 503], shares: { a: '75 % ± 6', b: '25 % ± 6' }, mirrors: { c: '30 % ± 6' } },
  counted: { outcomes: { 200: 2, 429: 4 }, flags: ['RL'], answeredBy: 'one' },
};

describe('a verdict', () => {
  test('that is not as it is told is wrong', () => {
    expect(shownBy('x', { DENY: { with: { closed: 403 }, without: { open: 'shop/web' } } }, RECORDED)[0].wrong).toEqual([]);
    expect(shownBy('x', { DENY: { with: { closed: 200 }, without: { open: 'shop/other', missing: 200 } } }, RECORDED)[0].wrong).toEqual([
      "request 'closed'", "request 'open'", "request 'missing'",
    ]);
  });

  test('is told in short', () => {
    const row = istioTable(shownBy('x', { DENY: { with: { closed: 403, open: 200 }, without: { split: {}, counted: {} } } }, RECORDED))
      .split('\n').find(line => line.startsWith('| DENY |'));

    expect(row).toBe('| DENY | `AuthorizationAction.DENY` | closed: 403 (UAEX, audited, ALLOW on trial: denied, 1 to 2 ms)' +
      '<br>open: 200 from shop/web to /x (seen by a, b) | split: 200 and 503 from a 75 % ± 6 and b 25 % ± 6 with copies to c 30 % ± 6' +
      '<br>counted: 200 2 times, 429 4 times from one backend (RL) | [x](../conformance/cases/x) |');
  });

  test('is told with what of paths and headers is wanted', () => {
    const told = (wanted: object) => istioTable(shownBy('x', { DENY: { with: { open: wanted }, without: {} } }, RECORDED))
      .split('\n').find(line => line.startsWith('| DENY |'))!.split(' | ')[2];

    expect(told({ backend: { path: '/x', headers: { 'x-set': 'route', 'x-gone': null } }, headers: { 'x-frame-options': 'DENY' } })).toBe(
      'open: 200 from shop/web to /x as `/x` with `x-set: route`, no x-gone which says `x-frame-options: DENY` (seen by a, b)');
    expect(told({ headers: null })).toBe('open: 200 from shop/web to /x which says nothing (seen by a, b)');
  });
});
