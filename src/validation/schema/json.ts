/** The kinds of JSON values; 0 is what JSON does not have. */
export const FOREIGN = 0;
export const OBJECT = 1;
export const ARRAY = 2;
export const STRING = 3;
export const INTEGER = 4;
export const FRACTION = 5;
export const BOOLEAN = 6;
export const NULL = 7;

export type JsonObject = Record<string, unknown>;

// Looked up once: where globals are watched, as in tests, each look costs more than the call.
const { isArray } = Array;
const { isInteger, isFinite } = Number;

/** The API server holds integers in 64 bits and takes larger numbers for fractions. */
const INT64 = 2 ** 63;

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  // Objects of another realm have another Object.prototype, but it is the last one all the same.
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The kind of a value. Classes, functions, NaN, dates and bigints are foreign. */
export function kindOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'boolean':
      return BOOLEAN;
    case 'number':
      if (isInteger(value)) {
        return value < INT64 && value >= -INT64 ? INTEGER : FRACTION;
      }
      return isFinite(value) ? FRACTION : FOREIGN;
    case 'object':
      if (value === null) {
        return NULL;
      }
      if (isArray(value)) {
        return ARRAY;
      }
      return isPlain(value) ? OBJECT : FOREIGN;
    default:
      return FOREIGN;
  }
}

/** The items of a set are the same when this is. */
export function canonical(value: unknown): string {
  switch (kindOf(value)) {
    case ARRAY:
      return `[${(value as unknown[]).map(canonical).join()}]`;
    case OBJECT:
      return `{${Object.keys(value as object).sort()
        .map(key => `${JSON.stringify(key)}:${canonical((value as JsonObject)[key])}`).join()}}`;
    case FOREIGN:
      return String(value);
    default:
      return JSON.stringify(value);
  }
}

const SHOWN = 80;

/** A value in a message: short, on one line, and whatever it holds. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value.slice(0, SHOWN + 3)}'` : render(value, SHOWN);
  const line = text.replace(/[\x00-\x1f\x7f\u2028\u2029]/g, c => c < '\x20' ? JSON.stringify(c).slice(1, -1) : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return line.length > SHOWN + 2 ? `${line.slice(0, SHOWN)}...` : line;
}

/** The text of a value, of about so many characters at most, which also bounds a value that holds itself. */
function render(value: unknown, room: number): string {
  const kind = kindOf(value);
  if (kind === FOREIGN) {
    return typeof value === 'object' ? `a ${Object.prototype.toString.call(value).slice(8, -1)}`
      : typeof value === 'function' ? 'a function' : typeof value === 'bigint' ? `${value}n` : String(value);
  }
  if (kind !== OBJECT && kind !== ARRAY) {
    return typeof value === 'string' ? JSON.stringify(value.slice(0, SHOWN + 1)) : String(value);
  }
  const [open, close] = kind === ARRAY ? '[]' : '{}';
  let text = open;
  for (const key of Object.keys(value as object)) {
    if (text.length >= room) {
      return `${text}...`;
    }
    const item = (value as JsonObject)[key];
    text += `${text === open ? '' : ','}${kind === ARRAY ? '' : `${JSON.stringify(key)}:`}${render(item, room - text.length - 1)}`;
  }
  return text + close;
}
