import { ExtensionProvider } from '../../istio/extension-provider';

/** What a gateway logs of requests, in place of what its namespace or the mesh says for all proxies. */
export interface EdgeAccessLogOptions {
  /**
   * Who takes it, and how an entry looks.
   *
   * @default ExtensionProvider.ENVOY: lines on the standard output of the proxy
   */
  readonly provider?: ExtensionProvider;

  /**
   * Which requests are logged: an expression of CEL over Envoy's attributes, such as `response.code >= 400`.
   *
   * @default - all
   */
  readonly filter?: string;
}
