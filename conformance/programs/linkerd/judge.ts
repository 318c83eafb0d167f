import { Validation } from '../../../src';
import { GatewayApiChannel } from '../../../src/semantics/gateway-api-channel';
import { ApiServerStream, accepted } from '../../apiserver';
import { sayingOf } from '../../verdict';
import { Interpreted, KubeObject } from '../interpret';
import { Judge } from '../judge';

const GROUP = /(^|\.)linkerd\.io\//;

/** The API server, with Linkerd's own definitions, and our validation. Rules that Linkerd's webhook alone knows have a test each. */
export class LinkerdJudge implements Judge {
  static async start(): Promise<LinkerdJudge> {
    return new LinkerdJudge(await ApiServerStream.start(GatewayApiChannel.EXPERIMENTAL));
  }

  readonly atOnce = 1;

  private constructor(private readonly apiServer: ApiServerStream) {}

  complaints(programs: readonly Interpreted[]): Promise<string[][]> {
    return Promise.all(programs.map(program => this.complaintsOf(program)));
  }

  private async complaintsOf({ app, objects }: Interpreted): Promise<string[]> {
    const said = await Promise.all(objects.map(object => this.complaint(object)));
    const found = Validation.check(app, { channel: GatewayApiChannel.EXPERIMENTAL });
    return [...said.flat(), ...found.length > 0 ? [`our validation: ${Validation.format(found)}`] : []];
  }

  private async complaint(object: KubeObject): Promise<string[]> {
    const verdict = await this.apiServer.judge(object);
    const expected = verdict.known || GROUP.test(object.apiVersion);
    return expected && !accepted(verdict) ? [`the API server: ${object.kind} ${object.metadata.name}: ${sayingOf(verdict)}`] : [];
  }

  report(): readonly string[] {
    return [];
  }

  close(): Promise<void> {
    return this.apiServer.close();
  }
}
