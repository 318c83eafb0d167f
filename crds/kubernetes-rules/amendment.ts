import { CelRule, Schema } from '../../src/validation/schema/schema';

/** What a schema has beside what its OpenAPI says. */
export interface Amendment {
  /** Parts of the schemas of properties. */
  readonly properties?: { readonly [property: string]: Schema & { readonly 'x-quantity'?: boolean } };
  readonly rules?: readonly CelRule[];
  /** Required by the server, but not by its OpenAPI. */
  readonly required?: readonly string[];
  /** Required by its OpenAPI, but not by the server. */
  readonly optional?: readonly string[];
  readonly maxProperties?: number;
}

/** Amendments by the name of the schema. */
export type Amendments = { readonly [schema: string]: Amendment };
