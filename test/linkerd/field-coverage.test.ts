import { readFileSync } from 'fs';
import { join } from 'path';
import { Chart, Duration, Testing } from 'cdk8s';
import { LabelExpression } from 'cdk8s-plus-28';
import {
  LinkerdAccessPolicy, LinkerdAuthentication, LinkerdAuthorizationPolicy, LinkerdEgressNetwork,
  LinkerdExternalWorkload, LinkerdHttpLocalRateLimitPolicy, LinkerdIdentities, LinkerdIdentityRef,
  LinkerdMeshTlsAuthentication, LinkerdNetworkAuthentication, LinkerdPolicyTarget, LinkerdPort,
  LinkerdProfiledService, LinkerdProxyProtocol, LinkerdRateLimitClient, LinkerdRequestMatch, LinkerdResponseMatch,
  LinkerdServer, LinkerdServerSelector, LinkerdServiceProfile, LinkerdTrafficPolicy,
} from '../../src';

interface Schema {
  readonly properties?: { [name: string]: Schema };
  readonly items?: Schema;
}

/** Kinds that are not made, each with the reason. */
const LEFT_OUT_KINDS: { [kind: string]: string } = {
  HTTPRoute: 'Linkerd reads that of Gateway API',
  ServerAuthorization: 'an AuthorizationPolicy says the same and more',
};

const NO_GROUP = 'Kubernetes\' own kinds are named without a group, which some releases refuse';

/** Fields that nothing sets, each with the reason. */
const LEFT_OUT: { [field: string]: string } = {
  'MeshTLSAuthentication identityRefs[].group': NO_GROUP,
  'HTTPLocalRateLimitPolicy overrides[].clientRefs[].group': NO_GROUP,
  'ServiceProfile opaquePorts': 'the definition takes a list, and the webhook a map',
  'ServiceProfile routes[].condition.not': 'the definition takes a list, and the webhook an object; inside of `all` both take the object',
};

const metadata = (name: string) => ({ name, namespace: 'shop' });

/** Objects that between them set every field. */
function everything(): any[] {
  const chart = new Chart(Testing.app(), 'test');
  const server = new LinkerdServer(chart, 'Server', {
    metadata: metadata('web'),
    selector: LinkerdServerSelector.pods({ app: 'web' }, LabelExpression.in('tier', ['a'])),
    port: LinkerdPort.named('http'),
    proxyProtocol: LinkerdProxyProtocol.HTTP_2,
    accessPolicy: LinkerdAccessPolicy.AUDIT,
  });
  new LinkerdServer(chart, 'Machines', {
    metadata: metadata('db'), selector: LinkerdServerSelector.externalWorkloads({ app: 'db' }, LabelExpression.in('tier', ['a'])), port: LinkerdPort.number(5432),
  });
  const clients = new LinkerdMeshTlsAuthentication(chart, 'Clients', {
    metadata: metadata('clients'), identities: LinkerdIdentities.references(LinkerdIdentityRef.serviceAccountName('cart', { namespace: 'other' })),
  });
  new LinkerdMeshTlsAuthentication(chart, 'Anybody', { metadata: metadata('anybody'), identities: LinkerdIdentities.ANY_MESHED });
  const network = new LinkerdNetworkAuthentication(chart, 'Office', {
    metadata: { name: 'office', namespace: 'infra' }, networks: [{ cidr: '10.0.0.0/8', exceptions: ['10.1.0.0/16'] }],
  });
  new LinkerdAuthorizationPolicy(chart, 'Policy', {
    metadata: metadata('web'), target: LinkerdPolicyTarget.server(server), requiredAuthentication: LinkerdAuthentication.meshTls(clients, { network }),
  });
  new LinkerdHttpLocalRateLimitPolicy(chart, 'Limit', {
    metadata: metadata('web'),
    server,
    total: 100,
    identity: 10,
    overrides: [{ requestsPerSecond: 50, clients: [LinkerdRateLimitClient.serviceAccountName('cart', { namespace: 'other' })] }],
  });
  new LinkerdEgressNetwork(chart, 'Outside', {
    metadata: metadata('outside'), trafficPolicy: LinkerdTrafficPolicy.DENY, networks: [{ cidr: '0.0.0.0/0', exceptions: ['10.0.0.0/8'] }],
  });
  new LinkerdExternalWorkload(chart, 'Machine', {
    metadata: metadata('db'),
    identity: 'spiffe://root.linkerd.cluster.local/db',
    serverName: 'db.cluster.local',
    workloadIps: ['192.0.2.1', '2001:db8::1'],
    ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }],
  });
  new LinkerdServiceProfile(chart, 'Profile', {
    metadata: { namespace: 'shop' },
    service: LinkerdProfiledService.serviceName('web', { namespace: 'shop', clusterDomain: 'example.com' }),
    routes: [{
      name: 'GET /books/{id}',
      condition: LinkerdRequestMatch.all(LinkerdRequestMatch.method('GET'), LinkerdRequestMatch.path('/books/[^/]*')),
      responseClasses: [
        { condition: LinkerdResponseMatch.all(LinkerdResponseMatch.status(500, 599)), isFailure: true },
        { condition: LinkerdResponseMatch.any(LinkerdResponseMatch.status(404, 404)) },
        { condition: LinkerdResponseMatch.none(LinkerdResponseMatch.status(200, 299)) },
        { condition: LinkerdResponseMatch.status(429, 429) },
      ],
      isRetryable: true,
      timeout: Duration.seconds(90),
    }, {
      name: 'any', condition: LinkerdRequestMatch.any(LinkerdRequestMatch.method('PUT')),
    }, {
      name: 'path', condition: LinkerdRequestMatch.path('/'),
    }, {
      name: 'method', condition: LinkerdRequestMatch.method('POST'),
    }],
    retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: Duration.seconds(10) },
    dstOverrides: [{ authority: 'web-v2.shop.svc.cluster.local:8080', weight: 1 }],
  });
  return Testing.synth(chart);
}

