/** What Go's decoder makes of each field of an object's metadata, and of the lists in it; null stands for "not written" everywhere. */

/** Whether Go can decode a value into a field. */
type Decodes = (value: unknown) => boolean;

interface FieldType {
  readonly decodes: Decodes;
  /** The type in words, after "must be". */
  readonly words: string;
}

interface StructType {
  readonly [field: string]: FieldType | undefined;
}

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isInt64(value: unknown): boolean {
  return typeof value === 'bigint' ? BigInt.asIntN(64, value) === value : Number.isInteger(value) && Math.abs(value as number) <= 2 ** 63;
}

const TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]?\d|2[0-3]):[0-5]\d:[0-5]\d([.,]\d+)?(Z|[+-]([01]\d|2[0-4]):([0-5]\d|60))$/;

function isTime(value: unknown): boolean {
  if (typeof value !== 'string' || !TIME.test(value)) {
    return false;
  }
  const [year, month, day] = value.slice(0, 10).split('-').map(Number);
  return day <= new Date(Date.UTC(year % 400 + 400, month, 0)).getUTCDate();
}

/** A map of strings; a value may be null, which is an empty string. */
function isStringMap(value: unknown): boolean {
  if (!isObject(value)) {
    return false;
  }
  for (const key in value) {
    const item = value[key];
    if (typeof item !== 'string' && item !== null) {
      return false;
    }
  }
  return true;
}

const STRING: FieldType = { decodes: value => typeof value === 'string', words: 'a string' };
const BOOLEAN: FieldType = { decodes: value => typeof value === 'boolean', words: 'true or false' };
const INT64: FieldType = { decodes: isInt64, words: 'an integer' };
const DATE: FieldType = { decodes: isTime, words: "a time such as '2026-01-31T12:00:00Z'" };
const STRINGS: FieldType = { decodes: isStringMap, words: 'a map of strings: quote its values' };

function listOf(item: Decodes, words: string): FieldType {
  return { decodes: value => Array.isArray(value) && value.every(each => each === null || item(each)), words };
}

/** Fields that are not known are another matter than those of a wrong type. */
function decodesAs(type: StructType): Decodes {
  return value => isObject(value) && Object.entries(value).every(([field, item]) => item === null || (own(type, field)?.decodes(item) ?? true));
}

/** The type of a field; a name such as `constructor` is no field. */
export function own(type: StructType, field: string): FieldType | undefined {
  return Object.prototype.hasOwnProperty.call(type, field) ? type[field] : undefined;
}

/** `metadata.ownerReferences[]` */
export const OWNER_REFERENCE: StructType = {
  apiVersion: STRING,
  kind: STRING,
  name: STRING,
  uid: STRING,
  controller: BOOLEAN,
  blockOwnerDeletion: BOOLEAN,
};

/** `metadata.managedFields[]` */
export const MANAGED_FIELDS_ENTRY: StructType = {
  manager: STRING,
  operation: STRING,
  apiVersion: STRING,
  time: DATE,
  fieldsType: STRING,
  fieldsV1: { decodes: () => true, words: 'anything' },
  subresource: STRING,
};

/** `metadata` */
export const OBJECT_META: StructType = {
  name: STRING,
  generateName: STRING,
  namespace: STRING,
  selfLink: STRING,
  uid: STRING,
  resourceVersion: STRING,
  generation: INT64,
  creationTimestamp: DATE,
  deletionTimestamp: DATE,
  deletionGracePeriodSeconds: INT64,
  labels: STRINGS,
  annotations: STRINGS,
  ownerReferences: listOf(decodesAs(OWNER_REFERENCE), 'a list of owners, each with apiVersion, kind, name and uid as strings, and controller and blockOwnerDeletion as booleans'),
  finalizers: listOf(STRING.decodes, 'a list of strings'),
  managedFields: listOf(decodesAs(MANAGED_FIELDS_ENTRY), "a list as the API server writes it: leave it out, it is the API server's own"),
};
