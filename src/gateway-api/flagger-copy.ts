import { Workload } from 'cdk8s-plus-28';
import { FLAGGER_LABELS } from '../semantics/key-lists';

type Labels = { [key: string]: string };

/** What an object of Kubernetes is selected by. */
interface Selected {
  readonly matchLabels?: { readonly [key: string]: string };
  readonly matchExpressions?: readonly object[];
}

interface Delivered {
  copied: boolean;
  readonly watchers: (() => void)[];
}

/** Workloads of apps, and whether Flagger copies them: who is about the pods of one is about those of its copy as well, whichever was said first. */
const workloads = new WeakMap<Workload, Delivered>();

/** Takes down that Flagger copies a workload of this app. */
export function takeFlaggerCopy(workload: Workload): void {
  const known = deliveredOf(workload);
  if (!known.copied) {
    known.copied = true;
    known.watchers.forEach(watch => watch());
  }
}

/** Does something with the labels of the pods of Flagger's copy, be it known now or later; nothing where there is none. */
export function whenFlaggerCopies(workload: Workload, watch: (labels: Labels) => void): void {
  const known = deliveredOf(workload);
  const tell = () => {
    const labels = labelsOfCopy(workload);
    if (labels !== undefined) {
      watch(labels);
    }
  };
  known.watchers.push(tell);
  if (known.copied) {
    tell();
  }
}

/** What selects the pods of a workload, such that it selects those of Flagger's copy as well, where there is one. */
export function withFlaggerCopy<T extends Selected>(selected: T, workload: Workload): T {
  const label = workloads.get(workload)?.copied ? labelOf(workload) : undefined;
  if (label === undefined) {
    return selected;
  }
  const others = Object.entries(selected.matchLabels ?? {}).filter(([key]) => key !== label.key);
  const either = { key: label.key, operator: 'In', values: [label.value, label.ofCopy] };
  return {
    ...selected,
    matchLabels: others.length > 0 ? Object.fromEntries(others) : undefined,
    matchExpressions: [either, ...selected.matchExpressions ?? []],
  };
}

/** The labels by which pods of a copy that Flagger makes are selected: the copy has all labels of the pods, one of them with a suffix. */
export function labelsOfCopy(workload: Workload): Labels | undefined {
  const label = labelOf(workload);
  return label && { ...workload.matchLabels, [label.key]: label.ofCopy };
}

function labelOf({ matchLabels }: Workload): { readonly key: string; readonly value: string; readonly ofCopy: string } | undefined {
  const key = FLAGGER_LABELS.find(each => each in matchLabels);
  return key === undefined ? undefined : { key, value: matchLabels[key], ofCopy: `${matchLabels[key]}-primary` };
}

function deliveredOf(workload: Workload): Delivered {
  const known = workloads.get(workload) ?? { copied: false, watchers: [] };
  workloads.set(workload, known);
  return known;
}
