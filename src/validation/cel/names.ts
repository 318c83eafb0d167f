/** Names that rules cannot use as they are. */
const RESERVED = new Set([
  'true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace',
  'return', 'var', 'void', 'while',
]);

const ESCAPES: { [text: string]: string } = { '__': '__underscores__', '.': '__dot__', '-': '__dash__', '/': '__slash__' };

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/** The name of a property in rules, or undefined when rules cannot name it. */
export function escapeName(name: string): string | undefined {
  if (RESERVED.has(name)) {
    return `__${name}__`;
  }
  return /^[A-Za-z_./-][A-Za-z0-9_./-]*$/.test(name) ? name.replace(/__|[./-]/g, text => ESCAPES[text]) : undefined;
}
