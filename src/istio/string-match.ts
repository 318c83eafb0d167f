import { checkRe2Pattern } from './re2-pattern';
import type { VirtualServiceSpecHttpMatchUri } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/**
 * What a part of a request has to look like. Letter case counts.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#StringMatch
 */
export class StringMatch {
  /** The whole value. */
  public static exact(value: string): StringMatch {
    return new StringMatch({ exact: value });
  }

  /** What the value begins with, character by character: the prefix `/api` also matches `/apix`. */
  public static prefix(value: string): StringMatch {
    return new StringMatch({ prefix: value });
  }

  /**
   * A pattern that the whole value matches.
   *
   * @param pattern RE2 syntax, 1 to 1024 characters
   * @throws when it is empty or too long, or has a lookaround or a backreference, which RE2 lacks
   */
  public static regex(pattern: string): StringMatch {
    return new StringMatch({ regex: checkRe2Pattern(pattern) });
  }

  /** Any value, as long as there is one: for headers and query parameters. */
  public static present(): StringMatch {
    return new StringMatch({});
  }

  private constructor(private readonly spec: Manifest<VirtualServiceSpecHttpMatchUri>) {}

  /**
   * Refuses an empty prefix, which only a URI match may have.
   *
   * @internal
   */
  public _notEmptyPrefix(what: string): this {
    if (this.spec.prefix === '') {
      throw new Error(`prefix of ${what} must not be empty: use StringMatch.present()`);
    }
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<VirtualServiceSpecHttpMatchUri> {
    return this.spec;
  }
}
