const MAX_LENGTH = 1024;
const ESCAPED = /\\[^1-9k]/g;
const ESCAPE_LETTERS = 'aAbBdDfknpPrsStvwWxz';
const LITERAL = /\\Q.*?(?:\\E|$)/gs;
const CLASS = /\[(?:\^?\]|(?!\^?\]))(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]/g;
const NOT_RE2 = /\(\?(?:=|!|<=|<!|>|\()|\\[1-9k]/;
// RE2 knows these where JavaScript does not: flags, and the older way to name a group.
const FLAGS = /\(\?[imsU]*(?:-[imsU]+)?(?:\)|(:))/g;
const NAMED = /\(\?P?<\w+>/g;
// RE2 lets an anchor be repeated.
const ANCHOR = /[\^$]/g;

/** Refuses what is plainly no RE2 pattern; the rest of the syntax is judged in the cluster. */
export function checkRe2Pattern(pattern: string, what = 'regex'): string {
  if (pattern === '') {
    throw new Error(`${what} must not be empty: '.*' takes anything`);
  }
  const length = Buffer.byteLength(pattern);
  if (length > MAX_LENGTH) {
    throw new Error(`${what} must have at most ${MAX_LENGTH} characters, got ${length}`);
  }
  const escape = pattern.replace(LITERAL, '').match(/\\./gs)?.find(([, letter]) => /[A-Za-z]/.test(letter) && !ESCAPE_LETTERS.includes(letter));
  if (escape !== undefined) {
    throw new Error(`${what} must be an RE2 pattern, got '${escape}' in '${pattern}': RE2 has no such escape`);
  }
  const outline = outlineOf(pattern);
  const found = NOT_RE2.exec(outline);
  if (found) {
    throw new Error(`${what} must be an RE2 pattern, got '${found[0]}' in '${pattern}': RE2 has neither lookarounds nor backreferences`);
  }
  if (!isPaired(outline)) {
    throw new Error(`${what} must be an RE2 pattern, got '${pattern}': a bracket or an operator has no counterpart`);
  }
  return pattern;
}

/** How many groups a pattern has that a replacement can name by number. */
export function groupsOf(pattern: string): number {
  return outlineOf(pattern).match(/\((?!\?)|\(\?P?</g)?.length ?? 0;
}

/** The pattern with a letter for everything that stands for itself. */
function outlineOf(pattern: string): string {
  return pattern.replace(LITERAL, 'x').replace(ESCAPED, 'x').replace(CLASS, 'x');
}

function isPaired(outline: string): boolean {
  // JavaScript would take `[]` for a class of nothing.
  if (outline.includes('[')) {
    return false;
  }
  try {
    new RegExp(outline.replace(FLAGS, (_, colon) => `(?:${colon ? '' : ')'}`).replace(NAMED, '(').replace(ANCHOR, 'x'));
    return true;
  } catch {
    return false;
  }
}
