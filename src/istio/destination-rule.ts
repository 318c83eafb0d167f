import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkExportTo } from './export-to';
import { IstioHost } from './istio-host';
import { checkLabels } from './label-map';
import { Subset } from './subset';
import { TrafficPolicy } from './traffic-policy';
import { trafficPolicyManifest } from './traffic-policy-manifest';
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
 * A DestinationRule: how clients' proxies treat a host, and the names of parts of it. Write one for a host in a namespace.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class DestinationRule extends Resource {
  /** The host that the rule is about. */
  public readonly host: IstioHost;

  /** The plural name of the kind. */
  public readonly resourceType = 'destinationrules';

  protected readonly apiObject: ApiObject;

  private readonly trafficPolicy?: Manifest<DestinationRuleSpecTrafficPolicy>;
  private readonly _subsets: { readonly subset: Subset; readonly spec: Manifest<DestinationRuleSpecSubsets> }[] = [];

  constructor(scope: Construct, id: string, private readonly props: DestinationRuleProps) {
    super(scope, id);
    this.host = props.host;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    const { namespace } = this.metadata;
    checkExportTo(props.exportTo, { hidden: false, namespace });
    const foreign = props.exportTo?.find(target => target !== '.' && (target === '*' || target !== namespace));
    if (props.workloadSelector && foreign !== undefined) {
      throw new Error(`exportTo of a rule with a workloadSelector can only be its own namespace, got '${foreign}': use '.'`);
    }
    this.trafficPolicy = props.trafficPolicy && trafficPolicyManifest(props.trafficPolicy, { host: this.host, namespace });
    props.subsets?.forEach(subset => this.addSubset(subset));
  }

  /** The subsets so far. */
  public get subsets(): Subset[] {
    return this._subsets.map(({ subset }) => subset);
  }

  /**
   * Names a part of the host's endpoints.
   *
   * @throws when the name is no DNS label or is taken, or a label or the policy is one that Istio refuses
   */
  public addSubset(props: SubsetProps): Subset {
    const subset = Subset.named(this.host, props.name);
    if (this.subsets.some(({ name }) => name === props.name)) {
      throw new Error(`subset '${props.name}' is there already: names are unique in a destination rule`);
    }
    const { namespace } = this.metadata;
    const spec = {
      name: props.name,
      labels: checkLabels(props.labels, `labels of subset '${props.name}'`),
      trafficPolicy: props.trafficPolicy &&
        trafficPolicyManifest(props.trafficPolicy, { host: this.host, namespace, rulePolicy: this.props.trafficPolicy }),
    };
    this._subsets.push({ subset, spec });
    return subset;
  }

  /**
   * A subset by name.
   *
   * @throws when the rule has no such subset so far
   */
  public subset(name: string): Subset {
    const found = this.subsets.find(subset => subset.name === name);
    if (!found) {
      throw new Error(`destination rule '${this.name}' has no subset '${name}': it has ${this.subsets.map(s => s.name).join(', ') || 'none'}`);
    }
    return found;
  }

  /** @internal */
  public _toKube(): Manifest<DestinationRuleSpec> {
    const { exportTo, workloadSelector } = this.props;
    return {
      host: this.host.host,
      trafficPolicy: this.trafficPolicy,
      subsets: this._subsets.length > 0 ? this._subsets.map(({ spec }) => spec) : undefined,
      exportTo,
      workloadSelector: workloadSelector && { matchLabels: workloadSelector.matchLabels },
    };
  }
}
