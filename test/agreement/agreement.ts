import { identityMistakes } from './identities';
import { unattached } from './listeners';
import { portMistakes } from './ports';
import { danglingReferences, homeless, ungranted } from './references';
import { selectedMistakes } from './selected';
import { World } from './world';
import { enrolmentMistakes } from '../examples/enrolment';
import { KubeObject } from '../examples/kube-object';
import { selectingNothing, selectorMistakes } from '../examples/selectors';

/**
 * What does not agree among rendered manifests: references, ports, listeners, grants, identities, selectors, what policies of networks let through, and enrolment. It knows what Kubernetes, Gateway API and
 * Istio make of manifests, and nothing of how they were made.
 *
 * @param rendered what is looked at
 * @param given what the cluster has beside it
 */
export function disagreements(rendered: readonly KubeObject[], given: readonly KubeObject[] = []): string[] {
  const world = new World(rendered, given);
  return [
    ...homeless(world), ...danglingReferences(world), ...ungranted(world), ...unattached(world), ...portMistakes(world), ...identityMistakes(world),
    ...selectedMistakes(world),
    ...selectorMistakes([...rendered]), ...selectingNothing([...world.objects]), ...enrolmentMistakes([...rendered]),
  ];
}
