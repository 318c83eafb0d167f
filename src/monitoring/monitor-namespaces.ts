import { checkUnique } from '../semantics/lists';
import { checkDnsLabel } from '../semantics/names';

/**
 * The namespaces in which a monitor looks.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.NamespaceSelector
 */
export class MonitorNamespaces {
  /** All namespaces. */
  public static any(): MonitorNamespaces {
    return new MonitorNamespaces({ any: true });
  }

  /**
   * Some namespaces.
   *
   * @throws when there is none, one is named twice, or a name is none
   */
  public static named(...names: string[]): MonitorNamespaces {
    if (names.length === 0) {
      throw new Error('namespaces of a monitor need at least one name, got none: leave namespaces out to mean its own');
    }
    names.forEach(name => checkDnsLabel(name, 'namespace of a monitor'));
    checkUnique(names, 'namespaces of a monitor');
    return new MonitorNamespaces({ matchNames: names });
  }

  private constructor(private readonly selected: { any?: boolean; matchNames?: string[] }) {}

  /** @internal */
  public _toKube(): { any?: boolean; matchNames?: string[] } {
    return this.selected;
  }

  /**
   * The names; undefined means all.
   *
   * @internal
   */
  public get _names(): string[] | undefined {
    return this.selected.matchNames;
  }
}
