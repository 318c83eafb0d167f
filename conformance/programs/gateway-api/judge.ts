import { GatewayApi, GatewayApiBundle, GatewayApiChannel, Validation } from '../../../src';
import { ApiServerStream, accepted } from '../../apiserver';
import { sayingOf } from '../../verdict';
import { Interpreted, KubeObject } from '../interpret';
import { Judge } from '../judge';

const GROUP = /^gateway\.networking(\.x-k8s\.io|\.k8s\.io)\//;

/** The API server and our own validation, for what programs make. */
export class GatewayApiJudge implements Judge {
  static async start(): Promise<GatewayApiJudge> {
    const { STANDARD, EXPERIMENTAL } = GatewayApiChannel;
    return new GatewayApiJudge({ [STANDARD]: await ApiServerStream.start(STANDARD), [EXPERIMENTAL]: await ApiServerStream.start(EXPERIMENTAL) });
  }

  readonly atOnce = 1;

  private constructor(private readonly engines: { readonly [channel in GatewayApiChannel]: ApiServerStream }) {}

  complaints(programs: readonly Interpreted[]): Promise<string[][]> {
    return Promise.all(programs.map(program => this.complaintsOf(program)));
  }

  private async complaintsOf({ app, objects }: Interpreted): Promise<string[]> {
    // Only the newest bundle is there to judge; its experimental channel still serves the versions that older ones had.
    const { bundle, channel } = GatewayApi._of(app);
    const used = bundle === GatewayApiBundle.V1_7 ? channel : GatewayApiChannel.EXPERIMENTAL;
    const said = await Promise.all(objects.map(async object => this.complaint(object, used)));
    const found = Validation.check(app, { channel: used });
    return [...said.flat(), ...found.length > 0 ? [`our validation: ${Validation.format(found)}`] : []];
  }

  private async complaint(object: KubeObject, channel: GatewayApiChannel): Promise<string[]> {
    const verdict = await this.engines[channel].judge(object);
    const expected = verdict.known || GROUP.test(object.apiVersion);
    return expected && !accepted(verdict) ? [`the API server: ${object.kind} ${object.metadata.name}: ${sayingOf(verdict)}`] : [];
  }

  report(): readonly string[] {
    return [];
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.engines).map(engine => engine.close()));
  }
}
