import { checkWeight, checkWeights, MAX_WEIGHT, shares } from '../../src/semantics/weight';

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

test('shares are in proportion to the weights', () => {
  expect(shares([70, 30])).toEqual([0.7, 0.3]);
  expect(shares([1, 0, 3])).toEqual([0.25, 0, 0.75]);
  expect(shares([5])).toEqual([1]);
  expect(shares([])).toEqual([]);
});

test('where all weights are 0 nothing gets a share', () => {
  expect(shares([0, 0])).toEqual([0, 0]);
});
