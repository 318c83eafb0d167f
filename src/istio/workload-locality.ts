/**
 * Where a workload runs.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-entry/#WorkloadEntry
 */
export class WorkloadLocality {
  /**
   * A region.
   *
   * @throws when the name is empty, has a slash, or is too long
   */
  public static region(region: string): WorkloadLocality {
    return new WorkloadLocality([region]);
  }

  /**
   * A zone of a region.
   *
   * @throws when a name is empty, has a slash, or is too long
   */
  public static zone(region: string, zone: string): WorkloadLocality {
    return new WorkloadLocality([region, zone]);
  }

  /**
   * A part of a zone.
   *
   * @throws when a name is empty, has a slash, or is too long
   */
  public static subzone(region: string, zone: string, subzone: string): WorkloadLocality {
    return new WorkloadLocality([region, zone, subzone]);
  }

  /** As Istio writes it: `region/zone/subzone`. */
  public readonly locality: string;

  private constructor(names: string[]) {
    const broken = names.find(name => name === '' || name.includes('/'));
    if (broken !== undefined) {
      throw new Error(`names of a locality must not be empty and have no slash, got '${broken}'`);
    }
    this.locality = names.join('/');
    if (this.locality.length > 2048) {
      throw new Error(`a locality must have at most 2048 characters, got ${this.locality.length}`);
    }
  }
}
