import { App, Chart, Testing } from 'cdk8s';

/** What happens to who tries to write the object that breaks a rule of istiod's webhook. */
export interface Row {
  /** Tries to write it; it throws `message`, the whole of it. */
  readonly program?: (chart: Chart) => unknown;
  readonly message?: string;
  /** Why no program can write it. */
  readonly impossible?: string;
  /** The nearest program, which does not type-check. */
  readonly attempt?: string;
  /** The spec that the nearest program writes instead. */
  readonly written?: object;
  /** Why it can be written all the same. */
  readonly allowed?: string;
}

/** Rows by the words of the rule in conformance/webhook/rules.yaml. */
export interface Rows {
  readonly [rule: string]: Row;
}

export function throws(program: (chart: Chart) => unknown, message: string): Row {
  return { program, message };
}

export function impossible(reason: string, attempt: string): Row {
  return { impossible: reason, attempt };
}

/** It cannot be written, because `program` writes something else. */
export function otherwise(reason: string, program: (chart: Chart) => unknown, written: object): Row {
  return { impossible: reason, program, written };
}

export function allowed(reason: string, program: (chart: Chart) => unknown): Row {
  return { allowed: reason, program };
}

/** What a program throws, by itself or at synthesis. */
export function messageOf(program: (chart: Chart) => unknown): string | undefined {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  try {
    program(chart);
    const never = chart.node.findAll().flatMap(({ node }) => node.validate());
    if (never.length > 0) {
      return never.join('; ');
    }
    Testing.synth(chart);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
