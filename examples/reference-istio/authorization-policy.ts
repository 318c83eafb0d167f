import { Chart } from 'cdk8s';
import { Providers } from './mesh';
import { Shop } from './shop';
import {
  AuthorizationAction, AuthorizationCondition, AuthorizationPolicy, IstioIdentity, PolicyTarget, RequestPrincipal, SourceNamespace,
  SourceServiceAccount,
} from 'cdk8s-mesh';

/** What policies name beside each other. */
export interface AuthorizationPolicyParts {
  readonly shop: Shop;
  readonly providers: Providers;
}

export function authorizationPolicies(chart: Chart, { shop, providers }: AuthorizationPolicyParts): void {
  const metadata = (name: string) => ({ name, namespace: 'shop' });
  const { web, cart, orders, catalogue, ingress, publicGateway } = shop;
  const principal = ({ serviceAccount }: { serviceAccount: typeof web.serviceAccount }) => IstioIdentity.serviceAccount(serviceAccount);

  // No action and no rules: nothing is allowed that no other policy allows.
  AuthorizationPolicy.allowNothing(chart, 'AllowNothing', { metadata: metadata('allow-nothing') });
  // rules: [{}]: everything is allowed
  AuthorizationPolicy.allowAll(chart, 'AllowAll', { metadata: metadata('allow-all-to-catalogue'), selector: catalogue.selector });

  // action: ALLOW, selector.matchLabels
  new AuthorizationPolicy(chart, 'From', {
    metadata: metadata('from'),
    selector: orders.selector,
    action: AuthorizationAction.ALLOW,
    rules: [
      {
        sources: [
          // rules[].from[].source.principals, notPrincipals
          { principals: [principal(web), principal(cart)], notPrincipals: [IstioIdentity.serviceAccountName('sandbox', 'web')] },
          // rules[].from[].source.requestPrincipals, notRequestPrincipals
          {
            requestPrincipals: [RequestPrincipal.issuer('https://accounts.example.com')],
            notRequestPrincipals: [RequestPrincipal.of('https://accounts.example.com', 'guest')],
          },
          // rules[].from[].source.namespaces, notNamespaces
          { namespaces: [SourceNamespace.named('edge'), SourceNamespace.prefix('shop-')], notNamespaces: [SourceNamespace.suffix('-sandbox')] },
          // rules[].from[].source.serviceAccounts, notServiceAccounts
          { serviceAccounts: [SourceServiceAccount.of(web.serviceAccount)], notServiceAccounts: [SourceServiceAccount.inNamespace('sandbox', 'web')] },
          // rules[].from[].source.trustDomains, notTrustDomains
          { trustDomains: ['cluster.local'], notTrustDomains: ['sandbox.example.com'] },
        ],
      },
    ],
  });

  // rules[].from[].source.ipBlocks, notIpBlocks, remoteIpBlocks, notRemoteIpBlocks: where clients come in
  new AuthorizationPolicy(chart, 'Addresses', {
    metadata: { name: 'addresses', namespace: 'edge' },
    selector: ingress.selector,
    action: AuthorizationAction.ALLOW,
    rules: [{
      sources: [
        { ipBlocks: ['10.0.0.0/8'], notIpBlocks: ['10.66.0.0/16'] },
        { remoteIpBlocks: ['0.0.0.0/0'], notRemoteIpBlocks: ['192.0.2.66'] },
      ],
    }],
  });

  // rules[].to[].operation
  new AuthorizationPolicy(chart, 'To', {
    metadata: metadata('to'),
    selector: web.selector,
    action: AuthorizationAction.ALLOW,
    rules: [{
      operations: [
        // rules[].to[].operation.hosts, methods, paths, ports
        { hosts: ['shop.example.com', '*.shop.svc.cluster.local'], methods: ['GET', 'HEAD'], paths: ['/products*', '/cart/{*}/items'], ports: [8080] },
        // rules[].to[].operation.notHosts, notMethods, notPaths, notPorts
        { notHosts: ['admin.example.com'], notMethods: ['DELETE'], notPaths: ['/internal*'], notPorts: [15000] },
      ],
    }],
  });

  // rules[].when[].key, values, notValues: every attribute
  new AuthorizationPolicy(chart, 'When', {
    metadata: metadata('when'),
    selector: cart.selector,
    action: AuthorizationAction.ALLOW,
    rules: [
      { conditions: [AuthorizationCondition.requestHeader('x-release', { values: ['canary'], notValues: ['broken'] })] },
      { conditions: [AuthorizationCondition.sourceIp({ notValues: ['10.66.0.0/16'] }), AuthorizationCondition.remoteIp({ values: ['198.51.100.0/24'] })] },
      {
        conditions: [
          AuthorizationCondition.sourceNamespace({ values: [SourceNamespace.named('shop')] }),
          AuthorizationCondition.sourceServiceAccount({ values: [SourceServiceAccount.of(web.serviceAccount)] }),
          AuthorizationCondition.sourcePrincipal({ values: [principal(web)] }),
          AuthorizationCondition.sourceTrustDomain({ values: ['cluster.local'] }),
        ],
      },
      {
        conditions: [
          AuthorizationCondition.requestPrincipal({ values: [RequestPrincipal.issuer('https://accounts.example.com')] }),
          AuthorizationCondition.audiences({ values: ['shop'] }),
          AuthorizationCondition.presenter({ values: ['shop-app'] }),
          AuthorizationCondition.claim(['realm', 'roles'], { values: ['buyer'] }),
        ],
      },
      { conditions: [AuthorizationCondition.destinationIp({ values: ['10.0.0.0/8'] }), AuthorizationCondition.destinationPort({ values: [8080] })] },
      { conditions: [AuthorizationCondition.sni({ values: ['*.example.com'] })] },
    ],
  });

  // action: DENY, and only to try: dryRun logs what it would refuse
  new AuthorizationPolicy(chart, 'Deny', {
    metadata: metadata('deny-admin'),
    selector: web.selector,
    action: AuthorizationAction.DENY,
    dryRun: true,
    rules: [{ operations: [{ paths: ['/admin*'], ports: [8080] }] }],
  });

  // action: AUDIT
  new AuthorizationPolicy(chart, 'Audit', {
    metadata: metadata('audit-orders'),
    selector: orders.selector,
    action: AuthorizationAction.AUDIT,
    rules: [{ operations: [{ methods: ['DELETE'], ports: [8080] }] }],
  });

  // action: CUSTOM, provider.name, targetRefs[].group, kind, name
  new AuthorizationPolicy(chart, 'Custom', {
    metadata: { name: 'sign-in', namespace: 'edge' },
    targets: [PolicyTarget.gateway(publicGateway)],
    action: AuthorizationAction.custom(providers.signIn),
    rules: [{ operations: [{ notPaths: ['/public*'] }] }],
  });
  new AuthorizationPolicy(chart, 'CustomGrpc', {
    metadata: metadata('opa'),
    selector: orders.selector,
    action: AuthorizationAction.custom(providers.opa),
    rules: [{ operations: [{ methods: ['POST'], ports: [8080] }] }],
  });
}
