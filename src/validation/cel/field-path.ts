/** A field path such as `.spec['a.b'].c` as the names in it. */
export function fieldPath(path: string): string[] {
  return [...path.matchAll(/\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/gs)].map(([, name, quoted]) => name ?? quoted.replace(/\\(.)/gs, '$1'));
}
