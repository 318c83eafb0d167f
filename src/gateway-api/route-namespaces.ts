import { Namespace } from 'cdk8s-plus-28';
import type { GatewaySpecListenersAllowedRoutesNamespaces } from '../imports/gateway.networking.k8s.io';
import { KubernetesLabel } from '../semantics/keys';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel } from '../semantics/names';

/** The namespaces from which a listener admits routes. */
export class RouteNamespaces {
  /** Only the namespace of the Gateway. */
  public static same(): RouteNamespaces {
    return new RouteNamespaces({ from: 'Same' }, (route, gateway) => route === gateway);
  }

  /** Every namespace of the cluster. */
  public static all(): RouteNamespaces {
    return new RouteNamespaces({ from: 'All' }, () => true);
  }

  /**
   * Namespaces by name.
   *
   * @param names at least one
   * @throws when no name is given, or one breaks DNS rules
   */
  public static named(...names: string[]): RouteNamespaces {
    if (names.length === 0) {
      throw new Error('namespaces that a listener admits must have at least one name, got none: pass names, or use RouteNamespaces.same()');
    }
    names.forEach(name => checkDnsLabel(name, 'namespace that a listener admits'));
    const selector = names.length === 1 ? { matchLabels: { [KubernetesLabel.NAMESPACE_NAME]: names[0] } } :
      { matchExpressions: [{ key: KubernetesLabel.NAMESPACE_NAME, operator: 'In', values: names }] };
    return new RouteNamespaces({ from: 'Selector', selector }, route => route !== undefined && names.includes(route));
  }

  /**
   * Namespaces of this app.
   *
   * @param namespaces at least one
   * @throws when none is given
   */
  public static of(...namespaces: Namespace[]): RouteNamespaces {
    return RouteNamespaces.named(...namespaces.map(({ name }) => name));
  }

  /**
   * Namespaces by label. Whether a route's namespace has the labels is known in the cluster only.
   *
   * @param labels all of them must be on the namespace
   */
  public static labelled(labels: { [key: string]: string }): RouteNamespaces {
    return new RouteNamespaces({ from: 'Selector', selector: { matchLabels: labels } }, () => true);
  }

  private constructor(
    private readonly spec: Manifest<GatewaySpecListenersAllowedRoutesNamespaces>,
    private readonly test: (routeNamespace?: string, gatewayNamespace?: string) => boolean,
  ) {}

  /**
   * Whether a route may attach, as far as it can be known here.
   *
   * @internal
   */
  public _admits(routeNamespace: string | undefined, gatewayNamespace: string | undefined): boolean {
    return this.test(routeNamespace, gatewayNamespace);
  }

  /** @internal */
  public _describe(): string {
    return JSON.stringify(this.spec.selector ?? this.spec.from);
  }

  /** @internal */
  public _toKube(): Manifest<GatewaySpecListenersAllowedRoutesNamespaces> {
    return this.spec;
  }
}
