import { RE2JS } from 're2js';
import { LABEL } from './label-names';

/** What Prometheus does with a target or a sample that a rule is about. */
enum Action {
  REPLACE = 'replace',
  KEEP = 'keep',
  DROP = 'drop',
  HASH_MOD = 'hashmod',
  LABEL_MAP = 'labelmap',
  LABEL_DROP = 'labeldrop',
  LABEL_KEEP = 'labelkeep',
  LOWERCASE = 'lowercase',
  UPPERCASE = 'uppercase',
  KEEP_EQUAL = 'keepequal',
  DROP_EQUAL = 'dropequal',
}

/** A rule as the Prometheus Operator writes it. */
interface RelabelingSpec {
  readonly action: `${Action}`;
  readonly sourceLabels?: string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly modulus?: number;
  readonly targetLabel?: string;
  readonly replacement?: string;
}

/** The values that a rule looks at. */
export interface RelabelingSource {
  /** The labels whose values are joined, such as `__meta_kubernetes_namespace`; at least one. */
  readonly sourceLabels: string[];

  /**
   * What stands between the values.
   *
   * @default ';'
   */
  readonly separator?: string;
}

/** When a rule keeps or drops. */
export interface RelabelingMatch extends RelabelingSource {
  /** The RE2 pattern that the joined values must match as a whole. Prometheus would take none for any value, and keep or drop all. */
  readonly regex: string;
}

/** How a label is written. */
export interface RelabelingReplace {
  /** The label that is written. It may have `$1` in it, for what the first group of the pattern matched. */
  readonly targetLabel: string;

  /**
   * The labels whose values are joined.
   *
   * @default - none: the replacement is written as it is
   */
  readonly sourceLabels?: string[];

  /**
   * What stands between the values.
   *
   * @default ';'
   */
  readonly separator?: string;

  /**
   * The RE2 pattern that the joined values must match as a whole; if they do not, nothing is written.
   *
   * @default '(.*)'
   */
  readonly regex?: string;

  /**
   * The new value, with `$1` for what the first group of the pattern matched. An empty one removes the label.
   *
   * @default '$1'
   */
  readonly replacement?: string;
}

/** How a label is written with the hash of others. */
export interface RelabelingHashMod extends RelabelingSource {
  /** The label that is written. */
  readonly targetLabel: string;

  /** Into how many parts the targets are divided, at least 1. */
  readonly modulus: number;
}

/** How a label is written in other letters. */
export interface RelabelingCase extends RelabelingSource {
  /** The label that is written. */
  readonly targetLabel: string;
}

const TEMPLATE = /^([a-zA-Z_]|\$(\{\w+\}|\w+))+\w*$/;

