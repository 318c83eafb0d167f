import { ApiObject, ApiObjectMetadata, Duration } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { describeDuration, formatDuration } from '../semantics/duration';
import { checkNamed } from '../semantics/names';

const HOUR = 3600000;

/** Where a HelmRelease of Flux finds its chart. */
export interface IFluxChartSource {
  /** HelmRepository or OCIRepository. */
  readonly kind: string;

  /** The name of the source. */
  readonly name: string;

  /**
   * The namespace of the source.
   *
   * @default - that of the HelmRelease
   */
  readonly namespace?: string;
}

/** Properties of sources of charts. */
export interface FluxChartSourceProps {
  /**
   * Name and namespace.
   *
   * @default - a name made of the path of the construct, and the chart's namespace
   */
  readonly metadata?: ApiObjectMetadata;

  /** The address. */
  readonly url: string;

  /**
   * How often it is looked at.
   *
   * @default - 10 minutes
   */
  readonly interval?: Duration;

  /**
   * How long an answer may take, less than an hour.
   *
   * @default - 60 seconds
   */
  readonly timeout?: Duration;

  /**
   * The Secret with the credentials.
   *
   * @default - none
   */
  readonly secret?: ISecret;

  /**
   * Whether it is not looked at.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** Properties of a chart in a registry of images. */
export interface FluxOciRepositoryProps extends FluxChartSourceProps {
  /** The range of versions, such as `1.31.x`. */
  readonly semver: string;
}

/**
 * A repository of charts, for Flux.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 */
export class FluxHelmRepository extends Construct implements IFluxChartSource {
  /** The kind of the source. */
  public readonly kind = 'HelmRepository';
  /** The name of the source. */
  public readonly name: string;
  /** The namespace of the source. */
  public readonly namespace?: string;

  /**
   * @throws when the address is none with http, https or oci, or the timeout is an hour or more
   */
  constructor(scope: Construct, id: string, props: FluxChartSourceProps) {
    super(scope, id);
    checkUrl(props.url, /^(https?|oci):\/\/.+/, 'http://, https:// or oci://');
    const object = sourceObject(this, props, 'HelmRepository', props.url.startsWith('oci:') ? { type: 'oci' } : {});
    this.name = object.name;
    this.namespace = object.metadata.namespace;
  }
}

/**
 * A chart in a registry of images, for Flux.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
export class FluxOciRepository extends Construct implements IFluxChartSource {
  /** The kind of the source. */
  public readonly kind = 'OCIRepository';
  /** The name of the source. */
  public readonly name: string;
  /** The namespace of the source. */
  public readonly namespace?: string;

  /**
   * @throws when the address is none with oci, or the timeout is an hour or more
   */
  constructor(scope: Construct, id: string, props: FluxOciRepositoryProps) {
    super(scope, id);
    checkUrl(props.url, /^oci:\/\/.+/, 'oci://');
    const object = sourceObject(this, props, 'OCIRepository', {
      ref: { semver: props.semver },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    });
    this.name = object.name;
    this.namespace = object.metadata.namespace;
  }
}

function checkUrl(url: string, form: RegExp, beginning: string): void {
  if (!form.test(url)) {
    throw new Error(`address of charts must start with ${beginning}, got '${url}'`);
  }
}

function sourceObject(scope: Construct, props: FluxChartSourceProps, kind: string, rest: object): ApiObject {
  const { timeout } = props;
  if (timeout && timeout.toMilliseconds() >= HOUR) {
    // Flux takes minutes, seconds and milliseconds here, and no hours.
    throw new Error(`timeout of a ${kind} must be less than 1h, got ${describeDuration(timeout)}`);
  }
  const object = new ApiObject(scope, 'Default', {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind,
    metadata: props.metadata,
    spec: {
      url: props.url,
      interval: formatDuration(props.interval ?? Duration.minutes(10), 'interval of a source'),
      timeout: timeout && formatDuration(timeout, 'timeout of a source'),
      secretRef: props.secret && { name: props.secret.name },
      suspend: props.suspend,
      ...rest,
    },
  });
  checkNamed(kind, { name: object.name, namespace: object.metadata.namespace });
  return object;
}
