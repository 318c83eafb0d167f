import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkExportTo } from './export-to';
import { IstioConstruct } from './istio-construct';
import { IstioHost } from './istio-host';
import { checkLabels } from './label-map';
import { Subset } from './subset';
import { PortTrafficPolicy, TrafficPolicy } from './traffic-policy';
import { checkWarmupOf, trafficPolicyManifest } from './traffic-policy-manifest';
import { WorkloadSelector } from './workload-selector';
import type { DestinationRuleSpec, DestinationRuleSpecSubsets, DestinationRuleSpecTrafficPolicy } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Properties of a DestinationRule. */
export interface DestinationRuleProps extends ResourceProps {
  /** The host that the rule is about; it may be a wildcard. */
  readonly host: IstioHost;

  /**
   * What clients' proxies do with traffic to the host.
   *
   * @default - what Istio does by itself
   */
  readonly trafficPolicy?: TrafficPolicy;

  /**
   * Named parts of the host's endpoints.
   *
   * @default - none
   */
  readonly subsets?: SubsetProps[];

  /**
   * The namespaces whose clients see it: `.` is its own, `*` is every one. With a workloadSelector only its own.
   *
   * @default - every namespace, unless the mesh says otherwise
   */
  readonly exportTo?: string[];

  /**
   * The clients, in the namespace of the rule.
   *
   * @default - every client
   */
  readonly workloadSelector?: WorkloadSelector;
}

/** Properties of a subset. */
export interface SubsetProps {
  /** The name, a DNS label that no other subset of the rule has. */
  readonly name: string;

  /**
   * Labels that its endpoints have.
   *
   * @default - all endpoints of the host
   */
  readonly labels?: { [key: string]: string };

  /**
   * What clients' proxies do with its traffic; what is left out is as in the policy of the rule.
   *
   * @default - the policy of the rule
   */
  readonly trafficPolicy?: TrafficPolicy;
}

/**
 * A DestinationRule: how clients' proxies treat a host, and the names of parts of it.
 *
 * Write one for a host in a namespace: of several, Istio joins the subsets, but takes the trafficPolicy of the oldest only. A client heeds the rules of its
 * own namespace, else those of the host's, else those of the root namespace; nothing is inherited from one to the next.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class DestinationRule extends IstioConstruct {
  /** The host that the rule is about. */
  public readonly host: IstioHost;

  /** The plural name of the kind. */
  public readonly resourceType = 'destinationrules';

  private trafficPolicy?: Manifest<DestinationRuleSpecTrafficPolicy>;
  private readonly exportTo?: string[];
  private readonly workloadSelector?: WorkloadSelector;
  private rulePolicy?: TrafficPolicy;
  private _subsets: readonly Subset[] = [];
  private specs: readonly Manifest<DestinationRuleSpecSubsets>[] = [];

  /**
   * @throws when exportTo is not for a rule with a workloadSelector, or a subset, label or policy is one that Istio refuses or the declared release lacks
   */
  constructor(scope: Construct, id: string, props: DestinationRuleProps) {
    super(scope, id, 'networking.istio.io', 'DestinationRule', props.metadata);
    this.host = props.host;
    this.exportTo = props.exportTo;
    this.workloadSelector = props.workloadSelector;
    const { namespace } = this;
    checkExportTo(props.exportTo, { hidden: false, namespace });
    const foreign = props.exportTo?.find(target => target !== '.' && (target === '*' || target !== namespace));
    if (props.workloadSelector && foreign !== undefined) {
      throw new Error(`exportTo of a rule with a workloadSelector can only be its own namespace, got '${foreign}': use '.'`);
    }
    if (props.trafficPolicy) {
      this.writePolicy(props.trafficPolicy);
    }
    props.subsets?.forEach(subset => this.addSubset(subset));
  }

  /** The subsets so far. */
  public get subsets(): Subset[] {
    return [...this._subsets];
  }

  /**
   * Names a part of the host's endpoints.
   *
   * @throws when the name is no DNS label or is taken, or a label or the policy is one that Istio refuses or the declared release lacks
   */
  public addSubset(props: SubsetProps): Subset {
    const subset = Subset.named(this.host, props.name);
    if (this._subsets.some(({ name }) => name === props.name)) {
      throw new Error(`subset '${props.name}' is there already: names are unique in a destination rule`);
    }
    const scope = { host: this.host, namespace: this.namespace, rulePolicy: this.rulePolicy };
    const spec = {
      name: props.name,
      labels: checkLabels(props.labels, `labels of subset '${props.name}'`),
      trafficPolicy: props.trafficPolicy && trafficPolicyManifest(props.trafficPolicy, scope),
    };
    const at = `subsets[${this.specs.length}]`;
    if (spec.trafficPolicy) {
      this.checkPolicy(`${at}.trafficPolicy`, spec.trafficPolicy);
    }
    this._subsets = this._subsets.concat(subset);
    this.specs = this.specs.concat(spec);
    return subset;
  }

  /**
   * Adds what clients' proxies do with one port; the rest is as for all ports.
   *
   * @throws when the port has settings already, there are subsets, which would not have them, or the settings are such as Istio refuses
   */
  public addPortLevelSettings(settings: PortTrafficPolicy): this {
    if (this._subsets.length > 0) {
      throw new Error(`destination rule '${this.name}' has subsets, which would not have settings of port ${settings.port} that are added now: add them before`);
    }
    const portLevelSettings = [...this.rulePolicy?.portLevelSettings ?? [], settings];
    this.writePolicy({ ...this.rulePolicy, portLevelSettings });
    return this;
  }

  /**
   * A subset by name.
   *
   * @throws when the rule has no such subset so far
   */
  public subset(name: string): Subset {
    const found = this._subsets.find(subset => subset.name === name);
    if (!found) {
      throw new Error(`destination rule '${this.name}' has no subset '${name}': it has ${this._subsets.map(s => s.name).join(', ') || 'none'}`);
    }
    return found;
  }

  /** @internal */
  public _toKube(): Manifest<DestinationRuleSpec> {
    return {
      host: this.host.host,
      trafficPolicy: this.trafficPolicy,
      subsets: this.specs.length > 0 ? this.specs : undefined,
      exportTo: this.exportTo,
      workloadSelector: this.workloadSelector && { matchLabels: this.workloadSelector.matchLabels },
    };
  }

  private writePolicy(policy: TrafficPolicy): void {
    const written = trafficPolicyManifest(policy, { host: this.host, namespace: this.namespace });
    this.checkPolicy('trafficPolicy', written);
    this.rulePolicy = policy;
    this.trafficPolicy = written;
  }

  private checkPolicy(at: string, policy: Manifest<DestinationRuleSpecTrafficPolicy>): void {
    this._check(at, policy);
    checkWarmupOf(policy, this._istio.version);
  }
}
