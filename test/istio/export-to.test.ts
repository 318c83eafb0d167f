import { checkExportTo } from '../../src/istio/export-to';

test('namespaces, the own one, all and, where allowed, none are taken', () => {
  expect(() => checkExportTo(undefined, { hidden: false })).not.toThrow();
  expect(() => checkExportTo(['.', 'shop'], { hidden: false, namespace: 'web' })).not.toThrow();
  expect(() => checkExportTo(['*'], { hidden: false })).not.toThrow();
  expect(() => checkExportTo(['~'], { hidden: true })).not.toThrow();
});

test.each([
  [['shop', 'shop'], true, 'exportTo must name each namespace once, got \'shop\' again in shop, shop'],
  [['.', 'web'], true, 'exportTo must name each namespace once, got \'web\' again in ., web'],
  [['~'], false, 'exportTo takes \'~\' on a ServiceEntry only: use \'.\' for the namespace of the object'],
  [['shop', '*'], true, 'exportTo must have \'*\' alone, got shop, *'],
  [['~', 'shop'], true, 'exportTo must have \'~\' alone, got ~, shop'],
  [['Shop'], true, 'namespace in exportTo must be a DNS label (lower case letters, digits and inner dashes), got \'Shop\''],
])('%j is refused', (exportTo, hidden, message) => {
  expect(() => checkExportTo(exportTo, { hidden, namespace: 'web' })).toThrow(message);
});
