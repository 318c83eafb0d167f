import { IConstruct } from 'constructs';
import { checkConstructs } from './constructs';
import { Finding } from './finding';
import { checkManifests } from './report';
import { formatFinding } from './report-text';
import { readFiles } from '../manifests/file-reader';
import { GatewayApiBundle } from '../semantics/gateway-api-bundle';
import { GatewayApiChannel } from '../semantics/gateway-api-channel';
import { versionOf } from '../semantics/gateway-api-version';
import { IstioVersion } from '../semantics/istio-version';

/** How to validate. */
export interface ValidationOptions {
  /**
   * The release of the Gateway API that the cluster has.
   *
   * @default - what is declared for the constructs with `GatewayApi.declare`; for files GatewayApiBundle.V1_7
   */
  readonly bundle?: GatewayApiBundle;

  /**
   * The channel of the Gateway API that the cluster has.
   *
   * @default - what is declared for the constructs with `GatewayApi.declare`; for files GatewayApiChannel.STANDARD
   */
  readonly channel?: GatewayApiChannel;

  /**
   * The release of Istio that the cluster runs.
   *
   * @default - that of the IstioMesh that is declared for the constructs; for files IstioVersion.V1_31
   */
  readonly istio?: IstioVersion;
}

/**
 * Says what the API server would say of rendered objects: fields that it does not know, values of the wrong type or form, rules in CEL, names and labels.
 *
 * It knows the kinds of the Gateway API, of Istio and of other companions of a mesh, and those of Kubernetes that this library writes; others pass. Each
 * object is looked at alone: whether a reference leads somewhere is another question.
 */
export class Validation {
  /**
   * Checks all objects of an app, a chart or any other construct, each once.
   *
   * @param scope the construct, with all that is in it
   * @param options which Gateway API and Istio the cluster has, when they are not what the app declares
   * @throws if a construct cannot be rendered
   */
  public static check(scope: IConstruct, options: ValidationOptions = {}): Finding[] {
    return [...checkConstructs(scope, options).report.findings];
  }

  /**
   * Checks all objects of files of YAML or JSON, and of folders with all that is in them.
   *
   * A file that cannot be read is a finding of the rule `unreadable`; the others are still checked.
   *
   * @param paths the files and folders; `-` is the standard input
   * @param options which Gateway API and Istio the cluster has
   */
  public static checkFiles(paths: string[], options: ValidationOptions = {}): Finding[] {
    return [...checkManifests(readFiles(paths), () => ({ ...versionOf(options), istio: options.istio })).findings];
  }

  /**
   * Findings as a text, a line for each: `shop.yaml:7: HTTPRoute shop/web: spec.rules[0].name: must be ... [schema]`.
   *
   * @param findings what `check` found
   */
  public static format(findings: Finding[]): string {
    return findings.map(formatFinding).join('\n');
  }

  private constructor() {
  }
}
