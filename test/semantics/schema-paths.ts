/** As much of a schema as paths need. */
interface Schema {
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
}

/** As much of a CustomResourceDefinition. */
export interface Definition {
  readonly spec: {
    readonly names: { readonly kind: string };
    readonly group: string;
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** Every path of a schema, and every word of its enums. */
export function pathsOf(schema: Schema, path = ''): string[] {
  return [
    ...path === '' ? [] : [path],
    ...(schema.enum ?? []).map(word => `${path}=${word}`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => pathsOf(property, path === '' ? name : `${path}.${name}`)),
    ...schema.items ? pathsOf(schema.items, `${path}[]`) : [],
    ...typeof schema.additionalProperties === 'object' ? pathsOf(schema.additionalProperties, `${path}.*`) : [],
  ];
}

/** The smallest spec that has something at a path. */
export function specWith(path: string): unknown {
  const [fields, word] = path.split('=');
  const steps = fields.match(/\[\]|[^.[\]]+/g)!;
  return steps.reduceRight<unknown>((value, step) => step === '[]' ? [value] : { [step === '*' ? 'key' : step]: value }, word ?? {});
}
