import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { ArgoCdAnnotation } from '../semantics/keys';

/** A difference between what is wanted and what is there that Argo CD overlooks. */
export interface ArgoCdIgnoredDifference {
  /** The kind of the objects. */
  readonly kind: string;

  /**
   * The API group of the objects.
   *
   * @default - the core group
   */
  readonly group?: string;

  /**
   * The name of the object.
   *
   * @default - all of the kind
   */
  readonly name?: string;

  /**
   * The namespace of the objects.
   *
   * @default - all
   */
  readonly namespace?: string;

  /**
   * The fields, as JSON pointers.
   *
   * @default - none
   */
  readonly jsonPointers?: string[];

  /**
   * The fields, as expressions of jq.
   *
   * @default - none
   */
  readonly jqPathExpressions?: string[];

  /**
   * Whose fields, by the names of those who manage them.
   *
   * @default - none
   */
  readonly managedFieldsManagers?: string[];
}

/** How often Argo CD tries again. */
export interface ArgoCdRetry {
  /** How often at most; below 0 for ever. */
  readonly limit: number;

  /**
   * The first pause, such as `5s`.
   *
   * @default '5s'
   */
  readonly backoffDuration?: string;

  /**
   * By how much a pause is longer than the one before.
   *
   * @default 2
   */
  readonly backoffFactor?: number;

  /**
   * The longest pause, such as `3m`.
   *
   * @default '3m'
   */
  readonly backoffMaxDuration?: string;
}

/** When and how Argo CD changes the cluster. */
export interface ArgoCdSyncPolicy {
  /**
   * Whether it changes the cluster by itself.
   *
   * @default false
   */
  readonly automated?: boolean;

  /**
   * Whether it deletes by itself what is not wanted any more; with automated.
   *
   * @default false
   */
  readonly prune?: boolean;

  /**
   * Whether it undoes by itself what others change; with automated.
   *
   * @default false
   */
  readonly selfHeal?: boolean;

  /**
   * Options such as `CreateNamespace=true`.
   *
   * @default - none
   */
  readonly syncOptions?: string[];

  /**
   * How often it tries again.
   *
   * @default - 5 times
   */
  readonly retry?: ArgoCdRetry;
}

/** Properties of an Application with a chart of Helm. */
export interface ArgoCdApplicationProps {
  /**
   * Name and namespace; the namespace is the one of Argo CD.
   *
   * @default - a name made of the path of the construct, and the chart's namespace
   */
  readonly metadata?: ApiObjectMetadata;

  /** The address of the chart repository. */
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

  /** The namespace of the release. */
  readonly destinationNamespace: string;

  /**
   * The address of the cluster; not together with destinationName.
   *
   * @default 'https://kubernetes.default.svc'
   */
  readonly destinationServer?: string;

  /**
   * The name of the cluster in Argo CD; not together with destinationServer.
   *
   * @default - by destinationServer
   */
  readonly destinationName?: string;

  /**
   * The project of Argo CD.
   *
   * @default 'default'
   */
  readonly project?: string;

  /**
   * When and how Argo CD changes the cluster.
   *
   * @default - when somebody asks it to
   */
  readonly syncPolicy?: ArgoCdSyncPolicy;

  /**
   * Differences that Argo CD overlooks.
   *
   * @default - none
   */
  readonly ignoreDifferences?: ArgoCdIgnoredDifference[];

  /**
   * The turn in which the Application is made, lower ones first, when another Application makes it.
   *
   * @default - that of all others, 0
   */
  readonly syncWave?: number;

  /**
   * How many former versions Argo CD remembers.
   *
   * @default 10
   */
  readonly revisionHistoryLimit?: number;
}

/**
 * An Application of Argo CD that installs a chart of Helm.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 */
export class ArgoCdApplication extends Construct {
  /** The name of the Application. */
  public readonly name: string;

  /**
   * @throws when the cluster is given twice, or an option of automated syncs without them
   */
  constructor(scope: Construct, id: string, props: ArgoCdApplicationProps) {
    super(scope, id);
    const { destinationServer, destinationName, syncWave, metadata, syncPolicy } = props;
    if (destinationServer !== undefined && destinationName !== undefined) {
      throw new Error(`an Application takes either destinationServer or destinationName, got '${destinationServer}' and '${destinationName}'`);
    }
    const object = new ApiObject(this, 'Default', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: syncWave === undefined ? metadata : { ...metadata, annotations: { ...metadata?.annotations, [ArgoCdAnnotation.SYNC_WAVE]: `${syncWave}` } },
      spec: {
        project: props.project ?? 'default',
        source: {
          repoURL: props.repoUrl,
          chart: props.chart,
          targetRevision: props.targetRevision,
          helm: { releaseName: props.releaseName, valuesObject: props.valuesObject, skipCrds: props.skipCrds },
        },
        destination: {
          ...destinationName === undefined ? { server: destinationServer ?? 'https://kubernetes.default.svc' } : { name: destinationName },
          namespace: props.destinationNamespace,
        },
        syncPolicy: syncPolicy && syncPolicyManifest(syncPolicy),
        ignoreDifferences: props.ignoreDifferences?.map(ignoredManifest),
        revisionHistoryLimit: props.revisionHistoryLimit,
      },
    });
    this.name = object.name;
  }
}

function ignoredManifest(ignored: ArgoCdIgnoredDifference): object {
  const { group, kind, name, namespace, jsonPointers, jqPathExpressions, managedFieldsManagers } = ignored;
  if (!jsonPointers?.length && !jqPathExpressions?.length && !managedFieldsManagers?.length) {
    throw new Error(`an ignored difference of ${kind} must name fields, got none: pass jsonPointers, jqPathExpressions or managedFieldsManagers`);
  }
  return { group: group ?? '', kind, name, namespace, jsonPointers, jqPathExpressions, managedFieldsManagers };
}

function syncPolicyManifest({ automated, prune, selfHeal, syncOptions, retry }: ArgoCdSyncPolicy): object {
  if (!automated && (prune !== undefined || selfHeal !== undefined)) {
    throw new Error('prune and selfHeal of an Application need automated: true');
  }
  return {
    automated: automated ? { prune, selfHeal } : undefined,
    syncOptions,
    retry: retry && {
      limit: retry.limit,
      backoff: { duration: retry.backoffDuration ?? '5s', factor: retry.backoffFactor ?? 2, maxDuration: retry.backoffMaxDuration ?? '3m' },
    },
  };
}
