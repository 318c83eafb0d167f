import { checkPort } from '../../semantics/port';

/** Ports in the words of Linkerd's annotations. */
export class LinkerdPortRange {
  /**
   * One port.
   *
   * @param port 1 to 65535
   * @throws when it is none
   */
  public static port(port: number): LinkerdPortRange {
    return new LinkerdPortRange(`${checkPort(port)}`);
  }

  /**
   * A port and all up to another.
   *
   * @param first 1 to 65535
   * @param last first to 65535
   * @throws when they are no ports, or in the wrong order
   */
  public static range(first: number, last: number): LinkerdPortRange {
    checkPort(first, 'first port of a range');
    checkPort(last, 'last port of a range');
    if (last < first) {
      throw new Error(`a range of ports must end where it begins or later, got ${first} to ${last}`);
    }
    return new LinkerdPortRange(`${first}-${last}`);
  }

  private constructor(
    /** As Linkerd writes it, such as `8000-8010`. */
    public readonly text: string,
  ) {}
}
