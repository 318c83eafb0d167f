import { checkDnsLabel } from '../semantics/names';

/** An Istio Gateway: one of this app, or one that is in the cluster already. */
export interface IIstioGateway {
  /** The name of the Gateway. */
  readonly name: string;

  /**
   * The namespace of the Gateway.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;

  /**
   * The hosts of its servers, as the Gateway writes them.
   *
   * @default - not known: what refers to them cannot be checked
   */
  readonly hosts?: string[];
}

/**
 * What a VirtualService can name in place of a Gateway.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService
 */
export class VirtualServiceGateway {
  /** Not a Gateway but every sidecar of the mesh: the word `mesh`. */
  public static readonly MESH: IIstioGateway = { name: 'mesh' };

  /**
   * How a VirtualService writes a Gateway.
   *
   * @internal
   */
  public static _write(gateway: IIstioGateway): string {
    const name = checkDnsLabel(gateway.name, 'name of the Gateway');
    return gateway.namespace === undefined ? name : `${checkDnsLabel(gateway.namespace, 'namespace of the Gateway')}/${name}`;
  }

  private constructor() {}
}
