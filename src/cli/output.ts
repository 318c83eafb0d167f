/** Where a command writes to. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/** How a command ends. */
export enum ExitStatus {
  CLEAN = 0,
  FINDINGS = 1,
  /** Wrong usage, or a file that cannot be read. */
  TROUBLE = 2,
}
