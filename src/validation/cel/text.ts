/** Strings are Unicode code points to CEL, and UTF-16 to JavaScript. */
const ASTRAL = /[\ud800-\udfff]/;

export function codePoints(text: string): string[] {
  return Array.from(text);
}

export function codePointCount(text: string): number {
  return ASTRAL.test(text) ? codePoints(text).length : text.length;
}

/** By code points, which is how UTF-8 compares. */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  if (!ASTRAL.test(a) && !ASTRAL.test(b)) {
    return a < b ? -1 : 1;
  }
  const [left, right] = [codePoints(a), codePoints(b)];
  const at = left.findIndex((point, index) => point !== right[index]);
  if (at < 0 || at >= right.length) {
    return left.length - right.length;
  }
  return left[at].codePointAt(0)! - right[at].codePointAt(0)!;
}

/** A string as Go's `%q` writes it, near enough for messages. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
