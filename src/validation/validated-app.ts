import { ApiObject, App, AppProps } from 'cdk8s';
import { checkConstructs } from './constructs';
import { count, formatFinding } from './report-text';
import { Rendered } from '../manifests/construct-reader';
import { declareGatewayApi } from '../semantics/gateway-api-declaration';
import { GatewayApiOptions } from '../semantics/gateway-api-options';

/** Properties of `ValidatedApp`. */
export interface ValidatedAppProps extends AppProps {
  /**
   * Which Gateway API the clusters of the app have: the same as `GatewayApi.declare` for it.
   *
   * @default - 1.7 of the standard channel, unless it is declared otherwise
   */
  readonly gatewayApi?: GatewayApiOptions;
}

/**
 * An app that writes no manifest which the API server would refuse, or of which it would drop something.
 *
 * Use it in place of `App`: all objects are checked once before anything is written, however many charts there are.
 */
export class ValidatedApp extends App {
  constructor(props: ValidatedAppProps = {}) {
    super(props);
    if (props.gatewayApi) {
      declareGatewayApi(this.node, props.gatewayApi);
    }
  }

  /**
   * Checks all objects, and writes the manifests to the output directory.
   *
   * @throws if there are findings, with all of them
   */
  public synth(): void {
    this.whenRight(() => super.synth());
  }

  /**
   * Checks all objects, and gives the manifests as YAML.
   *
   * @throws if there are findings, with all of them
   */
  public synthYaml(): string {
    let yaml = '';
    this.whenRight(() => yaml = super.synthYaml());
    return yaml;
  }

  private whenRight(write: () => void): void {
    // What the constructs say themselves is nearer to the cause, and cdk8s reports it; what they render until then may be nonsense.
    if (this.node.findAll().some(construct => construct.node.validate().length > 0)) {
      write();
      return;
    }
    const { report: { findings }, rendered } = checkConstructs(this);
    if (findings.length > 0) {
      throw new Error(`the API server would refuse or change what this app makes, ${count(findings.length, 'finding')}:\n  ${
        findings.map(formatFinding).join('\n  ')}`);
    }
    writeRendered(rendered, write);
  }
}

/** Lets objects give what they were rendered to instead of rendering it again, which would take longer than checking it. */
function writeRendered(rendered: Rendered, write: () => void): void {
  const own = new Map([...rendered.keys()].map(object => [object, Object.getOwnPropertyDescriptor(object, 'toJson')]));
  try {
    rendered.forEach((value, object) => Object.defineProperty(object, 'toJson', { value: () => value, configurable: true }));
    write();
  } finally {
    own.forEach((descriptor, object) => {
      if (descriptor) {
        Object.defineProperty(object, 'toJson', descriptor);
      } else {
        delete (object as Partial<ApiObject>).toJson;
      }
    });
  }
}
