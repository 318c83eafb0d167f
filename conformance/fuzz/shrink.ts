import { changed, isObject, Path } from './places';

/** How many smaller objects are tried. */
const TRIES = 400;

function pathsOf(value: unknown, path: Path = []): Path[] {
  const children = Array.isArray(value) ? value.map((item, i) => [i, item] as const) : isObject(value) ? Object.entries(value) : [];
  return children.flatMap(([step, child]) => [[...path, step], ...pathsOf(child, [...path, step])]);
}

/** The smallest object found by leaving out fields and items for which something still holds. */
export async function shrink(object: unknown, holds: (smaller: unknown) => Promise<boolean>): Promise<unknown> {
  let best = object;
  let tries = 0;
  for (let shrunk = true; shrunk;) {
    shrunk = false;
    for (const path of pathsOf(best).filter(([first]) => first !== 'apiVersion' && first !== 'kind')) {
      const smaller = changed(best, path);
      if (tries++ >= TRIES) {
        return best;
      }
      if (await holds(smaller)) {
        best = smaller;
        shrunk = true;
        break;
      }
    }
  }
  return best;
}
