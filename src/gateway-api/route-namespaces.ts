import { LabelSelectorOptions, Namespace } from 'cdk8s-plus-28';
import { admits, describe, namedNamespaces, namesOf, NamespaceSelection, selectedNamespaces } from './namespace-selector';
import type { GatewaySpecListenersAllowedRoutesNamespaces } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';

/**
 * The namespaces from which a listener admits routes.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#routenamespaces
 */
export class RouteNamespaces {
  /** Only the namespace of the Gateway or ListenerSet. */
  public static same(): RouteNamespaces {
    return new RouteNamespaces({ from: 'Same' });
  }

  /** Every namespace of the cluster. */
  public static all(): RouteNamespaces {
    return new RouteNamespaces({ from: 'All' });
  }

  /**
   * Namespaces by name.
   *
   * @param names at least one
   * @throws when no name is given, or one breaks DNS rules
   */
  public static named(...names: string[]): RouteNamespaces {
    return new RouteNamespaces(namedNamespaces(names, 'a listener', 'RouteNamespaces.same()'));
  }

  /**
   * Namespaces of this app.
   *
   * @param namespaces at least one
   * @throws when none is given
   */
  public static of(...namespaces: Namespace[]): RouteNamespaces {
    return RouteNamespaces.named(...namesOf(namespaces));
  }

  /**
   * Namespaces by label. Whether a route's namespace has the labels is known in the cluster only.
   *
   * @param labels at least one; all of them must be on the namespace
   * @throws when there is no label, or one breaks Kubernetes' rules
   */
  public static labelled(labels: { [key: string]: string }): RouteNamespaces {
    return RouteNamespaces.selected({ labels });
  }

  /**
   * Namespaces by labels and expressions on labels. Whether a route's namespace fits is known in the cluster only.
   *
   * @param selector all of it must hold
   * @throws when there is neither a label nor an expression, or one breaks Kubernetes' rules
   */
  public static selected(selector: LabelSelectorOptions): RouteNamespaces {
    return new RouteNamespaces(selectedNamespaces(selector, 'a listener', 'RouteNamespaces.all()'));
  }

  /**
   * Only the namespace of the Gateway, and from the first name on also namespaces by name, that may become more until synthesis.
   *
   * @param own the namespace of the Gateway
   * @param others the names, which the owner of the list adds to
   * @internal
   */
  public static _growing(own: string, others: readonly string[]): RouteNamespaces {
    const now = () => others.length === 0 ? { from: 'Same' as const } : namedNamespaces([own, ...others], 'a listener', 'RouteNamespaces.same()');
    return new RouteNamespaces({
      get from() { return now().from; },
      get selector() { return (now() as NamespaceSelection).selector; },
      get names() { return (now() as NamespaceSelection).names; },
    });
  }

  private constructor(private readonly selection: NamespaceSelection<'All' | 'Same' | 'Selector'>) {}

  /**
   * Whether a route may attach, as far as it can be known here.
   *
   * @internal
   */
  public _admits(routeNamespace: string | undefined, gatewayNamespace: string | undefined): boolean {
    return admits(this.selection, routeNamespace, gatewayNamespace);
  }

  /** @internal */
  public _describe(): string {
    return describe(this.selection);
  }

  /** @internal */
  public _toKube(): Manifest<GatewaySpecListenersAllowedRoutesNamespaces> {
    const { selection } = this;
    // Read when it is written down: a list may grow until then.
    return { get from() { return selection.from; }, get selector() { return selection.selector; } };
  }
}
