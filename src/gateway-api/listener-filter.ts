import { BackendConfig, IBackend } from './backend';
import { ExternalAuth } from './external-auth';
import { LocalObjectReference } from './local-object-reference';
import type { GatewaySpecListenersFiltersRequests } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkObjectReference } from '../semantics/object-reference';

type Spec = Manifest<GatewaySpecListenersFiltersRequests>;

/**
 * What happens to every request of a listener before a route is chosen. Of the experimental channel, since 1.7.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#listenerfilters
 */
export class ListenerFilter {
  /** Lets an authorization server decide whether a request passes. */
  public static externalAuth(auth: ExternalAuth): ListenerFilter {
    return new ListenerFilter(backendRef => ({ type: 'ExternalAuth', externalAuth: auth._toKube(backendRef) }), auth._backend);
  }

  /**
   * A filter of the implementation's own.
   *
   * @param reference the object that says what the filter does
   * @throws when a part breaks Kubernetes' rules
   */
  public static extension(reference: LocalObjectReference): ListenerFilter {
    const { group, kind, name } = checkObjectReference(reference, 'the listener filter\'s extension');
    return new ListenerFilter(() => ({ type: 'ExtensionRef', extensionRef: { group, kind, name } }));
  }

  private constructor(
    /** @internal */
    public readonly _toKube: (backendRef: (backend: IBackend) => BackendConfig) => Spec,
    /** @internal */
    public readonly _backend?: IBackend,
  ) {}
}
