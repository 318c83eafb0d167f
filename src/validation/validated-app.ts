import { ApiObject, App, AppProps } from 'cdk8s';
import { checkManifests } from './report';
import { count, formatFinding } from './report-text';
import { readConstructs, Rendered } from '../manifests/construct-reader';
import { GatewayApiChannel } from '../semantics/gateway-api-channel';

/** Properties of `ValidatedApp`. */
export interface ValidatedAppProps extends AppProps {
  /**
   * Which CustomResourceDefinitions of the Gateway API the cluster has.
   *
   * @default GatewayApiChannel.STANDARD
   */
  readonly channel?: GatewayApiChannel;
}

/**
 * An app that writes no manifest which the API server would refuse, or of which it would drop something.
 *
 * Use it in place of `App`: all objects are checked once before anything is written, however many charts there are.
 */
export class ValidatedApp extends App {
  private readonly channel: GatewayApiChannel;

  constructor(props: ValidatedAppProps = {}) {
    super(props);
    this.channel = props.channel ?? GatewayApiChannel.STANDARD;
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
    const rendered: Rendered = new Map();
    const { findings } = checkManifests(readConstructs(this, rendered), this.channel);
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
