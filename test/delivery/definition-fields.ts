interface Schema {
  readonly type?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

interface Definition {
  readonly spec: {
    readonly names: { readonly kind: string };
    readonly versions: { readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** The places of a spec that hold a value, as `service.match[].uri.exact`; what is a map or free is one place. */
export function schemaFields(bundle: unknown, kind: string, skip: string[] = []): Map<string, boolean> {
  const fields = new Map<string, boolean>();
  const walk = (schema: Schema, at: string): void => {
    if (skip.includes(at)) {
      return;
    }
    if (schema.properties !== undefined) {
      Object.entries(schema.properties).forEach(([name, inner]) => walk(inner, at === '' ? name : `${at}.${name}`));
    } else if (schema.items !== undefined) {
      walk(schema.items, `${at}[]`);
    } else {
      fields.set(at, true);
    }
  };
  definitionsOf(bundle).filter(({ spec }) => spec.names.kind === kind)
    .forEach(({ spec }) => walk(spec.versions[0].schema.openAPIV3Schema.properties!.spec, ''));
  return fields;
}

function definitionsOf(value: unknown): Definition[] {
  if (Array.isArray(value)) {
    return value.flatMap(definitionsOf);
  }
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return 'spec' in value && 'versions' in (value as Definition).spec ? [value as Definition] : Object.values(value).flatMap(definitionsOf);
}

/** The places that a spec sets. */
export function fieldsOf(value: unknown, known: ReadonlyMap<string, boolean>, at = ''): string[] {
  if (known.has(at)) {
    return [at];
  }
  if (Array.isArray(value)) {
    return value.flatMap(item => fieldsOf(item, known, `${at}[]`));
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, inner]) => fieldsOf(inner, known, at === '' ? name : `${at}.${name}`));
  }
  return [at];
}
