import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkCount, MAX_INT32 } from './count';
import { IstioConstruct } from './istio-construct';
import { ProxyImageType } from './proxy-image-type';
import { WorkloadSelector } from './workload-selector';
import type { ProxyConfigSpec } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Properties of a ProxyConfig. */
export interface ProxyConfigProps extends ResourceProps {
  /**
   * The workloads, in its own namespace. Only one ProxyConfig may be about a workload, and only one without a selector about a namespace.
   *
   * @default - all workloads of the namespace; of the mesh, in the root namespace
   */
  readonly selector?: WorkloadSelector;

  /**
   * The number of worker threads, 0 or more; 0 is one for each core of the machine.
   *
   * @default - by the CPU limit of the proxy
   */
  readonly concurrency?: number;

  /**
   * Environment variables of the proxy. Values have at most 2048 characters, and neither double quotes nor backslashes nor control characters.
   *
   * What starts with `ISTIO_META_` is told to Istio as metadata of the proxy.
   *
   * @default - none
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Which build of the proxy's image is run.
   *
   * @default - what the mesh says
   */
  readonly imageType?: ProxyImageType;
}

const MAX_VALUE = 2048;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Names that YAML reads as something else than text. */
const NO_NAME = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
/** What is not the same within the double quotes of YAML. */
const UNQUOTABLE = /["\\\p{Cc}\u2028\u2029]/u;

/**
 * How proxies are run: of the mesh, a namespace or a workload. It takes effect when a pod starts.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/proxy-config/
 */
export class ProxyConfig extends IstioConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'proxyconfigs';

  private readonly spec: Manifest<ProxyConfigSpec>;

  /**
   * @throws when concurrency is negative, or an environment variable is one that no pod could start with
   */
  constructor(scope: Construct, id: string, props: ProxyConfigProps = {}) {
    super(scope, id, 'networking.istio.io', 'ProxyConfig', props.metadata);
    const { selector, concurrency, environmentVariables, imageType } = props;
    Object.entries(environmentVariables ?? {}).forEach(([name, value]) => checkVariable(name, value));
    this.spec = {
      selector: selector && { matchLabels: selector.matchLabels },
      concurrency: checkCount(concurrency, 'concurrency of a ProxyConfig', MAX_INT32),
      environmentVariables,
      image: imageType && { imageType: imageType.imageType },
    };
    this._check('', this.spec);
  }

  /** @internal */
  public _toKube(): Manifest<ProxyConfigSpec> {
    return this.spec;
  }
}

/** The template of the injector writes names bare and values between double quotes: what breaks it keeps every pod from starting. */
function checkVariable(name: string, value: string): void {
  if (!NAME.test(name) || NO_NAME.test(name)) {
    throw new Error(`environment variables of a ProxyConfig must be named by letters, digits and '_', and by no word of YAML such as 'on', got '${name}'`);
  }
  if (UNQUOTABLE.test(value)) {
    throw new Error(`environment variable '${name}' of a ProxyConfig must have no double quotes, backslashes and control characters, got ${JSON.stringify(value)}`);
  }
  if ([...value].length > MAX_VALUE) {
    throw new Error(`environment variable '${name}' of a ProxyConfig must have at most ${MAX_VALUE} characters, got ${[...value].length}`);
  }
}
