/** A route as it is written, as far as its order among others is concerned. */
interface OrderedRoute<M> {
  readonly match?: readonly M[];
  /** What it is handed on to may leave requests to the routes after it. */
  readonly delegate?: unknown;
}

/**
 * Adds a route to those tried before it, unless these take all that it is for.
 *
 * @param family HTTP, TLS or TCP, by which upstream's lists are named
 * @param covers whether all that the second match is for is what the first one is for
 */
export function addRoute<M, R extends OrderedRoute<M>>(routes: readonly R[], route: R, family: string, covers: (first: M, second: M) => boolean):
readonly R[] {
  const what = `${family === 'HTTP' ? 'an' : 'a'} ${family} route`;
  if (routes.some(({ match, delegate }) => !match?.length && delegate === undefined)) {
    throw new Error(`${what} after one without matches is never reached: add the route without matches last`);
  }
  const takers = route.match?.map(match =>
    routes.findIndex(before => before.delegate === undefined && before.match!.some(first => covers(first, match)))) ?? [];
  if (takers.length > 0 && !takers.includes(-1)) {
    const places = [...new Set(takers)].map(index => `${family.toLowerCase()}[${index}]`);
    throw new Error(`${what} is never reached, since ${places.join(' and ')} before it ${places.length > 1 ? 'take' : 'takes'} all that it matches: ` +
      'add it earlier, or leave it out');
  }
  return routes.concat(route);
}
