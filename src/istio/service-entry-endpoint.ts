/** Where the traffic of a ServiceEntry goes. */
export interface ServiceEntryEndpoint {
  /**
   * An IP address, with resolution STATIC also `unix://` and a socket, with resolution DNS also a DNS name.
   *
   * @default - the gateway of `network`, which must then be given
   */
  readonly address?: string;

  /**
   * Port numbers of this endpoint by the names of the ServiceEntry's ports, 1 to 65535.
   *
   * @default - the target ports of the ServiceEntry
   */
  readonly ports?: { [name: string]: number };

  /**
   * Labels, by which subsets of a DestinationRule choose; at most 256.
   *
   * @default - no labels
   */
  readonly labels?: { [key: string]: string };

  /**
   * The network it is in: endpoints of another network are reached by that network's gateway.
   *
   * @default - the same network
   */
  readonly network?: string;

  /**
   * `region/zone/subzone`, any right part left out.
   *
   * @default - that of the client
   */
  readonly locality?: string;

  /**
   * The share of traffic among the endpoints, 0 to 4294967295.
   *
   * @default - an equal share
   */
  readonly weight?: number;

  /**
   * The service account that it runs as, if it is a workload of the mesh.
   *
   * @default - not known
   */
  readonly serviceAccount?: string;
}
