/** What a name or label may consist of; one look at each character, so that a long value costs its length and no more. */

const DASH = 45;
const DOT = 46;
const UNDERSCORE = 95;

const MAX_LABEL = 63;
const MAX_SUBDOMAIN = 253;

function isLowerAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

function isAlphanumeric(code: number): boolean {
  return isLowerAlphanumeric(code) || (code >= 65 && code <= 90);
}

/** Whether the characters from `start` to `end` are one DNS label, whatever its length. */
function isLabelBetween(value: string, start: number, end: number): boolean {
  if (start === end || !isLowerAlphanumeric(value.charCodeAt(start)) || !isLowerAlphanumeric(value.charCodeAt(end - 1))) {
    return false;
  }
  for (let i = start + 1; i < end - 1; i++) {
    const code = value.charCodeAt(i);
    if (code !== DASH && !isLowerAlphanumeric(code)) {
      return false;
    }
  }
  return true;
}

function isSubdomainBetween(value: string, end: number): boolean {
  if (end > MAX_SUBDOMAIN) {
    return false;
  }
  let start = 0;
  for (let i = 0; i < end; i++) {
    if (value.charCodeAt(i) === DOT) {
      if (!isLabelBetween(value, start, i)) {
        return false;
      }
      start = i + 1;
    }
  }
  return isLabelBetween(value, start, end);
}

/** A label of DNS (RFC 1123). */
export function isDnsLabel(value: string): boolean {
  return value.length <= MAX_LABEL && isLabelBetween(value, 0, value.length);
}

/** Labels of DNS, joined by dots; the length of each does not count, as Kubernetes has it. */
export function isDnsSubdomain(value: string): boolean {
  return isSubdomainBetween(value, value.length);
}

/** What may stand in a URL between two slashes. */
export function isPathSegment(value: string): boolean {
  return value !== '.' && value !== '..' && isPathSegmentPrefix(value);
}

/** What may begin such a part. */
export function isPathSegmentPrefix(value: string): boolean {
  return !value.includes('/') && !value.includes('%');
}

/** Whether the characters from `start` on are the value of a label that is not empty. */
function isLabelTextFrom(value: string, start: number): boolean {
  const end = value.length;
  if (start === end || end - start > MAX_LABEL || !isAlphanumeric(value.charCodeAt(start)) || !isAlphanumeric(value.charCodeAt(end - 1))) {
    return false;
  }
  for (let i = start + 1; i < end - 1; i++) {
    const code = value.charCodeAt(i);
    if (code !== DASH && code !== DOT && code !== UNDERSCORE && !isAlphanumeric(code)) {
      return false;
    }
  }
  return true;
}

/** The key of a label: a name, or a DNS subdomain, a slash and a name. */
export function isQualifiedName(value: string): boolean {
  const slash = value.indexOf('/');
  return slash < 0 ? isLabelTextFrom(value, 0) : isSubdomainBetween(value, slash) && isLabelTextFrom(value, slash + 1);
}

/** The key of an annotation: that of a label, with capitals in its domain too. */
export function isAnnotationKey(value: string): boolean {
  return isQualifiedName(value) || (value.lastIndexOf('/') > 0 && isQualifiedName(value.toLowerCase()));
}

/** The value of a label. */
export function isLabelValue(value: string): boolean {
  return value === '' || isLabelTextFrom(value, 0);
}
