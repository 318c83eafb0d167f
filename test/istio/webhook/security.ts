import { Chart } from 'cdk8s';
import { impossible, Rows, throws } from './row';
import {
  AuthorizationAction, AuthorizationCondition, AuthorizationOperation, AuthorizationPolicy, AuthorizationRule, AuthorizationSource, ExtensionProvider,
  IstioIdentity, JwtKey, JwtKeys, JwtRule, RequestPrincipal, SourceNamespace, SourceServiceAccount, WorkloadSelector,
} from '../../../src';

const CUSTOM = AuthorizationAction.custom(ExtensionProvider.named('a'));
const { DENY } = AuthorizationAction;
const values = ['a'];

const allow = (...rules: AuthorizationRule[]) => (chart: Chart) => new AuthorizationPolicy(chart, 'A', { rules });
const custom = (...rules: AuthorizationRule[]) => (chart: Chart) => new AuthorizationPolicy(chart, 'A', { action: CUSTOM, rules });
const deny = (...rules: AuthorizationRule[]) => (chart: Chart) => new AuthorizationPolicy(chart, 'A', { action: DENY, rules });
const source = (from: AuthorizationSource): AuthorizationRule => ({ sources: [from] });
const operation = (to: AuthorizationOperation): AuthorizationRule => ({ operations: [to] });
const when = (condition: AuthorizationCondition): AuthorizationRule => ({ conditions: [condition] });

