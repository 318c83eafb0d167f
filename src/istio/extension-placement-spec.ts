import { checkPriority } from './count';
import { ExtensionPhase, ExtensionPlacementProps } from './extension-placement';
import { trafficSelectorToKube } from './traffic-selector';
import type { TrafficExtensionSpec } from '../imports/extensions.istio.io';
import { Manifest } from '../semantics/manifest';

type Placement = Pick<Manifest<TrafficExtensionSpec>, 'selector' | 'targetRefs' | 'match' | 'priority'> & { readonly phase?: `${ExtensionPhase}` };


/** What WasmPlugin and TrafficExtension say in the same words. */
export function placementToKube({ selector, targets, match, phase, priority }: ExtensionPlacementProps): Placement {
  return {
    selector: selector && { matchLabels: selector.matchLabels },
    targetRefs: targets?.map(target => target._toKube()),
    match: match?.map(trafficSelectorToKube),
    phase,
    priority: checkPriority(priority, 'priority'),
  };
}
