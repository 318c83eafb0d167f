import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkPriority } from './count';
import { EnvoyFilterPatch } from './envoy-filter-patch';
import { IstioConstruct } from './istio-construct';
import { PolicyTarget } from './policy-target';
import { WorkloadSelector } from './workload-selector';
import type { EnvoyFilterSpec, EnvoyFilterSpecConfigPatches } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Properties of an EnvoyFilter. */
export interface EnvoyFilterProps extends ResourceProps {
  /**
   * The workloads, in its own namespace; of any namespace, where it is in the root namespace of the mesh. Not with `targets`.
   *
   * @default - every workload of the namespace; of the mesh, in the root namespace
   */
  readonly workloadSelector?: WorkloadSelector;

  /**
   * The gateways, Services or ServiceEntries that it is attached to, 1 to 16; waypoints take no notice of selectors. Not with `workloadSelector`.
   *
   * @default - it is about workloads
   */
  readonly targets?: PolicyTarget[];

  /**
   * The patches, in order: EnvoyPatch makes them.
   *
   * @default - none; `addPatch` must be called before synthesis
   */
  readonly configPatches?: EnvoyFilterPatch[];

  /**
   * The order among EnvoyFilters, a whole number of 32 bits: the lowest goes first; those of the root namespace go before those of others.
   *
   * @default 0; among equals the oldest goes first
   */
  readonly priority?: number;
}


/**
 * Changes to what istiod makes for Envoy. What it depends on is no promised interface: with each release of Istio it is to be tried anew.
 *
 * The kind is of Istio's extended channel: a cluster that takes only what is stable refuses it.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/
 */
export class EnvoyFilter extends IstioConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'envoyfilters';

  private configPatches: readonly Manifest<EnvoyFilterSpecConfigPatches>[] = [];

  /**
   * @throws when selector and targets do not fit, the priority is none, a patch needs one, or the release lacks a field
   */
  constructor(scope: Construct, id: string, private readonly props: EnvoyFilterProps = {}) {
    super(scope, id, 'networking.istio.io', 'EnvoyFilter', props.metadata);
    const { workloadSelector, targets, configPatches, priority } = props;
    PolicyTarget._check('EnvoyFilter', this.namespace, workloadSelector, targets, this._istio.declaration);
    checkPriority(priority, `priority of EnvoyFilter '${this.name}'`);
    this._check('', { targetRefs: targets });
    configPatches?.forEach(patch => this.addPatch(patch));
    this.node.addValidation({
      validate: () => this.configPatches.length > 0 ? [] : [`EnvoyFilter '${this.name}' needs a patch: pass configPatches, or call addPatch`],
    });
  }

  /**
   * Adds a patch, which goes after those before it.
   *
   * @throws when it depends on what other EnvoyFilters leave and there is no priority, or the release lacks a field
   */
  public addPatch(patch: EnvoyFilterPatch): this {
    const written = patch._toKube();
    if (patch._relative && !this.props.priority) {
      throw new Error(`${written.patch!.operation} of ${written.applyTo} depends on the order of EnvoyFilters: ` +
        `pass priority to EnvoyFilter '${this.name}', below 0 to go before those without one, above 0 to go after`);
    }
    this._check(`configPatches[${this.configPatches.length}]`, written);
    this.configPatches = this.configPatches.concat(written);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<EnvoyFilterSpec> {
    const { workloadSelector, targets, priority } = this.props;
    return {
      workloadSelector: workloadSelector && { labels: workloadSelector.matchLabels },
      targetRefs: targets?.map(target => target._toKube()),
      priority,
      configPatches: this.configPatches,
    };
  }
}
