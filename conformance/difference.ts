/** A place where two verdicts differ. */
export interface Difference {
  readonly path: string;
  /** What was there, as JSON; undefined where nothing was. */
  readonly before?: string;
  /** What is there, as JSON; undefined where nothing is. */
  readonly after?: string;
}

/** Where a verdict moved: both sides, as deep inside as they have a common place. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap(key => differences(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return listDifferences(before, after, path);
  }
  const [was, is] = [JSON.stringify(before), JSON.stringify(after)];
  return was === is ? [] : [{ path, before: was, after: is }];
}

/** Items that both lists have are matched in order; what lies between two matches is compared one by one. */
function listDifferences(before: readonly unknown[], after: readonly unknown[], path: string): Difference[] {
  const found: Difference[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...commonItems(before, after), [before.length, after.length]]) {
    for (; i < nextI || j < nextJ; i = Math.min(i + 1, nextI), j = Math.min(j + 1, nextJ)) {
      found.push(...differences(i < nextI ? before[i] : undefined, j < nextJ ? after[j] : undefined, `${path}[${i < nextI ? i : j}]`));
    }
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return found;
}

/** The longest row of equal items of two lists, as pairs of their places. */
function commonItems(before: readonly unknown[], after: readonly unknown[]): [number, number][] {
  const [was, is] = [before, after].map(list => list.map(item => JSON.stringify(item)));
  const longest = Array.from({ length: was.length + 1 }, () => new Uint32Array(is.length + 1));
  for (let i = was.length - 1; i >= 0; i--) {
    for (let j = is.length - 1; j >= 0; j--) {
      longest[i][j] = was[i] === is[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const pairs: [number, number][] = [];
  for (let [i, j] = [0, 0]; i < was.length && j < is.length;) {
    if (was[i] === is[j]) {
      pairs.push([i++, j++]);
    } else if (longest[i + 1][j] >= longest[i][j + 1]) {
      i++;
    } else {
      j++;
    }
  }
  return pairs;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
