import { HttpPathModifier } from './http-path-modifier';

/** What a request becomes on its way to the backend. At least one of both is said. */
export interface HttpRewriteOptions {
  /**
   * The host, without wildcard.
   *
   * @default - it stays
   */
  readonly hostname?: string;

  /**
   * What is made of the path.
   *
   * @default - it stays
   */
  readonly path?: HttpPathModifier;
}
