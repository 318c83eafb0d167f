/** What policies have to know of a ServiceEntry. */
export interface IServiceEntry {
  /** The name of the ServiceEntry. */
  readonly name: string;

  /**
   * The namespace of the ServiceEntry.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;

  /**
   * Its hosts.
   *
   * @default - not known: what refers to them cannot be checked
   */
  readonly hosts?: string[];
}

/** What is known of a ServiceEntry that is in the cluster already. */
export interface FromServiceEntryNameOptions {
  /**
   * The namespace of the ServiceEntry.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;

  /**
   * Its hosts.
   *
   * @default - not known
   */
  readonly hosts?: string[];
}
