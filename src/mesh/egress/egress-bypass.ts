import { Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { letReachOnly } from './egress-guard';
import { EgressKind } from './egress-kind';
import { whenFlaggerCopies } from '../../gateway-api/flagger-copy';
import { checkIpSubnet } from '../../istio/ip-subnet';
import { WorkloadSelector } from '../../istio/workload-selector';
import { checkDnsLabel } from '../../semantics/names';
import { checkPort } from '../../semantics/port';
import { enrolPods } from '../enrolment/pod-enrolment';
import { ProxyOptions } from '../enrolment/proxy-options';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** Properties of an EgressBypass. */
export interface EgressBypassProps {
  /** The namespace of the workload. */
  readonly namespace: IMeshNamespace;

  /** The workload whose pods go past the mesh. It is enrolled by this: do not enrol it besides. */
  readonly workload: Workload;

  /** The IP addresses and CIDR blocks that are reached past the mesh, at least one. All addresses are no bypass: leave the workload out of the mesh instead. */
  readonly ranges: string[];

  /**
   * The ports of the ranges that may be called, 1 to 65535.
   *
   * @default - every port
   */
  readonly ports?: number[];

  /**
   * How the proxies of the pods run otherwise.
   *
   * @default - as the mesh says
   */
  readonly proxy?: ProxyOptions;

  /**
   * The name of the NetworkPolicy.
   *
   * @default - the name of the workload, with `-bypass` after it
   */
  readonly name?: string;
}

const EVERYTHING = /\/0+$/;

/**
 * Pods that reach some addresses past the mesh: no policy, no metrics, no TLS of the mesh. It is for what breaks behind a proxy, such as a metadata server. A
 * NetworkPolicy lets those pods reach exactly these addresses, beside every pod of the cluster.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/#direct-access-to-external-services
 */
export class EgressBypass extends Construct {
  /**
   * @throws when there is no range, one is none or means everything, a port is none, or the workload is enrolled already or in another namespace
   */
  constructor(scope: Construct, id: string, props: EgressBypassProps) {
    super(scope, id);
    const { namespace, workload, ranges, ports } = props;
    const name = checkDnsLabel(props.name ?? `${workload.name}-bypass`, 'name of the egress bypass');
    if (ranges.length === 0) {
      throw new Error(`egress bypass '${name}' needs ranges, got none: pass at least one, or leave the bypass out`);
    }
    ranges.forEach(range => checkIpSubnet(range, `range of egress bypass '${name}'`));
    const everything = ranges.find(range => EVERYTHING.test(range));
    if (everything !== undefined) {
      throw new Error(`range of egress bypass '${name}' must be a part of all addresses, got '${everything}': leave the workload out of the mesh instead`);
    }
    ports?.forEach(port => checkPort(port, `port of egress bypass '${name}'`));
    enrolPods(namespace, workload, optionsFor(props, ranges.map(withLength)));
    const letReach = (at: Construct, policy: string, matchLabels: { [key: string]: string }) =>
      letReachOnly(at, { name: policy, namespace: namespace.name, labels: patternLabels('egress-bypass', name) }, { matchLabels }, ranges, ports);
    letReach(this, name, WorkloadSelector.workload(workload).matchLabels);
    whenFlaggerCopies(workload, labels => letReach(new Construct(this, 'Primary'), `${name}-primary`, labels));
  }
}

/** Proxies of nodes pass on by themselves what they do not know. */
function optionsFor({ namespace: { mesh }, proxy = {} }: EgressBypassProps, ranges: string[]): ProxyOptions {
  const [kind] = mesh._egressKinds();
  switch (kind) {
    case EgressKind.WAYPOINT: return proxy;
    case EgressKind.EGRESS_NETWORK:
      return { ...proxy, linkerd: { ...proxy.linkerd, skipSubnets: [...proxy.linkerd?.skipSubnets ?? [], ...ranges] } };
    default: return { ...proxy, istio: { ...proxy.istio, excludedOutboundIpRanges: [...proxy.istio?.excludedOutboundIpRanges ?? [], ...ranges] } };
  }
}

function withLength(range: string): string {
  return range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`;
}
