import { IBackend } from './backend';
import { Fraction } from './fraction';

/** Where copies of requests go, and how many of them; without a share all do. */
export interface MirrorOptions {
  /** Where the copies go; its answers are thrown away. */
  readonly backend: IBackend;

  /**
   * The share of requests that is copied, in percent, 0 to 100.
   *
   * @default - all requests, or those that `fraction` says
   */
  readonly percent?: number;

  /**
   * The share of requests that is copied, as a fraction; not together with `percent`.
   *
   * @default - all requests, or those that `percent` says
   */
  readonly fraction?: Fraction;
}
