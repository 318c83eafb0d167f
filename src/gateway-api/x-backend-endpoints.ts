import { SessionPersistence } from './session-persistence';
import type { XBackendSpec } from '../imports/gateway.networking.x-k8s.io';
import { checkPreciseHostname } from '../semantics/hostname';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkLabelValue, checkQualifiedName } from '../semantics/qualified-name';

/** How requests are spread over the pods of an XBackend. */
export interface XBackendSelectorOptions {
  /**
   * Whether requests of one session stay with one pod.
   *
   * @default - every request is on its own
   */
  readonly sessionPersistence?: SessionPersistence;
}

const CLUSTER_DOMAIN = '.cluster.local';
const MAX_LABELS = 64;

/**
 * What is behind an XBackend.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-4894/
 */
export class XBackendEndpoints {
  /**
   * A host outside the cluster.
   *
   * @param hostname without wildcard; not below `cluster.local`, no IP address
   * @throws when the hostname is not of that form
   */
  public static externalHostname(hostname: string): XBackendEndpoints {
    checkPreciseHostname(hostname, 'hostname of the XBackend');
    if (hostname.endsWith(CLUSTER_DOMAIN)) {
      throw new Error(`hostname of the XBackend must be outside the cluster, got '${hostname}': use Backend.service, or XBackendEndpoints.endpointSelector`);
    }
    return new XBackendEndpoints({ type: 'ExternalHostname', externalHostname: { hostname } });
  }

  /**
   * Pods of the XBackend's own namespace.
   *
   * @param matchLabels the labels that the pods have, 1 to 64
   * @param options whether sessions stay together
   * @throws when there are no labels, too many, or one that no pod can have
   */
  public static endpointSelector(matchLabels: { [key: string]: string }, options: XBackendSelectorOptions = {}): XBackendEndpoints {
    const labels = Object.entries(matchLabels);
    if (labels.length < 1) {
      throw new Error('endpointSelector of an XBackend needs at least one label, got none: it cannot select every pod');
    }
    checkAtMost(MAX_LABELS, labels.length, 'labels of the endpointSelector', 'leave some out');
    for (const [key, value] of labels) {
      checkQualifiedName(key, 'label of the endpointSelector');
      checkLabelValue(value, `value of label '${key}' of the endpointSelector`);
    }
    return new XBackendEndpoints({
      type: 'EndpointSelector',
      endpointSelector: { matchLabels },
      sessionPersistence: options.sessionPersistence?._toKube(),
    });
  }

  private constructor(private readonly spec: Pick<Manifest<XBackendSpec>, 'type' | 'externalHostname' | 'endpointSelector' | 'sessionPersistence'>) {}

  /** @internal */
  public _toKube() {
    return this.spec;
  }
}
