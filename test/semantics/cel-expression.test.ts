import { checkCelExpression } from '../../src/semantics/cel-expression';

test.each([
  'response.code >= 400',
  "'x-debug' in request.headers && request.headers['x-debug'].startsWith('on')",
  '!has(response.grpc_status) || response.grpc_status != 0',
  '[200, 204].exists(code, code == response.code)',
  'has(request.path) ? request.path : "none"',
])('%s is taken', expression => {
  expect(checkCelExpression(expression, 'filter')).toBe(expression);
});

test.each([
  [' ', 'filter must not be empty: pass an expression such as "response.code >= 400"'],
  ['response.code >=', "filter must be an expression of CEL, got 'response.code >=': unexpected token: EOF"],
  ['response.code = 400', "filter must be an expression of CEL, got 'response.code = 400': unexpected character: ="],
  ["has(request.headers['x'])", "filter must ask has() for a field, got 'has(request.headers['x'])': write has(a.b), and 'b' in a where the name is a text"],
  ['response.code > 400 && [has(a, b)]', "filter must ask has() for a field, got 'response.code > 400 && [has(a, b)]'"],
])('%s is refused', (expression, message) => {
  expect(() => checkCelExpression(expression, 'filter')).toThrow(message);
});
