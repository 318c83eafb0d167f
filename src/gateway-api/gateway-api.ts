import { IConstruct } from 'constructs';
import { Checked, formatMet, Gate } from '../semantics/gate';
import { GatewayApiBundle } from '../semantics/gateway-api-bundle';
import { GatewayApiChannel } from '../semantics/gateway-api-channel';
import { declareGatewayApi } from '../semantics/gateway-api-declaration';
import { GatewayApiOptions } from '../semantics/gateway-api-options';
import { nameUnread, Reader, Reading } from '../semantics/gateway-api-readers';
import { gateOf, groupOfKind, servedVersions, Since, whyMissing, whyNoKind } from '../semantics/gateway-api-since';
import { declaredGatewayApi, GatewayApiVersion, versionOf } from '../semantics/gateway-api-version';
import { GatewayController } from '../semantics/gateway-controller';
import { IstioVersion } from '../semantics/istio-version';
import { DeclaredMesh, declaredMesh, declaredPrimary } from '../semantics/mesh-declaration';

const INDEX = /\[\d+\]/g;
const ISTIO = [GatewayController.ISTIO, GatewayController.ISTIO_WAYPOINT, GatewayController.ISTIO_EAST_WEST, GatewayController.ISTIO_REMOTE];
const REMEDY = 'leave it out, or declare what the clusters run with GatewayApi.declare';

/**
 * Which Gateway API the clusters of an app have. It is said once, before the app has a chart; kinds, fields and words that it lacks are refused then,
 * because a cluster would drop them in silence.
 *
 * @see https://gateway-api.sigs.k8s.io/concepts/versioning/
 */
export class GatewayApi {
  /**
   * Says which Gateway API the clusters have for which a scope is made.
   *
   * @param scope the app, which has no charts yet; or a chart without anything in it, when the charts of an app are for several clusters
   * @throws when the scope has children already, or a field of `unreadFields` is not one that a controller is known not to read
   */
  public static declare(scope: IConstruct, options: GatewayApiOptions): GatewayApi {
    return this.for(declareGatewayApi(scope.node, options), scope);
  }

  /**
   * What is declared for a construct; without a declaration 1.7 of the standard channel.
   *
   * @internal
   */
  public static _of(scope: IConstruct): GatewayApi {
    return this.for(declaredGatewayApi(scope.node), scope);
  }

  /** One for each declaration and mesh, wherever they were declared. */
  private static readonly declared = new WeakMap<GatewayApiOptions, Map<string, GatewayApi>>();

  private static for(options: GatewayApiOptions, scope: IConstruct): GatewayApi {
    const mesh = declaredMesh(scope);
    const primary = declaredPrimary(scope);
    let apis = this.declared.get(options);
    if (!apis) {
      apis = new Map();
      this.declared.set(options, apis);
    }
    const key = `${mesh} ${primary}`;
    let api = apis.get(key);
    if (!api) {
      api = new GatewayApi(options, mesh, primary);
      apis.set(key, api);
    }
    return api;
  }

  /** The release of the CustomResourceDefinitions. */
  public readonly bundle: GatewayApiBundle;

  /** The channel of the CustomResourceDefinitions. */
  public readonly channel: GatewayApiChannel;

  /**
   * The controller that reads the routes of Services.
   *
   * @default - that of the IstioMesh or LinkerdMesh that is declared; else not known
   */
  public readonly mesh?: GatewayController;

  private readonly version: GatewayApiVersion;
  private readonly istio?: IstioVersion;
  private readonly unreadFields: ReadonlySet<string>;
  /** By kind and place in its spec. */
  private readonly missing = new Map<string, Gate<Since> | undefined>();
  /** By controller, kind and place. */
  private readonly unread = new Map<string, Gate<Reading> | undefined>();

  private constructor(options: GatewayApiOptions, mesh: DeclaredMesh | undefined, private readonly primary: string | undefined) {
    this.version = versionOf(options);
    this.bundle = this.version.bundle;
    this.channel = this.version.channel;
    this.istio = mesh === 'linkerd' ? undefined : mesh;
    this.mesh = options.mesh ?? (mesh === undefined ? undefined : mesh === 'linkerd' ? GatewayController.LINKERD : GatewayController.ISTIO);
    this.unreadFields = new Set(options.unreadFields);
  }

  /**
   * The newest apiVersion in which a kind is served.
   *
   * @throws when the kind is not served at all
   * @internal
   */
  public _apiVersion(kind: string): string {
    const [newest] = servedVersions(kind, this.version);
    if (newest === undefined) {
      throw new Error(`${whyNoKind(kind, this.version)}; ${REMEDY}`);
    }
    return `${groupOfKind(kind)}/${newest}`;
  }

  /**
   * Refuses what the clusters, or the controller that will read the object, do not know.
   *
   * @param object the object, by kind and name
   * @param at where in the spec the part stands, as `listeners[]` or `listeners[2]`; '' is the spec
   * @param part the part as it is written
   * @param reader the controller, as far as it is known
   * @internal
   */
  public _check(object: Checked, at: string, part: unknown, reader?: GatewayController): void {
    const [missing] = this.missingGate(object.kind, at)?.meet(part) ?? [];
    if (missing) {
      throw new Error(`${formatMet(object, at, missing)} ${whyMissing(missing.barrier, this.version)}; ${REMEDY}`);
    }
    if (reader !== undefined) {
      this.checkRead(object, at, part, reader);
    }
  }

  private checkRead(object: Checked, at: string, part: unknown, controller: GatewayController): void {
    const { kind } = object;
    if (this.primary !== undefined && isIstio(controller)) {
      throw new Error(`Istio does not read ${kind} '${object.name}' in a cluster without control plane: make it in cluster '${this.primary}'${
        kind === 'Gateway' ? ', whose istiod makes the proxies there; here a GatewayWorkload runs proxies' : ', where it holds for this one too'}`);
    }
    const unread = this.unreadGate(kind, at, controller)?.meet(part) ?? [];
    const first = unread.find(({ barrier }) => !this.unreadFields.has(nameUnread(kind, barrier.path)));
    if (first) {
      throw new Error(`${Reader.of(controller, this.istio)!.name} does not read ${formatMet(object, at, first)}: ${first.barrier.why}; leave it out, ` +
        `or name '${nameUnread(kind, first.barrier.path)}' in unreadFields of GatewayApi.declare`);
    }
  }

  private missingGate(kind: string, at: string): Gate<Since> | undefined {
    const key = `${kind} ${at}`.replace(INDEX, '[]');
    if (!this.missing.has(key)) {
      this.missing.set(key, gateOf(kind, this.version)?.at(at));
    }
    return this.missing.get(key);
  }

  private unreadGate(kind: string, at: string, controller: GatewayController): Gate<Reading> | undefined {
    const key = `${controller.name} ${kind} ${at}`.replace(INDEX, '[]');
    if (!this.unread.has(key)) {
      this.unread.set(key, Reader.of(controller, this.istio)?.gateOf(kind, this.version)?.at(at));
    }
    return this.unread.get(key);
  }
}

function isIstio({ name }: GatewayController): boolean {
  return ISTIO.some(controller => controller.name === name);
}
