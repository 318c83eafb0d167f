import { parse, stringify } from 'yaml';
import { Case } from './case';
import { Engine } from './engine';
import { buildGo, goBinary, GoProgram, missingGo } from './go';
import { objectsOf } from './objects';
import { Program } from './program';

const PROGRAM: GoProgram = { module: 'prometheus', package: '.', output: 'prometheus' };

/** What Grafana puts in the place of the variables of a dashboard. */
const VARIABLES: { readonly [name: string]: string } = { $__rate_interval: '5m', $namespace: '.*', $workload: '.*' };

/** Series of samples, and what is asked once the rules of the case were evaluated over them. */
interface Evaluation {
  readonly series: string[];
  readonly minutes: number;
  readonly queries: string[];
}

/** What a case says for Prometheus: targets that it discovers, by what they are. */
interface PrometheusOptions {
  readonly targets?: { readonly [about: string]: { readonly [label: string]: string } };
  readonly evaluations?: { readonly [about: string]: Evaluation };
}

interface Answer {
  readonly errors: string[];
  readonly jobs?: string[];
  readonly targets?: ({ readonly [label: string]: string } | null)[];
  readonly values?: object;
  readonly firing?: string[];
}

interface MonitorEndpoint {
  readonly port?: string;
  readonly portNumber?: number;
  readonly targetPort?: number | string;
  readonly relabelings?: object[];
  readonly metricRelabelings?: object[];
}

/** A file of a ConfigMap: a configuration, or a dashboard. */
interface Content {
  readonly scrape_configs?: readonly { readonly job_name: string; readonly relabel_configs?: object[] }[];
  readonly panels?: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: any;
  readonly data?: { readonly [key: string]: string };
}

/** Prometheus' own loaders, parser and engine: on rules, dashboards, scrape configurations and relabelings. */
export class Prometheus implements Engine {
  readonly name = 'prometheus';

  private program?: Program;

  missing(): string[] {
    return missingGo();
  }

  async build(): Promise<void> {
    await buildGo(PROGRAM);
  }

  async judge(c: Case): Promise<unknown> {
    const { targets, evaluations } = (c.spec.prometheus ?? {}) as PrometheusOptions;
    const verdicts: { [object: string]: unknown } = {};
    for (const object of objectsOf(c.manifests) as unknown as Manifest[]) {
      const verdict = await this.verdict(object, targets ?? {}, evaluations ?? {});
      if (verdict !== undefined) {
        verdicts[`${object.kind} ${object.metadata.name}`] = verdict;
      }
    }
    return verdicts;
  }

  async close(): Promise<void> {
    await this.program?.close();
    this.program = undefined;
  }

  private async verdict({ kind, spec, data }: Manifest, targets: object, evaluations: { readonly [about: string]: Evaluation }): Promise<unknown> {
    switch (kind) {
      case 'PrometheusRule':
        return this.rules(stringify(spec), evaluations);
      case 'PodMonitor':
        return this.monitor(spec.podMetricsEndpoints, targets);
      case 'ServiceMonitor':
        return this.monitor(spec.endpoints, targets);
      case 'ConfigMap':
        return this.files(data ?? {}, targets);
      default:
        return undefined;
    }
  }

  private async rules(rules: string, evaluations: { readonly [about: string]: Evaluation }): Promise<unknown> {
    const { errors } = await this.ask({ rules });
    const found: { [about: string]: unknown } = {};
    for (const [about, { series, minutes, queries }] of Object.entries(evaluations)) {
      const { errors: failed, values, firing } = await this.ask({ rules, series, evaluate: minutes, queries });
      found[about] = failed.length > 0 ? { errors: failed } : { values, firing: firing ?? [] };
    }
    return { errors, evaluations: found };
  }

  /** An endpoint with a port has the operator choose among targets; without one it is for its relabelings. */
  private async monitor(endpoints: MonitorEndpoint[], targets: object): Promise<unknown> {
    const verdicts = [];
    for (const { port, portNumber, targetPort, relabelings, metricRelabelings } of endpoints) {
      const chosen = port ?? portNumber ?? targetPort;
      verdicts.push({
        ...chosen !== undefined && { port: chosen },
        ...relabelings && await this.relabelled(relabelings.map(snake), chosen === undefined ? targets : {}),
        ...metricRelabelings && { metricErrors: (await this.ask({ relabelings: stringify(metricRelabelings.map(snake)) })).errors },
      });
    }
    return verdicts;
  }

  /** A ConfigMap may hold a configuration, a dashboard, or what is none of Prometheus' business. */
  private async files(data: { readonly [key: string]: string }, targets: object): Promise<unknown> {
    for (const text of Object.values(data)) {
      const content = parse(text) as Content | null;
      if (content?.scrape_configs) {
        const { errors, jobs } = await this.ask({ config: text });
        const relabelled: { [job: string]: unknown } = {};
        for (const { job_name: job, relabel_configs: configs } of content.scrape_configs) {
          relabelled[job] = configs && (await this.relabelled(configs, targets)).targets;
        }
        return { errors, jobs, targets: relabelled };
      }
      if (content?.panels) {
        const expressions = content.panels.flatMap(panel => panel.targets ?? []).map(({ expr }) => Object.entries(VARIABLES)
          .reduce((filled, [name, value]) => filled.replaceAll(name, value), expr));
        return { expressions: expressions.length, errors: (await this.ask({ expressions })).errors };
      }
    }
    return undefined;
  }

  /** What becomes of each target: the address that is scraped, and the labels of its samples; labels that begin with __ are forgotten. */
  private async relabelled(relabelings: object[], targets: object): Promise<{ errors: string[]; targets: object }> {
    const answer = await this.ask({ relabelings: stringify(relabelings), targets: Object.values(targets) });
    const become = Object.keys(targets).map((about, i) => {
      const labels = answer.targets?.[i];
      return [about, labels ? Object.fromEntries(Object.entries(labels).filter(([name]) => name === '__address__' || !name.startsWith('__'))) : 'dropped'];
    });
    return { errors: answer.errors, targets: Object.fromEntries(become) };
  }

  private ask(question: object): Promise<Answer> {
    this.program ??= new Program(goBinary(PROGRAM));
    return this.program.ask(question) as Promise<Answer>;
  }
}

/** The operator copies relabelings into Prometheus' configuration, in Prometheus' spelling. */
function snake(relabeling: object): object {
  return Object.fromEntries(Object.entries(relabeling).map(([name, value]) => [name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), value]));
}
