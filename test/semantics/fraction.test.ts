import { checkFraction } from '../../src/semantics/fraction';

test.each([
  [{ numerator: 0 }, { numerator: 0, denominator: 100 }],
  [{ numerator: 100 }, { numerator: 100, denominator: 100 }],
  [{ numerator: 1, denominator: 1 }, { numerator: 1, denominator: 1 }],
  [{ numerator: 1, denominator: 2147483647 }, { numerator: 1, denominator: 2147483647 }],
])('%j is a share', (fraction, written) => {
  expect(checkFraction(fraction, 'share')).toEqual(written);
});

test.each([[101, 100], [-1, 100], [0, 0], [0.5, 1], [1, 1.5], [1, 2147483648]])('%d/%d is none', (numerator, denominator) => {
  expect(() => checkFraction({ numerator, denominator }, 'share'))
    .toThrow(`share must be whole numbers between 0/1 and 1/1, got ${numerator}/${denominator}`);
});
