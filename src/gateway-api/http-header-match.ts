import { checkHeaderName, checkHeaderValue } from '../semantics/header';

/** How the value of a header is compared. */
export enum HttpHeaderMatchType {
  /** The whole value, with case. */
  EXACT = 'Exact',
  /** A regular expression, in the implementation's dialect. */
  REGULAR_EXPRESSION = 'RegularExpression',
}

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
