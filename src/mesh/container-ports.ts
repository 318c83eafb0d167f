import { ApiObject } from 'cdk8s';
import { Workload } from 'cdk8s-plus-28';

interface ContainerSpec {
  readonly ports?: { readonly containerPort: number; readonly name?: string; readonly protocol?: string }[];
  readonly livenessProbe?: ProbeSpec;
  readonly readinessProbe?: ProbeSpec;
  readonly startupProbe?: ProbeSpec;
}

interface ProbeSpec {
  readonly httpGet?: { readonly path?: string; readonly port: number | string };
}

/** The TCP ports that the containers of a workload declare, so far. */
export function tcpPortsOf(workload: Workload): number[] {
  return [...new Set(containersOf(workload).flatMap(({ ports = [] }) => ports)
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP').map(({ containerPort }) => containerPort))];
}

/** The paths at which the kubelet asks a port of a workload by HTTP how it is, so far. */
export function probePathsOf(workload: Workload, port: number): string[] {
  return [...new Set(containersOf(workload).flatMap(({ ports, livenessProbe, readinessProbe, startupProbe }) =>
    [livenessProbe, readinessProbe, startupProbe].flatMap(probe => probe?.httpGet ?? [])
      .filter(asked => asked.port === port || ports?.some(({ name, containerPort }) => name === asked.port && containerPort === port))
      .map(({ path = '/' }) => path.replace(/\?.*$/, ''))))];
}

function containersOf(workload: Workload): ContainerSpec[] {
  const { spec } = ApiObject.of(workload).toJson();
  return (spec.template ?? spec.jobTemplate?.spec.template ?? { spec }).spec.containers ?? [];
}
