import { LabelSelectorOptions, Namespace } from 'cdk8s-plus-28';
import { admits, describe, namedNamespaces, namesOf, NamespaceSelection, selectedNamespaces } from './namespace-selector';
import type { GatewaySpecAllowedListenersNamespaces } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';

/**
 * The namespaces from which a Gateway admits ListenerSets.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#listenernamespaces
 */
export class ListenerNamespaces {
  /** No namespace: the Gateway takes no ListenerSets. */
  public static none(): ListenerNamespaces {
    return new ListenerNamespaces({ from: 'None' });
  }

  /** Only the namespace of the Gateway. */
  public static same(): ListenerNamespaces {
    return new ListenerNamespaces({ from: 'Same' });
  }

  /** Every namespace of the cluster. */
  public static all(): ListenerNamespaces {
    return new ListenerNamespaces({ from: 'All' });
  }

  /**
   * Namespaces by name.
   *
   * @param names at least one
   * @throws when no name is given, or one breaks DNS rules
   */
  public static named(...names: string[]): ListenerNamespaces {
    return new ListenerNamespaces(namedNamespaces(names, 'a Gateway', 'ListenerNamespaces.none()'));
  }

  /**
   * Namespaces of this app.
   *
   * @param namespaces at least one
   * @throws when none is given
   */
  public static of(...namespaces: Namespace[]): ListenerNamespaces {
    return ListenerNamespaces.named(...namesOf(namespaces));
  }

  /**
   * Namespaces by labels and expressions on labels. Whether a ListenerSet's namespace fits is known in the cluster only.
   *
   * @param selector all of it must hold
   * @throws when there is neither a label nor an expression, or one breaks Kubernetes' rules
   */
  public static selected(selector: LabelSelectorOptions): ListenerNamespaces {
    return new ListenerNamespaces(selectedNamespaces(selector, 'a Gateway', 'ListenerNamespaces.all()'));
  }

  private constructor(private readonly selection: NamespaceSelection) {}

  /**
   * Whether a ListenerSet may attach, as far as it can be known here.
   *
   * @internal
   */
  public _admits(setNamespace: string | undefined, gatewayNamespace: string | undefined): boolean {
    return admits(this.selection, setNamespace, gatewayNamespace);
  }

  /** @internal */
  public get _isNone(): boolean {
    return this.selection.from === 'None';
  }

  /** @internal */
  public _describe(): string {
    return describe(this.selection);
  }

  /** @internal */
  public _toKube(): Manifest<GatewaySpecAllowedListenersNamespaces> {
    const { from, selector } = this.selection;
    return { from, selector };
  }
}
