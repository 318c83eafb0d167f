import type { ServiceProfileSpecRoutesResponseClassesCondition } from '../imports/linkerd.io';
import { Manifest } from '../semantics/manifest';

type Written = Manifest<ServiceProfileSpecRoutesResponseClassesCondition>;

const MIN_STATUS = 100;
const MAX_STATUS = 599;

/**
 * Which answers a class of a ServiceProfile is about.
 *
 * @see https://linkerd.io/2-edge/reference/service-profiles/#response-match
 */
export class LinkerdResponseMatch {
  /**
   * Answers with a status from one to another, both among them, 100 to 599.
   *
   * @throws when one is none, or the last is below the first
   */
  public static status(min: number, max: number): LinkerdResponseMatch {
    [min, max].forEach(status => {
      if (!Number.isInteger(status) || status < MIN_STATUS || status > MAX_STATUS) {
        throw new Error(`status of a response match must be between ${MIN_STATUS} and ${MAX_STATUS}, got ${status}`);
      }
    });
    if (max < min) {
      throw new Error(`statuses of a response match must go upwards, got ${min} to ${max}`);
    }
    return new LinkerdResponseMatch({ status: { min, max } });
  }

  /**
   * Answers that all matches are about, at least one.
   *
   * @throws when there is none
   */
  public static all(...matches: LinkerdResponseMatch[]): LinkerdResponseMatch {
    return new LinkerdResponseMatch({ all: writeAll(matches) });
  }

  /**
   * Answers that one of the matches is about, at least one.
   *
   * @throws when there is none
   */
  public static any(...matches: LinkerdResponseMatch[]): LinkerdResponseMatch {
    return new LinkerdResponseMatch({ any: writeAll(matches) });
  }

  /** Answers that a match is not about. */
  public static none(match: LinkerdResponseMatch): LinkerdResponseMatch {
    return new LinkerdResponseMatch({ not: match._toKube() });
  }

  private constructor(private readonly condition: Written) {}

  /** @internal */
  public _toKube(): Written {
    return this.condition;
  }
}

function writeAll(matches: LinkerdResponseMatch[]): Written[] {
  if (matches.length === 0) {
    throw new Error('a list of response matches must have at least one, got none');
  }
  return matches.map(match => match._toKube());
}
