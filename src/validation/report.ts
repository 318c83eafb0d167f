import { Finding, FindingRule } from './finding';
import { Problem } from './problem';
import { checkForRelease, Release } from './release';
import { JsonPath } from '../manifests/json';
import { ManifestObject, ManifestProblem } from '../manifests/manifest-object';
import { Manifests } from '../manifests/manifests';

/** What the validator says of many objects. */
export interface Report {
  /** What is wrong, in the order of the objects. */
  readonly findings: readonly Finding[];
  /** How many objects were looked at. */
  readonly objects: number;
  /** The objects that nobody judged, because no bundle has their kind: how many of each. */
  readonly unchecked: ReadonlyMap<string, number>;
  /** Whether a file cannot be read or understood, so that there may be more to say. */
  readonly incomplete: boolean;
}

/** Checks all objects, each for what its cluster has. */
export function checkManifests(manifests: Manifests, versionFor: (object: ManifestObject) => Release): Report {
  const findings = manifests.problems.map(unreadable);
  const unchecked = new Map<string, number>();
  for (const object of manifests.objects) {
    const { apiVersion, kind, duplicates } = object;
    const problems = checkForRelease(object.value, versionFor(object));
    if (problems === undefined) {
      const name = `${kind} of ${apiVersion}`;
      unchecked.set(name, (unchecked.get(name) ?? 0) + 1);
    }
    for (const problem of [...duplicates.map(duplicate), ...problems ?? []]) {
      findings.push(findingOf(object, problem));
    }
  }
  return { findings, objects: manifests.objects.length, unchecked, incomplete: manifests.problems.some(problem => problem.unreadable) };
}

function unreadable({ file, line, construct, message }: ManifestProblem): Finding {
  return { file, line, construct, apiVersion: '', kind: '', name: '', path: '', rule: FindingRule.UNREADABLE, message };
}

function duplicate(path: JsonPath): Problem {
  return { path, rule: FindingRule.DUPLICATE_FIELD, message: 'is written twice, and the first value is lost: remove one of them' };
}

function findingOf(object: ManifestObject, { path, rule, message }: Problem): Finding {
  const { file, construct, apiVersion, kind, namespace, name } = object;
  return { file, line: object.line(path), construct, apiVersion, kind, namespace, name, path: formatPath(path), rule, message };
}

/** A path as Kubernetes writes it: `spec.rules[0].name`, `metadata.labels[app.kubernetes.io/name]`. */
export function formatPath(path: JsonPath): string {
  return path.map((part, index) => typeof part === 'number' || !/^[\w$-]+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`).join('');
}
