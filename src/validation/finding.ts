/** What kind of rule an object breaks. */
export enum FindingRule {
  /** No object: the file cannot be read, or something in it is not one. */
  UNREADABLE = 'unreadable',
  /** A kind, or a version of it, that the installed bundle does not serve. */
  UNKNOWN_KIND = 'unknown-kind',
  /** A field that the API server prunes. */
  UNKNOWN_FIELD = 'unknown-field',
  /** A key that is written twice, so that its first value is lost. */
  DUPLICATE_FIELD = 'duplicate-field',
  /** A kind, version, field or word that the declared release of the Gateway API, or of Istio, lacks, though later ones or the other channel have it. */
  VERSION = 'version',
  /** A type, format, pattern, enum, bound or the like of the schema. */
  SCHEMA = 'schema',
  /** Two items of a list that must be unique. */
  LIST_TYPE = 'list-type',
  /** A rule in CEL. */
  CEL = 'cel',
  /** A name, label or annotation that Kubernetes does not take. */
  METADATA = 'metadata',
}

/** Something that the API server refuses, or drops without a word. */
export interface Finding {
  /**
   * The file that holds the object.
   *
   * @default - none, because the object comes from an app
   */
  readonly file?: string;
  /**
   * The line in the file, from 1.
   *
   * @default - none, because the object comes from an app
   */
  readonly line?: number;
  /**
   * The path of the construct that renders the object.
   *
   * @default - none, because the object comes from a file
   */
  readonly construct?: string;
  /** The API version of the object, as it is written; empty when there is none. */
  readonly apiVersion: string;
  /** The kind of the object; empty when there is none. */
  readonly kind: string;
  /**
   * The namespace of the object.
   *
   * @default - none is written
   */
  readonly namespace?: string;
  /** The name of the object; empty when there is none. */
  readonly name: string;
  /** Where in the object, such as `spec.rules[0].matches[1].path`; empty for the object itself. */
  readonly path: string;
  /** What kind of rule it breaks. */
  readonly rule: FindingRule;
  /** What is wrong, the value received, and what to write instead. */
  readonly message: string;
}
