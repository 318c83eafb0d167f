import { Size } from 'cdk8s';
import { CERTIFICATE, Door, OWN, PROVISIONED } from './istio-edge-gateway';
import { GatewayHost } from '../../src';

const header = (name: string, regex: string) => ({
  single_predicate: {
    input: {
      name: `request-${name.replace(':', '')}`,
      typed_config: { '@type': 'type.googleapis.com/envoy.type.matcher.v3.HttpRequestHeaderMatchInput', 'header_name': name },
    },
    value_match: { safe_regex: { google_re2: {}, regex } },
  },
});
const TUNNEL = { and_matcher: { predicate: [header('connection', '(?i)(.*,)? *upgrade *(,.*)?'), header('upgrade', '.+')] } };
const authority = (regex: string) => header(':authority', regex);
const SHOP = authority('(?i)shop\\.example\\.com(:[0-9]+)?');
const skippedFor = (door: Door) => door.filter().xds_matcher.matcher_list.matchers[0].predicate;

test('a proxy keeps bodies until they are whole, but for tunnels', () => {
  const door = new Door(PROVISIONED);
  door.gateway.edge.limitBody(Size.mebibytes(1));
  const [{ metadata, spec }] = door.all('EnvoyFilter');
  expect([metadata.name, metadata.namespace, spec.priority, spec.targetRefs[0].name]).toEqual(['door-body', 'edge', 220, 'door']);
  expect(spec.configPatches[0].patch.value).toEqual({
    name: 'door-body',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.common.matching.v3.ExtensionWithMatcher',
      'extension_config': {
        name: 'envoy.filters.http.buffer',
        typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer', 'max_request_bytes': 1048576 },
      },
      'xds_matcher': {
        matcher_list: {
          matchers: [{
            predicate: TUNNEL,
            on_match: { action: { name: 'skip', typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.common.matcher.action.v3.SkipFilter' } } },
          }],
        },
      },
    },
  });
});

test('a limit of one host is none for others', () => {
  const door = new Door();
  door.gateway.edge.limitBody(Size.kibibytes(1), { hosts: ['shop.example.com'] });
  expect(skippedFor(door)).toEqual({ or_matcher: { predicate: [TUNNEL, { not_matcher: SHOP }] } });
});

test('a limit of several hosts is none for those under a wildcard that are more precise', () => {
  const door = new Door(OWN, { hosts: [GatewayHost.https('*.example.com', CERTIFICATE), GatewayHost.http('plain.example.org')] });
  door.gateway.edge.limitBody(Size.kibibytes(1), { hosts: ['*.example.com', 'plain.example.org'] });
  door.gateway.addHost(GatewayHost.https('shop.example.com', CERTIFICATE));
  expect(skippedFor(door).or_matcher.predicate[1]).toEqual({
    not_matcher: {
      or_matcher: {
        predicate: [
          { and_matcher: { predicate: [authority('(?i).+\\.example\\.com(:[0-9]+)?'), { not_matcher: SHOP }] } },
          authority('(?i)plain\\.example\\.org(:[0-9]+)?'),
        ],
      },
    },
  });
});

test.each([[Size.kibibytes(0), 0], [Size.gibibytes(4), 4294967296]])('a limit that is none: %j', (limit, bytes) => {
  expect(() => new Door().gateway.edge.limitBody(limit)).toThrow(`limit of bodies of gateway 'door' in bytes must be between 1 and 4294967295, got ${bytes}`);
});
