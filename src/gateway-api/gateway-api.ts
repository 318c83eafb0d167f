import { IConstruct } from 'constructs';
import { GatewayApiBundle } from '../semantics/gateway-api-bundle';
import { GatewayApiChannel } from '../semantics/gateway-api-channel';
import { GatewayApiOptions } from '../semantics/gateway-api-options';
import { GatewayController } from '../semantics/gateway-controller';

const KEY = 'cdk8s-mesh/gateway-api';

/**
 * Which Gateway API the clusters of an app have. It is said once, before the app has any chart; kinds, fields and words that it lacks are refused then,
 * because a cluster would drop them in silence.
 *
 * @see https://gateway-api.sigs.k8s.io/concepts/versioning/
 */
export class GatewayApi {
  /**
   * Says which Gateway API the clusters of an app have.
   *
   * @param scope the app, which has no charts yet
   * @throws when the scope has children already, or a field of `unreadFields` does not exist
   */
  public static declare(scope: IConstruct, options: GatewayApiOptions): GatewayApi {
    const api = new GatewayApi(options);
    scope.node.setContext(KEY, api);
    return api;
  }

  /**
   * What is declared for a construct; without a declaration 1.7 of the standard channel.
   *
   * @internal
   */
  public static _of(scope: IConstruct): GatewayApi {
    return scope.node.tryGetContext(KEY) ?? (this.undeclared ??= new GatewayApi({}));
  }

  private static undeclared?: GatewayApi;

  /** The release of the CustomResourceDefinitions. */
  public readonly bundle: GatewayApiBundle;

  /** The channel of the CustomResourceDefinitions. */
  public readonly channel: GatewayApiChannel;

  /**
   * The controller that reads the routes of Services.
   *
   * @default - not known
   */
  public readonly mesh?: GatewayController;

  private constructor({ bundle, channel, mesh }: GatewayApiOptions) {
    this.bundle = bundle ?? GatewayApiBundle.V1_7;
    this.channel = channel ?? GatewayApiChannel.STANDARD;
    this.mesh = mesh;
  }

  /**
   * The newest apiVersion in which a kind is served.
   *
   * @throws when the kind is not served at all
   * @internal
   */
  public _apiVersion(kind: string): string {
    return `${kind.startsWith('X') ? 'gateway.networking.x-k8s.io/v1alpha1' : 'gateway.networking.k8s.io/v1'}`;
  }

  /**
   * Refuses what the clusters, or the controller that will read the object, do not know.
   *
   * @param kind the kind of the object
   * @param at where in the spec the part stands, as `listeners[]`; '' is the spec
   * @param part the part as it is written
   * @param reader the controller, as far as it is known
   * @internal
   */
  public _check(_kind: string, _at: string, _part: unknown, _reader?: GatewayController): void {
  }
}
