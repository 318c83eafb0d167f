/** A chart of Helm, and with what it is installed. */
export interface ArgoCdChartSource {
  /** The address of the chart repository; of a registry of images without `oci://`. */
  readonly repoUrl: string;

  /** The chart. */
  readonly chart: string;

  /** The version of the chart, or a range such as `1.31.x`. */
  readonly targetRevision: string;

  /**
   * The name of the release.
   *
   * @default - the name of the Application
   */
  readonly releaseName?: string;

  /**
   * The values of the chart.
   *
   * @default - the chart's own
   */
  readonly valuesObject?: { [key: string]: any };

  /**
   * Whether the chart's CRDs are left out.
   *
   * @default false
   */
  readonly skipCrds?: boolean;
}

/** A folder of manifests in Git, such as cdk8s writes them. */
export interface ArgoCdDirectorySource {
  /** The address of the repository. */
  readonly repoUrl: string;

  /** The folder, from the root of the repository, such as `dist`; `.` for all of it. */
  readonly path: string;

  /**
   * The branch, tag or commit.
   *
   * @default - the branch that the repository has by itself
   */
  readonly targetRevision?: string;

  /**
   * Whether folders in it count too, as those of several clusters or of a chart each do.
   *
   * @default false
   */
  readonly recurse?: boolean;
}

/**
 * Where Argo CD takes from what an Application wants.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application_sources/
 */
export class ArgoCdSource {
  /**
   * A chart of Helm.
   *
   * @throws when the repository is given with `oci://`
   */
  public static chart(source: ArgoCdChartSource): ArgoCdSource {
    const { repoUrl, chart, targetRevision, releaseName, valuesObject, skipCrds } = source;
    if (repoUrl.startsWith('oci://')) {
      // With it, Argo CD takes the address for that of an image with manifests, and leaves the chart unread.
      throw new Error(`repoUrl of chart '${chart}' must be without oci:// for Argo CD, got '${repoUrl}': pass '${repoUrl.slice(6)}'`);
    }
    return new ArgoCdSource({ repoURL: repoUrl, chart, targetRevision, helm: { releaseName, valuesObject, skipCrds } });
  }

  /**
   * A folder of manifests in Git.
   *
   * @throws when the path is empty or leaves the repository
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/directory/
   */
  public static directory(source: ArgoCdDirectorySource): ArgoCdSource {
    const { repoUrl, path, targetRevision, recurse } = source;
    if (path === '' || path.startsWith('/') || path.split('/').includes('..')) {
      throw new Error(`path of an Application must be a folder of the repository, without a slash before it, got '${path}': pass one such as 'dist', or '.'`);
    }
    return new ArgoCdSource({ repoURL: repoUrl, path, targetRevision, directory: recurse === undefined ? undefined : { recurse } });
  }

  private constructor(private readonly manifest: object) {}

  /** @internal */
  public _toKube(): object {
    return this.manifest;
  }
}
