import type { HttpRouteSpecRulesFiltersUrlRewritePath } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';

const MAX_PATH = 1024;

/**
 * What a redirect or a rewrite makes of a path. The query stays.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httppathmodifier
 */
export class HttpPathModifier {
  /**
   * Puts another path in place of the whole one.
   *
   * @param path starts with `/`, at most 1024 characters
   * @throws when it does not start with `/` or is too long
   */
  public static replaceFullPath(path: string): HttpPathModifier {
    check(path, path.startsWith('/'), 'replacement of the full path must start with \'/\'');
    return new HttpPathModifier({ type: 'ReplaceFullPath', replaceFullPath: path });
  }

  /**
   * Puts other elements in place of those that the prefix match of the rule named; the rule must have just one match, by prefix.
   *
   * @param path starts with `/`, or is empty to drop the prefix, at most 1024 characters
   * @throws when it does not start with `/` or is too long
   */
  public static replacePrefixMatch(path: string): HttpPathModifier {
    check(path, path === '' || path.startsWith('/'), 'replacement of a prefix must be empty or start with \'/\'');
    return new HttpPathModifier({ type: 'ReplacePrefixMatch', replacePrefixMatch: path });
  }

  private constructor(private readonly spec: Manifest<HttpRouteSpecRulesFiltersUrlRewritePath>) {}

  /** @internal */
  public get _needsPrefixMatch(): boolean {
    return this.spec.type === 'ReplacePrefixMatch';
  }

  /** @internal */
  public _toKube(): Manifest<HttpRouteSpecRulesFiltersUrlRewritePath> {
    return this.spec;
  }
}

function check(path: string, starts: boolean, rule: string): void {
  if (!starts) {
    throw new Error(`${rule}, got '${path}'`);
  }
  if (path.length > MAX_PATH) {
    throw new Error(`replacement of a path must have at most ${MAX_PATH} characters, got ${path.length}`);
  }
}
