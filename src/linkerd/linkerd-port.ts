import { checkPort } from '../semantics/port';

const PORT_NAME = /^(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const MAX_PORT_NAME = 15;

/**
 * A port of pods, as their containers declare it.
 *
 * @see https://linkerd.io/2-edge/reference/authorization-policy/#server
 */
export class LinkerdPort {
  /**
   * A port by number, 1 to 65535.
   *
   * @throws when it is no port
   */
  public static number(port: number): LinkerdPort {
    return new LinkerdPort(checkPort(port, 'port of a Server'));
  }

  /**
   * A port by the name that it has in the container: at most 15 letters, digits and inner dashes, with at least one letter.
   *
   * @throws when no port of a container can have the name
   */
  public static named(name: string): LinkerdPort {
    if (name.length > MAX_PORT_NAME || !PORT_NAME.test(name) || name.includes('--')) {
      throw new Error(`name of a port must be at most ${MAX_PORT_NAME} lower case letters, digits and single inner dashes, with a letter, got '${name}'`);
    }
    return new LinkerdPort(name);
  }

  private constructor(
    /**
     * The number or the name.
     *
     * @internal
     */
    public readonly _value: number | string,
  ) {}
}
