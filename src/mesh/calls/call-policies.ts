import { Service, Workload } from 'cdk8s-plus-28';
import { WorkloadSelector } from '../../istio/workload-selector';
import { IMeshClient, IMeshNamespace } from '../mesh-client';

/** Who may call some pods, and what it may ask them for: every field that is given must match, by one of its values. */
export interface AllowedCall {
  readonly client: IMeshClient;
  /** As the containers listen on them; every port when it is left out, as are methods, paths and hosts. */
  readonly ports?: number[];
  readonly methods?: string[];
  /** Exact, `prefix*`, `*suffix`, or with `{*}` for an element and `{**}` for the rest, all of a request's path without its query. */
  readonly paths?: string[];
  /** As they stand in `Host`, in any case; a port that clients add to them is for the mesh to allow. */
  readonly hosts?: string[];
  /** Hosts for which a route sends requests: they narrow the call where the mesh reads HTTP of this client, and say nothing elsewhere. */
  readonly routedHosts?: string[];
  /** Whether the client calls pods by their own address, where no waypoint is on the way. */
  readonly pastWaypoint?: boolean;
}

/** The pods of one namespace that are called. */
export interface CalledPods {
  /** What the policies for them are named after: unique in the namespace. */
  readonly name: string;
  /** The labels of the policies; those of a workload by that name when they are left out. */
  readonly labels?: { [key: string]: string };
  readonly namespace: IMeshNamespace;
  /** By the labels of their identity; every pod of the namespace when it is left out. */
  readonly selector?: WorkloadSelector;
  /** The workload that they are of, where it is known: its containers say which ports and probes there are. */
  readonly workload?: Workload;
  /** The Services by which they are called; not known when it is left out. */
  readonly services?: Service[];
  /** Whether they are a copy of pods that are called by the same Services: what waypoints are told of these holds for them. */
  readonly isCopy?: boolean;
}

/** The policies for some pods, which grow call by call. */
export interface CallPolicies {
  /** Lets a call through. What the mesh cannot tell apart throws. */
  allow(call: AllowedCall): void;
}
