import { AuthorizationCondition } from './authorization-condition';
import { AuthorizationOperation, AuthorizationRule, AuthorizationSource } from './authorization-rule';
import { checkPathPattern, checkPattern, checkTrustDomain, ValueCheck } from './authorization-values';
import { checkIpSubnet } from './ip-subnet';
import { PolicyPlace } from './policy-place';
import { ZTUNNEL_REMEDY } from './policy-scope-checks';
import type { AuthorizationPolicySpecRules } from '../imports/security.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/** The policy that a rule is for. */
export interface RulePolicy extends PolicyPlace {
  /** As messages name it. */
  readonly named: string;
  /** Whether an external authorizer is asked: only what is known before can be matched. */
  readonly custom: boolean;
  /** Whether ztunnel enforces it. */
  readonly ztunnel: boolean;
  /** Whether what is not HTTP must not be denied by accident. */
  readonly sparesNonHttp: boolean;
}

type SourceField = keyof Required<AuthorizationSource>;
type OperationField = keyof Required<AuthorizationOperation>;
type Write = (value: any, what: string, policy: PolicyPlace) => string;

const checked = (check: ValueCheck): Write => (value, what) => {
  check(value, what);
  return value;
};
const port: Write = (value, what) => String(checkPort(value, what));
const identity: Write = (value, _, policy) => value._in(policy);
const valued: Write = ({ value }) => value;

/** In the order of upstream's reference. */
const SOURCE: { [field in SourceField]: Write } = {
  principals: identity,
  notPrincipals: identity,
  requestPrincipals: valued,
  notRequestPrincipals: valued,
  namespaces: valued,
  notNamespaces: valued,
  serviceAccounts: identity,
  notServiceAccounts: identity,
  trustDomains: checked(checkTrustDomain),
  notTrustDomains: checked(checkTrustDomain),
  ipBlocks: checked(checkIpSubnet),
  notIpBlocks: checked(checkIpSubnet),
  remoteIpBlocks: checked(checkIpSubnet),
  notRemoteIpBlocks: checked(checkIpSubnet),
};

const OPERATION: { [field in OperationField]: Write } = {
  hosts: checked(checkPattern),
  notHosts: checked(checkPattern),
  ports: port,
  notPorts: port,
  methods: checked(checkPattern),
  notMethods: checked(checkPattern),
  paths: checked(checkPathPattern),
  notPaths: checked(checkPathPattern),
};

/** What is known only after an external authorizer was asked. */
const LATE = /^(not)?(principals|requestPrincipals|namespaces|serviceAccounts|trustDomains)$/i;
const HTTP_SOURCE = /^(not)?requestPrincipals$/i;
/** What ztunnel drops or, for trust domains, forgets in silence. */
const NOT_ZTUNNEL_SOURCE = /^(not)?(requestPrincipals|remoteIpBlocks|trustDomains)$/i;
const PORTS = /^(not)?ports$/i;

const MAX_SOURCES = 512;
const MAX_SERVICE_ACCOUNTS = 16;

/** A rule as it is written; refuses what istiod would, what could never match, and what would match something else. */
export function renderRule({ sources, operations, conditions }: AuthorizationRule, policy: RulePolicy): Manifest<AuthorizationPolicySpecRules> {
  for (const [name, list] of Object.entries({ sources, operations, conditions })) {
    if (list?.length === 0) {
      throw new Error(`${name} of an AuthorizationPolicy rule must have at least one entry, got none: leave ${name} out to mean any`);
    }
  }
  if ((sources?.length ?? 0) > MAX_SOURCES) {
    throw new Error(`an AuthorizationPolicy rule takes at most ${MAX_SOURCES} sources, got ${sources!.length}`);
  }
  const froms = sources?.map(source => renderSource(source, policy));
  const tos = operations?.map(operation => renderFields('an operation', operation, OPERATION, policy));
  conditions?.forEach(condition => checkCondition(condition, policy));
  const http = httpOf(froms ?? [], tos ?? [], conditions ?? []);
  if (policy.ztunnel) {
    checkZtunnel(http, froms ?? [], conditions ?? [], policy);
  }
  if (policy.sparesNonHttp && http !== undefined && !scopedByPorts(tos, conditions)) {
    throw new Error(`a rule of ${policy.named} denies by ${http}, and would deny every connection that is not HTTP as well: ` +
      'name the HTTP ports in each of its operations, or pass deniesNonHttp: true');
  }
  return {
    from: froms?.map(source => ({ source })),
    to: tos?.map(operation => ({ operation })),
    when: conditions?.map(condition => condition._in(policy)),
  };
}

