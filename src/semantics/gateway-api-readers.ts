import { Barrier, Gate } from './gate';
import { GatewayApiBundle } from './gateway-api-bundle';
import { GatewayApiChannel } from './gateway-api-channel';
import { missingFrom, servedVersions } from './gateway-api-since';
import { GatewayApiVersion } from './gateway-api-version';
import { GatewayController } from './gateway-controller';
import { gatewayApiOfIstio } from './istio-gateway-api';
import { IstioVersion } from './istio-version';

/** What becomes of something that a controller does not read, as `the route is refused as a whole`. */
export type Reading = string;

const IGNORED = 'it is ignored in silence';
const ROUTE_REFUSED = 'the whole route is refused';
const BACKEND_FAILS = 'requests to the backend fail';

/** What a release of a controller is known not to read. */
interface Unread {
  readonly name: string;
  readonly controllers: readonly GatewayController[];
  /** The release of the Gateway API whose types it was built with: what came later, it ignores. */
  readonly types: string;
  /** By kind and path; the path '' is the whole kind. */
  readonly paths: { readonly [kind: string]: { readonly [path: string]: Reading } };
  /** The only version in which it asks for a kind: where that is not served, it sees nothing. */
  readonly asksFor?: { readonly [kind: string]: string };
}

/** The blocks of filters at a place, with the same reading. */
function filters(place: string, names: readonly string[], reading: Reading): { [path: string]: Reading } {
  return Object.fromEntries(names.map(name => [`${place}.filters[].${name}`, reading]));
}

const AT_RULE = 'rules[]';
const AT_BACKEND = 'rules[].backendRefs[]';
const DEFAULT_SCOPE = { defaultScope: 'no route attaches by default' };
const SESSION = { 'rules[].sessionPersistence': IGNORED };
/** What neither Istio nor Envoy Gateway reads of any route. */
const ANY_ROUTE = { 'useDefaultGateways': IGNORED, 'rules[].backendRefs[].kind=XBackend': BACKEND_FAILS };

// Istio and Envoy Gateway as their translations say, docs/decisions/011 has how; Linkerd as its documents say.
const ISTIO: Unread = {
  name: 'Istio 1.31',
  controllers: [GatewayController.ISTIO, GatewayController.ISTIO_WAYPOINT, GatewayController.ISTIO_EAST_WEST, GatewayController.ISTIO_REMOTE],
  types: gatewayApiOfIstio(IstioVersion.V1_31),
  paths: {
    Gateway: {
      ...DEFAULT_SCOPE,
      'tls.backend': 'the certificate is checked, and never shown to a backend',
      'tls.frontend.default.validation.caCertificateRefs[].kind=ClusterTrustBundle': 'the listener is refused',
      'tls.frontend.perPort[].tls.validation.caCertificateRefs[].kind=ClusterTrustBundle': 'the listener is refused',
    },
    HTTPRoute: {
      ...SESSION,
      ...filters(AT_RULE, ['externalAuth', 'extensionRef'], ROUTE_REFUSED),
      ...filters(AT_BACKEND, ['cors', 'externalAuth', 'extensionRef', 'requestMirror', 'requestRedirect', 'urlRewrite'], ROUTE_REFUSED),
      ...ANY_ROUTE,
    },
    GRPCRoute: {
      ...SESSION,
      ...filters(AT_RULE, ['extensionRef'], ROUTE_REFUSED),
      ...filters(AT_BACKEND, ['extensionRef', 'requestMirror'], ROUTE_REFUSED),
      ...ANY_ROUTE,
    },
    TCPRoute: ANY_ROUTE,
    TLSRoute: ANY_ROUTE,
    UDPRoute: { '': IGNORED },
    XTelemetryPolicy: { '': IGNORED },
  },
};

