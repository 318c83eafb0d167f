/** Something that is open until it is closed once, and those who have to act then. */
export class Closure {
  private closed = false;
  private readonly waiting: (() => void)[] = [];

  public get isClosed(): boolean {
    return this.closed;
  }

  /** @returns whether it was open before */
  public close(): boolean {
    if (this.closed) {
      return false;
    }
    this.closed = true;
    this.waiting.splice(0).forEach(act => act());
    return true;
  }

  /** Acts as soon as it is closed, be it now or later. */
  public when(act: () => void): void {
    if (this.closed) {
      act();
    } else {
      this.waiting.push(act);
    }
  }
}
