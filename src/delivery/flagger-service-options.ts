import { Duration } from 'cdk8s';
import { FlaggerStringMatch } from './flagger-match';
import { HeaderModifier } from '../gateway-api/header-modifier';

/** Labels and annotations that Flagger gives to a Service that it makes, and to the route in the case of the apex. */
export interface FlaggerMetadata {
  /**
   * Labels.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Keys of Services that Flagger leaves to others. */
export interface FlaggerUnmanagedMetadata {
  /**
   * Keys of labels.
   *
   * @default - none
   */
  readonly labels?: string[];

  /**
   * Keys of annotations.
   *
   * @default - none
   */
  readonly annotations?: string[];
}

/** Where Services prefer to send requests. */
export enum FlaggerTrafficDistribution {
  /** To near endpoints; the older name of the zone. */
  PREFER_CLOSE = 'PreferClose',
  /** To endpoints of the zone. */
  PREFER_SAME_ZONE = 'PreferSameZone',
  /** To endpoints of the node. */
  PREFER_SAME_NODE = 'PreferSameNode',
}

/** Retries of Istio. */
export interface FlaggerRetries {
  /** How often. */
  readonly attempts: number;

  /**
   * How long one try may take.
   *
   * @default - as long as the request
   */
  readonly perTryTimeout?: Duration;

  /**
   * Conditions, such as `gateway-error,connect-failure`.
   *
   * @default - those of Istio
   */
  readonly retryOn?: string;
}

/** How requests are changed. */
export interface FlaggerRewrite {
  /**
   * The new path, or what stands instead of its prefix.
   *
   * @default - as it is
   */
  readonly uri?: string;

  /**
   * The new host.
   *
   * @default - as it is
   */
  readonly authority?: string;

  /**
   * What of the path is replaced in Gateway API: `ReplaceFullPath` or `ReplacePrefixMatch`.
   *
   * @default - the prefix that matched
   */
  readonly type?: string;
}

/** What scripts of other origins may do. */
export interface FlaggerCors {
  /**
   * Origins as they are, which Gateway API takes.
   *
   * @default - none
   */
  readonly allowOrigin?: string[];

  /**
   * Origins by matches, which Istio takes.
   *
   * @default - none
   */
  readonly allowOrigins?: FlaggerStringMatch[];

  /**
   * Methods.
   *
   * @default - none
   */
  readonly allowMethods?: string[];

  /**
   * Headers of requests.
   *
   * @default - none
   */
  readonly allowHeaders?: string[];

  /**
   * Headers of answers that scripts may read.
   *
   * @default - none
   */
  readonly exposeHeaders?: string[];

  /**
   * How long an answer to a preflight is good for.
   *
   * @default - as the proxy does
   */
  readonly maxAge?: Duration;

  /**
   * Whether cookies may be sent.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;
}

/** Headers that are changed on the way. */
export interface FlaggerHeaders {
  /**
   * Of requests.
   *
   * @default - none
   */
  readonly request?: HeaderModifier;

  /**
   * Of answers.
   *
   * @default - none
   */
  readonly response?: HeaderModifier;
}
