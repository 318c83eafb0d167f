/** Takes the time of stages, and says each as it ends. */
export class Stopwatch {
  /** A line for each stage. */
  public readonly lines: string[] = [];
  private readonly start = performance.now();

  constructor(private readonly say: (line: string) => void) {
  }

  /** Seconds since it was made. */
  public get seconds(): number {
    return Math.round((performance.now() - this.start) / 1000);
  }

  /** Does the work of a stage. */
  public async time<T>(stage: string, work: () => Promise<T> | T): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      const line = `${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s  ${stage}`;
      this.lines.push(line);
      this.say(line);
    }
  }
}
