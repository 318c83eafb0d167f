import { checkRe2Pattern } from './re2-pattern';
import type { EnvoyFilterSpecConfigPatchesMatch } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Where proxies are told apart. */
export interface EnvoyProxyMatchOptions {
  /**
   * A pattern in RE2 syntax, 1 to 1024 characters, that the Istio release of the proxy matches somewhere, such as `^1\.31.*`.
   *
   * @default - every release
   */
  readonly proxyVersion?: string;

  /**
   * Metadata that the proxy has given about itself, each with exactly this value.
   *
   * @default - any
   */
  readonly proxyMetadata?: { [key: string]: string };
}

/** @internal */
export function proxyMatchToKube({ proxyVersion, proxyMetadata }: EnvoyProxyMatchOptions): Manifest<EnvoyFilterSpecConfigPatchesMatch>['proxy'] {
  if (proxyVersion === undefined && proxyMetadata === undefined) {
    return undefined;
  }
  return { proxyVersion: proxyVersion === undefined ? undefined : checkRe2Pattern(proxyVersion, 'proxyVersion'), metadata: proxyMetadata };
}
