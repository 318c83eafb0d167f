import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { parse } from 'yaml';
import { fieldsOf, shownIn, specsOf } from './fields';
import { KubeObject } from './kube-object';
import { objectsOf, renderModule } from './rendered';
import { declareMesh, providers } from '../../examples/reference-istio/mesh';
import { Platform } from '../../examples/reference-istio/platform';

const GROUP = /\.istio\.io\//;

/** What no construct sets, and why. */
const LEFT_OUT: [string, RegExp][] = [
  ['targetRefs has several, of which one is written alike', /^\w+\.targetRef(\.|$)/],
  ['a target in another namespace is refused', /^\w+\.targetRefs\[\]\.namespace$/],
  ['the word is for nothing said', /=(UNSPECIFIED(_\w+)?|UNDEFINED|INVALID)$/],
  ['LEAST_REQUEST is its name', /\.simple=LEAST_CONN$/],
  ['warmup.duration is its name', /\.warmupDurationSecs$/],
  ['consecutive5xxErrors and consecutiveGatewayErrors are its names', /\.consecutiveErrors$/],
  ['ringHash.minimumRingSize is its name', /\.consistentHash\.minimumRingSize$/],
  ['jwksUri is its name', /\.jwks_uri$/],
  ['allowOrigins is its name', /\.allowOrigin(\[\])?$/],
  ['mirrors has several, of which one is written alike', /^VirtualService\.http\[\]\.(mirror|mirrorPercentage|mirrorPercent|mirror_percent)(\.|$)/],
  ['percentage is its name', /\.fault\.delay\.percent$/],
  ['istiod refuses it', /\.fault\.(abort\.http2Error|delay\.exponentialDelay)$/],
  ['istiod does not read it', /^VirtualService\.tcp\[\]\.match\[\]\.sourceSubnet$/],
  ['istiod does not read it', /^(Gateway\.servers|Sidecar\.(e|in)gress)\[\]\.port\.targetPort$/],
  ['istiod does not read it', /^EnvoyFilter\.configPatches\[\]\.(match\.listener\.portName|patch\.filterClass)(=|$)/],
  ['istiod does not read it', /\.verificationKey$/],
  ['istiod does not read it', /\.tlsCertificates\[\]\.caCertificates$/],
  ['istiod sends it to nobody', /^EnvoyFilter\.configPatches\[\]\.applyTo=BOOTSTRAP$/],
  ['sidecars take SIMPLE and MUTUAL with files only', /^Sidecar\.ingress\[\]\.tls\.mode=(AUTO_PASSTHROUGH|ISTIO_MUTUAL|OPTIONAL_MUTUAL|PASSTHROUGH)$/],
  ['sidecars take SIMPLE and MUTUAL with files only',
    /^Sidecar\.ingress\[\]\.tls\.(caCertCredentialName|credentialNames?|httpsRedirect|subjectAltNames|tlsCertificates|verifyCertificate\w+)(\[|\.|$)/],
  ['it is deprecated', /^Sidecar\.outboundTrafficPolicy\.egressProxy(\.|$)/],
  ['istiod refuses it', /^WorkloadGroup\.probe\.grpc(\.|$)/],
  ['a machine brings its own address, and metadata.labels say the same', /^WorkloadGroup\.template\.(address|labels)(\.|$)/],
];

const kinds = specsOf('istio');
const objects = renderModule('../../examples/reference-istio/main').flatMap(objectsOf);
const shown = shownIn(objects.filter(({ apiVersion }) => GROUP.test(apiVersion ?? '')));
const isLeftOut = (field: string) => LEFT_OUT.some(([, pattern]) => pattern.test(field));
const all = [...new Set(kinds.flatMap(([kind, spec]) => fieldsOf(spec, kind)))];

test('there are fields of fifteen kinds', () => {
  expect(new Set(kinds.map(([kind]) => kind)).size).toBe(15);
  expect(all.length).toBeGreaterThan(1198);
});

test.each([...new Set(kinds.map(([kind]) => kind))])('the reference shows every field and every word of %s that a construct sets', name => {
  const fields = all.filter(field => field.split(/[.[=]/)[0] === name);
  expect(fields.length).toBeGreaterThan(0);
  expect(fields.filter(field => !shown.has(field) && !isLeftOut(field))).toEqual([]);
});

test('what is said to be left out is a field, and is not shown', () => {
  expect(LEFT_OUT.filter(([, pattern]) => !all.some(field => pattern.test(field)))).toEqual([]);
  expect(all.filter(field => isLeftOut(field) && shown.has(field))).toEqual([]);
});

test('at least 90 of 100 fields are shown, whatever the reasons for others are', () => {
  expect(all.filter(field => shown.has(field)).length / all.length).toBeGreaterThan(0.9);
});

test('a field that nothing shows would be seen', () => {
  expect(shown.has('Gateway.servers[].tls.mode=OPTIONAL_MUTUAL')).toBe(true);
  expect(shown.has('Gateway.servers[].tls.mode=NONE')).toBe(false);
});

test('the conformance case has the mesh of the example', () => {
  const { world } = parse(readFileSync(join(__dirname, '../../conformance/cases/examples-reference-istio/case.yaml'), 'utf8')) as { world: { mesh: object } };
  const app = new App();

  expect(declareMesh(app, providers(new Platform(app, 'platform'))).meshConfig).toEqual(world.mesh);
});

test('hosts of VirtualServices and of DestinationRules are those of Services, ServiceEntries or Gateways of the example', () => {
  const of = (wanted: string) => objects.filter(({ kind, apiVersion }) => kind === wanted && !/gateway\.networking/.test(apiVersion ?? ''));
  const hostsIn = ({ spec }: KubeObject) => (spec as { hosts: string[] }).hosts;
  const known = [
    ...of('Service').map(({ metadata: { name, namespace } }) => `${name}.${namespace}.svc.cluster.local`),
    ...of('ServiceEntry').flatMap(hostsIn),
    ...of('Gateway').flatMap(({ spec }) => (spec as { servers: { hosts: string[] }[] }).servers.flatMap(({ hosts }) => hosts)),
  ];
  const named = [...of('VirtualService').flatMap(object => hostsIn(object) ?? []), ...of('DestinationRule').map(({ spec }) => (spec as { host: string }).host)];

  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(host => !known.includes(host))).toEqual([]);
});
