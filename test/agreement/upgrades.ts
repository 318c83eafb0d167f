import { World } from './world';
import { UpgradePlan } from '../../src';
import { kindOf, namespaceOf } from '../examples/kube-object';

/** What a plan names that is not there: workloads to restart, and namespaces whose labels change. */
export function planMistakes({ steps }: UpgradePlan, { objects }: World): string[] {
  const there = new Set(objects.flatMap(object => [`${kindOf(object)} ${namespaceOf(object)}/${object.metadata.name}`, `${kindOf(object)} ${object.metadata.name}`]));
  return steps.flatMap(({ title, relabelled, restarts, rolls }) => [
    ...relabelled.map(text => `Namespace ${text.split(':')[0]}`),
    // Others are said in words.
    ...[...restarts, ...rolls].flatMap(text => /^[A-Z]\w+ [a-z0-9-]+\/[a-z0-9-]+/.exec(text)?.[0] ?? []),
  ].filter(name => !there.has(name)).map(name => `${title}: there is no ${name}`));
}
