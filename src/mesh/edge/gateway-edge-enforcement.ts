import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { EdgeAccessLogOptions } from './edge-access-log';
import { EdgeAddressOptions } from './edge-addresses';
import { EdgeAuthorizationOptions } from './edge-authorization';
import { EdgeCorsOptions } from './edge-cors';
import { EdgeHeaderOptions } from './edge-headers';
import { EdgeScope } from './edge-hosts';
import { EdgeJwtOptions } from './edge-jwt';
import { EdgeGlobalRateLimitOptions, EdgeLocalRateLimitOptions } from './edge-rate-limit';
import { ExtensionProvider } from '../../istio/extension-provider';
import { ProviderService } from '../../istio/extension-provider-service';
import { TrafficExtensionFilter } from '../../istio/traffic-extension-filter';
import { ClientAddress } from '../gateway/client-address';
import { GatewayHost } from '../gateway/gateway-host';
import { IMeshClient, IMeshNamespace } from '../mesh-client';

/** What every form knows of the gateway whose edge it is. */
export interface EdgeGateway {
  /** Where what is made for it is put. */
  readonly scope: Construct;
  readonly name: string;
  readonly namespace: IMeshNamespace;
  readonly clientAddress?: ClientAddress;
  /** Who it is to workloads. */
  readonly client: IMeshClient;
  /** Those that it serves by now. */
  readonly hosts: () => GatewayHost[];
  /** The namespaces whose ListenerSets add hosts that are not known here. */
  readonly admitsListeners?: readonly IMeshNamespace[];
  /** Says who is told of each host that is added later. */
  readonly onHost: (listener: (host: GatewayHost) => void) => void;
}

/** How a form of MeshedGateway enforces what is said at its edge. What it cannot enforce it refuses with `cannotEnforce`. */
export interface GatewayEdgeEnforcement {
  requireJwt(scope: EdgeScope, options: EdgeJwtOptions): void;
  authorizeBy(scope: EdgeScope, provider: ExtensionProvider, options: EdgeAuthorizationOptions): void;
  restrictAddresses(scope: EdgeScope, options: EdgeAddressOptions): void;
  limitRate(scope: EdgeScope, options: EdgeLocalRateLimitOptions): void;
  limitRateBy(scope: EdgeScope, service: ProviderService, options: EdgeGlobalRateLimitOptions): void;
  allowOrigins(scope: EdgeScope, options: EdgeCorsOptions): void;
  cleanHeaders(scope: EdgeScope, options: EdgeHeaderOptions): void;
  limitBody(scope: EdgeScope, limit: Size): void;
  logAccess(scope: EdgeScope, options: EdgeAccessLogOptions): void;
  extend(scope: EdgeScope, filter: TrafficExtensionFilter): void;
}

/** What every refusal of a verb says: who cannot do what, why, and what to do instead. */
export function cannotEnforce(gateway: string, what: string, why: string, instead: string): never {
  throw new Error(`gateway '${gateway}' cannot ${what}: ${why}; ${instead}`);
}
