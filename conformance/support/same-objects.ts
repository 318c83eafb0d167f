/** What says which control plane, and which data plane, takes a workload. */
const ENROLMENT = ['istio.io/rev', 'istio-injection', 'istio.io/dataplane-mode', 'sidecar.istio.io/inject', 'mesh.cloud.google.com/proxy'];

/** Whether two meshes are told the same, but for who takes the workloads. */
export function sameObjects(some: readonly object[], others: readonly object[]): boolean {
  return textOf(some) === textOf(others);
}

function textOf(objects: readonly object[]): string {
  return objects.map(object => JSON.stringify(object, withoutEnrolment)).sort().join('\n');
}

function withoutEnrolment(key: string, value: unknown): unknown {
  if (key !== 'labels' && key !== 'annotations') {
    return value;
  }
  const left = Object.entries(value as object).filter(([name]) => !ENROLMENT.includes(name)).sort(([a], [b]) => a < b ? -1 : 1);
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}
