import { fieldsOf, shownIn, specsOf } from './fields';
import { objectsOf, renderModule } from './rendered';

const kinds = specsOf('gateway-api-standard', 'gateway-api-experimental');

const shown = shownIn(renderModule('../../examples/reference-gateway-api/main').flatMap(objectsOf));

test('there are fields of fourteen kinds', () => {
  expect(new Set(kinds.map(([kind]) => kind)).size).toBe(14);
  expect(new Set(kinds.flatMap(([kind, spec]) => fieldsOf(spec, kind))).size).toBeGreaterThan(800);
});

test.each([...new Set(kinds.map(([kind]) => kind))])('the reference shows every field and every word of %s', name => {
  const fields = kinds.filter(([kind]) => kind === name).flatMap(([kind, spec]) => fieldsOf(spec, kind));
  expect([...new Set(fields)].filter(field => !shown.has(field))).toEqual([]);
});

test('a field that nothing shows would be seen', () => {
  expect(shown.has('Gateway.listeners[].tls.mode=Passthrough')).toBe(true);
  expect(shown.has('Gateway.listeners[].tls.mode=None')).toBe(false);
  expect(shown.has('Gateway.listeners[].backendTLS')).toBe(false);
});
