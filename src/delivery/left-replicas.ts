import { ApiObject, JsonPatch } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';

/** Leaves the number of pods to the controller that owns it: cdk8s-plus writes one where nobody says any. */
export function leaveReplicas(deployment: Deployment): void {
  // What may not be there cannot be removed.
  ApiObject.of(deployment).addJsonPatch(JsonPatch.add('/spec/replicas', 0), JsonPatch.remove('/spec/replicas'));
}
