import { NginxDirective } from './nginx-directive';

const { of, block } = NginxDirective;

/** The end of a text: `$` would take one before a line end, which paths may stand for. */
const END = '\\z';

/** A value that stands behind a pattern, or is no other. */
export interface NginxChoice {
  /** A pattern of PCRE. */
  readonly pattern: string;
  readonly value: string;
}

/** A variable with the value of the first choice whose pattern the source fits, in its own case. */
export function variable(name: string, source: string, choices: NginxChoice[], otherwise = ''): NginxDirective {
  return block('map', [source, `$${name}`], [of('default', otherwise), ...choices.map(({ pattern, value }) => of(`~${pattern}`, value))]);
}

/** The pattern of just this text. */
export function exactly(text: string): string {
  return `^${literally(text)}${END}`;
}

/** The pattern of what begins so. */
export function beginning(text: string): string {
  return `^${literally(text)}`;
}

/** The pattern of a path and of what is below it; no text stands for the root. */
export function below(path: string): string {
  return path === '' ? '^' : `^${literally(path)}(/|${END})`;
}

/** The pattern of what one of the patterns fits as a whole. */
export function oneOf(patterns: string[]): string {
  return `^(?:${patterns.join('|')})${END}`;
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|#]/g, '\\$&');
}

/** The variable that has the value of a header of the request. */
export function requestHeader(name: string): string {
  if (!/^[-A-Za-z0-9]+$/.test(name)) {
    throw new Error(`nginx reads headers with letters, digits and dashes in their names, got '${name}': name another`);
  }
  return `$http_${name.toLowerCase().replace(/-/g, '_')}`;
}
