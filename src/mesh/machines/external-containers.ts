import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { IServiceAccount, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { externalContainersNotes } from './external-containers-notes';
import { requireAccess } from './machine-access';
import { MachineService } from './machine-service';
import { StaticMachine } from './static-machines';
import { DataPlane } from '../../istio/data-plane';
import { IstioNetwork } from '../../istio/istio-network';
import { ServiceEntry } from '../../istio/service-entry';
import { WorkloadEntry } from '../../istio/workload-entry';
import { WorkloadSelector } from '../../istio/workload-selector';
import { checkIpAddress } from '../../semantics/ip-address';
import { IstioAnnotation, IstioLabel, KubernetesLabel } from '../../semantics/keys';
import { checkUnique } from '../../semantics/lists';
import { checkDnsLabel } from '../../semantics/names';
import { checkClient } from '../calls/call-checks';
import type { CallPolicies } from '../calls/call-policies';
import { clusterOf } from '../clusters/cluster-of';
import { remoteNetworksOf } from '../clusters/east-west-registry';
import { requireOwnControlPlane } from '../control-plane/own-control-plane';
import { IMeshClient, IMeshNamespace } from '../mesh-client';
import { AllowOptions } from '../mesh-workload';
import { patternLabels } from '../pattern-labels';

/** Properties of ExternalContainers. */
export interface ExternalContainersProps {
  /** The namespace in which the containers have their identity, and with it the mesh. */
  readonly namespace: IMeshNamespace;

  /** The ports at which they listen, by names that start with the protocol as those of a Service do: `{ http: 8080 }`. */
  readonly ports: { [name: string]: number };

  /**
   * The containers that have fixed addresses. A WorkloadEntry for each of the others must be made by what starts them.
   *
   * @default - none
   */
  readonly containers?: StaticMachine[];

  /**
   * The name of what is made.
   *
   * @default - the construct's id in lower case
   */
  readonly name?: string;

  /**
   * The labels of the containers, by which the service and policies choose them.
   *
   * @default - `app` with the name
   */
  readonly labels?: { [key: string]: string };

  /**
   * How clients reach them; from another network by a Kubernetes Service only, and one that exists must be a SharedService.
   *
   * @default MachineService.kubernetes()
   */
  readonly service?: MachineService;

  /**
   * The network of the containers, where they and the pods reach each other by gateways only.
   *
   * @default - that of the cluster
   */
  readonly network?: IstioNetwork;

  /**
   * The service account as which they run, in the same namespace.
   *
   * @default - one of their own
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * The address at which their ztunnels reach istiod without an EastWestGateway.
   *
   * @default - that of the EastWestGateway of the mesh which exposes the control plane
   */
  readonly controlPlaneAddress?: string;
}

/**
 * Containers that a cloud service runs outside of any cluster, such as tasks of ECS, each with a ztunnel of its own: here is what the cluster must have for
 * them. What starts the ztunnels, hands them tokens and reports their addresses is outside: Istio's releases have nothing for it, and `notes` says what it must do.
 *
 * @see https://istio.io/latest/docs/ambient/architecture/data-plane/
 */
export class ExternalContainers extends Construct implements IMeshClient {
  /** The namespace in which they have their identity. */
  public readonly clientNamespace: IMeshNamespace;
  /** The service account by which others know them. */
  public readonly clientServiceAccount?: string;
  /** The containers, for policies. */
  public readonly selector: WorkloadSelector;
  /** The WorkloadEntries of those that have fixed addresses. */
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
  /** What must be outside of the cluster, as Markdown. It has no secrets. */
  public readonly notes: string;

  private readonly name: string;
  private policies?: CallPolicies;

  /**
   * @throws when the mesh is not an ambient one of Istio with a control plane in the cluster, the containers could not reach istiod or be reached, there is
   * no port, or a part is refused
   */
  constructor(scope: Construct, id: string, props: ExternalContainersProps) {
    super(scope, id);
    const { namespace, ports, network, containers = [], controlPlaneAddress } = props;
    const { mesh } = namespace;
    this.name = checkDnsLabel(props.name ?? id.toLowerCase(), 'name of the containers');
    const what = `containers '${this.name}'`;
    const istio = requireOwnControlPlane(mesh, what, 'its provider takes none, call them from outside of the mesh');
    if (istio.dataPlane !== DataPlane.AMBIENT) {
      throw new Error(`${what} with ztunnels need an ambient mesh, got one with sidecars: run a sidecar on a VirtualMachine, or pass dataPlane: DataPlane.AMBIENT`);
    }
    if (Object.keys(ports).length === 0) {
      throw new Error(`ports of ${what} must have at least one port, got none: pass { http: 8080 }`);
    }
    const entrance = requireAccess({ what, mesh, network, direct: controlPlaneAddress !== undefined });
    const elsewhere = network !== undefined && network.name !== clusterOf(mesh)?.network?.name;
    if (elsewhere && !remoteNetworksOf(mesh).includes(network.name)) {
      throw new Error(`${what} are in network '${network.name}', which ztunnels of the cluster cannot enter: make a RemoteNetworkGateway for it before`);
    }
    checkUnique(containers.map(({ address }) => checkIpAddress(address, `address of ${what}`)), `addresses of ${what}`);
    this.clientNamespace = namespace;
    const metadata = (of: string) => ({ name: of, namespace: namespace.name, labels: patternLabels('external-containers', this.name) });
    const labels = props.labels ?? { [KubernetesLabel.APP]: this.name };
    this.selector = WorkloadSelector.labels(labels);
    const serviceAccount = props.serviceAccount ?? new ServiceAccount(this, 'ServiceAccount', { metadata: metadata(this.name), automountToken: false });
    this.clientServiceAccount = serviceAccount.name;
    this.workloadEntries = containers.map(({ address, name: own, locality, weight }, index) => {
      const entryName = own ?? `${this.name}-${index + 1}`;
      return new WorkloadEntry(this, entryName, {
        // Tells other ztunnels that one is there to speak HBONE with.
        metadata: { ...metadata(entryName), annotations: { [IstioAnnotation.AMBIENT_REDIRECTION]: 'enabled' } },
        address,
        ports,
        labels,
        network,
        locality,
        weight,
        serviceAccount,
      });
    });
    const made = (props.service ?? MachineService.kubernetes())._make(this, { name: this.name, labels, ports, metadata });
    this.service = made.service;
    this.serviceEntry = made.serviceEntry;
    if (elsewhere && made.serviceEntry !== undefined) {
      throw new Error(`${what} are in network '${network.name}', of which Istio shares Kubernetes Services only: use MachineService.kubernetes()`);
    }
    if (elsewhere) {
      // Of other networks, ztunnels are told endpoints of shared Services only.
      made.service?.metadata.addLabel(IstioLabel.SHARED, 'true');
    }
    this.notes = externalContainersNotes({
      name: this.name,
      namespace: namespace.name,
      serviceAccount: serviceAccount.name,
      rootNamespace: istio.rootNamespace,
      revision: istio.controlPlane.installedRevision ?? '',
      release: istio.version,
      clusterName: clusterOf(mesh)?.clusterName ?? 'Kubernetes',
      network: network?.name ?? clusterOf(mesh)?.network?.name,
      controlPlane: controlPlaneAddress ?? `the address of Service ${entrance!.namespace}/${entrance!.serviceName}`,
      labels,
      ports,
    });
  }

  /**
   * Lets a client call these containers, and closes the namespace.
   *
   * @param client who may call: a workload, a namespace, a gateway, or any other
   * @param options what it may ask for; default: everything
   * @throws when the client can have no identity that this mesh knows, or nothing on the way reads what is asked for
   */
  public allowFrom(client: IMeshClient, options: AllowOptions = {}): this {
    const { _policies } = this.clientNamespace;
    checkClient(`containers '${this.name}'`, this.clientNamespace, client);
    _policies.close();
    this.policies ??= _policies.open(this, { name: this.name, selector: this.selector, services: this.service && [this.service] });
    this.policies.allow({ client, ...options });
    return this;
  }

  /**
   * Writes the notes into a directory, as `<name>.md`: into `app.outdir` to have them beside the manifests.
   *
   * @param directory where they are written; it is made when it is not there
   * @returns the file
   */
  public writeNotes(directory: string): string {
    mkdirSync(directory, { recursive: true });
    const file = join(directory, `${this.name}.md`);
    writeFileSync(file, this.notes);
    return file;
  }
}