/** The fields of a value, as far as the definition knows them. */
function fieldsOf(value: unknown, schema: Schema, at = ''): string[] {
  if (schema.items !== undefined) {
    return [at, ...(value as unknown[]).flatMap(item => fieldsOf(item, schema.items!, `${at}[]`))];
  }
  return [at, ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const inner = (value as { [name: string]: unknown })[name];
    return inner === undefined ? [] : fieldsOf(inner, field, at === '' ? name : `${at}.${name}`);
  })];
}

function allFields(schema: Schema, at = ''): string[] {
  const inner = schema.items ? allFields(schema.items, `${at}[]`) :
    Object.entries(schema.properties ?? {}).flatMap(([name, field]) => allFields(field, at === '' ? name : `${at}.${name}`));
  return [at, ...inner];
}

const definitions: any[] = JSON.parse(readFileSync(join(__dirname, '../../crds/linkerd.json'), 'utf-8')).definitions;
const made = everything();

test.each(definitions.map(({ spec }) => [spec.names.kind, spec]))('every field of the newest version of %s is set by something, or left out for a reason', (kind, spec) => {
  // GIVEN
  const newest = spec.versions.find((version: { storage: boolean }) => version.storage);
  const schema: Schema = newest.schema.openAPIV3Schema.properties.spec;
  const objects = made.filter(object => object.kind === kind);

  // WHEN
  const set = new Set(objects.flatMap(object => fieldsOf(object.spec, schema)));

  // THEN
  const left = Object.keys(LEFT_OUT).flatMap(field => field.startsWith(`${kind} `) ? field.slice(kind.length + 1) : []);
  expect(left.filter(field => set.has(field))).toEqual([]);
  if (kind in LEFT_OUT_KINDS) {
    expect(objects).toEqual([]);
  } else {
    expect(allFields(schema).filter(field => !set.has(field) && !left.includes(field) && !left.some(before => field.startsWith(`${before}[`)))).toEqual([]);
    expect(new Set(objects.map(({ apiVersion }) => apiVersion))).toEqual(new Set([`${spec.group}/${newest.name}`]));
  }
});

test('what is left out is there', () => {
  const known = definitions.flatMap(({ spec }) => spec.versions.filter((version: { storage: boolean }) => version.storage)
    .flatMap((version: any) => allFields(version.schema.openAPIV3Schema.properties.spec).map(field => `${spec.names.kind} ${field}`)));
  expect(Object.keys(LEFT_OUT).filter(field => !known.includes(field))).toEqual([]);
});
