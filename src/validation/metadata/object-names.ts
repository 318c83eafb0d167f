import { isDnsLabel, isDnsSubdomain, isPathSegment, isPathSegmentPrefix } from './characters';

/** Which names the objects of a kind may have. */
export interface NameRule {
  /** The rule in words, after "must be". */
  readonly words: string;
  /** The most characters, where there is a limit of the kind's own. */
  readonly max?: number;
  /** Whether a name is right, or right up to the characters that the API server adds to it. */
  allows(name: string, isPrefix: boolean): boolean;
}

/** A prefix may end in a dash. The API server puts one `a` in the place of the dash and of the character before it, and so do we. */
export function masked(name: string): string {
  return name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
}

const SUBDOMAIN: NameRule = {
  allows: (name, isPrefix) => isDnsSubdomain(isPrefix ? masked(name) : name),
  words: 'a DNS subdomain: lower case letters, digits, inner dashes and dots, at most 253 characters',
};

const LABEL: NameRule = {
  allows: (name, isPrefix) => isDnsLabel(isPrefix ? masked(name) : name),
  words: 'a DNS label: lower case letters, digits and inner dashes, at most 63 characters',
};

/** Any name that can stand in a URL. */
export const PATH_SEGMENT: NameRule = {
  allows: (name, isPrefix) => isPrefix ? isPathSegmentPrefix(name) : isPathSegment(name),
  words: "without '/' and '%', and neither '.' nor '..'",
};

const RBAC: NameRule = { ...PATH_SEGMENT, allows: name => isPathSegment(name) };

/** The controller appends eleven characters to the name of each Job. */
const CRON_JOB: NameRule = { ...SUBDOMAIN, max: 52 };

/** The name becomes the value of a label. */
const JOB: NameRule = { ...SUBDOMAIN, max: 63 };

/** Namespaces, and what stands for one. */
export const NAMESPACE = LABEL;

/** The kinds whose names are not DNS subdomains, as Kubernetes 1.36 has it; Service names may begin with a digit since then. */
const BY_KIND = new Map<string, { readonly group: string; readonly rule: NameRule }>([
  ['Namespace', { group: '', rule: LABEL }],
  ['Service', { group: '', rule: LABEL }],
  ['StatefulSet', { group: 'apps/', rule: LABEL }],
  ['Job', { group: 'batch/', rule: JOB }],
  ['CronJob', { group: 'batch/', rule: CRON_JOB }],
  ['Role', { group: 'rbac.authorization.k8s.io/', rule: RBAC }],
  ['ClusterRole', { group: 'rbac.authorization.k8s.io/', rule: RBAC }],
  ['RoleBinding', { group: 'rbac.authorization.k8s.io/', rule: RBAC }],
  ['ClusterRoleBinding', { group: 'rbac.authorization.k8s.io/', rule: RBAC }],
  ['APIService', { group: 'apiregistration.k8s.io/', rule: PATH_SEGMENT }],
  ['CertificateSigningRequest', { group: 'certificates.k8s.io/', rule: PATH_SEGMENT }],
  ['PodDisruptionBudget', { group: 'policy/', rule: PATH_SEGMENT }],
  ['IPAddress', { group: 'networking.k8s.io/', rule: PATH_SEGMENT }],
  ['ClusterTrustBundle', { group: 'certificates.k8s.io/', rule: PATH_SEGMENT }],
]);

/** The rule for the names of a kind. */
export function nameRuleOf(apiVersion: string, kind: string): NameRule {
  const special = BY_KIND.get(kind);
  return special && (special.group === '' ? apiVersion === 'v1' : apiVersion.startsWith(special.group)) ? special.rule : SUBDOMAIN;
}

/** Groups whose objects are checked by the rules of Kubernetes' core for finalizers: those without a slash must be Kubernetes' own. */
export function knowsItsFinalizers(apiVersion: string): boolean {
  return apiVersion === 'v1' || CORE_GROUPS.has(apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/'))));
}

const CORE_GROUPS = new Set([
  'apps', 'autoscaling', 'batch', 'certificates.k8s.io', 'discovery.k8s.io', 'networking.k8s.io', 'rbac.authorization.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io',
]);
