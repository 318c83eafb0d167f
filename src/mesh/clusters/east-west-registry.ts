import { IConstruct } from 'constructs';

/** What others have to know of an EastWestGateway. */
export interface EastWestEntrance {
  readonly name: string;
  readonly namespace: string;
  /** The name of the Service in front of it. */
  readonly serviceName: string;
  readonly exposesServices: boolean;
  readonly exposesControlPlane: boolean;
  readonly selfManaged: boolean;
}

const ENTRANCES = new WeakMap<IConstruct, EastWestEntrance[]>();

/** The east-west gateways of a mesh so far. */
export function eastWestGatewaysOf(mesh: IConstruct): readonly EastWestEntrance[] {
  return ENTRANCES.get(mesh) ?? [];
}

/** Remembers an east-west gateway; a namespace holds one, because what is made for it has upstream's names. */
export function registerEastWestGateway(mesh: IConstruct, entrance: EastWestEntrance): void {
  const known = eastWestGatewaysOf(mesh);
  const other = known.find(({ namespace }) => namespace === entrance.namespace);
  if (other !== undefined) {
    throw new Error(`namespace '${entrance.namespace}' has the east-west gateway '${other.name}' already, got '${entrance.name}': ` +
      'let one gateway have more replicas, or use another namespace');
  }
  ENTRANCES.set(mesh, [...known, entrance]);
}

const REMOTE_NETWORKS = new WeakMap<IConstruct, string[]>();

/** The networks whose gateways a mesh is told of by an object of its cluster. */
export function remoteNetworksOf(mesh: IConstruct): readonly string[] {
  return REMOTE_NETWORKS.get(mesh) ?? [];
}

/** Remembers that the gateway of a network is told. */
export function registerRemoteNetwork(mesh: IConstruct, network: string): void {
  REMOTE_NETWORKS.set(mesh, [...remoteNetworksOf(mesh), network]);
}
