/** Adds a route to those tried before it; none of those may take everything. */
export function addRoute<T extends { readonly match?: readonly unknown[] }>(routes: T[], route: T, what: string): void {
  if (routes.some(({ match }) => !match?.length)) {
    throw new Error(`${what} after one without matches is never reached: add the route without matches last`);
  }
  routes.push(route);
}
