import type { Node } from 'constructs';
import { GatewayApiBundle } from './gateway-api-bundle';
import { GatewayApiChannel } from './gateway-api-channel';
import { GatewayApiOptions } from './gateway-api-options';

/** What clusters have of the Gateway API. */
export interface GatewayApiVersion {
  readonly bundle: GatewayApiBundle;
  readonly channel: GatewayApiChannel;
}

/** The context of constructs in which `GatewayApiOptions` stand. */
export const GATEWAY_API_CONTEXT = 'cdk8s-mesh/gateway-api';

const NONE: GatewayApiOptions = {};

/** What is declared for a construct: always the same object for the same declaration. */
export function declaredGatewayApi(node: Node): GatewayApiOptions {
  return node.tryGetContext(GATEWAY_API_CONTEXT) ?? NONE;
}

/** The version that options mean. */
export function versionOf({ bundle = GatewayApiBundle.V1_7, channel = GatewayApiChannel.STANDARD }: Partial<GatewayApiVersion>): GatewayApiVersion {
  return { bundle, channel };
}

/** `Gateway API 1.6 standard`. */
export function formatVersion({ bundle, channel }: GatewayApiVersion): string {
  return `Gateway API ${bundle} ${channel}`;
}

/** Whether a release is the later of two: `1.10` is later than `1.9`. */
export function isLater(release: string, than: string): boolean {
  const [major, minor] = release.split('.').map(Number);
  const [thanMajor, thanMinor] = than.split('.').map(Number);
  return major > thanMajor || (major === thanMajor && minor > thanMinor);
}
