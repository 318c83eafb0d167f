/*
 * What plain words of YAML mean to kubectl: YAML 1.1 as Go reads it, with its own idea of numbers.
 */
const WORDS = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(word => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(word => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(word => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, -Infinity] as const),
]);
const LONGEST_WORD = 5;
const INTEGER = /^[-+]?(?:0|[1-9]\d*)$/;
const BASED = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+))$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const DOT_FLOAT = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/;
const MAX_UINT64 = 2n ** 64n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** A number, and whether it was written as an integer of 64 bits. */
interface Parsed {
  readonly value: number;
  readonly integer: boolean;
}

function parseBased(text: string): Parsed | undefined {
  const [, sign, hexadecimal, octal, binary] = BASED.exec(text) ?? [];
  if (sign === undefined) {
    return undefined;
  }
  const digits = hexadecimal ? `0x${hexadecimal}` : octal ? `0o${octal}` : `0b${binary}`;
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits);
  return value > MAX_UINT64 || value < MIN_INT64 ? undefined : { value: Number(value), integer: true };
}

function parseFloatText(text: string): Parsed | undefined {
  const value = Number(text);
  // Go refuses what is too large for 64 bits, and takes it for a string then. There is one zero in JSON as Kubernetes reads it.
  return Number.isFinite(value) ? { value: value === 0 ? 0 : value, integer: false } : undefined;
}

function parseNumber(text: string): Parsed | undefined {
  const first = text.charCodeAt(0);
  if (first === 46 /* . */) {
    return DOT_FLOAT.test(text) ? parseFloatText(text.replaceAll('_', '')) : undefined;
  }
  if (!(first >= 48 && first <= 57 || first === 43 || first === 45) /* 0-9 + - */) {
    return undefined;
  }
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  if (INTEGER.test(plain)) {
    return fitsInteger(plain) ? { value: Number(plain) || 0, integer: true } : parseFloatText(plain);
  }
  return parseBased(plain) ?? (FLOAT.test(plain) ? parseFloatText(plain) : undefined);
}

function fitsInteger(text: string): boolean {
  if (text.length < 16) {
    return true;
  }
  if (text.length > 21) {
    return false;
  }
  const value = BigInt(text.replace('+', ''));
  return value >= MIN_INT64 && value <= MAX_UINT64;
}

/** What a plain scalar means. */
export function resolvePlain(text: string): string | number | boolean | null {
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) {
      return word;
    }
  }
  return parseNumber(text)?.value ?? text;
}

/** What a scalar with one of YAML's own tags means; undefined when it is not of that type. */
export function resolveTagged(tag: string, text: string): string | number | boolean | null | undefined {
  const value = resolvePlain(text);
  switch (tag) {
    case 'str': return text;
    case 'null': return value === null ? null : undefined;
    case 'bool': return typeof value === 'boolean' ? value : undefined;
    case 'int': return parseNumber(text)?.integer ? value : undefined;
    case 'float': return typeof value === 'number' ? value : undefined;
    case 'timestamp': return /^\d{4}-\d\d?-\d\d?([Tt ].*)?$/.test(text) ? text : undefined;
    case 'binary': return /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text) ? Buffer.from(text, 'base64').toString() : undefined;
    default: return text;
  }
}

/** A scalar as the key of a mapping; undefined for one that has no spelling in JSON. */
export function keyOf(value: string | number | boolean | null, text: string): string | undefined {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'boolean') {
    return String(value);
  }
  if (value === null) {
    return undefined;
  }
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? '.nan' : value < 0 ? '-.inf' : '.inf';
  }
  if (Number.isSafeInteger(value) && parseNumber(text)?.integer) {
    return String(value);
  }
  // Go writes such a key with the digits of a 32 bit float. Where that is not plainly the same number, the writer did not mean it.
  const digits = String(value).replace(/[-.]|e.*/g, '').replace(/^0+/, '').length;
  return Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6 && digits <= 6 ? String(value) : undefined;
}
