import { IConstruct } from 'constructs';
import { Finding } from './finding';
import { checkManifests } from './report';
import { formatFinding } from './report-text';
import { readConstructs } from '../manifests/construct-reader';
import { readFiles } from '../manifests/file-reader';
import { GatewayApiChannel } from '../semantics/gateway-api-channel';

/** How to validate. */
export interface ValidationOptions {
  /**
   * Which CustomResourceDefinitions of the Gateway API the cluster has.
   *
   * @default GatewayApiChannel.STANDARD
   */
  readonly channel?: GatewayApiChannel;
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
   * @param options which Gateway API the cluster has
   * @throws if a construct cannot be rendered
   */
  public static check(scope: IConstruct, options: ValidationOptions = {}): Finding[] {
    return [...checkManifests(readConstructs(scope), options.channel ?? GatewayApiChannel.STANDARD).findings];
  }

  /**
   * Checks all objects of files of YAML or JSON, and of folders with all that is in them.
   *
   * A file that cannot be read is a finding of the rule `unreadable`; the others are still checked.
   *
   * @param paths the files and folders; `-` is the standard input
   * @param options which Gateway API the cluster has
   */
  public static checkFiles(paths: string[], options: ValidationOptions = {}): Finding[] {
    return [...checkManifests(readFiles(paths), options.channel ?? GatewayApiChannel.STANDARD).findings];
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
