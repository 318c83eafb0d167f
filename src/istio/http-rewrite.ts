import { checkRe2Pattern, groupsOf } from './re2-pattern';
import type { VirtualServiceSpecHttpRewrite } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Options of a rewrite of the path. */
export interface IstioHttpRewriteOptions {
  /**
   * The host that the destination sees.
   *
   * @default - the host of the request
   */
  readonly authority?: string;
}

/**
 * Changes a request before it is sent on.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite
 */
export class IstioHttpRewrite {
  /**
   * Replaces the prefix that the route matched, or the whole path when it did not match a prefix.
   *
   * @param uri what to put there; mind closing slashes: write `/` for the prefix `/api/`
   * @throws when it is empty
   */
  public static uri(uri: string, options: IstioHttpRewriteOptions = {}): IstioHttpRewrite {
    return new IstioHttpRewrite({ uri: notEmpty(uri, 'uri'), authority: options.authority });
  }

  /**
   * Replaces the parts of the path that a pattern matches.
   *
   * @param match RE2 syntax, at most 1024 characters
   * @param replacement what to put there, with `\1` for what the first group matched
   * @throws when one of them is empty, the pattern is plainly not RE2, or the replacement names a group that it lacks
   */
  public static uriRegex(match: string, replacement: string, options: IstioHttpRewriteOptions = {}): IstioHttpRewrite {
    const groups = groupsOf(match);
    const missing = [...replacement.matchAll(/\\(\\|\d)/g)].find(([, group]) => group !== '\\' && Number(group) > groups);
    if (missing) {
      throw new Error(`replacement of a rewrite must name groups of '${match}', which has ${groups}, got '${missing[0]}'`);
    }
    const uriRegexRewrite = { match: checkRe2Pattern(match, 'match of a rewrite'), rewrite: notEmpty(replacement, 'replacement') };
    return new IstioHttpRewrite({ uriRegexRewrite, authority: options.authority });
  }

  /**
   * Replaces the host only.
   *
   * @throws when it is empty
   */
  public static authority(authority: string): IstioHttpRewrite {
    return new IstioHttpRewrite({ authority: notEmpty(authority, 'authority') });
  }

  private constructor(private readonly spec: Manifest<VirtualServiceSpecHttpRewrite>) {}

  /** @internal */
  public _toKube(): Manifest<VirtualServiceSpecHttpRewrite> {
    return this.spec;
  }
}

function notEmpty(value: string, what: string): string {
  if (value === '') {
    throw new Error(`${what} of a rewrite must not be empty`);
  }
  return value;
}