/** Rules of RequestAuthentications and AuthorizationPolicies, and of what policies are about. */
export const SECURITY: Rows = {
  'a rule has an issuer or keys by address': throws(() => JwtRule.issuer('', { keys: JwtKeys.inline(JwtKey.ed25519({ x: 'a'.repeat(43) })) }),
    'issuer of a JwtRule must not be empty, got \'\''),
  'keys are a JSON Web Key Set': throws(() => JwtRule.issuer('a', { keys: JwtKeys.json('{') }),
    'inline keys must be a JSON Web Key Set, { "keys": [...] }, got something else: pass the text that the issuer serves as its jwks_uri'),
  'keys are public': throws(() => JwtRule.issuer('a', { keys: JwtKeys.json('{"keys":[{"kty":"oct","k":"c2VjcmV0","alg":"HS256"}]}') }),
    'key 1 of inline keys: a symmetric key would let everybody who reads the manifest make tokens: have the issuer sign with RSA or an ' +
    'elliptic curve'),
  'CUSTOM has rules': throws(chart => new AuthorizationPolicy(chart, 'A', { action: CUSTOM }),
    'an AuthorizationPolicy with action CUSTOM needs at least one rule: pass rules, or call addRule; {} matches everything'),
  'CUSTOM has a provider': throws(() => AuthorizationAction.custom(ExtensionProvider.named('')),
    'name of an extension provider must not be empty: pass its name in the mesh configuration'),
  'a provider is for CUSTOM': impossible('`AuthorizationAction.custom` is what takes a provider; `AuthorizationPolicyProps` has none',
    'new AuthorizationPolicy(chart, "A", { action: AuthorizationAction.ALLOW, provider: ExtensionProvider.named("a"), rules: [{}] })'),
  'CUSTOM does not know namespaces': throws(custom(source({ namespaces: [SourceNamespace.named('a')] })),
    'a source of a policy with action CUSTOM takes no namespaces: say it in a second policy with action ALLOW or DENY'),
  'CUSTOM does not know principals': throws(custom(source({ principals: [IstioIdentity.of('a')] })),
    'a source of a policy with action CUSTOM takes no principals: say it in a second policy with action ALLOW or DENY'),
  'CUSTOM does not know service accounts': throws(custom(source({ serviceAccounts: [SourceServiceAccount.named('a')] })),
    'a source of a policy with action CUSTOM takes no serviceAccounts: say it in a second policy with action ALLOW or DENY'),
  'CUSTOM does not know trust domains': throws(custom(source({ trustDomains: ['a'] })),
    'a source of a policy with action CUSTOM takes no trustDomains: say it in a second policy with action ALLOW or DENY'),
  'CUSTOM does not know tokens': throws(custom(source({ requestPrincipals: [RequestPrincipal.of('a', 'b')] })),
    'a source of a policy with action CUSTOM takes no requestPrincipals: say it in a second policy with action ALLOW or DENY'),
  'CUSTOM has no condition on identities': throws(custom(when(AuthorizationCondition.sourceNamespace({ values: [SourceNamespace.named('a')] }))),
    'a condition of a policy with action CUSTOM takes no key source.namespace: say it in a second policy with action ALLOW or DENY'),
  'CUSTOM has no condition on tokens': throws(custom(when(AuthorizationCondition.claim(['a'], { values }))),
    'a condition of a policy with action CUSTOM takes no key request.auth.claims[a]: say it in a second policy with action ALLOW or DENY'),
  'DENY has rules': throws(chart => new AuthorizationPolicy(chart, 'A', { action: DENY }),
    'an AuthorizationPolicy with action DENY needs at least one rule: pass rules, or call addRule; {} matches everything'),
  'a source says something': throws(allow(source({})),
    'a source must have at least one of principals, notPrincipals, requestPrincipals, notRequestPrincipals, namespaces, notNamespaces, ' +
    'serviceAccounts, notServiceAccounts, trustDomains, notTrustDomains, ipBlocks, notIpBlocks, remoteIpBlocks, notRemoteIpBlocks, got none'),
  'a source is not left out': impossible('`AuthorizationRule.sources` has the sources themselves',
    'new AuthorizationPolicy(chart, "A", { rules: [{ sources: [undefined] }] })'),
  'an operation says something': throws(allow(operation({})),
    'an operation must have at least one of hosts, notHosts, ports, notPorts, methods, notMethods, paths, notPaths, got none'),
  'an operation is not left out': impossible('`AuthorizationRule.operations` has the operations themselves',
    'new AuthorizationPolicy(chart, "A", { rules: [{ operations: [undefined] }] })'),
  'a list of values has values': throws(allow(operation({ methods: [''] })),
    'methods of an operation must not be empty: leave the field out to mean any'),
  'a condition has values': throws(() => AuthorizationCondition.sourceIp({}),
    'a condition on source.ip must have at least one of values, notValues, got none'),
  'blocks of addresses are some': throws(allow(source({ ipBlocks: ['nowhere'] })),
    'ipBlocks of a source must be an IP address or a CIDR block such as 10.0.0.0/8, got \'nowhere\''),
  'ports are some': impossible('`AuthorizationOperation.ports` are numbers',
    'new AuthorizationPolicy(chart, "A", { rules: [{ operations: [{ ports: ["http"] }] }] })'),
  'ports are at most 65535': throws(allow(operation({ ports: [65536] })),
    'ports of an operation must be between 1 and 65535, got 65536'),
  'a template of the rest of a path ends it': throws(allow(operation({ paths: ['/a/{**}/b/{**}'] })),
    'paths of an operation must be a path, with \'*\' at one end, or with whole segments {*} and at last one {**}, got \'/a/{**}/b/{**}\''),
  'a template of a path knows one element and the rest': throws(allow(operation({ paths: ['/a/{id}'] })),
    'paths of an operation must be a path, with \'*\' at one end, or with whole segments {*} and at last one {**}, got \'/a/{id}\''),
  'keys of conditions are known': impossible('`AuthorizationCondition` has a factory for each key',
    'AuthorizationCondition.of("weather", { values: ["bad"] })'),
  'a condition on a header names it': throws(() => AuthorizationCondition.requestHeader('', { values }),
    'header of a condition must be the name of an HTTP header, got \'\''),
  'a condition on a claim names it': throws(() => AuthorizationCondition.claim([], { values }),
    'claim of a condition must be names without brackets, got []: pass [\'groups\'], or [\'realm_access\', \'roles\']'),
  'DENY of something of HTTP names ports': throws(deny(operation({ methods: ['POST'] })),
    'a rule of AuthorizationPolicy \'shop-a-c8432d55\' denies by methods, and would deny every connection that is not HTTP as well: name ' +
    'the HTTP ports in each of its operations, or pass deniesNonHttp: true'),
  'DENY by something of HTTP names ports': throws(deny(source({ requestPrincipals: [RequestPrincipal.of('a', 'b')] })),
    'a rule of AuthorizationPolicy \'shop-a-c8432d55\' denies by requestPrincipals, and would deny every connection that is not HTTP as ' +
    'well: name the HTTP ports in each of its operations, or pass deniesNonHttp: true'),
  'service accounts have no wildcard': throws(() => SourceServiceAccount.inNamespace('shop', '*'),
    'name of the service account must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), ' +
    'got \'*\''),
  'service accounts have one slash': throws(() => SourceServiceAccount.inNamespace('a', 'b/c'),
    'name of the service account must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), ' +
    'got \'b/c\''),
  'a target is of a kind that takes policies': impossible('`PolicyTarget` has a factory for each kind that takes policies',
    'PolicyTarget.of("apps", "Deployment", "a")'),
  'a selector selects something': throws(() => WorkloadSelector.labels({}),
    'a workload selector needs at least one label, got none: leave the selector out to mean every workload'),
};
