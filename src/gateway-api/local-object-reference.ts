/** A reference to an object in the namespace of the one that refers to it. */
export interface LocalObjectReference {
  /** The API group of the object; `''` is the core group. */
  readonly group: string;

  /** The kind of the object. */
  readonly kind: string;

  /** The name of the object. */
  readonly name: string;
}
