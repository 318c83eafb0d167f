import { ApiObjectMetadata } from 'cdk8s';
import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Istio } from './istio';
import { IstioConstruct } from './istio-construct';
import { PolicyTarget } from './policy-target';
import { TelemetryAccessLogging } from './telemetry-access-logging';
import { checkNoneIdle } from './telemetry-idle';
import { TelemetryMetrics } from './telemetry-metrics';
import { TelemetryTracing } from './telemetry-tracing';
import { WorkloadSelector } from './workload-selector';
import type { TelemetrySpec, TelemetrySpecAccessLogging, TelemetrySpecMetrics, TelemetrySpecTracing } from '../imports/telemetry.istio.io';
import { Manifest } from '../semantics/manifest';

/** What proxies tell, whichever they are. */
export interface TelemetrySections {
  /**
   * Which requests and connections are logged, and where to.
   *
   * @default - as a wider Telemetry says, or else the mesh
   */
  readonly accessLogging?: TelemetryAccessLogging[];

  /**
   * How requests are traced, and where to. Istio supports one entry, with one provider.
   *
   * @default - as a wider Telemetry says, or else the mesh
   */
  readonly tracing?: TelemetryTracing;

  /**
   * Which metrics are given, and to whom.
   *
   * @default - as a wider Telemetry says, or else the mesh
   */
  readonly metrics?: TelemetryMetrics[];
}

/** Properties of a Telemetry for all that is in the mesh or a namespace. */
export interface TelemetryScopeProps extends ResourceProps, TelemetrySections {}

/** Properties of a Telemetry. */
export interface TelemetryProps extends TelemetryScopeProps {
  /**
   * The workloads, in its own namespace only, even in the root namespace of the mesh. Not with `targets`.
   *
   * @default - every workload of the namespace; of the mesh, in the root namespace
   */
  readonly selector?: WorkloadSelector;

  /**
   * The Gateways, Services or ServiceEntries that it is attached to, 1 to 16. Not with `selector`.
   *
   * @default - it is about workloads
   */
  readonly targets?: PolicyTarget[];
}

/**
 * What proxies tell of the traffic: access logs, traces and metrics. A Telemetry of workloads goes before that of their namespace, and that before that of
 * the mesh; a section says only what it changes, but providers replace those of the wider one. A namespace has at most one Telemetry without selector and
 * targets, and a workload at most one with: of more, istiod takes the oldest.
 *
 * In an ambient mesh it is about waypoints; ztunnel takes no notice of it.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 */
export class Telemetry extends IstioConstruct {
  /**
   * What all proxies of the mesh tell: it is in the root namespace of the declared mesh, or in `istio-system`.
   *
   * @throws when the metadata name another namespace
   */
  public static forMesh(scope: Construct, id: string, props: TelemetryScopeProps = {}): Telemetry {
    return Telemetry.in(scope, id, Istio.of(scope).rootNamespace, props);
  }

  /**
   * What all proxies of a namespace tell.
   *
   * @throws when the metadata name another namespace, or it is the root namespace of the declared mesh: it would hold for the whole mesh
   */
  public static forNamespace(scope: Construct, id: string, namespace: string, props: TelemetryScopeProps = {}): Telemetry {
    if (namespace === Istio.of(scope).declaration?.rootNamespace) {
      throw new Error(`a Telemetry for namespace '${namespace}' would hold for the whole mesh, whose root namespace it is: use Telemetry.forMesh`);
    }
    return Telemetry.in(scope, id, namespace, props);
  }

  private static in(scope: Construct, id: string, namespace: string, props: TelemetryScopeProps): Telemetry {
    const other = props.metadata?.namespace;
    if (other !== undefined && other !== namespace) {
      throw new Error(`a Telemetry for namespace '${namespace}' must be in it, got '${other}': leave the namespace out of the metadata`);
    }
    const metadata: ApiObjectMetadata = { ...props.metadata, namespace };
    const { accessLogging, tracing, metrics } = props;
    return new Telemetry(scope, id, { metadata, accessLogging, tracing, metrics });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'telemetries';

  private readonly tracing?: Manifest<TelemetrySpecTracing>;
  private accessLogging: readonly TelemetryAccessLogging[] = [];
  private accessLogs?: readonly Manifest<TelemetrySpecAccessLogging>[];
  private metrics?: readonly Manifest<TelemetrySpecMetrics>[];

  /**
   * @throws when selector and targets do not fit, the mesh lacks a provider or has it for something else, or an entry of access logging replaces another
   */
  constructor(scope: Construct, id: string, private readonly props: TelemetryProps = {}) {
    super(scope, id, 'telemetry.istio.io', 'Telemetry', props.metadata);
    const { selector, targets, tracing, accessLogging, metrics } = props;
    PolicyTarget._check('Telemetry', this.namespace, selector, targets, this._istio.declaration);
    // istiod looks for what is attached to a waypoint only in the namespace of that waypoint, or of its Service.
    if (targets?.some(target => target._toKube().kind === 'GatewayClass')) {
      throw new Error(`Telemetry '${this.name}' cannot be attached to a GatewayClass, which istiod does not look for: use targets of each namespace, or forMesh`);
    }
    if (tracing) {
      tracing._providers.check(this._istio, 'tracing', `tracing of ${this.title}`);
      this.tracing = tracing._toKube();
    }
    this._check('', { targetRefs: targets, tracing: this.tracing && [this.tracing] });
    accessLogging?.forEach(entry => this.addAccessLogging(entry));
    metrics?.forEach(entry => this.addMetrics(entry));
  }

  /**
   * Adds what is logged, and where to. For the same provider and side a later entry replaces an earlier one.
   *
   * @throws when the mesh lacks a provider or has it for something else, or an earlier entry is left without effect
   */
  public addAccessLogging(entry: TelemetryAccessLogging): this {
    entry._providers.check(this._istio, 'accessLogging', `access logging of ${this.title}`);
    if (entry._disabled && this.accessLogging.length === 0) {
      entry._providers.checkOff(this._istio, `access logging of ${this.title}`);
    }
    const all = this.accessLogging.concat(entry);
    checkNoneIdle(all, this.title);
    const written = entry._toKube();
    this._check(`accessLogging[${this.accessLogging.length}]`, written);
    this.accessLogging = all;
    this.accessLogs = (this.accessLogs ?? []).concat(written);
    return this;
  }

  /**
   * Adds metrics, and to whom they are given.
   *
   * @throws when the mesh lacks a provider or has it for something else
   */
  public addMetrics(entry: TelemetryMetrics): this {
    entry._providers.check(this._istio, 'metrics', `metrics of ${this.title}`);
    const written = entry._toKube();
    this._check(`metrics[${this.metrics?.length ?? 0}]`, written);
    this.metrics = (this.metrics ?? []).concat(written);
    return this;
  }

  private get title(): string {
    return `Telemetry '${this.name}'`;
  }

  /** @internal */
  public _toKube(): Manifest<TelemetrySpec> {
    const { selector, targets } = this.props;
    return {
      selector: selector && { matchLabels: selector.matchLabels },
      targetRefs: targets?.map(target => target._toKube()),
      accessLogging: this.accessLogs,
      tracing: this.tracing && [this.tracing],
      metrics: this.metrics,
    };
  }
}
