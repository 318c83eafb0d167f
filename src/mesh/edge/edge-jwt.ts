import { EdgeHosts } from './edge-hosts';
import { JwtRequirement } from '../../istio/jwt-requirement';
import { JwtRule } from '../../istio/jwt-rule';

/** Which tokens a gateway asks for. */
export interface EdgeJwtOptions extends EdgeHosts {
  /** Which tokens are valid, at least one rule: a token must satisfy one of them. A rule says which claims become headers. */
  readonly rules: JwtRule[];

  /**
   * Which requests need a token.
   *
   * @default JwtRequirement.REQUIRED
   */
  readonly tokens?: JwtRequirement;
}
