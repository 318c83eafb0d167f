import { Http2ServerResponse } from 'node:http2';
import type { Request, Response } from './answers';
import { frame } from './grpc';
import { buildGo, GoProgram } from '../go';
import { Program } from '../program';
import { Manifest, ofKind } from '../world/manifest';

const RATE_LIMIT: GoProgram = { module: 'rate-limit', package: '.', output: 'rate-limit' };

/** Of a message of gRPC: whether it is compressed, and its length. */
const PREFIX = 5;

interface Answer {
  readonly response?: string;
  readonly error?: string;
}

/** Counts requests of proxies as Envoy's rate limit service does, by the configuration in the ConfigMaps of a namespace. */
export class RateLimiter {
  static async start(objects: readonly Manifest[], namespace: string): Promise<RateLimiter> {
    const maps = ofKind(objects, '', 'ConfigMap').filter(({ metadata }) => metadata.namespace === namespace);
    const data = maps.map(map => (map as { data?: { [name: string]: string } }).data ?? {});
    const limiter = new RateLimiter(new Program(await buildGo(RATE_LIMIT)));
    try {
      await limiter.ask({ files: Object.assign({}, ...data) as object });
      return limiter;
    } catch (error) {
      await limiter.stop();
      throw error;
    }
  }

  private constructor(private readonly program: Program) {}

  /** Decides on a request that a proxy asks about. */
  public async decide(request: Request, response: Response): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const answer = await this.ask({ request: Buffer.concat(chunks).subarray(PREFIX).toString('base64') });
    response.writeHead(200, { 'content-type': 'application/grpc' });
    (response as Http2ServerResponse).write(frame(Buffer.from(answer.response!, 'base64')));
    response.addTrailers({ 'grpc-status': '0' });
    response.end();
  }

  public stop(): Promise<void> {
    return this.program.close();
  }

  private async ask(question: object): Promise<Answer> {
    const answer = await this.program.ask(question) as Answer;
    if (answer.error !== undefined) {
      throw new Error(`rate limit service: ${answer.error}`);
    }
    return answer;
  }
}
