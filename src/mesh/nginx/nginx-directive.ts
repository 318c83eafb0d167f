/** A piece of nginx's configuration: a directive, or a block of them. It is written at the end only, so that nothing of a value can be taken for syntax. */
export class NginxDirective {
  /** A directive that ends with a semicolon. */
  public static of(name: string, ...args: (string | number)[]): NginxDirective {
    return new NginxDirective(name, args);
  }

  /** A directive with others in it. */
  public static block(name: string, args: (string | number)[], inside: NginxDirective[]): NginxDirective {
    return new NginxDirective(name, args, inside);
  }

  private constructor(
    private readonly name: string,
    private readonly args: (string | number)[],
    private readonly inside?: NginxDirective[],
  ) {}

  /** As lines of text. */
  public write(indent = ''): string {
    const head = [this.name, ...this.args].map(word => quote(String(word))).join(' ');
    if (this.inside === undefined) {
      return `${indent}${head};\n`;
    }
    return `${indent}${head} {\n${this.inside.map(directive => directive.write(`${indent}  `)).join('')}${indent}}\n`;
  }
}

/** What needs no quotes, wherever it stands; variables are among it. */
const PLAIN = /^[-\w$./:=~^*@%+,!?|()<>&[\]]+$/;

/** Whether a text has a character that no configuration is written with. */
export function hasControlCharacters(text: string): boolean {
  return [...text].some(character => character < ' ' || character === '\u007f');
}

/** Whatever ends a word, a directive or a block, and what begins a comment or a string, has no meaning in quotes. */
function quote(value: string): string {
  if (hasControlCharacters(value)) {
    throw new Error(`a value of nginx's configuration must have no control characters, got ${JSON.stringify(value)}`);
  }
  return PLAIN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