const READERS: readonly Unread[] = [
  ISTIO,
  {
    name: 'Envoy Gateway 1.9',
    controllers: [GatewayController.ENVOY_GATEWAY],
    types: GatewayApiBundle.V1_6,
    paths: {
      Gateway: DEFAULT_SCOPE,
      HTTPRoute: {
        ...filters(AT_RULE, ['externalAuth'], 'requests of the rule fail'),
        ...filters(AT_BACKEND, ['cors', 'externalAuth', 'requestMirror', 'requestRedirect'], BACKEND_FAILS),
        ...ANY_ROUTE,
      },
      GRPCRoute: { ...filters(AT_BACKEND, ['requestMirror'], BACKEND_FAILS), ...ANY_ROUTE },
      TCPRoute: ANY_ROUTE,
      TLSRoute: ANY_ROUTE,
      UDPRoute: ANY_ROUTE,
      XTelemetryPolicy: { '': IGNORED },
    },
  },
  {
    name: 'Linkerd edge-26.8',
    controllers: [GatewayController.LINKERD],
    types: GatewayApiBundle.V1_2,
    paths: {
      HTTPRoute: {
        ...SESSION,
        'rules[].retry': `${IGNORED}: use the annotations retry.linkerd.io/* of the route`,
        'rules[].timeouts.backendRequest': `${IGNORED}: use the annotation timeout.linkerd.io/response of the route`,
        ...filters(AT_RULE, ['cors', 'externalAuth', 'extensionRef', 'requestMirror', 'urlRewrite'], 'the whole route is skipped'),
        ...filters(AT_BACKEND, ['cors', 'externalAuth', 'extensionRef', 'requestMirror', 'urlRewrite'], BACKEND_FAILS),
      },
      GRPCRoute: {
        ...SESSION,
        ...filters(AT_RULE, ['extensionRef', 'requestMirror'], 'the whole route is skipped'),
        ...filters(AT_BACKEND, ['extensionRef', 'requestMirror'], BACKEND_FAILS),
      },
      UDPRoute: { '': IGNORED },
    },
    // Its types know no other versions of these kinds.
    asksFor: { TLSRoute: 'v1alpha2', TCPRoute: 'v1alpha2' },
  },
];

/** Another release of Istio: what is known of 1.31, and the types that it was built with. */
function istioReader(release: IstioVersion): Unread {
  return { ...ISTIO, name: `Istio ${release}`, types: gatewayApiOfIstio(release) };
}

/** The kinds that have what some controller does not read. */
const KINDS = [...new Set(READERS.flatMap(({ paths, asksFor }) => [...Object.keys(paths), ...Object.keys(asksFor ?? {})])), 'ListenerSet'];

/** A controller whose reading is known. */
export class Reader {
  /** The reader that goes by the name of a controller, of a release of Istio if it is Istio; undefined when nothing is known of it. */
  public static of(controller: GatewayController, istio?: IstioVersion): Reader | undefined {
    const unread = READERS.find(({ controllers }) => controllers.some(({ name }) => name === controller.name));
    return unread && new Reader(unread === ISTIO && istio !== undefined ? istioReader(istio) : unread);
  }

  /** All that some controller does not read, as `HTTPRoute rules[].sessionPersistence`. */
  public static allUnread(): string[] {
    const version = { bundle: GatewayApiBundle.V1_7, channel: GatewayApiChannel.STANDARD };
    return [...new Set([...READERS, istioReader(IstioVersion.V1_20)].flatMap(unread => KINDS.flatMap(kind =>
      new Reader(unread).barriers(kind, version).map(({ path }) => nameUnread(kind, path)))))].sort();
  }

  private constructor(private readonly unread: Unread) {}

  /** The controller and its release. */
  public get name(): string {
    return this.unread.name;
  }

  /** What it does not read of a kind; undefined when it reads all of it. */
  public gateOf(kind: string, version: GatewayApiVersion): Gate<Reading> | undefined {
    const barriers = this.barriers(kind, version);
    return barriers.length > 0 ? new Gate(barriers) : undefined;
  }

  private barriers(kind: string, version: GatewayApiVersion): Barrier<Reading>[] {
    const { paths, types, asksFor } = this.unread;
    const wanted = asksFor?.[kind];
    const known = Object.entries(paths[kind] ?? {}).map(([path, why]) => ({ path, why }));
    const unserved = wanted === undefined || servedVersions(kind, version).includes(wanted) ? []
      : [{ path: '', why: `it asks for ${wanted}, which the ${version.channel} channel of ${version.bundle} does not serve` }];
    // The block beside a word says the same; and a controller may know a word of an open set before others do.
    const later = missingFrom(kind, { bundle: types, channel: GatewayApiChannel.EXPERIMENTAL }).filter(({ word }) => word === undefined)
      .map(({ path }) => ({ path, why: `it was built with the types of Gateway API ${types}` }));
    return [...later, ...known, ...unserved];
  }
}

/** How something that is not read is named in `unreadFields`. */
export function nameUnread(kind: string, path: string): string {
  return `${kind} ${path}`.trim();
}
