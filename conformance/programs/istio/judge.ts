import { meshConfigOf } from './mesh-config';
import { Findings, WorldCheck } from './world-check';
import { Member, namespaced, worldFor } from './worlds';
import { Validation } from '../../../src';
import { GatewayApiChannel } from '../../../src/semantics/gateway-api-channel';
import { ApiServerStream, accepted } from '../../apiserver';
import { sayingOf } from '../../verdict';
import { Interpreted, KubeObject } from '../interpret';
import { Judge } from '../judge';

const GROUP = /\.(istio\.io|coreos\.com)\//;

/** The API server, istiod's webhook, and istiod, for what programs make of Istio. */
export class IstioJudge implements Judge {
  static async start(): Promise<IstioJudge> {
    return new IstioJudge(await ApiServerStream.start(GatewayApiChannel.EXPERIMENTAL), await WorldCheck.start());
  }

  /** As many as make a world that istiod translates in a second. */
  readonly atOnce = 25;
  private worlds = 0;
  private proxies = 0;
  private readonly warned = new Map<string, number>();

  private constructor(private readonly apiServer: ApiServerStream, private readonly istiod: WorldCheck) {}

  async complaints(programs: readonly Interpreted[]): Promise<string[][]> {
    const said = await Promise.all(programs.map(program => this.beforeIstiod(program)));
    const told = await this.translated(programs);
    return programs.map((_, i) => [...said[i], ...told[i]]);
  }

  private async beforeIstiod({ app, objects }: Interpreted): Promise<string[]> {
    const said = await Promise.all(objects.map(object => this.complaint(object)));
    const found = Validation.check(app, { channel: GatewayApiChannel.EXPERIMENTAL });
    return [...said.flat(), ...found.length > 0 ? [`our validation: ${Validation.format(found)}`] : []];
  }

  private async complaint(object: KubeObject): Promise<string[]> {
    const verdict = await this.apiServer.judge(object);
    const expected = verdict.known || GROUP.test(object.apiVersion);
    return expected && !accepted(verdict) ? [`the API server: ${object.kind} ${object.metadata.name}: ${sayingOf(verdict)}`] : [];
  }

  /** What istiod says of programs, of each what is its fault: those of a world that has errors are looked at half by half. */
  private async translated(programs: readonly Interpreted[]): Promise<string[][]> {
    const groups = new Map<string, number[]>();
    programs.forEach((program, i) => {
      const mesh = JSON.stringify(meshConfigOf(program.app));
      groups.set(mesh, [...groups.get(mesh) ?? [], i]);
    });
    const said: string[][] = programs.map(() => []);
    for (const [mesh, members] of groups) {
      await this.narrow(JSON.parse(mesh) as object, members.map(i => ({ i, objects: namespaced(programs[i].objects, i) })), said);
    }
    return said;
  }

  private async narrow(mesh: object, members: readonly Member[], said: string[][]): Promise<void> {
    const { question, proxies } = worldFor(mesh, members);
    const findings = await this.istiod.ask(question);
    this.worlds++;
    this.proxies += proxies;
    if (members.length === 1) {
      said[members[0].i].push(...sayings(findings));
      findings.warned.forEach(({ kind, says }) => this.warn(`${kind}: ${says}`));
    } else if (sayings(findings).length > 0) {
      const half = Math.ceil(members.length / 2);
      await this.narrow(mesh, members.slice(0, half), said);
      await this.narrow(mesh, members.slice(half), said);
    } else {
      findings.warned.forEach(({ kind, says }) => this.warn(`${kind}: ${says}`));
    }
  }

  private warn(text: string): void {
    const key = text.replace(/"[^"]*"|'[^']*'|#?\d+/g, '…');
    this.warned.set(key, (this.warned.get(key) ?? 0) + 1);
  }

  report(): readonly string[] {
    const warnings = [...this.warned].sort((a, b) => b[1] - a[1]).map(([text, count]) => `${String(count).padStart(6)}  ${text}`);
    return [`istiod translated ${this.worlds} worlds, for ${this.proxies} proxies; its webhook warned:`, ...warnings.length > 0 ? warnings : ['     0']];
  }

  async close(): Promise<void> {
    await Promise.all([this.apiServer.close(), this.istiod.close()]);
  }
}

function sayings({ mesh, refused, errors }: Findings): string[] {
  return [
    ...mesh ? [`istiod, of the mesh configuration: ${mesh}`] : [],
    ...refused.map(({ kind, name, says }) => `istiod's webhook: ${kind} ${name}: ${says}`),
    ...errors.map(text => `istiod: ${text}`),
  ];
}
