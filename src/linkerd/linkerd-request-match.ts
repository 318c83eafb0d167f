import type { ServiceProfileSpecRoutesCondition } from '../imports/linkerd.io';
import { Manifest } from '../semantics/manifest';

type Written = Manifest<ServiceProfileSpecRoutesCondition>;

const METHOD = /^[A-Z]+$/;

/**
 * Which requests a route of a ServiceProfile is about.
 *
 * @see https://linkerd.io/2-edge/reference/service-profiles/#request-match
 */
export class LinkerdRequestMatch {
  /**
   * Requests whose whole path matches a regular expression, such as `/books/[^/]*`.
   *
   * @throws when it is empty
   */
  public static path(pathRegex: string): LinkerdRequestMatch {
    if (pathRegex === '') {
      throw new Error('path of a request match must not be empty: use \'/.*\' to mean every path');
    }
    return new LinkerdRequestMatch({ pathRegex });
  }

  /**
   * Requests with a method, in capital letters.
   *
   * @throws when it is none
   */
  public static method(method: string): LinkerdRequestMatch {
    if (!METHOD.test(method)) {
      throw new Error(`method of a request match must be in capital letters, such as GET, got '${method}'`);
    }
    return new LinkerdRequestMatch({ method });
  }

  /**
   * Requests that all matches are about, at least one.
   *
   * @throws when there is none
   */
  public static all(...matches: LinkerdRequestMatch[]): LinkerdRequestMatch {
    return new LinkerdRequestMatch({ all: writeAll(matches) });
  }

  /**
   * Requests that one of the matches is about, at least one.
   *
   * @throws when there is none
   */
  public static any(...matches: LinkerdRequestMatch[]): LinkerdRequestMatch {
    return new LinkerdRequestMatch({ any: writeAll(matches) });
  }

  /** Requests that a match is not about. */
  public static none(match: LinkerdRequestMatch): LinkerdRequestMatch {
    // The definition takes a list here, which the webhook refuses; inside of `all` it takes what the webhook wants.
    return new LinkerdRequestMatch({ all: [{ not: match._toKube() }] });
  }

  private constructor(private readonly condition: Written) {}

  /** @internal */
  public _toKube(): Written {
    return this.condition;
  }
}

function writeAll(matches: LinkerdRequestMatch[]): Written[] {
  if (matches.length === 0) {
    throw new Error('a list of request matches must have at least one, got none');
  }
  return matches.map(match => match._toKube());
}
