import { Chart } from 'cdk8s';
import { ResourceProps } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { GatewayApi } from './gateway-api';
import { NamespacedConstruct } from './gateway-api-construct';
import type { ReferenceGrantSpec } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel, checkDnsSubdomain, checkNamed } from '../semantics/names';
import { checkGroupKind } from '../semantics/object-reference';

/** Who may refer to objects of the grant's namespace. */
export interface ReferenceGrantFrom {
  /** The API group of the referring kind. */
  readonly group: string;

  /** The referring kind. */
  readonly kind: string;

  /** The namespace of the referring objects. */
  readonly namespace: string;
}

/** What may be referred to in the grant's namespace. */
export interface ReferenceGrantTo {
  /** The API group of the kind; `''` is the core group. */
  readonly group: string;

  /** The kind that may be referred to. */
  readonly kind: string;

  /**
   * The one object that may be referred to.
   *
   * @default - every object of the kind in the grant's namespace
   */
  readonly name?: string;
}

/** Properties of a ReferenceGrant. */
export interface ReferenceGrantProps extends ResourceProps {
  /** Who may refer, 1 to 16 entries; each may refer to all of `targets`. */
  readonly sources: ReferenceGrantFrom[];

  /** What may be referred to, 1 to 16 entries. */
  readonly targets: ReferenceGrantTo[];
}

/** A ReferenceGrant: one of this app, or one that is in the cluster already. */
export interface IReferenceGrant {
  /** The name of the ReferenceGrant. */
  readonly name: string;

  /**
   * The namespace of the ReferenceGrant, which is that of the targets.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** What is known of a ReferenceGrant that is in the cluster already. */
export interface FromReferenceGrantNameOptions {
  /**
   * The namespace of the ReferenceGrant, which is that of the targets.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** The most entries that a list of a ReferenceGrant takes. */
const MAX_ENTRIES = 16;

/**
 * Allows references into its own namespace, of every source to every target. Constructs that refer across namespaces bring the grants that they need: into the
 * chart of the target, whose owner permits it, and into their own chart where the target is only named.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 */
export class ReferenceGrant extends NamespacedConstruct implements IReferenceGrant {
  /**
   * A ReferenceGrant that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromReferenceGrantName(name: string, options: FromReferenceGrantNameOptions = {}): IReferenceGrant {
    return checkNamed('ReferenceGrant', { name, ...options });
  }

  /**
   * Allows one reference, in the chart of the scope: for one kind in one namespace, to one object. What a chart allows from one namespace to another shares a
   * grant, so that who reads it sees all that the one may do in the other.
   *
   * A grant holds for every source with every target, also for pairs that nobody asked for. That opens nothing: what may be reached is the same objects for
   * the same namespace, whose owners could write a route of the other kind as well; and a Secret is nothing to a route, nor a Service to a certificate.
   *
   * @internal
   */
  public static _allow(scope: IConstruct, from: ReferenceGrantFrom, toNamespace: string, to: Required<ReferenceGrantTo>): void {
    const chart = Chart.of(scope);
    for (let n = 1; ; n++) {
      // No part has a dot, so that the parts stay apart.
      const id = ['ReferenceGrant', from.namespace, toNamespace, ...n > 1 ? [n] : []].join('.');
      const grant = chart.node.tryFindChild(id) as ReferenceGrant | undefined;
      if (grant === undefined) {
        new ReferenceGrant(chart, id, { metadata: { namespace: toNamespace }, sources: [from], targets: [to] });
        return;
      }
      if (grant.merge(from, to)) {
        return;
      }
    }
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'referencegrants';

  private readonly sources: ReferenceGrantFrom[] = [];
  private readonly targets: ReferenceGrantTo[] = [];

  constructor(scope: Construct, id: string, props: ReferenceGrantProps) {
    super(scope, id, 'ReferenceGrant', props.metadata);
    props.sources.forEach(source => this.addSource(source));
    props.targets.forEach(target => this.addTarget(target));
    this.node.addValidation({
      validate: () => this.sources.length > 0 && this.targets.length > 0 ? [] :
        ['a ReferenceGrant needs at least one source and one target: pass sources and targets'],
    });
  }

  /**
   * Lets objects of one more kind or namespace refer to all targets.
   *
   * @throws when the group, the kind or the namespace breaks Kubernetes' rules, or the grant has 16 sources already
   */
  public addSource(source: ReferenceGrantFrom): this {
    checkGroupKind(source.group, source.kind, `a source of ReferenceGrant '${this.name}'`);
    checkDnsLabel(source.namespace, `namespace of a source of ReferenceGrant '${this.name}'`);
    this.checkRoom(this.sources, 'sources');
    const { group, kind, namespace } = source;
    GatewayApi._of(this)._check(this, `from[${this.sources.length}]`, { group, kind, namespace });
    this.sources.push({ group, kind, namespace });
    return this;
  }

  /**
   * Lets all sources refer to one more kind or object.
   *
   * @throws when the group, the kind or the name breaks Kubernetes' rules, or the grant has 16 targets already
   */
  public addTarget(target: ReferenceGrantTo): this {
    checkGroupKind(target.group, target.kind, `a target of ReferenceGrant '${this.name}'`);
    if (target.name !== undefined) {
      checkDnsSubdomain(target.name, `name of a target of ReferenceGrant '${this.name}'`);
    }
    this.checkRoom(this.targets, 'targets');
    const { group, kind, name } = target;
    GatewayApi._of(this)._check(this, `to[${this.targets.length}]`, { group, kind, name });
    this.targets.push({ group, kind, name });
    return this;
  }

  /** Allows a reference as well, if there is room. */
  private merge(from: ReferenceGrantFrom, to: ReferenceGrantTo): boolean {
    const source = this.sources.some(s => s.group === from.group && s.kind === from.kind) ? [] : [from];
    const target = this.targets.some(t => t.group === to.group && t.kind === to.kind && t.name === to.name) ? [] : [to];
    if (this.sources.length + source.length > MAX_ENTRIES || this.targets.length + target.length > MAX_ENTRIES) {
      return false;
    }
    source.forEach(s => this.addSource(s));
    target.forEach(t => this.addTarget(t));
    return true;
  }

  private checkRoom(list: unknown[], what: string): void {
    if (list.length >= MAX_ENTRIES) {
      throw new Error(`ReferenceGrant '${this.name}' takes at most ${MAX_ENTRIES} ${what}, got one more: use a second ReferenceGrant`);
    }
  }

  /** @internal */
  public _toKube(): Manifest<ReferenceGrantSpec> {
    return { from: this.sources, to: this.targets };
  }
}
