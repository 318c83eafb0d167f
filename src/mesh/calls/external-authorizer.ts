import { Duration } from 'cdk8s';
import { ExtensionProvider } from '../../istio/extension-provider';
import { EnvoyExtAuthzGrpcOptions } from '../../istio/extension-provider-ext-authz';
import { ProviderService } from '../../istio/extension-provider-service';

/** Options of a well-known external authorizer. */
export interface ExternalAuthorizerOptions {
  /** Where it is. */
  readonly service: ProviderService;

  /**
   * How long it may take, at least 1 ms.
   *
   * @default - 1 second
   */
  readonly timeout?: Duration;
}

const DEFAULT_TIMEOUT = Duration.seconds(1);

/**
 * Well-known external authorizers, as providers for the mesh and for `ExternalAuthorization`.
 *
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-custom/
 */
export class ExternalAuthorizer {
  /**
   * OAuth2 Proxy: it sees the cookies of the user, may set them and send the user to log in, and tells the application who the user is. Let it answer
   * requests that it allows by itself: `--upstream=static://200 --reverse-proxy=true --set-xauthrequest=true`.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty, or the timeout is below 1 ms
   * @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview
   */
  public static oauth2Proxy(name: string, { service, timeout = DEFAULT_TIMEOUT }: ExternalAuthorizerOptions): ExtensionProvider {
    return ExtensionProvider.envoyExtAuthzHttp(name, {
      service,
      timeout,
      includeRequestHeadersInCheck: ['authorization', 'cookie'],
      // Where the user is sent after the login.
      includeAdditionalHeadersInCheck: { 'X-Auth-Request-Redirect': 'https://%REQ(:authority)%%REQ(:path)%' },
      headersToUpstreamOnAllow: ['authorization', 'x-auth-request-*'],
      headersToDownstreamOnAllow: ['set-cookie'],
      headersToDownstreamOnDeny: ['content-type', 'location', 'set-cookie'],
    });
  }

  /**
   * Open Policy Agent with its Envoy plugin, asked by gRPC.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty, or an option is not one that Envoy takes
   * @see https://www.openpolicyagent.org/docs/envoy
   */
  public static openPolicyAgent(name: string, options: EnvoyExtAuthzGrpcOptions): ExtensionProvider {
    return ExtensionProvider.envoyExtAuthzGrpc(name, options);
  }

  private constructor() {}
}
