/**
 * The unit in which a panel shows numbers; any word of Grafana's will do.
 *
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#unit
 */
export class GrafanaUnit {
  /** A plain number. */
  public static readonly SHORT = GrafanaUnit.of('short');
  /** Requests a second. */
  public static readonly REQUESTS_PER_SECOND = GrafanaUnit.of('reqps');
  /** Messages, or anything, a second. */
  public static readonly OPS_PER_SECOND = GrafanaUnit.of('ops');
  /** A part of one, shown as percent. */
  public static readonly PERCENT_UNIT = GrafanaUnit.of('percentunit');
  /** Milliseconds. */
  public static readonly MILLISECONDS = GrafanaUnit.of('ms');
  /** Bytes, in steps of 1024. */
  public static readonly BYTES = GrafanaUnit.of('bytes');

  /** Another unit, by Grafana's word. */
  public static of(word: string): GrafanaUnit {
    return new GrafanaUnit(word);
  }

  private constructor(
    /** Grafana's word. */
    public readonly word: string,
  ) {}
}

/** How a panel shows its numbers. */
export enum GrafanaPanelType {
  /** Lines over time. */
  TIME_SERIES = 'timeseries',
  /** A large number. */
  STAT = 'stat',
  /** A table of the newest values. */
  TABLE = 'table',
}

/** A query of a panel. */
export interface GrafanaQuery {
  /** The expression in PromQL. It may have variables of the dashboard, such as `$namespace`, and `$__rate_interval`. */
  readonly expr: string;

  /**
   * What a series is called, such as `{{destination_workload}}`.
   *
   * @default - all its labels
   */
  readonly legend?: string;
}

/** A part of a dashboard that shows numbers. */
export interface GrafanaPanel {
  /** What stands above it. */
  readonly title: string;

  /** What it shows; at least one. */
  readonly queries: GrafanaQuery[];

  /**
   * In what form.
   *
   * @default GrafanaPanelType.TIME_SERIES
   */
  readonly type?: GrafanaPanelType;

  /**
   * In what unit.
   *
   * @default GrafanaUnit.SHORT
   */
  readonly unit?: GrafanaUnit;

  /**
   * What is said when one points at it.
   *
   * @default - nothing
   */
  readonly description?: string;
}

/** A variable of a dashboard, whose values a query finds. */
export interface GrafanaVariable {
  /** The name: `$name` in queries. */
  readonly name: string;

  /** What finds the values, such as `label_values(up, namespace)`. */
  readonly query: string;

  /**
   * What is said in front of it.
   *
   * @default - the name
   */
  readonly label?: string;
}

/** Panels under a heading. */
export interface GrafanaRow {
  /** The heading. */
  readonly title: string;

  /** The panels, from left to right, two in a line; at least one. */
  readonly panels: GrafanaPanel[];
}