/**
 * A rule by which Prometheus changes the labels of a target before it scrapes it, or of a sample before it stores it.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
export class Relabeling {
  /**
   * Writes a label.
   *
   * @throws when the label is none, the pattern is no RE2, or there are no source labels and a pattern that needs some
   */
  public static replace(options: RelabelingReplace): Relabeling {
    const { targetLabel, sourceLabels, separator, regex, replacement } = options;
    if (!LABEL.test(targetLabel) && !TEMPLATE.test(targetLabel)) {
      throw new Error(`targetLabel of a relabeling must be the name of a label (letters, digits and _), got '${targetLabel}'`);
    }
    if (sourceLabels === undefined && replacement === undefined) {
      throw new Error(`a relabeling that replaces '${targetLabel}' needs a value, got neither sourceLabels nor replacement: pass one`);
    }
    return new Relabeling({
      action: Action.REPLACE,
      sourceLabels: sourceLabels && checkSource(sourceLabels),
      separator,
      regex: checkRegex(regex),
      targetLabel,
      replacement,
    });
  }

  /**
   * Keeps what matches, and drops the rest.
   *
   * @throws when there are no source labels, one is none, or the pattern is no RE2
   */
  public static keep(options: RelabelingMatch): Relabeling {
    return new Relabeling(match(Action.KEEP, options));
  }

  /**
   * Drops what matches.
   *
   * @throws when there are no source labels, one is none, or the pattern is no RE2
   */
  public static drop(options: RelabelingMatch): Relabeling {
    return new Relabeling(match(Action.DROP, options));
  }

  /**
   * Writes the hash of values, modulo a number, so that several Prometheus share the targets.
   *
   * @throws when a label is none, or the modulus is no whole number of at least 1
   */
  public static hashMod(options: RelabelingHashMod): Relabeling {
    const { sourceLabels, separator, targetLabel, modulus } = options;
    if (!Number.isSafeInteger(modulus) || modulus < 1) {
      throw new Error(`modulus of a relabeling must be a whole number of at least 1, got ${modulus}`);
    }
    return new Relabeling({ ...written(Action.HASH_MOD, { sourceLabels, separator, targetLabel }), modulus });
  }

  /**
   * Copies labels whose names match to other names.
   *
   * @param regex the RE2 pattern of names
   * @param replacement the new name, `$1` by default: what the first group of the pattern matched
   * @throws when the pattern is no RE2, or the new name is none
   */
  public static labelMap(regex: string, replacement?: string): Relabeling {
    if (replacement !== undefined && !TEMPLATE.test(replacement)) {
      throw new Error(`replacement of a relabeling that maps labels must be the name of a label, perhaps with $1, got '${replacement}'`);
    }
    return new Relabeling({ action: Action.LABEL_MAP, regex: checkRegex(regex), replacement });
  }

  /**
   * Removes the labels whose names match.
   *
   * @throws when the pattern is no RE2
   */
  public static labelDrop(regex: string): Relabeling {
    return new Relabeling({ action: Action.LABEL_DROP, regex: checkRegex(regex) });
  }

  /**
   * Removes the labels whose names do not match.
   *
   * @throws when the pattern is no RE2
   */
  public static labelKeep(regex: string): Relabeling {
    return new Relabeling({ action: Action.LABEL_KEEP, regex: checkRegex(regex) });
  }

  /**
   * Writes values in small letters; since Prometheus 2.36.
   *
   * @throws when a label is none
   */
  public static lowercase(options: RelabelingCase): Relabeling {
    return new Relabeling(written(Action.LOWERCASE, options));
  }

  /**
   * Writes values in capital letters; since Prometheus 2.36.
   *
   * @throws when a label is none
   */
  public static uppercase(options: RelabelingCase): Relabeling {
    return new Relabeling(written(Action.UPPERCASE, options));
  }

  /**
   * Keeps what has the same value in the labels, joined by `;`, as in the target label; since Prometheus 2.41.
   *
   * @throws when a label is none
   */
  public static keepEqual(sourceLabels: string[], targetLabel: string): Relabeling {
    return new Relabeling(written(Action.KEEP_EQUAL, { sourceLabels, targetLabel }));
  }

  /**
   * Drops what has the same value in the labels, joined by `;`, as in the target label; since Prometheus 2.41.
   *
   * @throws when a label is none
   */
  public static dropEqual(sourceLabels: string[], targetLabel: string): Relabeling {
    return new Relabeling(written(Action.DROP_EQUAL, { sourceLabels, targetLabel }));
  }

  private constructor(private readonly spec: RelabelingSpec) {}

  /**
   * As the Prometheus Operator reads it.
   *
   * @internal
   */
  public _toKube(): RelabelingSpec {
    return this.spec;
  }

  /**
   * As Prometheus reads it in its own configuration.
   *
   * @internal
   */
  public _toPrometheus(): object {
    const { action, sourceLabels, separator, regex, modulus, targetLabel, replacement } = this.spec;
    return { action, source_labels: sourceLabels, separator, regex, modulus, target_label: targetLabel, replacement };
  }
}

function match(action: Action, { sourceLabels, separator, regex }: RelabelingMatch): RelabelingSpec {
  return { action, sourceLabels: checkSource(sourceLabels), separator, regex: checkRegex(regex) };
}

function written(action: Action, { sourceLabels, separator, targetLabel }: RelabelingCase): RelabelingSpec {
  return { action, sourceLabels: checkSource(sourceLabels), separator, targetLabel: checkTarget(targetLabel) };
}

function checkSource(labels: string[]): string[] {
  if (labels.length === 0) {
    throw new Error('sourceLabels of a relabeling must have at least one label, got none');
  }
  const bad = labels.find(label => !LABEL.test(label));
  if (bad !== undefined) {
    throw new Error(`sourceLabels of a relabeling must be names of labels (letters, digits and _), got '${bad}'`);
  }
  return [...labels];
}

function checkTarget(label: string): string {
  if (!LABEL.test(label)) {
    throw new Error(`targetLabel of a relabeling must be the name of a label (letters, digits and _), got '${label}'`);
  }
  return label;
}

function checkRegex(regex: string | undefined): string | undefined {
  if (regex === '') {
    throw new Error('regex of a relabeling must not be empty: the operator takes an empty one for none');
  }
  if (regex !== undefined) {
    try {
      RE2JS.compile(regex);
    } catch (error) {
      throw new Error(`regex of a relabeling must be an RE2 pattern, got '${regex}': ${(error as Error).message}`);
    }
  }
  return regex;
}
