import { RE2JS } from 're2js';

const compiled = new Map<string, Pattern>();

/** A pattern with the meaning that RE2 gives it, in linear time. It is compiled with the first value. */
export class Pattern {
  static of(source: string): Pattern {
    let pattern = compiled.get(source);
    if (!pattern) {
      pattern = new Pattern(source);
      compiled.set(source, pattern);
    }
    return pattern;
  }

  private re?: RE2JS;

  private constructor(readonly source: string) {
  }

  test(value: string): boolean {
    this.re ??= RE2JS.compile(this.source);
    return this.re.test(value);
  }
}
