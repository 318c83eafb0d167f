import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface, Interface } from 'node:readline';

/** A program that answers each line of JSON with a line of JSON, as long as it is asked. */
export class Program {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: Interface;
  private readonly waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  private readonly ended: Promise<void>;
  private complaints = '';
  /** How it ended, once it has. */
  private end?: Error;

  constructor(path: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env) {
    this.child = spawn(path, args, { env });
    this.child.stderr.setEncoding('utf8').on('data', text => this.complaints = (this.complaints + text).slice(-4000));
    this.child.stdin.on('error', () => undefined);
    this.lines = createInterface({ input: this.child.stdout }).on('line', line => this.waiting.shift()?.resolve(line));
    this.ended = new Promise(resolve => {
      const end = (how: string) => {
        const error = this.end ??= new Error(`${path} ${how}: ${this.complaints || 'it said nothing'}`);
        this.waiting.splice(0).forEach(({ reject }) => reject(error));
        resolve();
      };
      this.child.on('error', error => end(`cannot run: ${error.message}`)).on('close', (code, signal) => end(`ended with ${signal ?? `status ${code}`}`));
    });
  }

  /** The answer to a question. */
  public async ask(question: unknown): Promise<unknown> {
    if (this.end) {
      throw this.end;
    }
    const answer = new Promise<string>((resolve, reject) => this.waiting.push({ resolve, reject }));
    this.child.stdin.write(`${JSON.stringify(question)}\n`);
    return JSON.parse(await answer);
  }

  /** Tells it that there are no more questions, and waits until it has ended. */
  public async close(): Promise<void> {
    this.child.stdin.end();
    await this.ended;
    this.lines.close();
  }
}
