/** Which hosts a verb of the edge is about. */
export interface EdgeHosts {
  /**
   * Hosts of the gateway for which it holds, at least one: each as the gateway serves it. A host gets each verb once.
   *
   * @default - every host, also those that are added later
   */
  readonly hosts?: string[];
}

/**
 * What a verb makes objects for: names that no other call of the verb takes.
 *
 * @internal
 */
export interface EdgeScope {
  /** The id of constructs. */
  readonly id: string;
  /** The name of objects, below 64 characters only if the gateway's and the host's are. */
  readonly name: string;
  /** The hosts, each of which the gateway serves with HTTP; `undefined` for all. */
  readonly hosts?: string[];
}
