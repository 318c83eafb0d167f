import { isIP } from 'net';
import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { LinkerdConstruct } from './linkerd-construct';
import { checkLinkerdIdentity } from './linkerd-identity';
import type { ExternalWorkloadSpec } from '../imports/workload.linkerd.io';
import { checkIpAddress } from '../semantics/ip-address';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkDnsSubdomain } from '../semantics/names';
import { checkPort } from '../semantics/port';

/** A port at which a machine listens. */
export interface LinkerdExternalWorkloadPort {
  /** The port, 1 to 65535. */
  readonly port: number;

  /**
   * The name of the port, as Services and Servers refer to it.
   *
   * @default - no name
   */
  readonly name?: string;

  /**
   * The transport protocol, such as `TCP`.
   *
   * @default 'TCP'
   */
  readonly protocol?: string;
}

/** Properties of an ExternalWorkload. */
export interface LinkerdExternalWorkloadProps extends ResourceProps {
  /** Who the machine is, as its certificate says: a SPIFFE ID such as `spiffe://root.linkerd.cluster.local/db`, or a DNS name. */
  readonly identity: string;

  /** The server name (SNI) by which clients call its proxy. */
  readonly serverName: string;

  /** The address of the machine, or one of each family. */
  readonly workloadIps: string[];

  /**
   * The ports at which it listens.
   *
   * @default - none: it only calls others
   */
  readonly ports?: LinkerdExternalWorkloadPort[];
}

/**
 * A machine outside of the cluster that is in the mesh by a proxy of its own. Services and Servers select it by its labels.
 *
 * @see https://linkerd.io/2-edge/reference/external-workload/
 */
export class LinkerdExternalWorkload extends LinkerdConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'externalworkloads';

  private readonly props: LinkerdExternalWorkloadProps;

  /**
   * @throws when the identity or the server name is none, there is no address or one that is none, two are of one family, or a port is out of range or twice there
   */
  constructor(scope: Construct, id: string, props: LinkerdExternalWorkloadProps) {
    super(scope, id, 'workload.linkerd.io/v1beta1', 'ExternalWorkload', props.metadata);
    this.props = props;
    const { identity, serverName, workloadIps, ports = [] } = props;
    checkLinkerdIdentity(identity, `identity of ${this._named}`);
    if (identity.includes('*')) {
      throw new Error(`identity of ${this._named} must be that of one machine, got '${identity}'`);
    }
    checkDnsSubdomain(serverName, `serverName of ${this._named}`);
    if (workloadIps.length === 0) {
      throw new Error(`workloadIps of ${this._named} must have an address, got none: nobody could call it`);
    }
    workloadIps.forEach(address => checkIpAddress(address, `address of ${this._named}`));
    checkAtMost(2, workloadIps.length, `addresses of ${this._named}`, 'make an ExternalWorkload for each machine');
    checkUnique(workloadIps, `families of addresses of ${this._named}`, isIP, 'make an ExternalWorkload for each machine');
    ports.forEach(({ port }) => checkPort(port, `port of ${this._named}`));
    checkUnique(ports.flatMap(({ name }) => name ?? []), `names of ports of ${this._named}`);
  }

  /** @internal */
  public _toKube(): Manifest<ExternalWorkloadSpec> {
    const { identity, serverName, workloadIps, ports } = this.props;
    return {
      meshTLS: { identity, serverName },
      workloadIPs: workloadIps.map(ip => ({ ip })),
      ports: ports?.map(({ name, port, protocol }) => ({ name, port, protocol })),
    };
  }
}
