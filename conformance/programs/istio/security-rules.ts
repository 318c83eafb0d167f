import { isAmbient, isDeclared, IstioRule, inOrder, providersOf } from './rule';
import { fieldsOf, firsts, literalOf, mapped, mentions, onlyOne, without } from '../coherence';
import { Value } from '../program';
import { Scene } from '../scene';

const MESH = 'cdk8s-mesh.';

/** Selector or targets, and nothing that what enforces it lacks. */
const scope: IstioRule = (fields, scene) => {
  const one = onlyOne(...scene.maybe(50) ? ['selector', 'targets'] : ['targets', 'selector'])(fields);
  const kept = one.targets || !isAmbient(scene) ? without(one, 'enforcement') : one;
  return mapped(kept, 'targets', items => firsts(items, item => 'factory' in item ? item.factory.replace(/Name$/, '') : undefined));
};

const PROXY: Value = { constant: `${MESH}PolicyEnforcement.PROXY` };

/** For what ztunnel cannot enforce, proxies do. */
const byProxy: IstioRule = (fields, scene) => isAmbient(scene) && !fields.targets ? { ...fields, enforcement: PROXY } : fields;

const ANYTHING: Value = { list: [{ struct: `${MESH}AuthorizationRule`, fields: {} }] };

const policy: IstioRule = (fields, scene) => {
  const scoped = byProxy(scope(fields, scene), scene);
  // External authorization comes before tokens are read.
  const own = mentions(scoped.action, 'custom') ? { ...scoped, rules: ANYTHING } : scoped;
  const dry = mentions(own.action, /custom|AUDIT/) ? without(own, 'dryRun') : own;
  return mentions(dry.action, 'DENY') ? { ...dry, deniesNonHttp: { literal: true } } : without(dry, 'deniesNonHttp');
};

const source: IstioRule = fields => fields.serviceAccounts || fields.notServiceAccounts ? without(fields, 'principals', 'notPrincipals', 'namespaces', 'notNamespaces') : fields;

const peers: IstioRule = (fields, scene) => {
  const ports = mapped(fields.selector ? fields : without(fields, 'portModes'), 'portModes', items => firsts(items, item => literalOf(fieldsOf(item).port)));
  return isAmbient(scene) ? { ...ports, enforcement: PROXY } : without(ports, 'enforcement');
};

/** So many characters has a coordinate on a curve. */
const COORDINATES: { readonly [curve: string]: number } = { P_256: 43, P_384: 64, P_521: 88 };

const ecKey: IstioRule = fields => {
  const curve = Object.keys(COORDINATES).find(name => mentions(fields.curve, name))!;
  const coordinate: Value = { literal: 'A'.repeat(COORDINATES[curve]) };
  return { ...without(fields, 'algorithm'), x: coordinate, y: coordinate };
};

export const SECURITY_RULES: { readonly [struct: string]: IstioRule } = {
  EcKeyOptions: ecKey,
  RsaKeyOptions: fields => without(fields, 'algorithm'),
  Ed25519KeyOptions: fields => without(fields, 'algorithm'),
  PolicyScopeProps: inOrder(scope, byProxy),
  AuthorizationPolicyProps: policy,
  AuthorizationSource: source,
  RequestAuthenticationProps: inOrder(scope, byProxy),
  PeerAuthenticationProps: peers,
  WorkloadMtlsOptions: (fields, scene) => peers({ ...fields, selector: PROXY }, scene).portModes ? fields : without(fields, 'portModes'),
};

export const SECURITY_NEEDED: { readonly [struct: string]: readonly string[] } = {
  JwtExceptions: ['paths', 'methods', 'hosts', 'ports'],
  AuthorizationRule: ['sources', 'operations', 'conditions'],
  AuthorizationSource: ['namespaces', 'ipBlocks', 'notIpBlocks', 'principals'],
  AuthorizationOperation: ['hosts', 'paths', 'methods', 'ports'],
  ConditionValues: ['values', 'notValues'],
  ConditionPorts: ['values', 'notValues'],
  ConditionNamespaces: ['values', 'notValues'],
  ConditionIdentities: ['values', 'notValues'],
  ConditionServiceAccounts: ['values', 'notValues'],
  ConditionRequestPrincipals: ['values', 'notValues'],
};

/** Whether a factory makes what the mesh and the construct take. */
export function securityFits(producer: string, scene: Scene): boolean {
  const [owner, name] = producer.split('.');
  if (producer === 'AuthorizationAction.custom' && isDeclared(scene) && providersOf(scene, /ExtAuthz/).length === 0) {
    return false;
  }
  if (/\.forMesh$/.test(producer)) {
    return isDeclared(scene);
  }
  // Istio takes Secrets only; waypoints are ambient.
  if (producer === 'Certificate.of' || (producer === 'UseWaypoint.gateway' && !isAmbient(scene))) {
    return false;
  }
  return owner !== 'PolicyTarget' || (name === 'gatewayClass' ? false : isAmbient(scene) || /^gateway/.test(name));
}
