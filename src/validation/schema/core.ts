import { Schema } from './schema';

/** A schema of the core kinds, which are no custom resources: docs/decisions/009-core-schemas.md. */
export interface CoreSchema extends Schema {
  /** The metadata of a template. */
  readonly 'x-object-meta'?: boolean;
  /** A quantity of Kubernetes. */
  readonly 'x-quantity'?: boolean;
  /** Bytes in base64, which may be none and may have line ends, as Go decodes them. */
  readonly 'x-bytes'?: boolean;
}

/** The schemas that others refer to, by name. */
export type Shared = { [name: string]: unknown };

/** Puts shared schemas in the place of `{"$ref": name}`, each as one object, however often it is referred to. */
export function share(value: unknown, shared: Shared, done = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || done.has(value)) {
    return;
  }
  done.add(value);
  for (const [key, item] of Object.entries(value)) {
    const name = (item as { $ref?: unknown } | null)?.$ref;
    if (typeof name === 'string') {
      (value as Shared)[key] = shared[name];
    }
    share((value as Shared)[key], shared, done);
  }
}
