import { checkHeaderName } from '../semantics/header';

/** How the value of a query parameter is compared. */
export enum HttpQueryParamMatchType {
  /** The whole value, with case. */
  EXACT = 'Exact',
  /** A regular expression, in the implementation's dialect. */
  REGULAR_EXPRESSION = 'RegularExpression',
}

const MAX_VALUE = 1024;

/**
 * A condition on one query parameter of a request.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httpqueryparammatch
 */
export class HttpQueryParamMatch {
  /**
   * The parameter has just this value.
   *
   * @param name the name, with case, 1 to 256 characters
   * @param value the value, with case, 1 to 1024 characters
   * @throws when the name has characters that Gateway API does not take, or the value is empty or too long
   */
  public static exact(name: string, value: string): HttpQueryParamMatch {
    return new HttpQueryParamMatch(HttpQueryParamMatchType.EXACT, name, value);
  }

  /**
   * The parameter has a value that a regular expression matches.
   *
   * @param name the name, with case, 1 to 256 characters
   * @param value the regular expression, 1 to 1024 characters
   * @throws when the name has characters that Gateway API does not take, or the expression is empty or too long
   */
  public static regex(name: string, value: string): HttpQueryParamMatch {
    return new HttpQueryParamMatch(HttpQueryParamMatchType.REGULAR_EXPRESSION, name, value);
  }

  private constructor(
    /** How the value is compared. */
    public readonly type: HttpQueryParamMatchType,
    /** The name of the parameter. */
    public readonly name: string,
    /** The value, or the regular expression. */
    public readonly value: string,
  ) {
    checkHeaderName(name, 'name of a query parameter');
    if (value.length < 1 || value.length > MAX_VALUE) {
      throw new Error(`value of query parameter '${name}' must have 1 to ${MAX_VALUE} characters, got ${value.length}`);
    }
  }
}
