import { AuthorizationCondition, AuthorizationOperation, AuthorizationRule, AuthorizationSource } from './authorization-rule';
import {
  checkPathPattern, checkPattern, checkPortText, checkPrincipal, checkServiceAccount, checkText, checkTrustDomain, ValueCheck,
} from './authorization-values';
import { checkIpSubnet } from './ip-subnet';

const SOURCE: { [field in keyof Required<AuthorizationSource>]: ValueCheck } = {
  principals: checkPrincipal,
  notPrincipals: checkPrincipal,
  requestPrincipals: checkPattern,
  notRequestPrincipals: checkPattern,
  namespaces: checkPattern,
  notNamespaces: checkPattern,
  serviceAccounts: checkServiceAccount,
  notServiceAccounts: checkServiceAccount,
  trustDomains: checkTrustDomain,
  notTrustDomains: checkTrustDomain,
  ipBlocks: checkIpSubnet,
  notIpBlocks: checkIpSubnet,
  remoteIpBlocks: checkIpSubnet,
  notRemoteIpBlocks: checkIpSubnet,
};

const OPERATION: { [field in keyof Required<AuthorizationOperation>]: ValueCheck } = {
  hosts: checkPattern,
  notHosts: checkPattern,
  ports: checkPortText,
  notPorts: checkPortText,
  methods: checkPattern,
  notMethods: checkPattern,
  paths: checkPathPattern,
  notPaths: checkPathPattern,
};

/** The attributes of conditions; those with brackets take a name. */
const ATTRIBUTES: [RegExp, ValueCheck][] = [
  [/^request\.headers\[.+\]$/, checkText],
  [/^(source|remote|destination)\.ip$/, checkIpSubnet],
  [/^source\.namespace$/, checkPattern],
  [/^source\.serviceAccount$/, checkServiceAccount],
  [/^source\.principal$/, checkPrincipal],
  [/^source\.trustDomain$/, checkPattern],
  [/^request\.auth\.(principal|audiences|presenter)$/, checkText],
  [/^request\.auth\.claims(\[[^[\]]+\])+$/, checkText],
  [/^destination\.port$/, checkPortText],
  [/^connection\.sni$/, checkPattern],
  [/^experimental\.envoy\.filters\..+\[.+\]$/, checkText],
];

/** What an external authorizer is not told before it decides. */
const NOT_CUSTOM_FIELDS = ['principals', 'requestPrincipals', 'namespaces', 'serviceAccounts', 'trustDomains']
  .flatMap(field => [field, `not${field[0].toUpperCase()}${field.slice(1)}`]);
const NOT_CUSTOM_KEYS = /^source\.(namespace|serviceAccount|trustDomain|principal)$|^request\.auth\./;

const MAX_SOURCES = 512;
const MAX_SERVICE_ACCOUNTS = 16;

/** Refuses a rule that istiod would, or that could never match. */
export function checkRule({ sources, operations, conditions }: AuthorizationRule, custom: boolean): void {
  for (const [name, list] of Object.entries({ sources, operations, conditions })) {
    if (list?.length === 0) {
      throw new Error(`${name} of an AuthorizationPolicy rule must have at least one entry, got none: leave ${name} out to mean any`);
    }
  }
  if ((sources?.length ?? 0) > MAX_SOURCES) {
    throw new Error(`an AuthorizationPolicy rule takes at most ${MAX_SOURCES} sources, got ${sources!.length}`);
  }
  sources?.forEach(source => checkSource(source, custom));
  operations?.forEach(operation => checkFields('an operation', operation, OPERATION));
  conditions?.forEach(condition => checkCondition(condition, custom));
}

function checkSource(source: AuthorizationSource, custom: boolean): void {
  const fields = checkFields('a source', source, SOURCE);
  const accounts = fields.find(field => /serviceAccounts$/i.test(field));
  const identity = fields.find(field => /^(principals|notPrincipals|namespaces|notNamespaces)$/.test(field));
  if (accounts && identity) {
    throw new Error(`a source takes ${accounts} or ${identity}, got both: write service accounts as namespace/name, or use two sources`);
  }
  for (const list of [source.serviceAccounts, source.notServiceAccounts]) {
    if ((list?.length ?? 0) > MAX_SERVICE_ACCOUNTS) {
      throw new Error(`a source takes at most ${MAX_SERVICE_ACCOUNTS} service accounts, got ${list!.length}: use two sources`);
    }
  }
  const unknown = fields.find(field => NOT_CUSTOM_FIELDS.includes(field));
  if (custom && unknown) {
    throw new Error(`a source of a policy with action CUSTOM takes no ${unknown}: say it in a second policy with action ALLOW or DENY`);
  }
}

function checkCondition({ key, values, notValues }: AuthorizationCondition, custom: boolean): void {
  const check = ATTRIBUTES.find(([attribute]) => attribute.test(key))?.[1];
  if (!check) {
    throw new Error(`key of a condition must be an attribute such as request.headers[name], source.ip or request.auth.claims[name], got '${key}'`);
  }
  if (custom && NOT_CUSTOM_KEYS.test(key)) {
    throw new Error(`a condition of a policy with action CUSTOM takes no key ${key}: say it in a second policy with action ALLOW or DENY`);
  }
  checkFields(`a condition on ${key}`, { values, notValues }, { values: check, notValues: check });
}

/** Checks the values of every field that is given, and returns those fields. */
function checkFields<T extends object>(what: string, part: T, checks: { [field in keyof Required<T>]: ValueCheck }): string[] {
  const fields = (Object.keys(checks) as (keyof T & string)[]).filter(field => part[field] !== undefined);
  if (fields.length === 0) {
    throw new Error(`${what} must have at least one of ${Object.keys(checks).join(', ')}, got none`);
  }
  for (const field of fields) {
    const values = part[field] as (string | number)[];
    if (values.length === 0) {
      throw new Error(`${field} of ${what} must have at least one value, got none: leave ${field} out to mean any`);
    }
    values.forEach(value => checks[field](String(value), `${field} of ${what}`));
  }
  return fields;
}
