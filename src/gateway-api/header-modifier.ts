/** What is done to the headers of a message; each name once, without regard to case. */
export interface HeaderModifier {
  /**
   * Headers to put in place of those of the same name, at most 16: values by name.
   *
   * @default - none
   */
  readonly set?: { [name: string]: string };

  /**
   * Headers to add to those of the same name, at most 16: values by name.
   *
   * @default - none
   */
  readonly add?: { [name: string]: string };

  /**
   * Names of headers to remove, at most 16.
   *
   * @default - none
   */
  readonly remove?: string[];
}
