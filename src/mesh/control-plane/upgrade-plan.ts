/** One step of an upgrade. */
export interface UpgradeStep {
  /** What it is about. */
  readonly title: string;

  /** What changes in the app, in words. */
  readonly changes: string[];

  /** The labels that namespaces get by it, such as `shop: istio.io/rev=1-31`. */
  readonly relabelled: string[];

  /** What has to restart by hand, such as `Deployment shop/web`; a namespace alone stands for all of its pods. */
  readonly restarts: string[];

  /** What restarts by itself, because its pod template changes or a controller sees to it. */
  readonly rolls: string[];

  /** What to run once the manifests of the step are applied. */
  readonly commands: string[];

  /** By what one sees that the step is done. */
  readonly done: string;
}

/**
 * How the control plane of a mesh is upgraded, and what has to restart for it: pods keep the proxy that they started with.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
export class UpgradePlan {
  /** @internal */
  public static _of(title: string, steps: UpgradeStep[]): UpgradePlan {
    return new UpgradePlan(title, steps);
  }

  private constructor(
    /** From what to what. */
    public readonly title: string,
    /** The steps, in their order. */
    public readonly steps: UpgradeStep[],
  ) {}

  /** All that has to restart by hand, in all steps, each once. */
  public get restarts(): string[] {
    return [...new Set(this.steps.flatMap(({ restarts }) => restarts))];
  }

  /** The plan in Markdown. */
  public toText(): string {
    return [`# ${this.title}`, ...this.steps.map((step, i) => stepText(step, i + 1))].join('\n\n') + '\n';
  }
}

function stepText({ title, changes, relabelled, restarts, rolls, commands, done }: UpgradeStep, number: number): string {
  const list = (what: string, items: string[]) => items.length === 0 ? [] : ['', `${what}:`, ...items.map(item => `- ${item}`)];
  return [
    `## ${number}. ${title}`,
    ...list('In the app', changes),
    ...list('Labels of namespaces', relabelled),
    ...list('Restarts by itself', rolls),
    ...list('Has to be restarted', restarts),
    ...commands.length === 0 ? [] : ['', '```sh', ...commands, '```'],
    '',
    `Done when ${done}.`,
  ].join('\n');
}
