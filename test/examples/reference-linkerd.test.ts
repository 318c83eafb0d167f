import { fieldsOf, shownIn, specsOf } from './fields';
import { objectsOf, renderModule } from './rendered';

const GROUP = /(^|\.)linkerd\.io\//;
/** Kinds that are not made: Linkerd reads HTTPRoutes of Gateway API, and an AuthorizationPolicy says what a ServerAuthorization does, and more. */
const NOT_MADE = ['HTTPRoute', 'ServerAuthorization'];

/** What no construct sets, and why. */
const LEFT_OUT: [string, RegExp][] = [
  ['meshTLS is its name in the newer version', /^ExternalWorkload\.meshTls(\.|$)/],
  ['some releases refuse the group of what is Kubernetes\' own', /^(MeshTLSAuthentication\.identityRefs|HTTPLocalRateLimitPolicy\.overrides\[\]\.clientRefs)\[\]\.group$/],
  ['the definition takes a list, and the webhook a map', /^ServiceProfile\.opaquePorts/],
  ['the definition takes a list, and the webhook an object', /^ServiceProfile\.routes\[\]\.condition\.not(\[|\.|$)/],
];

const kinds = specsOf('linkerd').filter(([kind]) => !NOT_MADE.includes(kind));
const objects = renderModule('../../examples/reference-linkerd/main').flatMap(objectsOf);
const shown = shownIn(objects.filter(({ apiVersion }) => GROUP.test(apiVersion ?? '')));
const isLeftOut = (field: string) => LEFT_OUT.some(([, pattern]) => pattern.test(field));
const all = [...new Set(kinds.flatMap(([kind, spec]) => fieldsOf(spec, kind)))];

test('there are fields of eight kinds', () => {
  expect(new Set(kinds.map(([kind]) => kind)).size).toBe(8);
  expect(all.length).toBeGreaterThan(100);
});

test.each([...new Set(kinds.map(([kind]) => kind))])('the reference shows every field and every word of %s that a construct sets', name => {
  const fields = all.filter(field => field.split(/[.[=]/)[0] === name);
  expect(fields.length).toBeGreaterThan(0);
  expect(fields.filter(field => !shown.has(field) && !isLeftOut(field))).toEqual([]);
});

test('what is said to be left out is a field, and is not shown', () => {
  expect(LEFT_OUT.filter(([, pattern]) => !all.some(field => pattern.test(field)))).toEqual([]);
  expect(all.filter(field => isLeftOut(field) && shown.has(field))).toEqual([]);
});

test('a field that nothing shows would be seen', () => {
  expect(shown.has('Server.proxyProtocol=opaque')).toBe(true);
  expect(shown.has('Server.proxyProtocol=HTTP/3')).toBe(false);
});
