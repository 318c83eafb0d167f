import { EnvoyFilterPatch } from './envoy-filter-patch';
import { checkEnvoyFilterValue, checkEnvoyValue, checkFilterName, EnvoyValue } from './envoy-filter-value';
import type { EnvoyFilterSpecConfigPatches } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

type Patch = Manifest<EnvoyFilterSpecConfigPatches>;
type Operation = NonNullable<NonNullable<Patch['patch']>['operation']>;

/** Filters with which a chain ends, and has to. */
const LAST = ['envoy.filters.http.router', 'envoy.filters.network.http_connection_manager', 'envoy.filters.network.tcp_proxy'];

/**
 * The filters that are patched.
 *
 * @internal
 */
export interface PatchedFilters {
  readonly applyTo: NonNullable<Patch['applyTo']>;
  /** The match, with a filter by its name, or for all filters. */
  match(filter?: string): Patch['match'];
}

/**
 * What can be done to the filters of a chain. Those that istiod makes are named as Envoy names them, such as `envoy.filters.http.router`.
 *
 * There is no ADD, and with it no filter class: istiod puts such filters after the one with which the chain must end, and Envoy then takes no listener.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch-Operation
 */
export abstract class EnvoyFilterOperations {
  private filters!: PatchedFilters;

  protected constructor() {}

  /** @internal */
  protected _on(filters: PatchedFilters): this {
    this.filters = filters;
    return this;
  }

  /**
   * Puts a filter before all others.
   *
   * @param value the whole filter, as Envoy's API has it
   * @throws when it has no name, or no typed_config or config_discovery, or a typed_config has no type of the v3 API
   */
  public insertFirst(value: { [field: string]: any }): EnvoyFilterPatch {
    return this.patch('INSERT_FIRST', undefined, this.whole('INSERT_FIRST', value), false);
  }

  /**
   * Puts a filter before another.
   *
   * @param filter the name of the other
   * @param value the whole filter, as Envoy's API has it
   * @throws when a name is missing or an old one, there is no typed_config or config_discovery, or a typed_config has no type of the v3 API
   */
  public insertBefore(filter: string, value: { [field: string]: any }): EnvoyFilterPatch {
    return this.patch('INSERT_BEFORE', filter, this.whole('INSERT_BEFORE', value), true);
  }

  /**
   * Puts a filter after another.
   *
   * @param filter the name of the other
   * @param value the whole filter, as Envoy's API has it
   * @throws when the other must be the last, a name is missing or an old one, there is no typed_config or config_discovery, or it has no type of the v3 API
   */
  public insertAfter(filter: string, value: { [field: string]: any }): EnvoyFilterPatch {
    if (LAST.includes(filter)) {
      throw new Error(`INSERT_AFTER of ${this.filters.applyTo} cannot put a filter after '${filter}', which Envoy takes only as the last: use insertBefore`);
    }
    return this.patch('INSERT_AFTER', filter, this.whole('INSERT_AFTER', value), true);
  }

  /**
   * Puts a filter in the place of another.
   *
   * @param filter the name of the other
   * @param value the whole filter, as Envoy's API has it
   * @throws when a name is missing or an old one, there is no typed_config or config_discovery, or a typed_config has no type of the v3 API
   */
  public replace(filter: string, value: { [field: string]: any }): EnvoyFilterPatch {
    return this.patch('REPLACE', filter, this.whole('REPLACE', value), true);
  }

  /**
   * Removes a filter.
   *
   * @param filter the name of the filter
   * @throws when the name is missing or an old one
   */
  public remove(filter: string): EnvoyFilterPatch {
    return this.patch('REMOVE', filter, undefined, true);
  }

  /** @internal */
  protected _add(value: EnvoyValue): EnvoyFilterPatch {
    return this.patch('ADD', undefined, this.whole('ADD', value), false);
  }

  /** @internal */
  protected _merge(filter: string, value: EnvoyValue): EnvoyFilterPatch {
    return this.patch('MERGE', filter, checkEnvoyValue(value, `MERGE of ${this.filters.applyTo}`), false);
  }

  private whole(operation: Operation, value: EnvoyValue): EnvoyValue {
    return checkEnvoyFilterValue(value, `${operation} of ${this.filters.applyTo}`);
  }

  private patch(operation: Operation, filter: string | undefined, value: EnvoyValue | undefined, relative: boolean): EnvoyFilterPatch {
    const { applyTo } = this.filters;
    const named = filter === undefined ? undefined : checkFilterName(filter, `${operation} of ${applyTo}`);
    return EnvoyFilterPatch._of({ applyTo, match: this.filters.match(named), patch: { operation, value } }, relative);
  }
}

/**
 * What can be done to the network filters and the HTTP filters of filter chains.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch-Operation
 */
export class EnvoyChainFilterOperations extends EnvoyFilterOperations {
  /** @internal */
  public static _of(filters: PatchedFilters): EnvoyChainFilterOperations {
    return new EnvoyChainFilterOperations()._on(filters);
  }

  /**
   * Merges a value into a filter: lists get longer.
   *
   * @param filter the name of the filter
   * @param value a part of the filter, as Envoy's API has it
   * @throws when the name is missing or an old one, the value is empty, or a typed_config has no type of the v3 API
   */
  public merge(filter: string, value: { [field: string]: any }): EnvoyFilterPatch {
    return this._merge(filter, value);
  }
}

/**
 * What can be done to the filters of listeners. There is no MERGE: istiod merges into every filter of the listener, whatever its name.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch-Operation
 */
export class EnvoyListenerFilterOperations extends EnvoyFilterOperations {
  /** @internal */
  public static _of(filters: PatchedFilters): EnvoyListenerFilterOperations {
    return new EnvoyListenerFilterOperations()._on(filters);
  }

  /**
   * Puts a filter after all others.
   *
   * @param value the whole filter, as Envoy's API has it
   * @throws when it has no name, or no typed_config or config_discovery, or a typed_config has no type of the v3 API
   */
  public add(value: { [field: string]: any }): EnvoyFilterPatch {
    return this._add(value);
  }
}
