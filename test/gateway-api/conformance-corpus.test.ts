import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAccepted, normal } from './rebuild/normal';
import { inOrder, isWritable, rebuild } from './rebuild/rebuild';
import { Json } from './rebuild/references';
import { wholeChart, write } from './rebuild/write';
import { readCorpus } from '../../conformance/corpora/corpus';

/** A test of upstream's: the features that it needs, and the manifests that it applies. */
interface ConformanceTest {
  readonly name: string;
  readonly features: readonly string[];
  readonly manifests: readonly string[];
}

const TESTS: readonly ConformanceTest[] =
  JSON.parse(readFileSync(join(__dirname, '../../conformance/corpora/gateway-api-tests.json'), 'utf8')).tests;

/** What every test has beside its own manifests. */
const BASE = 'base/manifests.yaml';

/** The objects of the corpus that are of Gateway API, by file; what upstream fills in before it applies them is filled in. */
const OBJECTS = readCorpus('gateway-api-conformance').map(({ name, object }) => ({ file: name.replace(/\[.*/, ''), object: filledIn(object) }))
  .filter(({ object }) => isWritable(object));
const FILES = [...new Set(OBJECTS.map(({ file }) => file))];

/**
 * What constructs refuse, as they know the other side. Where the object alone can be written, it is with the other side imported by name; where not,
 * it is wrong in itself, and the point of the manifest is that a controller says so in its status.
 */
const REFUSALS: { readonly [object: string]: { readonly says: string; readonly alone: 'written' | 'refused' } } = {
  'tests/gateway-invalid-default-frontend-client-certificate-validation.yaml: Gateway invalid-default-client-validation-config': {
    says: 'port 80 of frontendTls has no HTTPS listener in Gateway \'invalid-default-client-validation-config\': add one, or leave the port out',
    alone: 'refused',
  },
  'tests/gateway-invalid-listeners-unsupported-protocol.yaml: Gateway gateway-only-unsupported-protocols': {
    says: 'protocol of a custom listener must be a domain and a name such as example.com/quic, at most 255 characters, got ' +
      '\'INVALID\': names without domain are Gateway API\'s own, use Listener.http and the like',
    alone: 'refused',
  },
  'tests/gateway-invalid-listeners-unsupported-protocol.yaml: Gateway gateway-supported-and-unsupported-protocols': {
    says: 'protocol of a custom listener must be a domain and a name such as example.com/quic, at most 255 characters, got ' +
      '\'INVALID\': names without domain are Gateway API\'s own, use Listener.http and the like',
    alone: 'refused',
  },
  'tests/gateway-with-attached-routes.yaml: HTTPRoute http-route-not-accepted': {
    says: "HTTPRoute 'http-route-not-accepted' cannot attach to gateway 'gateway-with-two-attached-routes': listener 'http' serves foo.example.com and none of not-accepted.test.com, use a host that the listener serves",
    alone: 'written',
  },
  'tests/httproute-hostname-intersection.yaml: HTTPRoute no-intersecting-hosts': {
    says: "HTTPRoute 'no-intersecting-hosts' cannot attach to gateway 'httproute-hostname-intersection': listener 'listener-1' serves very.specific.com and none of specific.but.wrong.com, wildcard.io, use a host that the listener serves; listener 'listener-2' serves *.wildcard.io and none of specific.but.wrong.com, wildcard.io, use a host that the listener serves; listener 'listener-3' serves *.anotherwildcard.io and none of specific.but.wrong.com, wildcard.io, use a host that the listener serves",
    alone: 'written',
  },
  'tests/listenerset-allowed-namespace-same.yaml: ListenerSet listenerset-in-different-namespace': {
    says: "ListenerSet 'listenerset-in-different-namespace' cannot attach to gateway 'gateway-allows-listenerset-in-same-namespace', which admits ListenerSets of its own namespace and not of namespace 'gateway-api-listenerset-not-allowed-ns': add 'gateway-api-listenerset-not-allowed-ns' to the namespaces that the Gateway admits with allowedListeners (ListenerNamespaces.named)",
    alone: 'written',
  },
  'tests/listenerset-default-not-allowed.yaml: ListenerSet listenerset-default-not-allowed': {
    says: "ListenerSet 'listenerset-default-not-allowed' cannot attach to gateway 'gateway-default-does-not-allow-listenerset', which admits ListenerSets of no namespace and not of namespace 'gateway-conformance-infra': add 'gateway-conformance-infra' to the namespaces that the Gateway admits with allowedListeners (ListenerNamespaces.named)",
    alone: 'written',
  },
  'tests/listenerset-dual-parentref-independence.yaml: HTTPRoute route-dual-parentref-one': {
    says: "gateway 'gateway-dual-parentref' has no listener 'ls-dual-parentref-listener' for HTTPRoute 'route-dual-parentref-one': it has 'gw-dual-parentref-listener' on port 80",
    alone: 'written',
  },
  'tests/listenerset-gateway-parent-section-name-not-found.yaml: HTTPRoute route-via-gateway': {
    says: "gateway 'gateway-section-name' has no listener 'ls-only-listener' for HTTPRoute 'route-via-gateway': it has 'gw-listener' on port 80",
    alone: 'written',
  },
  'tests/listenerset-hostname-conflict.yaml: ListenerSet listenerset-with-hostname-conflict-with-gateway-1': {
    says: 'listener \'hostname-conflict-with-gateway-listener\' of ListenerSet \'listenerset-with-hostname-conflict-with-gateway-1\' ' +
      'conflicts with listener \'hostname-conflict-with-gateway-listener\' of gateway ' +
      '\'gateway-with-listenerset-hostname-conflict\': both listen on port 80 with protocol HTTP for ' +
      'hostname-conflict-with-gateway-listener.com, and a Gateway listens as one with its ListenerSets; use another port or ' +
      'hostname',
    alone: 'written',
  },
  'tests/listenerset-hostname-conflict.yaml: ListenerSet listenerset-with-hostname-conflict-with-gateway-2': {
    says: 'listener \'hostname-conflict-with-gateway-listener\' of ListenerSet \'listenerset-with-hostname-conflict-with-gateway-2\' ' +
      'conflicts with listener \'hostname-conflict-with-gateway-listener\' of gateway ' +
      '\'gateway-with-listenerset-hostname-conflict\': both listen on port 80 with protocol HTTP for ' +
      'hostname-conflict-with-gateway-listener.com, and a Gateway listens as one with its ListenerSets; use another port or ' +
      'hostname',
    alone: 'written',
  },
  'tests/listenerset-hostname-conflict.yaml: ListenerSet listenerset-with-hostname-conflict-with-listener-set-2': {
    says: 'listener \'hostname-conflict-with-listener-set-listener\' of ListenerSet ' +
      '\'listenerset-with-hostname-conflict-with-listener-set-2\' conflicts with listener ' +
      '\'hostname-conflict-with-listener-set-listener\' of ListenerSet ' +
      '\'listenerset-with-hostname-conflict-with-listener-set-1\': both listen on port 80 with protocol HTTP for ' +
      'hostname-conflict-with-listener-set-listener.com, and a Gateway listens as one with its ListenerSets; use another port or ' +
      'hostname',
    alone: 'written',
  },
  'tests/listenerset-protocol-conflict.yaml: ListenerSet listenerset-with-protocol-conflict-with-gateway-1': {
    says: "listener 'protocol-conflict-with-gateway-listener' collides with listener 'listener-set-1-listener' of ListenerSet 'listenerset-with-protocol-conflict-with-gateway-1': both listen on port 80 with protocols TCP and HTTP; use another port",
    alone: 'refused',
  },
  'tests/listenerset-protocol-conflict.yaml: ListenerSet listenerset-with-protocol-conflict-with-gateway-2': {
    says: 'listener \'protocol-conflict-with-gateway-listener\' of ListenerSet \'listenerset-with-protocol-conflict-with-gateway-2\' ' +
      'conflicts with listener \'gateway-listener\' of gateway \'gateway-with-listenerset-protocol-conflict\': both listen on ' +
      'port 80 with protocols TCP and HTTP, and a Gateway listens as one with its ListenerSets; use another port',
    alone: 'written',
  },
  'tests/listenerset-protocol-conflict.yaml: ListenerSet listenerset-with-protocol-conflict-with-listener-set-1': {
    says: "listener 'protocol-conflict-with-listener-set-listener' collides with listener 'listener-set-2-listener' of ListenerSet 'listenerset-with-protocol-conflict-with-listener-set-1': both listen on port 80 with protocols TCP and HTTP; use another port",
    alone: 'refused',
  },
  'tests/listenerset-protocol-conflict.yaml: ListenerSet listenerset-with-protocol-conflict-with-listener-set-2': {
    says: 'listener \'protocol-conflict-with-listener-set-listener\' of ListenerSet ' +
      '\'listenerset-with-protocol-conflict-with-listener-set-2\' conflicts with listener \'gateway-listener\' of gateway ' +
      '\'gateway-with-listenerset-protocol-conflict\': both listen on port 80 with protocols TCP and HTTP, and a Gateway listens ' +
      'as one with its ListenerSets; use another port',
    alone: 'written',
  },
  'tests/udproute-not-allowed-by-listeners.yaml: UDPRoute udproute-not-allowed-by-listeners': {
    says: "UDPRoute 'udproute-not-allowed-by-listeners' cannot attach to gateway 'udproute-tls-only-gateway': listener 'tls' with protocol TLS admits no UDPRoute, use another listener or its kinds",
    alone: 'written',
  },
};

function objectsOf(file: string): readonly Json[] {
  return inOrder(OBJECTS.filter(o => o.file === file).map(({ object }) => object));
}

function filledIn(object: unknown): Json {
  return JSON.parse(JSON.stringify(object)
    .replace(/\{GATEWAY_CLASS_NAME\}/g, 'example').replace(/\{GATEWAY_CONTROLLER_NAME\}/g, 'example.com/controller')
    .replace(/PLACEHOLDER_UNUSABLE_ADDRS/g, '192.0.2.1').replace(/PLACEHOLDER_USABLE_ADDRS/g, '192.0.2.2'));
}

/** Writes the objects of a file into a chart that has the base, and tells of each what came of it. */
function writeFile(file: string) {
  const chart = wholeChart();
  if (file !== BASE) {
    objectsOf(BASE).forEach(object => rebuild(chart, object));
  }
  return objectsOf(file).map(object => {
    const together = write(chart, object);
    const alone = together.message === undefined ? together : write(wholeChart(), object);
    return { name: `${file}: ${object.kind} ${object.metadata.name}`, object, together, alone };
  });
}

describe('the manifests of upstream\'s conformance tests, written with constructs', () => {
  const results = FILES.flatMap(writeFile);
  const written = results.filter(({ alone }) => alone.message === undefined);

  test.each(results.map(result => [result.name, result] as const))('%s', (name, { object, together, alone }) => {
    expect(isAccepted(object)).toBe(true);
    const refusal = together.message === undefined ? undefined : { says: together.message, alone: alone.message === undefined ? 'written' : 'refused' };
    expect(refusal).toEqual(REFUSALS[name]);
    if (alone.message === undefined) {
      expect(alone.made).toEqual(normal(object));
    }
  });

  test('nearly all of them can be written, and those that cannot are wrong in themselves', () => {
    expect({ written: written.length, refusedAlone: results.length - written.length }).toEqual({ written: 190, refusedAlone: 5 });
  });

  test('every feature that upstream tests has an object that was written', () => {
    const files = new Set(written.map(({ name }) => name.replace(/: .*/, '')));
    const features = [...new Set(TESTS.flatMap(t => t.features))];
    const shown = new Set(TESTS.filter(t => t.manifests.every(file => files.has(file))).flatMap(t => t.features));
    expect(features.length).toBe(40);
    expect(features.filter(feature => !shown.has(feature))).toEqual([]);
  });
});
