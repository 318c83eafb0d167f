/**
 * A Secret that a mesh needs and this app never writes, because it would lie in Git: an operator, an ExternalSecret or a person provides it.
 *
 * @see https://external-secrets.io/latest/
 */
export interface ProvidedSecret {
  /** Its namespace. */
  readonly namespace: string;

  /** Its name. */
  readonly name: string;

  /** Its type, such as `Opaque`. */
  readonly type: string;

  /** What is in it, by key. */
  readonly keys: { [key: string]: string };
}
