import { checkHeaderName, checkHeaderValue } from '../semantics/header';

/** How the value of a header is compared. */
export enum HttpHeaderMatchType {
  /** The whole value, with case. */
  EXACT = 'Exact',
  /** A regular expression, in the implementation's dialect. */
  REGULAR_EXPRESSION = 'RegularExpression',
}

/** What stands for something else in a regular expression. */
const SPECIAL = /[.*+?^${}()|[\]\\]/g;
const COOKIE_VALUE = /^[!#-+\--:<-[\]-~]*$/;

/**
 * A condition on one header of a request.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httpheadermatch
 */
export class HttpHeaderMatch {
  /**
   * The header has just this value.
   *
   * @param name the name, without regard to case, 1 to 256 characters
   * @param value the value, with case, 1 to 4096 characters
   * @throws when the name or the value cannot be in a header; an HTTPRoute of the experimental channel throws when the value is not printable ASCII with single
   * blanks inside
   */
  public static exact(name: string, value: string): HttpHeaderMatch {
    return new HttpHeaderMatch(HttpHeaderMatchType.EXACT, name, value);
  }

  /**
   * The header has a value that a regular expression matches.
   *
   * @param name the name, without regard to case, 1 to 256 characters
   * @param value the regular expression, 1 to 4096 characters
   * @throws when the name cannot be that of a header, or the expression is empty or too long; an HTTPRoute of the experimental channel throws when it
   * is not printable ASCII with single blanks inside
   */
  public static regex(name: string, value: string): HttpHeaderMatch {
    return new HttpHeaderMatch(HttpHeaderMatchType.REGULAR_EXPRESSION, name, value);
  }

  /**
   * A cookie has just this value, whatever other cookies there are: a regular expression on the header `cookie`.
   *
   * @param name the name of the cookie, with case
   * @param value the value of the cookie, with case
   * @throws when the name or the value cannot be those of a cookie
   */
  public static cookie(name: string, value: string): HttpHeaderMatch {
    if (!COOKIE_VALUE.test(value)) {
      throw new Error(`value of cookie '${name}' must be printable ASCII without blanks, quotes, commas, semicolons and backslashes, got '${value}'`);
    }
    return HttpHeaderMatch._cookie(name, value.replace(SPECIAL, '\\$&'));
  }

  /**
   * A cookie has a value that an expression matches as a whole.
   *
   * @internal
   */
  public static _cookie(name: string, expression: string): HttpHeaderMatch {
    checkHeaderName(name, 'name of a cookie');
    return HttpHeaderMatch.regex('cookie', `^(.*; *)?${name.replace(SPECIAL, '\\$&')}=${expression}(;.*)?$`);
  }

  private constructor(
    /** How the value is compared. */
    public readonly type: HttpHeaderMatchType,
    /** The name of the header, as it was given. */
    public readonly name: string,
    /** The value, or the regular expression. */
    public readonly value: string,
  ) {
    checkHeaderName(name);
    checkHeaderValue(value, `value of header '${name}'`);
  }
}
