import { IstioProtocol } from './istio-protocol';

/** A port of a ServiceEntry. */
export interface ServiceEntryPort {
  /** The port that clients use, 1 to 65535, unique in its ServiceEntry. */
  readonly number: number;

  /** The name, a DNS label, unique in its ServiceEntry. */
  readonly name: string;

  /** What clients speak. TLS and HTTPS are the same here: the proxy reads the server name only. */
  readonly protocol: IstioProtocol;

  /**
   * The port of the endpoints, 1 to 65535.
   *
   * @default - the same number
   */
  readonly targetPort?: number;
}
