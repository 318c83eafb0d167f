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

/** The reserved word for the sidecars of the mesh. */
const MESH = 'mesh';

/** What a VirtualService can name in place of a Gateway. */
export class VirtualServiceGateway {
  /** Not a Gateway but every sidecar of the mesh: the word `mesh`. */
  public static readonly MESH: IIstioGateway = { name: MESH };

  /**
   * How a VirtualService writes a Gateway.
   *
   * @internal
   */
  public static _write(gateway: IIstioGateway): string {
    return gateway.namespace === undefined ? gateway.name : `${gateway.namespace}/${gateway.name}`;
  }

  private constructor() {}
}
