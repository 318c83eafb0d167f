const MAX_LENGTH = 1024;
const ESCAPED = /\\[^1-9k]/g;
const CLASS = /\[[^\]]*\]/g;
const NOT_RE2 = /\(\?(?:=|!|<=|<!|>|\()|\\[1-9k]/;

/** Refuses what is plainly no RE2 pattern; the rest of the syntax is judged in the cluster. */
export function checkRe2Pattern(pattern: string, what = 'regex'): string {
  if (pattern === '') {
    throw new Error(`${what} must not be empty`);
  }
  const length = Buffer.byteLength(pattern);
  if (length > MAX_LENGTH) {
    throw new Error(`${what} must have at most ${MAX_LENGTH} characters, got ${length}`);
  }
  const found = NOT_RE2.exec(pattern.replace(ESCAPED, '').replace(CLASS, ''));
  if (found) {
    throw new Error(`${what} must be an RE2 pattern, got '${found[0]}' in '${pattern}': RE2 has neither lookarounds nor backreferences`);
  }
  return pattern;
}
