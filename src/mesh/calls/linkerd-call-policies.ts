import { Workload } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { AllowedCall, CalledPods, CallPolicies } from './call-policies';
import { LinkerdPortPolicies } from './linkerd-port-policies';
import { whenFlaggerCopies } from '../../gateway-api/flagger-copy';
import { WorkloadSelector } from '../../istio/workload-selector';
import { LinkerdAccessPolicy } from '../../linkerd/linkerd-access-policy';
import { LinkerdServerSelector } from '../../linkerd/linkerd-server-selector';
import { LinkerdAnnotation } from '../../semantics/keys';
import { tcpPortsOf } from '../container-ports';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** Ports of pods with a Server, by app and by what they are: patterns that are about the same pods share it. */
const ports = new WeakMap<IConstruct, Map<string, LinkerdPortPolicies>>();

/** Refuses in a namespace what no policy allows. Proxies that run already read it when their pods start again. */
export function closeLinkerdNamespace(namespace: IMeshNamespace): void {
  namespace._mark('a closed namespace', {}, { [LinkerdAnnotation.DEFAULT_INBOUND_POLICY]: LinkerdAccessPolicy.DENY });
}

/** Policies that the proxies of pods enforce, port by port. */
export class LinkerdCallPolicies implements CallPolicies {
  constructor(private readonly scope: Construct, private readonly pods: CalledPods) {}

  public allow(call: AllowedCall): void {
    const { name, selector, workload } = this.pods;
    const { client, hosts } = call;
    if (hosts !== undefined) {
      throw new Error(`calls to '${name}' cannot be told apart by host in a Linkerd mesh, got ${hosts.join(', ')}: allow methods or paths`);
    }
    if (client.clientTrustDomain !== undefined && client.clientTrustDomain !== client.clientNamespace.mesh.trustDomain) {
      throw new Error(`calls to '${name}' are allowed to clients of the own trust domain in a Linkerd mesh, got one of '${client.clientTrustDomain}': ` +
        'make a LinkerdMeshTlsAuthentication with LinkerdIdentities.named, and a policy for it');
    }
    if (selector === undefined) {
      this.allowAll(call);
    } else {
      (call.ports ?? declaredPorts(name, workload)).forEach(port => this.portPolicies(this.pods, port).allow(client, call));
    }
  }

  /** Every workload by itself: a Server for all pods would be a second one for the ports that some of them have. */
  private allowAll(call: AllowedCall): void {
    const { name, namespace } = this.pods;
    const called: string[] = [];
    namespace._policies.eachWorkload(workload => {
      const declared = tcpPortsOf(workload).filter(port => call.ports?.includes(port) ?? true);
      const allow = (of: string, selector: WorkloadSelector) => declared.forEach(port => {
        called.push(of);
        this.portPolicies({ name: of, namespace, selector, workload }, port).allow(call.client, call);
      });
      allow(workload.name, WorkloadSelector.workload(workload));
      whenFlaggerCopies(workload, labels => allow(`${workload.name}-primary`, WorkloadSelector.labels(labels)));
    });
    this.scope.node.addValidation({
      validate: () => called.length > 0 ? [] : [`'${name}' of namespace '${namespace.name}' is about no workload: in a Linkerd mesh it is for those that are ` +
        `a MeshWorkload, whose containers declare ${call.ports === undefined ? 'a port' : `port ${call.ports.join(' or ')}`}`],
    });
  }

  private portPolicies({ name, namespace, selector, workload }: CalledPods, port: number): LinkerdPortPolicies {
    const { root } = this.scope.node;
    const known = ports.get(root) ?? new Map<string, LinkerdPortPolicies>();
    ports.set(root, known);
    const labels = selector!.matchLabels;
    const key = JSON.stringify([namespace.name, Object.entries(labels).sort(), port]);
    const made = known.get(key) ?? new LinkerdPortPolicies(new Construct(this.scope, `${name}-${port}`), {
      port,
      selector: LinkerdServerSelector.pods(labels),
      workload,
      called: name,
      name: `${name}-${port}`,
      metadata: objectName => ({ name: objectName, namespace: namespace.name, labels: patternLabels('mesh-workload', name) }),
    });
    known.set(key, made);
    return made;
  }
}

/** A Server is about one port, so every port has to be known. */
function declaredPorts(name: string, workload: Workload | undefined): number[] {
  const known = workload === undefined ? [] : tcpPortsOf(workload);
  if (known.length === 0) {
    throw new Error(`calls to '${name}' need ports in a Linkerd mesh, where policies are about ports that containers declare, got none: ` +
      'pass ports, or declare them in the containers before calls are allowed');
  }
  return known;
}
