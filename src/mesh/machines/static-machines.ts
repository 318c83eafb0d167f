import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { MachineService } from './machine-service';
import { ClientTls } from '../../istio/client-tls';
import { DestinationRule } from '../../istio/destination-rule';
import { IstioNetwork } from '../../istio/istio-network';
import { ServiceEntry } from '../../istio/service-entry';
import { WorkloadEntry } from '../../istio/workload-entry';
import { WorkloadLocality } from '../../istio/workload-locality';
import { checkIpAddress } from '../../semantics/ip-address';
import { KubernetesLabel } from '../../semantics/keys';
import { checkUnique } from '../../semantics/lists';
import { checkDnsLabel } from '../../semantics/names';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** A machine that nothing of the mesh runs on. */
export interface StaticMachine {
  /** The IP address. */
  readonly address: string;

  /**
   * The name of its WorkloadEntry.
   *
   * @default - that of the machines and its place in the list, such as `db-1`
   */
  readonly name?: string;

  /**
   * Where it is.
   *
   * @default - not known
   */
  readonly locality?: WorkloadLocality;

  /**
   * The share of traffic in proportion to those of the others, 1 to 4294967295.
   *
   * @default 1
   */
  readonly weight?: number;
}

/** Properties of StaticMachines. */
export interface StaticMachinesProps {
  /** The namespace of the service, and with it the mesh. */
  readonly namespace: IMeshNamespace;

  /** The machines, at least one. */
  readonly machines: StaticMachine[];

  /** The ports at which the machines listen, by names that start with the protocol as those of a Service do: `{ tcp: 5432 }`. */
  readonly ports: { [name: string]: number };

  /**
   * The name of what is made.
   *
   * @default - the construct's id in lower case
   */
  readonly name?: string;

  /**
   * The labels of the machines, by which the service chooses them.
   *
   * @default - `app` with the name
   */
  readonly labels?: { [key: string]: string };

  /**
   * How clients reach the machines.
   *
   * @default MachineService.kubernetes()
   */
  readonly service?: MachineService;

  /**
   * The network of the machines; its gateway passes mTLS on only, which they do not speak, so that pods must reach them directly.
   *
   * @default - that of the cluster
   */
  readonly network?: IstioNetwork;
}

/**
 * Machines without agent: the mesh balances over them, but nothing on them proves who they are, and nothing of the mesh protects them. Clients speak to
 * them without mTLS, and policies cannot refuse clients there. What takes mTLS only refuses the machines as clients.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-entry/
 */
export class StaticMachines extends Construct {
  /** The WorkloadEntries. */
  public readonly workloadEntries: WorkloadEntry[];
  /**
   * The Service by which clients reach them.
   *
   * @default - there is none, because `service` says otherwise
   */
  public readonly service?: Service;
  /**
   * The ServiceEntry by which clients reach them.
   *
   * @default - there is none, because `service` says otherwise
   */
  public readonly serviceEntry?: ServiceEntry;

  /**
   * @throws when the mesh is not Istio, there is no machine or port, an address is no IP address or occurs twice, or a part is refused
   */
  constructor(scope: Construct, id: string, props: StaticMachinesProps) {
    super(scope, id);
    const { namespace, machines, ports, network } = props;
    const name = checkDnsLabel(props.name ?? id.toLowerCase(), 'name of the machines');
    const { mesh } = namespace;
    if (mesh._istio === undefined) {
      throw new Error(`machines '${name}' without agent need an Istio mesh, got a ${mesh.meshName} mesh: there a Service without selector and an ` +
        'EndpointSlice of yours lead out of the mesh');
    }
    if (machines.length === 0 || Object.keys(ports).length === 0) {
      throw new Error(`machines '${name}' must have at least one machine and one port, got ${machines.length} and ${Object.keys(ports).length}`);
    }
    checkUnique(machines.map(({ address }) => checkIpAddress(address, `address of machines '${name}'`)), `addresses of machines '${name}'`);
    const metadata = (of: string) => ({ name: of, namespace: namespace.name, labels: patternLabels('static-machines', name) });
    const labels = props.labels ?? { [KubernetesLabel.APP]: name };
    this.workloadEntries = machines.map(({ address, name: own = `${name}-${machines.findIndex(each => each.address === address) + 1}`, locality, weight }) =>
      // Without a service account and with this mark, no client takes it for one that speaks mTLS.
      new WorkloadEntry(this, own, { metadata: metadata(own), address, ports, labels, network, locality, weight, mtls: false }));
    const made = (props.service ?? MachineService.kubernetes())._make(this, { name, labels, ports, metadata });
    this.service = made.service;
    this.serviceEntry = made.serviceEntry;
    if (made.host !== undefined && mesh._istio.sidecars) {
      // Also where the mesh asks for mTLS everywhere.
      new DestinationRule(this, 'DestinationRule', { metadata: metadata(name), host: made.host, trafficPolicy: { tls: ClientTls.disable() } });
    }
  }
}
