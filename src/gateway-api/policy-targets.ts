import { Resource } from 'cdk8s-plus-28';
import { PolicyTargetRef } from './policy-target-ref';

/** A target as a policy writes it. */
export interface WrittenTarget {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly sectionName?: string;
}

/** What the kind of a policy takes as targets. */
export interface PolicyTargetRules {
  readonly kind: string;
  readonly max: number;
  /** Why the kind takes whole objects only. */
  readonly wholeObjects?: boolean;
  /** Says which targets would do, when the kind does not take this one. */
  readonly refuse?: (target: WrittenTarget) => string | undefined;
}

/** For policies about backends: Gateways and routes are none. */
export function targetsBackends({ group }: WrittenTarget): string | undefined {
  return group === 'gateway.networking.k8s.io' ? 'its targets are Services, use PolicyTargetRef.service' : undefined;
}

/** The targets of a policy of any kind. */
export class PolicyTargets {
  private readonly targets: PolicyTargetRef[] = [];

  constructor(private readonly policy: Resource, private readonly rules: PolicyTargetRules) {
    policy.node.addValidation({
      validate: () => this.targets.length > 0 ? [] : [`${rules.kind} '${policy.name}' needs at least one target: pass targets, or call addTarget`],
    });
  }

  public add(target: PolicyTargetRef): void {
    const { wholeObjects, refuse } = this.rules;
    const { namespace } = target._reference;
    const own = this.policy.metadata.namespace;
    if (namespace !== undefined && namespace !== own) {
      throw new Error(`${this.named} is in ${own === undefined ? 'no given namespace' : `namespace '${own}'`}, its target ${describe(target._reference)} ` +
        `in namespace '${namespace}': put the policy into the namespace of its target`);
    }
    const expected = refuse?.(target._reference);
    if (expected !== undefined) {
      throw new Error(`${this.named} cannot be attached to ${describe(target._reference)}: ${expected}`);
    }
    if (wholeObjects && target._reference.sectionName !== undefined) {
      throw new Error(`${this.named} takes whole objects as targets, got ${describe(target._reference)}: leave the section out`);
    }
    const targets = [...this.targets, target];
    this.written(targets);
    this.targets.push(target);
  }

  /** The targets as the routes among them are by now. */
  public toKube(): WrittenTarget[] {
    return this.written(this.targets);
  }

  private written(targets: PolicyTargetRef[]): WrittenTarget[] {
    const written = targets.flatMap(({ _reference: { group, kind }, _parts }) =>
      _parts().map(({ name, sectionName }) => ({ group, kind, name, sectionName })));
    written.forEach((target, n) => this.checkDiffer(target, written.slice(0, n)));
    const { max } = this.rules;
    if (written.length > max) {
      const split = targets.find(({ _parts }) => _parts().length > 1);
      throw new Error(`${this.named} takes at most ${max} target${max === 1 ? '' : 's'}, got ${written.length}` +
        `${split === undefined ? '' : `, for ${describe(split._reference)} became ${split._parts().length}`}: use a second policy`);
    }
    return written;
  }

  /** Two targets are one object only when each names a part of its own: that is what BackendTLSPolicy's rules say, and no kind can mean anything else. */
  private checkDiffer(target: WrittenTarget, others: WrittenTarget[]): void {
    const other = others.find(({ group, kind, name }) => group === target.group && kind === target.kind && name === target.name);
    if (other === undefined) {
      return;
    }
    if (others.some(same => describe(same) === describe(target))) {
      throw new Error(`${this.named} has target ${describe(target)} twice: leave one out`);
    }
    if ((other.sectionName === undefined) !== (target.sectionName === undefined)) {
      throw new Error(`${this.named} has ${target.kind} '${target.name}' as a target both as a whole and with a section: ` +
        'leave the section out, or name one in each');
    }
  }

  private get named(): string {
    return `${this.rules.kind} '${this.policy.name}'`;
  }
}

function describe({ kind, name, sectionName }: WrittenTarget): string {
  return `${kind} '${name}'${sectionName === undefined ? '' : ` section '${sectionName}'`}`;
}
