import { HOME, MODULUS, OTHER } from './names';
import { providersOf } from './rule';
import { literal, Makers, map } from '../makers';

const BLOCKS = ['10.0.0.0/8', '192.168.1.7', '2001:db8::/32'];
const PRINCIPALS = [`cluster.local/ns/${HOME}/sa/web`, `cluster.local/ns/${OTHER}/*`, '*/sa/web'];
// By plain HTTP, so that the engine can answer in place of the issuer.
const ISSUER = `http://accounts.${HOME}.example.com`;
const REQUEST_PRINCIPALS = [`${ISSUER}/users`, `${ISSUER}/*`, '*'];
const PATHS = ['/shop', '/shop/*', '*.html', '/a/{*}/b'];
const METHODS = ['GET', 'POST', 'DELETE'];
const HOSTS = [`web.${HOME}.example.com`, `*.${HOME}.example.com`];
const SPKI = 'NvqYIYSbgK2vCJpQhObf77vv+bQWtc5ek5RIOwPiC9A=';
const HASH = 'df6ff72fe9116521268f6f2dd4966f51df479883fe7037b39f75916ac3049d1a';

/** What strings and numbers mean in policies and in TLS. */
export const SECURITY_MAKERS: Makers = {
  // Who may do what.
  'ipBlocks': BLOCKS,
  'notIpBlocks': BLOCKS,
  'remoteIpBlocks': BLOCKS,
  'notRemoteIpBlocks': BLOCKS,
  'principals': PRINCIPALS,
  'notPrincipals': PRINCIPALS,
  'requestPrincipals': REQUEST_PRINCIPALS,
  'notRequestPrincipals': REQUEST_PRINCIPALS,
  'serviceAccounts': [`${HOME}/web`, `${OTHER}/api`],
  'notServiceAccounts': [`${HOME}/web`, `${OTHER}/api`],
  'trustDomains': ['cluster.local', 'old.example.com'],
  'notTrustDomains': ['cluster.local', 'old.example.com'],
  'paths': PATHS,
  'notPaths': PATHS,
  'methods': METHODS,
  'notMethods': METHODS,
  'AuthorizationOperation.hosts': HOSTS,
  'notHosts': HOSTS,
  'AuthorizationOperation.ports': [80, 8080],
  'notPorts': [9090, 443],
  'AuthorizationCondition.key': ['request.headers[x-user]', 'request.auth.claims[groups]', 'source.namespace'],
  'values': ['admin', 'shop-*'],
  'notValues': ['guest', '*-test'],
  'AuthorizationCondition.envoyFilter.filter': ['envoy.filters.network.mysql_proxy'],
  'AuthorizationCondition.envoyFilter.key': ['shop.users', 'shop.carts'],
  'AuthorizationCondition.claim.path': ['groups', 'roles'],
  'AuthorizationCondition.requestHeader.name': ['x-user', 'x-stage'],
  'IstioIdentity.of.principal': PRINCIPALS.slice(0, 1),
  'AuthorizationAction.custom.provider': scene => {
    const own = providersOf(scene, /ExtAuthz/);
    return own.length > 0 ? scene.pick(own) : { factory: 'cdk8s-mesh.ExtensionProvider.named', args: [literal('corporate')] };
  },
  'suffix': ['.example.com'],
  'SourceNamespace.suffix.suffix': ['op'],
  'SourceNamespace.prefix.prefix': ['sh'],
  'ConditionPorts.values': [80, 8080],
  'ConditionPorts.notValues': [443, 9090],
  'subject': ['users', 'admin'],
  'RequestPrincipal.of.issuer': [ISSUER],
  // Certificates.
  'subjectAltNames': [`spiffe://cluster.local/ns/${HOME}/sa/web`, `web.${HOME}.example.com`],
  'credentialName': ['certificate'],
  'credentialNames': ['certificate', 'other-certificate'],
  'caCertCredentialName': ['clients-cacert', `configmap://${HOME}/clients`],
  'certificates': ['certificate'],
  'caCertificates': ['/etc/certs/ca.pem', 'system'],
  'caCrl': ['/etc/certs/crl.pem'],
  'clientCertificate': ['/etc/certs/client.pem'],
  'privateKey': ['/etc/certs/key.pem'],
  'serverCertificate': ['/etc/certs/server.pem'],
  'verifyCertificateHash': [HASH],
  'verifyCertificateSpki': [SPKI],
  'cipherSuites': ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'],
  // JWT.
  'x': ['f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU'],
  'y': ['x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0'],
  'keyId': ['first', 'second'],
  'exponent': ['AQAB'],
  'modulus': [MODULUS],
  'JwtKeys.json.text': [JSON.stringify({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }] })],
  'JwtKeys.uri.url': [`${ISSUER}/jwks.json`],
  'JwtRule.issuer.issuer': [ISSUER, `http://login.${HOME}.example.com`],
  'JwtExceptions.hosts': HOSTS,
  'JwtExceptions.ports': [8080, 9090],
  'JwtRequirement.requiredAt.ports': [8080, 9090],
  'JwtHeader.name': ['x-token', 'x-jwt'],
  'issuer': [ISSUER, `accounts@${HOME}.example.com`],
  'audiences': ['shop', 'users'],
  'jwksUri': [`${ISSUER}/jwks.json`],
  'jwks': ['{"keys":[]}'],
  'claim': ['sub', 'groups'],
  'header': ['x-user', 'x-group'],
  'prefix': ['Bearer ', 'Token '],
  'fromParams': ['token', 'access_token'],
  'fromCookies': ['session', 'token'],
  'outputPayloadToHeader': ['x-jwt-payload'],
  'spaceDelimitedClaims': ['scope', 'roles'],
  'claims': map(['x-user', 'sub']),
  'trustDomain': ['cluster.local', 'example.org'],
  'serviceAccount': ['web', 'api'],
};
