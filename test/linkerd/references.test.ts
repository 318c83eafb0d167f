import { Chart, Testing } from 'cdk8s';
import { LabelExpression, Namespace, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  LinkerdAuthentication, LinkerdAuthorizationPolicy, LinkerdEgressNetwork, LinkerdIdentities, LinkerdIdentityRef, LinkerdMeshTlsAuthentication,
  LinkerdNetworkAuthentication, LinkerdPolicyTarget, LinkerdPort, LinkerdProfiledService, LinkerdServer, LinkerdServerSelector, LinkerdServiceProfile,
  LinkerdTrafficPolicy,
} from '../../src';

const chart = () => new Chart(Testing.app(), 'test', { namespace: 'shop' });

describe('what is of this app is referred to by constructs', () => {
  test('clients of a MeshTLSAuthentication', () => {
    // GIVEN
    const scope = chart();
    const own = new ServiceAccount(scope, 'Own', { metadata: { name: 'web' } });
    const theirs = new ServiceAccount(scope, 'Theirs', { metadata: { name: 'cart', namespace: 'other' } });
    const namespace = new Namespace(scope, 'Namespace', { metadata: { name: 'tests' } });

    // WHEN
    new LinkerdMeshTlsAuthentication(scope, 'Clients', {
      metadata: { name: 'clients' },
      identities: LinkerdIdentities.references(LinkerdIdentityRef.serviceAccount(own), LinkerdIdentityRef.serviceAccount(theirs)),
    }).addIdentityRef(LinkerdIdentityRef.namespace(namespace));

    // THEN
    expect(Testing.synth(scope)[3].spec).toEqual({
      identityRefs: [
        { kind: 'ServiceAccount', name: 'web' }, { kind: 'ServiceAccount', name: 'cart', namespace: 'other' }, { kind: 'Namespace', name: 'tests' },
      ],
    });
  });

  test('a policy, its target and whom it lets in', () => {
    // GIVEN
    const scope = chart();
    const server = new LinkerdServer(scope, 'Server', {
      metadata: { name: 'web' }, selector: LinkerdServerSelector.pods({ app: 'web' }), port: LinkerdPort.number(80),
    });
    const network = new LinkerdNetworkAuthentication(scope, 'Network', { metadata: { name: 'office' }, networks: [{ cidr: '192.0.2.0/24' }] });

    // WHEN
    new LinkerdAuthorizationPolicy(scope, 'Policy', {
      metadata: { name: 'web' }, target: LinkerdPolicyTarget.server(server), requiredAuthentication: LinkerdAuthentication.network(network),
    });

    // THEN
    expect(Testing.synth(scope)[2].spec).toEqual({
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'web' },
      requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'NetworkAuthentication', name: 'office' }],
    });
  });

  test('the Service of a ServiceProfile', () => {
    const scope = chart();
    const service = new Service(scope, 'Service', { metadata: { name: 'web' }, ports: [{ port: 80 }] });
    new LinkerdServiceProfile(scope, 'Profile', { service: LinkerdProfiledService.service(service), routes: [] });
    expect(Testing.synth(scope)[1].metadata).toEqual({ name: 'web.shop.svc.cluster.local', namespace: 'shop' });
    const nowhere = new Service(new Chart(Testing.app(), 'nowhere'), 'Service', { metadata: { name: 'web' }, ports: [{ port: 80 }] });
    expect(() => LinkerdProfiledService.service(nowhere)).toThrow('service \'web\' must say its namespace, by which its ServiceProfile is named, got none');
  });
});

describe('what is in the cluster already is referred to by name', () => {
  test.each<[string, () => unknown]>([
    ['name of the service account must be a DNS subdomain', () => LinkerdIdentityRef.serviceAccountName('Web')],
    ['namespace of the service account must be a DNS label', () => LinkerdIdentityRef.serviceAccountName('web', { namespace: 'Shop' })],
    ['name of the namespace must be a DNS label', () => LinkerdIdentityRef.namespaceName('Shop')],
    ['name of the MeshTLSAuthentication must be a DNS subdomain', () => LinkerdMeshTlsAuthentication.fromMeshTlsAuthenticationName('Clients')],
    ['name of the NetworkAuthentication must be a DNS subdomain', () => LinkerdNetworkAuthentication.fromNetworkAuthenticationName('Office')],
    ['name of the EgressNetwork must be a DNS subdomain', () => LinkerdEgressNetwork.fromEgressNetworkName('Outside')],
    ['host of the ServiceProfile must be a DNS subdomain', () => LinkerdProfiledService.named('Web')],
    ['name of the service must be a DNS label', () => LinkerdProfiledService.serviceName('Web', { namespace: 'shop' })],
  ])('%s', (message, refer) => {
    expect(refer).toThrow(message);
  });
});

test('selectors overlap by expressions as well', () => {
  // GIVEN
  const scope = chart();
  const server = (name: string, ...expressions: LabelExpression[]) => new LinkerdServer(scope, name, {
    metadata: { name }, selector: LinkerdServerSelector.pods({ app: 'web' }, ...expressions), port: LinkerdPort.number(80),
  });

  // THEN
  server('one', LabelExpression.in('tier', ['a']));
  expect(() => server('other', LabelExpression.in('tier', ['b']))).not.toThrow();
  expect(() => server('more', LabelExpression.in('tier', ['a']), LabelExpression.exists('team'))).toThrow('is that of Server \'one\' already');
});

test('objects need not say their namespace', () => {
  const scope = new Chart(Testing.app(), 'nowhere');
  new LinkerdEgressNetwork(scope, 'Network', { metadata: { name: 'outside' }, trafficPolicy: LinkerdTrafficPolicy.ALLOW });
  expect(Testing.synth(scope)[0].metadata).toEqual({ name: 'outside' });
});
