import { MODULUS } from './names';
import { isAmbient, isDeclared, IstioRule, inOrder, meshOf, meshSays, providersOf, subjectOf } from './rule';
import { fieldsOf, firsts, literalOf, mapped, mentions, onlyOne, without } from '../coherence';
import { Fields, Value } from '../program';
import { Scene } from '../scene';

const MESH = 'cdk8s-mesh.';

/** Selector or targets, and nothing that what enforces it lacks. */
const scope: IstioRule = (fields, scene) => {
  const one = onlyOne(...scene.maybe(50) ? ['selector', 'targets'] : ['targets', 'selector'])(fields);
  const kept = one.targets || !isAmbient(scene) ? without(one, 'enforcement') : one;
  return mapped(kept, 'targets', items => firsts(items, item => 'factory' in item ? item.factory.replace(/Name$/, '') : undefined));
};

const ZTUNNEL: Value = { constant: `${MESH}PolicyEnforcement.ZTUNNEL` };
const PROXY: Value = { constant: `${MESH}PolicyEnforcement.PROXY` };

/** For what ztunnel cannot enforce, proxies do. */
const byProxy: IstioRule = (fields, scene) => isAmbient(scene) && !fields.targets ? { ...fields, enforcement: PROXY } : fields;

/** What either of them can enforce. */
const byEither: IstioRule = (fields, scene) =>
  isAmbient(scene) && !fields.targets ? { ...fields, enforcement: scene.maybe(70) ? ZTUNNEL : PROXY } : fields;

/** For all waypoints, from the root namespace. */
const forWaypoints: IstioRule = (fields, scene) => isAmbient(scene) && scene.maybe(30) ? {
  ...without(fields, 'selector', 'enforcement'),
  targets: { list: [{ factory: `${MESH}PolicyTarget.gatewayClass`, args: [{ constant: `${MESH}GatewayClass.ISTIO_WAYPOINT` }] }] },
  metadata: {
    struct: 'cdk8s.ApiObjectMetadata', fields: { name: { literal: 'subject' }, namespace: meshOf(scene.statements)?.rootNamespace ?? { literal: 'istio-system' } },
  },
} : fields;

const ANYTHING: Value = { list: [{ struct: `${MESH}AuthorizationRule`, fields: {} }] };

const policy: IstioRule = (fields, scene) => {
  const scoped = byProxy(forWaypoints(scope(fields, scene), scene), scene);
  // External authorization comes before tokens are read.
  const own = mentions(scoped.action, 'custom') ? { ...scoped, rules: ANYTHING } : scoped;
  const dry = mentions(own.action, /custom|AUDIT/) ? without(own, 'dryRun') : own;
  return mentions(dry.action, 'DENY') ? { ...dry, deniesNonHttp: { literal: true } } : without(dry, 'deniesNonHttp');
};

const source: IstioRule = fields => fields.serviceAccounts || fields.notServiceAccounts ? without(fields, 'principals', 'notPrincipals', 'namespaces', 'notNamespaces') : fields;

const peers: IstioRule = (fields, scene) => {
  const ports = mapped(fields.selector ? fields : without(fields, 'portModes'), 'portModes', items => firsts(items, item => literalOf(fieldsOf(item).port)));
  return isAmbient(scene) ? { ...ports, enforcement: mentions(ports, 'MtlsMode.DISABLE') || scene.maybe(30) ? PROXY : ZTUNNEL } : without(ports, 'enforcement');
};

/** So many characters has a coordinate on a curve, and the algorithm for it. */
const CURVES: { readonly [curve: string]: { readonly characters: number; readonly algorithm: string } } = {
  P_256: { characters: 43, algorithm: 'ES256' }, P_384: { characters: 64, algorithm: 'ES384' }, P_521: { characters: 88, algorithm: 'ES512' },
};
const OF_RSA = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/** A key whose algorithm is one of some, if it says one. */
function withAlgorithm(fields: Fields, names: readonly string[], { pick }: Scene): Fields {
  const isOne = names.some(name => mentions(fields.algorithm, `\\.${name}"`));
  return fields.algorithm && !isOne ? { ...fields, algorithm: { constant: `${MESH}JwtAlgorithm.${pick(names)}` } } : fields;
}

/** A key for any of the algorithms. */
export function rsaKey({ pick }: Scene): Value {
  const algorithm: Value = { constant: `${MESH}JwtAlgorithm.${pick(OF_RSA)}` };
  return { factory: `${MESH}JwtKey.rsa`, args: [{ struct: `${MESH}RsaKeyOptions`, fields: { modulus: { literal: MODULUS }, algorithm } }] };
}

const ecKey: IstioRule = (fields, scene) => {
  const named = Object.keys(CURVES).find(name => mentions(fields.algorithm, CURVES[name].algorithm));
  const curve = named ?? Object.keys(CURVES).find(name => mentions(fields.curve, name))!;
  const coordinate: Value = { literal: 'A'.repeat(CURVES[curve].characters) };
  return { ...withAlgorithm(fields, [CURVES[curve].algorithm], scene), curve: { constant: `${MESH}JwtCurve.${curve}` }, x: coordinate, y: coordinate };
};

export const SECURITY_RULES: { readonly [struct: string]: IstioRule } = {
  EcKeyOptions: ecKey,
  RsaKeyOptions: (fields, scene) => withAlgorithm(fields, OF_RSA, scene),
  Ed25519KeyOptions: (fields, scene) => withAlgorithm(fields, ['EDDSA'], scene),
  PolicyScopeProps: inOrder(scope, forWaypoints, byEither),
  AuthorizationPolicyProps: policy,
  AuthorizationSource: source,
  RequestAuthenticationProps: inOrder(scope, byProxy),
  PeerAuthenticationProps: peers,
  WorkloadMtlsOptions: (fields, scene) => without(peers({ ...fields, selector: PROXY }, scene), 'selector'),
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
  // Subsets would not have settings that come after them.
  if (producer === 'DestinationRule.addPortLevelSettings') {
    return subjectOf(scene)?.subsets === undefined;
  }
  if (/^Telemetry(Tracing|AccessLogging)\.byDefault$/.test(producer)) {
    return !isDeclared(scene) || meshSays(scene, 'defaultProviders').includes(producer.includes('Tracing') ? '"tracing"' : '"accessLogging"');
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
