import { ApiResource } from 'cdk8s-plus-28';

const GROUP = 'gateway.networking.k8s.io';
const EXPERIMENTAL_GROUP = 'gateway.networking.x-k8s.io';

/**
 * The kinds of Gateway API, as roles name them: `role.allowReadWrite(GatewayApiResource.HTTP_ROUTES)`.
 *
 * @see https://gateway-api.sigs.k8s.io/concepts/security-model/
 */
export class GatewayApiResource {
  /** BackendTLSPolicies. */
  public static readonly BACKEND_TLS_POLICIES = of(GROUP, 'backendtlspolicies');

  /** GatewayClasses. */
  public static readonly GATEWAY_CLASSES = of(GROUP, 'gatewayclasses');

  /** Gateways. */
  public static readonly GATEWAYS = of(GROUP, 'gateways');

  /** GRPCRoutes. */
  public static readonly GRPC_ROUTES = of(GROUP, 'grpcroutes');

  /** HTTPRoutes. */
  public static readonly HTTP_ROUTES = of(GROUP, 'httproutes');

  /** ListenerSets. */
  public static readonly LISTENER_SETS = of(GROUP, 'listenersets');

  /** ReferenceGrants. */
  public static readonly REFERENCE_GRANTS = of(GROUP, 'referencegrants');

  /** TCPRoutes. */
  public static readonly TCP_ROUTES = of(GROUP, 'tcproutes');

  /** TLSRoutes. */
  public static readonly TLS_ROUTES = of(GROUP, 'tlsroutes');

  /** UDPRoutes. */
  public static readonly UDP_ROUTES = of(GROUP, 'udproutes');

  /** XBackendTrafficPolicies, of the experimental channel. */
  public static readonly X_BACKEND_TRAFFIC_POLICIES = of(EXPERIMENTAL_GROUP, 'xbackendtrafficpolicies');

  /** XBackends, of the experimental channel. */
  public static readonly X_BACKENDS = of(EXPERIMENTAL_GROUP, 'xbackends');

  /** XMeshes, of the experimental channel. */
  public static readonly X_MESHES = of(EXPERIMENTAL_GROUP, 'xmeshes');

  /** XTelemetryPolicies, of the experimental channel. */
  public static readonly X_TELEMETRY_POLICIES = of(EXPERIMENTAL_GROUP, 'xtelemetrypolicies');

  private constructor() {}
}

function of(apiGroup: string, resourceType: string): ApiResource {
  return ApiResource.custom({ apiGroup, resourceType });
}
