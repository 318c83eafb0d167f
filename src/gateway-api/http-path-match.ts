import { checkPath } from '../semantics/path';

/** How a path is compared. */
export enum HttpPathMatchType {
  /** The whole path, with case. */
  EXACT = 'Exact',
  /** Whole elements from the start: `/api` is `/api` and `/api/users`, never `/apis`. */
  PATH_PREFIX = 'PathPrefix',
  /** A regular expression, in the implementation's dialect. */
  REGULAR_EXPRESSION = 'RegularExpression',
}

const MAX_REGEX = 1024;

/**
 * A condition on the path of a request; the query is no part of it.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httppathmatch
 */
export class HttpPathMatch {
  /**
   * Paths that begin with these elements; a slash at the end makes no difference.
   *
   * @param value starts with `/`, at most 1024 characters
   * @throws when it is no normalized path
   */
  public static prefix(value: string): HttpPathMatch {
    return new HttpPathMatch(HttpPathMatchType.PATH_PREFIX, checkPath(value, 'path prefix'));
  }

  /**
   * Just this path, with case.
   *
   * @param value starts with `/`, at most 1024 characters
   * @throws when it is no normalized path
   */
  public static exact(value: string): HttpPathMatch {
    return new HttpPathMatch(HttpPathMatchType.EXACT, checkPath(value));
  }

  /**
   * Paths that a regular expression matches; dialect, anchoring and precedence are the implementation's.
   *
   * @param value 1 to 1024 characters
   * @throws when it is empty or too long
   */
  public static regex(value: string): HttpPathMatch {
    if (value.length < 1 || value.length > MAX_REGEX) {
      throw new Error(`regular expression of a path must have 1 to ${MAX_REGEX} characters, got ${value.length}`);
    }
    return new HttpPathMatch(HttpPathMatchType.REGULAR_EXPRESSION, value);
  }

  private constructor(
    /** How the path is compared. */
    public readonly type: HttpPathMatchType,
    /** The path, or the regular expression. */
    public readonly value: string,
  ) {}
}
