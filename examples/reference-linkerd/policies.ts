import { Chart } from 'cdk8s';
import { Shop } from './shop';
import {
  Backend, GrpcRoute, HttpRoute, HttpRouteMatch, LinkerdAuthentication, LinkerdAuthorizationPolicy, LinkerdHttpLocalRateLimitPolicy,
  LinkerdIdentities, LinkerdIdentityRef, LinkerdMeshTlsAuthentication, LinkerdNetworkAuthentication, LinkerdPolicyTarget, LinkerdRateLimitClient,
  LinkerdRouteParent, LinkerdServer,
} from 'cdk8s-mesh';

/** Who is who: MeshTLSAuthentication and NetworkAuthentication. */
function authentications(chart: Chart, { checkout, monitoring, named }: Shop) {
  // identityRefs[]: service accounts, and namespaces
  const clients = new LinkerdMeshTlsAuthentication(chart, 'clients', {
    metadata: named('clients'),
    identities: LinkerdIdentities.references(
      LinkerdIdentityRef.serviceAccount(checkout), LinkerdIdentityRef.serviceAccountName('cart', { namespace: 'cart' }),
      LinkerdIdentityRef.namespace(monitoring), LinkerdIdentityRef.namespaceName('audit'),
    ),
  });

  // identities[]: as certificates say them; a star stands for what is before it
  const partner = new LinkerdMeshTlsAuthentication(chart, 'partner', {
    metadata: named('partner'), identities: LinkerdIdentities.named('*.partner.serviceaccount.identity.linkerd.cluster.local'),
  });
  const anybody = new LinkerdMeshTlsAuthentication(chart, 'anybody', { metadata: named('anybody'), identities: LinkerdIdentities.ANY_MESHED });

  // networks[].cidr and except[]
  const office = new LinkerdNetworkAuthentication(chart, 'office', {
    metadata: named('office'), networks: [{ cidr: '10.0.0.0/8', exceptions: ['10.1.0.0/16'] }, { cidr: '2001:db8::/32' }],
  });
  return { clients, partner, anybody, office };
}

/** Who may do what: AuthorizationPolicy and HTTPLocalRateLimitPolicy. */
export function policies(chart: Chart, shop: Shop, server: LinkerdServer): void {
  const { checkout, named } = shop;
  const { clients, partner, anybody, office } = authentications(chart, shop);
  const read = new HttpRoute(chart, 'read', {
    metadata: named('catalog-read'),
    parents: [LinkerdRouteParent.server(server)],
    rules: [{ matches: [HttpRouteMatch.pathPrefix('/books')], backends: [{ backend: Backend.service(shop.catalogService) }] }],
  });
  const calls = new GrpcRoute(chart, 'calls', { metadata: named('catalog-calls'), parents: [LinkerdRouteParent.server(server)], rules: [{}] });

  // targetRef: a Server; requiredAuthenticationRefs[]: an authentication of the mesh, and the network at the same time
  new LinkerdAuthorizationPolicy(chart, 'server', {
    metadata: named('catalog-clients'),
    target: LinkerdPolicyTarget.server(server),
    requiredAuthentication: LinkerdAuthentication.meshTls(clients, { network: office }),
  });

  // targetRef: an HTTPRoute; requiredAuthenticationRefs[]: a service account, and a network
  new LinkerdAuthorizationPolicy(chart, 'http-route', {
    metadata: named('catalog-read'),
    target: LinkerdPolicyTarget.httpRoute(read),
    requiredAuthentication: LinkerdAuthentication.serviceAccount(checkout, { network: office }),
  });

  // targetRef: a GRPCRoute; requiredAuthenticationRefs[]: a service account of another namespace
  new LinkerdAuthorizationPolicy(chart, 'grpc-route', {
    metadata: named('catalog-calls'),
    target: LinkerdPolicyTarget.grpcRoute(calls),
    requiredAuthentication: LinkerdAuthentication.serviceAccountName('cart', { namespace: 'cart' }),
  });

  // targetRef: the namespace; requiredAuthenticationRefs[]: a network, partners, and anybody of the mesh
  const ofNamespace = {
    office: LinkerdAuthentication.network(office), partner: LinkerdAuthentication.meshTls(partner), anybody: LinkerdAuthentication.meshTls(anybody),
  };
  for (const [name, requiredAuthentication] of Object.entries(ofNamespace)) {
    new LinkerdAuthorizationPolicy(chart, `namespace-${name}`, {
      metadata: named(`shop-${name}`), target: LinkerdPolicyTarget.ownNamespace(), requiredAuthentication,
    });
  }

  // requiredAuthenticationRefs: [], everybody
  new LinkerdAuthorizationPolicy(chart, 'everybody', {
    metadata: named('catalog-everybody'), target: LinkerdPolicyTarget.server(server), requiredAuthentication: LinkerdAuthentication.everybody(),
  });

  // targetRef, total, identity and overrides[] with clientRefs[]
  new LinkerdHttpLocalRateLimitPolicy(chart, 'limit', {
    metadata: named('catalog'),
    server,
    total: 1000,
    identity: 50,
    overrides: [{
      requestsPerSecond: 200, clients: [LinkerdRateLimitClient.serviceAccount(checkout), LinkerdRateLimitClient.serviceAccountName('cart', { namespace: 'cart' })],
    }],
  });
}
