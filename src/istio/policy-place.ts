/** Where a policy stands, as far as names in it depend on it. */
export interface PolicyPlace {
  readonly namespace?: string;
  readonly trustDomain: string;
}
