import { Chart } from 'cdk8s';
import { listeners } from './listeners';
import { IGateway, ListenerSet } from 'cdk8s-mesh';

export function listenerSets(chart: Chart, gateway: IGateway): ListenerSet {
  return new ListenerSet(chart, 'ListenerSet', {
    metadata: { name: 'shop', namespace: 'shop' },
    // parentRef.group, kind, name, namespace
    gateway,
    // listeners
    listeners: listeners(),
  });
}
