import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { IServiceAccount, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { requireAccess } from './machine-access';
import { MachineService } from './machine-service';
import { virtualMachineNotes } from './virtual-machine-notes';
import { IstioNetwork } from '../../istio/istio-network';
import { ServiceEntry } from '../../istio/service-entry';
import { WorkloadGroup } from '../../istio/workload-group';
import { WorkloadLocality } from '../../istio/workload-locality';
import { WorkloadProbe } from '../../istio/workload-probe';
import { WorkloadSelector } from '../../istio/workload-selector';
import { isIpAddress } from '../../semantics/ip-address';
import { KubernetesLabel } from '../../semantics/keys';
import { checkDnsLabel } from '../../semantics/names';
import { checkClient } from '../calls/call-checks';
import type { CallPolicies } from '../calls/call-policies';
import { clusterOf } from '../clusters/cluster-of';
import { requireOwnControlPlane } from '../control-plane/own-control-plane';
import { IMeshClient, IMeshNamespace } from '../mesh-client';
import { AllowOptions } from '../mesh-workload';
import { patternLabels } from '../pattern-labels';

/** Properties of a VirtualMachine. */
export interface VirtualMachineProps {
  /** The namespace in which the machines have their identity, and with it the mesh. */
  readonly namespace: IMeshNamespace;

  /** The ports at which the machines listen, by names that start with the protocol as those of a Service do: `{ http: 8080 }`. */
  readonly ports: { [name: string]: number };

  /**
   * The name of the WorkloadGroup and of what is made for it.
   *
   * @default - the construct's id in lower case
   */
  readonly name?: string;

  /**
   * The labels of the machines, by which services and policies choose them.
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
   * The network of the machines, where they and the pods reach each other by gateways only.
   *
   * @default - that of the cluster
   */
  readonly network?: IstioNetwork;

  /**
   * The service account as which they run, in the same namespace.
   *
   * @default - one of their own, of the name of the WorkloadGroup
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * How the agent of a machine finds out whether it takes traffic.
   *
   * @default - it takes traffic as soon as its proxy is connected
   */
  readonly probe?: WorkloadProbe;

  /**
   * Where the machines are.
   *
   * @default - not known
   */
  readonly locality?: WorkloadLocality;

  /**
   * The share of traffic of each machine in proportion to those of other endpoints, 1 to 4294967295.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * The IP address at which the machines reach istiod without an EastWestGateway, such as that of a load balancer in the same network.
   *
   * @default - that of the EastWestGateway of the mesh which exposes the control plane
   */
  readonly controlPlaneAddress?: string;
}

/**
 * Virtual machines that are in the mesh by a sidecar of their own: each joins as soon as its proxy connects, and istiod makes its WorkloadEntry. What runs
 * on the machine is not Kubernetes' affair: `notes` has the commands.
 *
 * Machines need sidecars, so that an ambient mesh takes them by `ExternalContainers` with ztunnel, and a managed control plane does not take them.
 *
 * @see https://istio.io/latest/docs/setup/install/virtual-machine/
 */
export class VirtualMachine extends Construct implements IMeshClient {
  /** The namespace in which the machines have their identity. */
  public readonly clientNamespace: IMeshNamespace;
  /** The service account by which others know them. */
  public readonly clientServiceAccount?: string;
  /** The WorkloadGroup. */
  public readonly workloadGroup: WorkloadGroup;
  /** The machines, for policies. */
  public readonly selector: WorkloadSelector;
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
  /** What to do for a machine, with the commands to run, as Markdown. It has no secrets. */
  public readonly notes: string;

  private readonly name: string;
  private policies?: CallPolicies;

  /**
   * @throws when the mesh is not one of Istio with sidecars and a control plane in the cluster, the machines could not reach istiod or the services of the
   * cluster, there is no port or label, or a part is refused
   */
  constructor(scope: Construct, id: string, props: VirtualMachineProps) {
    super(scope, id);
    const { namespace, ports, network, locality, weight, probe, controlPlaneAddress } = props;
    const { mesh } = namespace;
    this.name = checkDnsLabel(props.name ?? id.toLowerCase(), 'name of the virtual machine');
    const what = `virtual machine '${this.name}'`;
    if (mesh._istio === undefined) {
      throw new Error(`${what} needs an Istio mesh, got a ${mesh.meshName} mesh: there a LinkerdExternalWorkload and a Service that selects it join a machine`);
    }
    mesh._requireSidecars(what, 'join the machine with a ztunnel, as ExternalContainers');
    const istio = requireOwnControlPlane(mesh, what, 'its provider takes no machines, call the machine from outside of the mesh');
    if (controlPlaneAddress !== undefined && !isIpAddress(controlPlaneAddress)) {
      throw new Error(`controlPlaneAddress of ${what} must be an IP address, got '${controlPlaneAddress}': the machine has it in its hosts file`);
    }
    if (Object.keys(ports).length === 0) {
      throw new Error(`ports of ${what} must have at least one port, got none: pass { http: 8080 }`);
    }
    const entrance = requireAccess({ what, mesh, network, direct: controlPlaneAddress !== undefined });
    this.clientNamespace = namespace;
    const metadata = (name: string) => ({ name, namespace: namespace.name, labels: patternLabels('virtual-machine', this.name) });
    const labels = props.labels ?? { [KubernetesLabel.APP]: this.name };
    this.selector = WorkloadSelector.labels(labels);
    const serviceAccount = props.serviceAccount ?? new ServiceAccount(this, 'ServiceAccount', { metadata: metadata(this.name), automountToken: false });
    this.clientServiceAccount = serviceAccount.name;
    this.workloadGroup = new WorkloadGroup(this, 'WorkloadGroup', {
      metadata: metadata(this.name), labels, probe, template: { ports, network, locality, weight, serviceAccount },
    });
    const made = (props.service ?? MachineService.kubernetes())._make(this, { name: this.name, labels, ports, metadata });
    this.service = made.service;
    this.serviceEntry = made.serviceEntry;
    this.notes = virtualMachineNotes({
      name: this.name,
      namespace: namespace.name,
      release: istio.version,
      revision: istio.controlPlane.installedRevision,
      rootNamespace: istio.rootNamespace,
      clusterName: clusterOf(mesh)?.clusterName,
      entrance,
      controlPlaneAddress,
      ports: Object.values(ports),
    });
  }

  /**
   * Lets a client call these machines, and closes the namespace.
   *
   * @param client who may call: a workload, a namespace, a gateway, or any other
   * @param options what it may ask for; default: everything
   * @throws when the client can have no identity that this mesh knows, or nothing on the way reads what is asked for
   */
  public allowFrom(client: IMeshClient, options: AllowOptions = {}): this {
    const { _policies } = this.clientNamespace;
    checkClient(`virtual machine '${this.name}'`, this.clientNamespace, client);
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
