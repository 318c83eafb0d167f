import { EdgeHosts } from './edge-hosts';
import { HttpCorsOptions } from '../../gateway-api/http-cors';

/** Which pages of other origins may call, answered by the gateway. */
export interface EdgeCorsOptions extends EdgeHosts {
  /** What they may do. */
  readonly policy: HttpCorsOptions;
}