type Written = { [field: string]: string[] };

function renderSource(source: AuthorizationSource, policy: RulePolicy): Written {
  const written = renderFields('a source', source, SOURCE, policy);
  const fields = Object.keys(written);
  const late = fields.find(field => LATE.test(field));
  if (policy.custom && late) {
    throw new Error(`a source of a policy with action CUSTOM takes no ${late}: say it in a second policy with action ALLOW or DENY`);
  }
  const accounts = fields.filter(field => /serviceAccounts$/i.test(field));
  const other = fields.find(field => /^(principals|notPrincipals|namespaces|notNamespaces)$/.test(field));
  if (accounts.length > 0 && other) {
    throw new Error(`a source takes ${accounts[0]} or ${other}, got both: leave ${other} out, or use two rules`);
  }
  const long = accounts.find(field => written[field].length > MAX_SERVICE_ACCOUNTS);
  if (long) {
    throw new Error(`a source takes at most ${MAX_SERVICE_ACCOUNTS} service accounts, got ${written[long].length}: use two sources`);
  }
  return written;
}

function checkCondition({ key, _readers }: AuthorizationCondition, { custom }: RulePolicy): void {
  if (custom && _readers.late) {
    throw new Error(`a condition of a policy with action CUSTOM takes no key ${key}: say it in a second policy with action ALLOW or DENY`);
  }
}

/** The first attribute that only HTTP has. */
function httpOf(froms: Written[], tos: Written[], conditions: AuthorizationCondition[]): string | undefined {
  return tos.flatMap(to => Object.keys(to)).find(field => !PORTS.test(field)) ??
    froms.flatMap(from => Object.keys(from)).find(field => HTTP_SOURCE.test(field)) ??
    conditions.find(({ _readers }) => _readers.http)?.key;
}

function scopedByPorts(tos: Written[] | undefined, conditions: AuthorizationCondition[] | undefined): boolean {
  return tos?.every(({ ports, notPorts }) => (ports ?? notPorts) !== undefined) || conditions?.some(({ key }) => key === 'destination.port') || false;
}

function checkZtunnel(http: string | undefined, froms: Written[], conditions: AuthorizationCondition[], { named }: RulePolicy): void {
  const unread = http ?? froms.flatMap(from => Object.keys(from)).find(field => NOT_ZTUNNEL_SOURCE.test(field)) ??
    conditions.find(({ _readers }) => !_readers.ztunnel)?.key;
  if (unread !== undefined) {
    throw new Error(`${named} is enforced by ztunnel, which does not read ${unread}: ${ZTUNNEL_REMEDY}`);
  }
}

/** Writes every field that is given. */
function renderFields<T extends object>(what: string, part: T, fields: { [field in keyof Required<T>]: Write }, policy: PolicyPlace): Written {
  const written: Written = {};
  for (const field of Object.keys(fields) as (keyof T & string)[]) {
    const values = part[field] as unknown[] | undefined;
    if (values === undefined) {
      continue;
    }
    if (values.length === 0) {
      throw new Error(`${field} of ${what} must have at least one value, got none: leave ${field} out to mean any`);
    }
    written[field] = values.map(value => fields[field](value, `${field} of ${what}`, policy));
  }
  if (Object.keys(written).length === 0) {
    throw new Error(`${what} must have at least one of ${Object.keys(fields).join(', ')}, got none`);
  }
  return written;
}
