import { Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { AllowMonitoringOptions, allowMonitoring } from './calls/allow-monitoring';
import { joinMesh, NAMESPACE_ENROLMENT_KEYS } from './enrolment/namespace-enrolment';
import { enrolPods, leaveOutPods } from './enrolment/pod-enrolment';
import { ProxyOptions } from './enrolment/proxy-options';
import { Mesh } from './mesh';
import { IMeshClient, IMeshNamespace } from './mesh-client';
import { NamespacePolicies } from './namespace-policies';
import { checkDnsLabel } from '../semantics/names';

/** What is known of a namespace that is in the cluster already. */
export interface FromNamespaceNameOptions {
  /** The mesh. */
  readonly mesh: Mesh;

  /**
   * Labels that the namespace is known to have, so that enrolment of pods is checked against them.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations that the namespace is known to have, so that what patterns need of it is checked against them.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Values of the keys of enrolment by which a namespace stays out. */
const LEAVING_OUT = ['disabled', 'none'];

/**
 * A namespace that others make.
 *
 * @internal
 */
export class ImportedNamespace extends Construct implements IMeshNamespace {
  public readonly mesh: Mesh;
  public readonly labels: { [key: string]: string };
  public readonly clientNamespace: IMeshNamespace = this;
  public readonly _policies: NamespacePolicies;
  public readonly _enrolled?: boolean;
  private readonly annotations: { [key: string]: string };

  constructor(scope: Construct, id: string, public readonly name: string, options: FromNamespaceNameOptions) {
    super(scope, id);
    checkDnsLabel(name, 'name of the namespace');
    this.mesh = options.mesh;
    this.labels = options.labels ?? {};
    this.annotations = options.annotations ?? {};
    const enrolments = NAMESPACE_ENROLMENT_KEYS.filter(key => key in this.labels);
    if (enrolments.length > 1) {
      throw new Error(`namespace '${name}' must be enrolled once, got ${enrolments.map(key => `'${key}'`).join(' and ')}: keep one of them`);
    }
    this._enrolled = enrolments.length > 0 || undefined;
    this._policies = new NamespacePolicies(this, 'Policies', this);
    joinMesh(this, enrolments.some(key => !LEAVING_OUT.includes(this.labels[key])), false);
  }

  public close(): IMeshNamespace {
    this._policies.close();
    return this;
  }

  public allowMonitoring(monitoring: IMeshClient, options: AllowMonitoringOptions): IMeshNamespace {
    allowMonitoring(this, monitoring, options);
    return this;
  }

  public enrol(workload: Workload, options: ProxyOptions = {}): IMeshNamespace {
    enrolPods(this, workload, options);
    return this;
  }

  public leaveOut(workload: Workload): IMeshNamespace {
    leaveOutPods(this, workload);
    return this;
  }

  public _mark(what: string, labels: { [key: string]: string }, annotations: { [key: string]: string }): void {
    checkMarked(this.name, what, 'labels', this.labels, labels);
    checkMarked(this.name, what, 'annotations', this.annotations, annotations);
  }
}

function checkMarked(namespace: string, what: string, where: string, known: { [key: string]: string }, wanted: { [key: string]: string }): void {
  const missing = Object.entries(wanted).find(([key, value]) => known[key] !== value);
  if (missing !== undefined) {
    throw new Error(`namespace '${namespace}' is made by others, and is not known to have '${missing.join(': ')}' for ${what}: ` +
      `have them set it, and pass it in ${where}`);
  }
}
