import { IstioHost } from './istio-host';
import { checkDnsLabel } from '../semantics/names';

/**
 * Some of the endpoints of a host, by the name that a DestinationRule gave them.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset
 */
export class Subset {
  /**
   * A subset that the DestinationRule of another app declares.
   *
   * @throws when the name is no DNS label
   */
  public static named(host: IstioHost, name: string): Subset {
    return new Subset(host, checkDnsLabel(name, 'name of the subset'));
  }

  private constructor(
    /** The host whose endpoints they are. */
    public readonly host: IstioHost,
    /** The name of the subset. */
    public readonly name: string,
  ) {}
}
