import { App, Chart, Testing } from 'cdk8s';
import { Namespace, ServiceAccount } from 'cdk8s-plus-28';
import { AuthorizationPolicy, AuthorizationSource, IstioIdentity, IstioMesh, RequestPrincipal, SourceNamespace, SourceServiceAccount } from '../../src';

function source(given: AuthorizationSource, options: { trustDomain?: string; namespace?: string } = {}): any {
  const chart = new Chart(new App(), 'test');
  if (options.trustDomain) {
    new IstioMesh(chart, 'Mesh', { trustDomain: options.trustDomain });
  }
  new AuthorizationPolicy(chart, 'Policy', { metadata: { namespace: options.namespace }, rules: [{ sources: [given] }] });
  return Testing.synth(chart)[0].spec.rules[0].from[0].source;
}

const account = (namespace?: string) => new ServiceAccount(Testing.chart(), 'Account', { metadata: { name: 'web', namespace } });

describe('an identity', () => {
  test('is in the trust domain of the mesh', () => {
    const principals = [IstioIdentity.serviceAccount(account('shop')), IstioIdentity.serviceAccountName('edge', 'gateway')];
    expect(source({ principals }, { trustDomain: 'shop.example' }).principals).toEqual(['shop.example/ns/shop/sa/web', 'shop.example/ns/edge/sa/gateway']);
    expect(source({ principals }).principals).toEqual(['cluster.local/ns/shop/sa/web', 'cluster.local/ns/edge/sa/gateway']);
  });

  test('may be in another one, or in any', () => {
    const notPrincipals = [IstioIdentity.serviceAccount(account('shop'), { trustDomain: 'other' }), IstioIdentity.serviceAccountName('a', 'b', { trustDomain: '*' })];
    expect(source({ notPrincipals }, { trustDomain: 'shop.example' }).notPrincipals).toEqual(['other/ns/shop/sa/web', '*/ns/a/sa/b']);
  });

  test('is in the namespace of the policy where its own is not given', () => {
    expect(source({ principals: [IstioIdentity.serviceAccount(account())] }, { namespace: 'edge' }).principals).toEqual(['cluster.local/ns/edge/sa/web']);
    expect(() => source({ principals: [IstioIdentity.serviceAccount(account())] }))
      .toThrow('identity of service account \'web\' needs a namespace: set metadata.namespace of the service account or of the policy');
  });

  test('may be a text', () => {
    const texts = ['cluster.local/ns/shop/*', '*/sa/web', '*'];
    expect(source({ principals: texts.map(IstioIdentity.of) }).principals).toEqual(texts);
    expect(source({ principals: [IstioIdentity.ANY] }).principals).toEqual(['*']);
  });

  test.each([
    [() => IstioIdentity.of(''), 'identity must not be empty: leave the field out to mean any'],
    [() => IstioIdentity.of('cluster.local/ns/*/sa/web'), 'identity must have at most one \'*\', first or last, got \'cluster.local/ns/*/sa/web\''],
    [() => IstioIdentity.of('spiffe://cluster.local/ns/shop/sa/web'),
      'identity must be <trust domain>/ns/<namespace>/sa/<service account>, got \'spiffe://cluster.local/ns/shop/sa/web\': leave out spiffe://'],
    [() => IstioIdentity.serviceAccountName('a.b', 'web'), 'namespace of the service account must be a DNS label'],
    [() => IstioIdentity.serviceAccountName('shop', 'Web'), 'name of the service account must be a DNS subdomain'],
    [() => IstioIdentity.serviceAccountName('shop', 'web', { trustDomain: 'a/b' }), 'trust domain must not contain \'/\', got \'a/b\': use principals'],
  ])('is refused (%#)', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('a namespace of clients', () => {
  test('is one, or several by a piece of the name', () => {
    const shop = new Namespace(Testing.chart(), 'Shop', { metadata: { name: 'shop' } });
    expect(source({ namespaces: [SourceNamespace.of(shop), SourceNamespace.named('edge'), SourceNamespace.prefix('team-'), SourceNamespace.suffix('-prod')] }).namespaces)
      .toEqual(['shop', 'edge', 'team-*', '*-prod']);
    expect(source({ notNamespaces: [SourceNamespace.ANY] }).notNamespaces).toEqual(['*']);
  });

  test.each([
    [() => SourceNamespace.named('a_b'), 'source namespace must be a DNS label'],
    [() => SourceNamespace.prefix('team*'), 'prefix of source namespaces must be 1 to 63 lower case letters, digits and dashes, got \'team*\''],
    [() => SourceNamespace.suffix(''), 'suffix of source namespaces must be 1 to 63'],
  ])('is refused (%#)', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('a service account of clients', () => {
  test('is written with its namespace, else with that of the policy', () => {
    const serviceAccounts = [SourceServiceAccount.of(account('shop')), SourceServiceAccount.of(account()), SourceServiceAccount.named('a'), SourceServiceAccount.inNamespace('b', 'c')];
    expect(source({ serviceAccounts }, { namespace: 'edge' }).serviceAccounts).toEqual(['shop/web', 'edge/web', 'edge/a', 'b/c']);
    expect(source({ serviceAccounts }).serviceAccounts).toEqual(['shop/web', 'web', 'a', 'b/c']);
  });

  test.each([
    [() => SourceServiceAccount.named('shop/*'), 'name of the service account must be a DNS subdomain'],
    [() => SourceServiceAccount.inNamespace('a.b', 'web'), 'namespace of the service account must be a DNS label'],
    [() => SourceServiceAccount.inNamespace('shop', ''), 'name of the service account must be a DNS subdomain'],
  ])('is refused (%#)', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('who a token is from', () => {
  const requestPrincipals = [
    RequestPrincipal.ANY, RequestPrincipal.of('https://id.example.com/', 'alice'), RequestPrincipal.issuer('https://id.example.com'), RequestPrincipal.subject('bob'),
    RequestPrincipal.subjectPrefix('https://id.example.com', 'team-'), RequestPrincipal.issuerSuffix('example.com', 'carol'),
    RequestPrincipal.subjectSuffix('@example.com'), RequestPrincipal.issuerPrefix('accounts.'),
  ];

  test('is issuer and subject, or a pattern of one of them', () => {
    expect(source({ requestPrincipals }).requestPrincipals).toEqual([
      '*', 'https://id.example.com//alice', 'https://id.example.com/*', '*/bob', 'https://id.example.com/team-*', '*example.com/carol', '*@example.com', 'accounts.*',
    ]);
  });

  test.each([
    [() => RequestPrincipal.of('', 'a'), 'issuer of a request principal must not be empty'],
    [() => RequestPrincipal.subject('a*'),
      'subject of a request principal must have no \'*\', got \'a*\': use RequestPrincipal.issuer or RequestPrincipal.subject for any'],
    [() => RequestPrincipal.of('https://a', 'b/c'),
      'subject of a request principal must have no \'/\', got \'b/c\': use AuthorizationCondition.claim([\'sub\'], ...)'],
    [() => RequestPrincipal.issuerPrefix('https://id'),
      'prefix of an issuer must have no \'/\', got \'https://id\': Istio would take what follows it for the subject, name whole issuers'],
  ])('is refused (%#)', (make, message) => {
    expect(make).toThrow(message);
  });
});
