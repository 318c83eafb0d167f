import { RE2JS } from 're2js';
import { CelError } from '../error';
import { Int } from '../int';
import { fn, method, Overload } from '../overload';
import { BOOL, INT, listOf, STRING } from '../type';

const patterns = new Map<string, RE2JS>();
/** Patterns that a value makes would fill the memory. */
const KEPT = 1000;

function compiled(pattern: string): RE2JS {
  const known = patterns.get(pattern);
  if (known) {
    return known;
  }
  let made: RE2JS;
  try {
    made = RE2JS.compile(pattern);
  } catch (error) {
    throw new CelError(`error parsing regexp: ${(error as Error).message}`);
  }
  if (patterns.size >= KEPT) {
    patterns.clear();
  }
  patterns.set(pattern, made);
  return made;
}

function matches(text: string, pattern: string): boolean {
  return compiled(pattern).test(text);
}

function findAll(text: string, pattern: string, limit: Int = -1): string[] {
  const matcher = compiled(pattern).matcher(text);
  const found: string[] = [];
  while ((limit < 0 || found.length < limit) && matcher.find()) {
    found.push(matcher.group() ?? '');
  }
  return found;
}

export const REGEX: readonly Overload[] = [
  method('matches', [STRING, STRING], BOOL, matches),
  fn('matches', [STRING, STRING], BOOL, matches),
  method('find', [STRING, STRING], STRING, (text: string, pattern: string) => findAll(text, pattern, 1)[0] ?? ''),
  method('findAll', [STRING, STRING], listOf(STRING), (text: string, pattern: string) => findAll(text, pattern)),
  method('findAll', [STRING, STRING, INT], listOf(STRING), findAll),
];
