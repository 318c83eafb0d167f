import { RequestPrincipal, SourceNamespace, SourceServiceAccount } from './authorization-source';
import { IstioIdentity } from './istio-identity';

/** Texts that an attribute may have, or not. */
export interface ConditionValues {
  /**
   * Of these it must have one.
   *
   * @default - any but those of `notValues`
   */
  readonly values?: string[];

  /**
   * Of these it must have none.
   *
   * @default - none
   */
  readonly notValues?: string[];
}

/** Ports that are called, or not. */
export interface ConditionPorts {
  /**
   * Of these it must have one.
   *
   * @default - any but those of `notValues`
   */
  readonly values?: number[];

  /**
   * Of these it must have none.
   *
   * @default - none
   */
  readonly notValues?: number[];
}

/** Namespaces of clients, or of which they must not be. */
export interface ConditionNamespaces {
  /**
   * Of these it must have one.
   *
   * @default - any but those of `notValues`
   */
  readonly values?: SourceNamespace[];

  /**
   * Of these it must have none.
   *
   * @default - none
   */
  readonly notValues?: SourceNamespace[];
}

/** Service accounts of clients, or which they must not have. */
export interface ConditionServiceAccounts {
  /**
   * Of these it must have one.
   *
   * @default - any but those of `notValues`
   */
  readonly values?: SourceServiceAccount[];

  /**
   * Of these it must have none.
   *
   * @default - none
   */
  readonly notValues?: SourceServiceAccount[];
}

/** Identities of clients, or which they must not have. */
export interface ConditionIdentities {
  /**
   * Of these it must have one.
   *
   * @default - any but those of `notValues`
   */
  readonly values?: IstioIdentity[];

  /**
   * Of these it must have none.
   *
   * @default - none
   */
  readonly notValues?: IstioIdentity[];
}

/** Who tokens say that requests are from, or must not say. */
export interface ConditionRequestPrincipals {
  /**
   * Of these it must have one.
   *
   * @default - any but those of `notValues`
   */
  readonly values?: RequestPrincipal[];

  /**
   * Of these it must have none.
   *
   * @default - none
   */
  readonly notValues?: RequestPrincipal[];
}
