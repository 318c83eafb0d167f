import { BackendConfig, IBackend } from './backend';
import { ExternalAuth } from './external-auth';
import type { GatewaySpecListenersFiltersRequests } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkObjectReference } from '../semantics/object-reference';

/** An object in the namespace of the listener that says what an implementation's own filter does. */
export interface ListenerExtension {
  /** The API group of the object; `''` is the core group. */
  readonly group: string;

  /** The kind of the object. */
  readonly kind: string;

  /** The name of the object, in the namespace of the Gateway or ListenerSet. */
  readonly name: string;
}

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
   * @throws when a part breaks Kubernetes' rules
   */
  public static extension(extension: ListenerExtension): ListenerFilter {
    const { group, kind, name } = checkObjectReference(extension, 'the listener filter\'s extension');
    return new ListenerFilter(() => ({ type: 'ExtensionRef', extensionRef: { group, kind, name } }));
  }

  private constructor(
    /** @internal */
    public readonly _toKube: (backendRef: (backend: IBackend) => BackendConfig) => Spec,
    /** @internal */
    public readonly _backend?: IBackend,
  ) {}
}
