import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Linkerd's admission, injector and proxies refuse or pass over in silence, and the test of ours that holds it: there is no Linkerd that could be asked. */
const RULES: readonly (readonly [rule: string, file: string, test: string])[] = [
  ['pods on the network of their node are not injected', 'mesh/linkerd-pod-enrolment', 'on the network of its node'],
  ['namespaces with admission-webhooks disabled are not injected', 'mesh/linkerd-pod-enrolment', 'in a namespace that no injector sees'],
  ['kube-system is not injected', 'bad-input', "namespace 'kube-system' cannot join a mesh: injectors leave it out"],
  ['applications leave the ports of the proxy alone', 'mesh/linkerd-pod-enrolment', 'that listens on a port of the proxy'],
  ['ingress mode is for workloads, not for namespaces', 'mesh/linkerd-pod-enrolment', 'does not say what is for one controller'],
  ['a gateway in ingress mode writes l5d-dst-override on each route', 'mesh/linkerd-ingress-mode', 'has routes that say where each request goes'],
  ['two Servers do not select the same pods and port', 'linkerd/admission-rules', 'must not select a port of pods that another one selects'],
  ['a Server selects a port that a container declares', 'linkerd/admission-rules', 'must not select a port that no container declares'],
  ['a Server is in the namespace of its pods', 'linkerd/admission-rules', 'must be in the namespace of its pods'],
  ['a Server says protocol and access in known words', 'linkerd/admission-rules', 'says accessPolicy and proxyProtocol in words that Linkerd knows'],
  ['a policy targets a Server, a route or its own namespace', 'linkerd/admission-rules', 'is about a Server, a route or a namespace, and nothing else can be written'],
  ['a policy that targets a namespace names no group', 'linkerd/admission-rules', 'is about its own namespace only, which it names without a group'],
  ['a policy is in the namespace of its target', 'linkerd/admission-rules', 'must be in the namespace of its target'],
  ['a policy has at most one identity and one network', 'linkerd/admission-rules', 'has at most one MeshTLSAuthentication or ServiceAccount, and at most one NetworkAuthentication'],
  ['an empty list of authentications lets everybody in', 'linkerd/admission-rules', 'lets everybody in by an empty list, which only a word for it writes'],
  ['a MeshTLSAuthentication has identities or identityRefs', 'linkerd/admission-rules', 'has identities or identityRefs, never both'],
  ['identities are at least one', 'linkerd/admission-rules', 'has at least one identity'],
  ['identityRefs are at least one', 'linkerd/admission-rules', 'has at least one identityRef'],
  ['an identityRef to a namespace has no namespace', 'linkerd/admission-rules', 'names namespaces without a namespace'],
  ['networks are at least one', 'linkerd/admission-rules', 'are at least one'],
  ['an exception is inside of its network', 'linkerd/admission-rules', 'must have its e'],
  ['an exception is smaller than its network', 'linkerd/admission-rules', 'must have something left beside the exception'],
  ['an EgressNetwork without networks is all outside', 'linkerd/admission-rules', 'without networks is all that is not in the cluster'],
  ['a route of an EgressNetwork names the port', 'linkerd/admission-rules', 'is a parent by port'],
  ['a rate limit is about a Server of its namespace', 'linkerd/admission-rules', 'is about a Server of its own namespace'],
  ['a Server has one rate limit', 'linkerd/admission-rules', 'is the only one of its Server'],
  ['limits are more than nothing', 'linkerd/admission-rules', 'has limits of 1 and more, not %d'],
  ['the limit of an identity is at most the total', 'linkerd/admission-rules', 'has an identity limit of at most the total'],
  ['overrides are at most the total', 'linkerd/admission-rules', 'has overrides of at most the total'],
  ['overrides are for service accounts', 'linkerd/admission-rules', 'has overrides for service accounts'],
  ['a route of a Server is in its namespace', 'linkerd/admission-rules', 'of a Server is in its namespace'],
  ['a route of a Server is of HTTP or gRPC', 'linkerd/admission-rules', 'of a Server is of HTTP or gRPC'],
  ['TLSRoutes and TCPRoutes are read as v1alpha2', 'linkerd/route-parent', 'where clusters serve v1alpha2, which is what Linkerd asks for'],
  ['UDPRoutes are not read', 'linkerd/route-parent', 'is no UDPRoute'],
  ['a rule with a filter that Linkerd does not know is passed over', 'linkerd/route-parent', 'the whole route is skipped'],
  ['a rule with a mirror is passed over', 'mesh/canary-versions', 'requestMirror of ${kind}'],
  ['retries of a rule are not read', 'gateway-api/gateway-api', 'it is ignored in silence: use the annotations retry.linkerd.io/* of the route'],
  ['durations of annotations have units, and are not nothing', 'linkerd/traffic-admission-rules', 'has durations of a millisecond and more'],
  ['statuses of retries are those of HTTP', 'linkerd/traffic-admission-rules', 'of retries knows no status %d'],
  ['tries are at least one', 'linkerd/traffic-admission-rules', 'of retries has a limit of 1 to 65535, not %d, of which 0 would be 1'],
  ['penalties are in order', 'linkerd/traffic-admission-rules', 'of failure accrual has a longest penalty that is not shorter than the first'],
  ['a ServiceProfile is named after what clients call', 'linkerd/traffic-admission-rules', 'is named after what clients call'],
  ['a headless Service is not federated', 'mesh/machines', 'is headless, which Linkerd does not federate: use LinkerdExport.FLAT'],
];

const TESTS = join(__dirname, '..');

test.each(RULES)('that %s is held by a test of %s', (_, file, title) => {
  const path = join(TESTS, `${file}.test.ts`);

  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toContain(title);
});

test('each rule is listed once', () => {
  expect(new Set(RULES.map(([rule]) => rule)).size).toBe(RULES.length);
});
