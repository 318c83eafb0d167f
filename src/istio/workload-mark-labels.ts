import { Istio } from './istio';
import { WorkloadMarks } from './workload-marks';
import { IstioLabel } from '../semantics/keys';
import { checkLabelValue } from '../semantics/qualified-name';

/** The labels of marks. */
export function markLabels(marks: WorkloadMarks, istio: Istio, namespace: string | undefined): { [key: string]: string } {
  const { canonicalName, canonicalRevision, mtls, useWaypoint } = marks;
  if (useWaypoint?._hasCanary()) {
    throw new Error('useWaypoint of a workload takes no canary, which is for Services and ServiceEntries: leave canary out');
  }
  return {
    ...canonicalName !== undefined && { [IstioLabel.CANONICAL_NAME]: checkLabelValue(canonicalName, 'canonicalName') },
    ...canonicalRevision !== undefined && { [IstioLabel.CANONICAL_REVISION]: checkLabelValue(canonicalRevision, 'canonicalRevision') },
    ...mtls !== undefined && { [IstioLabel.TLS_MODE]: mtls ? 'istio' : 'disabled' },
    ...useWaypoint?._labels(istio, namespace),
  };
}
