import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { LocalObjectReference } from '../gateway-api/local-object-reference';

const GROUP = 'gateway.envoyproxy.io';

/** A Service that takes logs. */
interface LogBackend {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

/** What entries have in addition. */
export interface LoggedHeaders {
  readonly requestHeaders?: readonly string[];
  readonly responseHeaders?: readonly string[];
  readonly responseTrailers?: readonly string[];
}

/** Where entries go. */
export interface AccessLogSink {
  readonly type: 'File' | 'ALS' | 'OpenTelemetry';
  readonly file?: { readonly path: string };
  readonly als?: {
    readonly type: 'HTTP' | 'TCP';
    readonly logName?: string;
    readonly backendRefs: readonly LogBackend[];
    readonly http?: LoggedHeaders;
  };
  readonly openTelemetry?: { readonly backendRefs: readonly LogBackend[] };
}

/** Which requests are logged, how, and to where. */
export interface AccessLogSetting {
  /** Expressions of CEL. */
  readonly matches?: readonly string[];
  readonly format?: { readonly type?: 'Text' | 'JSON'; readonly text?: string; readonly json?: { readonly [member: string]: string } };
  readonly sinks: readonly AccessLogSink[];
}

/** Where filters of a kind are, in place of where Envoy Gateway has them; it means nothing where there is no filter of the other kind. */
export interface FilterPosition {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/**
 * How Envoy Gateway runs the proxies of a Gateway.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#envoyproxy
 */
export class EnvoyProxy extends ApiObject {
  /** How a Gateway names it. */
  public readonly parameters: LocalObjectReference;

  /** @param spec what it says, as it is at synthesis */
  constructor(scope: Construct, id: string, metadata: ApiObjectMetadata, spec: () => object | undefined) {
    super(scope, id, { apiVersion: `${GROUP}/v1alpha1`, kind: 'EnvoyProxy', metadata, spec: Lazy.any({ produce: spec }) });
    this.parameters = { group: GROUP, kind: 'EnvoyProxy', name: this.name };
  }
}
