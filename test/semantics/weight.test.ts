import { checkWeight, checkWeights, MAX_WEIGHT } from '../../src/semantics/weight';

test.each([0, 1, MAX_WEIGHT])('%d is a weight', weight => {
  expect(checkWeight(weight)).toBe(weight);
});

test.each([-5, 1000001, 0.5])('%d is no weight', weight => {
  expect(() => checkWeight(weight)).toThrow(`weight must be between 0 and 1000000, got ${weight}`);
});

test('one weight above 0 is enough, and so is no destination', () => {
  expect(() => checkWeights([0, 1], 'backends of a rule')).not.toThrow();
  expect(() => checkWeights([], 'backends of a rule')).not.toThrow();
});

test('weights of 0 only send every request nowhere', () => {
  expect(() => checkWeights([0, 0], 'backends of a rule'))
    .toThrow('backends of a rule must have a weight above 0 for at least one destination, got 0, 0: every request would fail');
});
