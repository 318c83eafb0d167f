import { ApiObject, ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ArgoCdSource } from './argo-cd-source';
import { formatDuration } from '../semantics/duration';
import { ArgoCdAnnotation } from '../semantics/keys';
import { checkNamed } from '../semantics/names';

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
   * The first pause.
   *
   * @default Duration.seconds(5)
   */
  readonly backoffDuration?: Duration;

  /**
   * By how much a pause is longer than the one before.
   *
   * @default 2
   */
  readonly backoffFactor?: number;

  /**
   * The longest pause.
   *
   * @default Duration.minutes(3)
   */
  readonly backoffMaxDuration?: Duration;
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

/** Properties of an Application. */
export interface ArgoCdApplicationProps {
  /**
   * Name and namespace; the namespace is the one of Argo CD.
   *
   * @default - a name made of the path of the construct, and the chart's namespace
   */
  readonly metadata?: ApiObjectMetadata;

  /** What it wants: a chart of Helm, or a folder of manifests. */
  readonly source: ArgoCdSource;

  /** The namespace of the release, and of objects that say none. */
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
 * An Application of Argo CD: what it installs, and where.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 */
export class ArgoCdApplication extends Construct {
  /** The name of the Application. */
  public readonly name: string;

  /**
   * @throws when the cluster is given twice, or an option of automated syncs is given without them
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
        source: props.source._toKube(),
        destination: {
          ...destinationName === undefined ? { server: destinationServer ?? 'https://kubernetes.default.svc' } : { name: destinationName },
          namespace: props.destinationNamespace,
        },
        syncPolicy: syncPolicy && syncPolicyManifest(syncPolicy),
        ignoreDifferences: props.ignoreDifferences?.map(ignoredManifest),
        revisionHistoryLimit: props.revisionHistoryLimit,
      },
    });
    this.name = checkNamed('Application', { name: object.name, namespace: object.metadata.namespace }).name;
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
    retry: retry && retryManifest(retry),
  };
}

function retryManifest({ limit, backoffDuration, backoffFactor, backoffMaxDuration }: ArgoCdRetry): object {
  return {
    limit,
    backoff: {
      duration: formatDuration(backoffDuration ?? Duration.seconds(5), 'backoffDuration of an Application'),
      factor: backoffFactor ?? 2,
      maxDuration: formatDuration(backoffMaxDuration ?? Duration.minutes(3), 'backoffMaxDuration of an Application'),
    },
  };
}
