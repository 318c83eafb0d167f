import { EnvoyFilterPatch } from './envoy-filter-patch';
import { checkEnvoyValue, EnvoyValue } from './envoy-filter-value';
import type { EnvoyFilterSpecConfigPatches } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

type Patch = Manifest<EnvoyFilterSpecConfigPatches>;
type Operation = NonNullable<NonNullable<Patch['patch']>['operation']>;

/**
 * The objects that are patched, and what of their match has no effect on an added one.
 *
 * @internal
 */
export interface PatchedObjects {
  readonly applyTo: NonNullable<Patch['applyTo']>;
  readonly match: Patch['match'];
  /** What the match names of objects of the kind itself, or inside of it; undefined where it names nothing such. */
  readonly unfit?: string;
  /** What an added object is not matched by. */
  readonly ignoredByAdd?: string;
}

/**
 * What can be done to a route configuration.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch-Operation
 */
export class EnvoyObjectOperations {
  /** @internal */
  public static _of(objects: PatchedObjects): EnvoyObjectOperations {
    return new EnvoyObjectOperations()._on(objects);
  }

  /** @internal */
  protected _objects!: PatchedObjects;

  protected constructor() {}

  /** @internal */
  protected _on(objects: PatchedObjects): this {
    if (objects.unfit !== undefined) {
      throw new Error(`a patch of ${objects.applyTo} is for all of it, got ${objects.unfit} in its match, which has no effect: leave that out`);
    }
    this._objects = objects;
    return this;
  }

  /**
   * Merges a value into what is there: lists get longer.
   *
   * @param value a part of the object, as Envoy's API has it
   * @throws when it is empty, or a typed_config has no type of the v3 API
   */
  public merge(value: { [field: string]: any }): EnvoyFilterPatch {
    return this._patch('MERGE', value);
  }

  /**
   * Merges a value into what is there: its lists replace those that are there, except within typed_config. Istio 1.31 and later.
   *
   * @param value a part of the object, as Envoy's API has it
   * @throws when it is empty, or a typed_config has no type of the v3 API
   */
  public mergeAndReplaceList(value: { [field: string]: any }): EnvoyFilterPatch {
    return this._patch('MERGE_AND_REPLACE_LIST', value);
  }

  /** @internal */
  protected _patch(operation: Operation, value: EnvoyValue | undefined, relative = false): EnvoyFilterPatch {
    const { applyTo, match } = this._objects;
    return EnvoyFilterPatch._of({
      applyTo,
      match,
      patch: { operation, value: value && checkEnvoyValue(value, `${operation} of ${applyTo}`) },
    }, relative);
  }
}

/**
 * What can be done to listeners, filter chains and clusters.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch-Operation
 */
export class EnvoyItemOperations extends EnvoyObjectOperations {
  /** @internal */
  public static _of(objects: PatchedObjects): EnvoyItemOperations {
    return new EnvoyItemOperations()._on(objects);
  }

  /**
   * Adds one.
   *
   * @param value the whole object, as Envoy's API has it
   * @throws when it is empty, a typed_config has no type of the v3 API, or the match names objects beside which it would not be
   */
  public add(value: { [field: string]: any }): EnvoyFilterPatch {
    const { applyTo, ignoredByAdd } = this._objects;
    if (ignoredByAdd !== undefined) {
      throw new Error(`ADD of ${applyTo} does not look at ${ignoredByAdd} of the match: leave that out`);
    }
    return this._patch('ADD', value);
  }

  /** Removes what the match names. */
  public remove(): EnvoyFilterPatch {
    return this._patch('REMOVE', undefined, true);
  }
}

/**
 * What can be done to virtual hosts.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch-Operation
 */
export class EnvoyVirtualHostOperations extends EnvoyItemOperations {
  /** @internal */
  public static _of(objects: PatchedObjects): EnvoyVirtualHostOperations {
    return new EnvoyVirtualHostOperations()._on(objects);
  }

  /**
   * Puts another one in the place of what the match names.
   *
   * @param value the whole virtual host, as Envoy's API has it
   * @throws when it is empty, or a typed_config has no type of the v3 API
   */
  public replace(value: { [field: string]: any }): EnvoyFilterPatch {
    return this._patch('REPLACE', value, true);
  }
}

/**
 * What can be done to the routes of virtual hosts.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch-Operation
 */
export class EnvoyHttpRouteOperations extends EnvoyItemOperations {
  /** @internal */
  public static _of(objects: PatchedObjects): EnvoyHttpRouteOperations {
    return new EnvoyHttpRouteOperations()._on(objects);
  }

  /**
   * Puts a route before all others; where the match names a route, only beside that.
   *
   * @param value the whole route, as Envoy's API has it
   * @throws when it is empty, or a typed_config has no type of the v3 API
   */
  public insertFirst(value: { [field: string]: any }): EnvoyFilterPatch {
    return this._patch('INSERT_FIRST', value);
  }

  /**
   * Puts a route before that which the match names.
   *
   * @param value the whole route, as Envoy's API has it
   * @throws when the match names no route, the value is empty, or a typed_config has no type of the v3 API
   */
  public insertBefore(value: { [field: string]: any }): EnvoyFilterPatch {
    return this.beside('INSERT_BEFORE', value, 'insertFirst');
  }

  /**
   * Puts a route after that which the match names.
   *
   * @param value the whole route, as Envoy's API has it
   * @throws when the match names no route, the value is empty, or a typed_config has no type of the v3 API
   */
  public insertAfter(value: { [field: string]: any }): EnvoyFilterPatch {
    return this.beside('INSERT_AFTER', value, 'add');
  }

  private beside(operation: Operation, value: EnvoyValue, otherwise: string): EnvoyFilterPatch {
    if (this._objects.ignoredByAdd === undefined) {
      throw new Error(`${operation} of HTTP_ROUTE needs a route in the match: pass vhost.route, or use ${otherwise}`);
    }
    return this._patch(operation, value, true);
  }
}
