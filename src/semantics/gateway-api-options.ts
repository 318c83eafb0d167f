import { GatewayApiBundle } from './gateway-api-bundle';
import { GatewayApiChannel } from './gateway-api-channel';
import { GatewayController } from './gateway-controller';

/** What the clusters of an app know of the Gateway API. */
export interface GatewayApiOptions {
  /**
   * The release of the CustomResourceDefinitions.
   *
   * @default GatewayApiBundle.V1_7
   */
  readonly bundle?: GatewayApiBundle;

  /**
   * The channel of the CustomResourceDefinitions.
   *
   * @default GatewayApiChannel.STANDARD
   */
  readonly channel?: GatewayApiChannel;

  /**
   * The controller that reads the routes of Services.
   *
   * @default - that of the IstioMesh or LinkerdMesh that is declared; else not known: nothing is refused on its behalf
   */
  readonly mesh?: GatewayController;

  /**
   * Fields that are written although the controller is known not to read them, such as `HTTPRoute rules[].sessionPersistence`.
   *
   * @default - none: such a field is an error
   */
  readonly unreadFields?: string[];
}
