import { IBackend } from './backend';

/** Where a TLSRoute, TCPRoute or UDPRoute sends a share of its traffic. */
export interface RouteBackend {
  /** The backend. */
  readonly backend: IBackend;

  /**
   * Its share in proportion to the other backends of the route, 0 to 1000000.
   *
   * @default 1
   */
  readonly weight?: number;
}
