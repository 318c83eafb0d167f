import { Workload } from 'cdk8s-plus-28';
import { IstioLabel, LinkerdAnnotation } from '../../semantics/keys';
import { IMeshClient, IMeshNamespace } from '../mesh-client';

/** Refuses a call whose client the other side could never know. */
export function checkClient(what: string, { name, mesh, _policies }: IMeshNamespace, client: IMeshClient): void {
  const { clientNamespace } = client;
  if (clientNamespace.mesh.meshName !== mesh.meshName) {
    throw new Error(`${what} is in a mesh of ${mesh.meshName}, which does not know clients of ${clientNamespace.mesh.meshName}, got one of namespace ` +
      `'${clientNamespace.name}': let it come through a gateway`);
  }
  if (_policies.isPlainText && mesh._istio?.sidecars) {
    throw new Error(`${what} takes plain text only, because namespace '${name}' has mtls DISABLE, so that it knows no client: pass mtls STRICT or PERMISSIVE`);
  }
  client._requireIdentity?.();
}

/** Refuses pods without a proxy: they have no identity, and nothing refuses anybody for them. */
export function requireProxy(workload: Workload, { name, _enrolled }: IMeshNamespace): void {
  const { labels = {}, annotations = {} } = workload.podMetadata.toJson() as { [part: string]: { [key: string]: string } | undefined };
  const out = [
    [IstioLabel.SIDECAR_INJECT, labels[IstioLabel.SIDECAR_INJECT], 'false'],
    [IstioLabel.DATAPLANE_MODE, labels[IstioLabel.DATAPLANE_MODE], 'none'],
    [LinkerdAnnotation.INJECT, annotations[LinkerdAnnotation.INJECT], 'disabled'],
  ].find(([, value, no]) => value === no);
  if (out !== undefined) {
    throw new Error(`workload '${workload.name}' is not in the mesh, because its pods have '${out[0]}: ${out[1]}': nobody knows it, ` +
      'and nothing refuses calls to it');
  }
  const byLabel = [IstioLabel.SIDECAR_INJECT, IstioLabel.REV, IstioLabel.DATAPLANE_MODE].some(key => key in labels);
  const own = byLabel || LinkerdAnnotation.INJECT in annotations;
  if (_enrolled === false && !own) {
    throw new Error(`workload '${workload.name}' is not in the mesh, because namespace '${name}' is not enrolled: ` +
      'enrol the workload before, with namespace.enrol');
  }
}
