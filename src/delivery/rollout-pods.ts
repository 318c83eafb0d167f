/** Whether pods of two versions may share a node. */
export class RolloutAntiAffinity {
  /** They never do. */
  public static required(): RolloutAntiAffinity {
    return new RolloutAntiAffinity({ requiredDuringSchedulingIgnoredDuringExecution: {} });
  }

  /**
   * They do not where that can be.
   *
   * @param weight how much that counts, 1 to 100
   * @throws when it is out of range
   */
  public static preferred(weight: number): RolloutAntiAffinity {
    if (!Number.isInteger(weight) || weight < 1 || weight > 100) {
      throw new Error(`weight of an anti-affinity must be between 1 and 100, got ${weight}`);
    }
    return new RolloutAntiAffinity({ preferredDuringSchedulingIgnoredDuringExecution: { weight } });
  }

  private constructor(private readonly spec: object) {}

  /** @internal */
  public _toKube(): object {
    return this.spec;
  }
}

/** How many pods must be there for a step to count as done. */
export class RolloutReplicaProgress {
  /** A share of the pods, 1 to 100. */
  public static percentage(value: number): RolloutReplicaProgress {
    return new RolloutReplicaProgress('Percentage', value);
  }

  /** A number of pods, 1 or more. */
  public static pods(value: number): RolloutReplicaProgress {
    return new RolloutReplicaProgress('Pod', value);
  }

  private constructor(private readonly type: string, private readonly value: number) {
    if (!Number.isInteger(value) || value < 1 || type === 'Percentage' && value > 100) {
      throw new Error(`replicaProgressThreshold must be ${type === 'Pod' ? 'a whole number from 1' : 'between 1 and 100 percent'}, got ${value}`);
    }
  }

  /** @internal */
  public _toKube(): { type: string; value: number } {
    return { type: this.type, value: this.value };
  }
}
