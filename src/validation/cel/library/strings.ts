import { CelError } from '../error';
import { Int } from '../int';
import { method, fn, Overload } from '../overload';
import { codePointCount, codePoints } from '../text';
import { BOOL, BYTES, DYN, INT, listOf, mapOf, STRING } from '../type';
import { Bytes, CelMap, mapKeys } from '../value';

function outOfRange(at: Int): CelError {
  return new CelError(`index out of range: ${at}`);
}

function charAt(text: string, at: Int): string {
  const points = codePoints(text);
  if (at < 0 || at > points.length) {
    throw outOfRange(at);
  }
  return points[Number(at)] ?? '';
}

function indexOf(text: string, part: string, offset: Int): Int {
  if (part === '') {
    return offset;
  }
  if (offset < 0) {
    throw outOfRange(offset);
  }
  const points = codePoints(text);
  const rest = points.slice(Number(offset)).join('');
  const at = rest.indexOf(part);
  return at < 0 ? -1 : Number(offset) + codePointCount(rest.slice(0, at));
}

function lastIndexOf(text: string, part: string): Int {
  const at = text.lastIndexOf(part);
  return at < 0 ? -1 : codePointCount(text.slice(0, at));
}

function lastIndexOfBefore(text: string, part: string, offset: Int): Int {
  if (part === '') {
    return offset;
  }
  if (offset < 0) {
    throw outOfRange(offset);
  }
  const points = codePoints(text);
  return offset >= points.length ? -1 : lastIndexOf(points.slice(0, Number(offset) + codePointCount(part)).join(''), part);
}

function substring(text: string, start: Int, end?: Int): string {
  const points = codePoints(text);
  const to = end ?? points.length;
  if (end !== undefined && start > to) {
    throw new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  }
  for (const at of [start, to]) {
    if (at < 0 || at > points.length) {
      throw outOfRange(at);
    }
  }
  return points.slice(Number(start), Number(to)).join('');
}

/** The empty text separates code points. */
function split(text: string, separator: string, limit: Int = -1): string[] {
  if (limit === 0) {
    return [];
  }
  const parts = separator === '' ? codePoints(text) : text.split(separator);
  return limit < 0 || parts.length <= limit ? parts : [...parts.slice(0, Number(limit) - 1), parts.slice(Number(limit) - 1).join(separator)];
}

function replace(text: string, old: string, by: string, limit: Int): string {
  if (limit < 0) {
    return old === '' ? [...['', ...codePoints(text)].map(point => point + by)].join('') : text.split(old).join(by);
  }
  const parts = old === '' ? ['', ...codePoints(text), ''] : text.split(old);
  const joints = parts.slice(1).map((part, at) => (at < limit ? by : old) + part);
  return parts[0] + joints.join('');
}

const ESCAPES: { readonly [char: string]: string } = {
  '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '\\': '\\\\', '"': '\\"',
};

function quote(text: string): string {
  return `"${text.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[\x07\b\f\n\r\t\v\\"]/g, char => ESCAPES[char])}"`;
}

function size(value: string): number {
  return codePointCount(value);
}

const bytesSize = (bytes: Bytes) => bytes.value.length;
const listSize = (list: unknown[]) => list.length;
const mapSize = (map: CelMap) => map instanceof Map ? map.size : mapKeys(map).length;
const SIZED = [[STRING, size], [BYTES, bytesSize], [listOf(DYN), listSize], [mapOf(DYN, DYN), mapSize]] as const;

/** What Go takes for white space, which is not all that JavaScript does. */
const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');

export const STRINGS: readonly Overload[] = [
  ...SIZED.flatMap(([type, call]) => [fn('size', [type], INT, call), method('size', [type], INT, call)]),
  method('contains', [STRING, STRING], BOOL, (text: string, part: string) => text.includes(part)),
  method('startsWith', [STRING, STRING], BOOL, (text: string, part: string) => text.startsWith(part)),
  method('endsWith', [STRING, STRING], BOOL, (text: string, part: string) => text.endsWith(part)),
  method('charAt', [STRING, INT], STRING, charAt),
  method('indexOf', [STRING, STRING], INT, (text: string, part: string) => indexOf(text, part, 0)),
  method('indexOf', [STRING, STRING, INT], INT, indexOf),
  method('lastIndexOf', [STRING, STRING], INT, lastIndexOf),
  method('lastIndexOf', [STRING, STRING, INT], INT, lastIndexOfBefore),
  method('lowerAscii', [STRING], STRING, (text: string) => text.replace(/[A-Z]+/g, upper => upper.toLowerCase())),
  method('upperAscii', [STRING], STRING, (text: string) => text.replace(/[a-z]+/g, lower => lower.toUpperCase())),
  method('replace', [STRING, STRING, STRING], STRING, (text: string, old: string, by: string) => replace(text, old, by, -1)),
  method('replace', [STRING, STRING, STRING, INT], STRING, replace),
  method('split', [STRING, STRING], listOf(STRING), (text: string, separator: string) => split(text, separator)),
  method('split', [STRING, STRING, INT], listOf(STRING), split),
  method('substring', [STRING, INT], STRING, (text: string, start: Int) => substring(text, start)),
  method('substring', [STRING, INT, INT], STRING, substring),
  method('trim', [STRING], STRING, (text: string) => text.replace(AROUND, '')),
  method('join', [listOf(STRING)], STRING, (parts: string[]) => parts.join('')),
  method('join', [listOf(STRING), STRING], STRING, (parts: string[], separator: string) => parts.join(separator)),
  fn('strings.quote', [STRING], STRING, quote),
];
