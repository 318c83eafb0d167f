import { App, AppProps } from 'cdk8s';
import { count } from './report-text';
import { GatewayApiChannel, Validation } from './validation';

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
    this.checkObjects();
    super.synth();
  }

  /**
   * Checks all objects, and gives the manifests as YAML.
   *
   * @throws if there are findings, with all of them
   */
  public synthYaml(): string {
    this.checkObjects();
    return super.synthYaml();
  }

  private checkObjects(): void {
    // What the constructs say themselves is nearer to the cause, and cdk8s reports it; what they render until then may be nonsense.
    if (this.node.findAll().some(construct => construct.node.validate().length > 0)) {
      return;
    }
    const findings = Validation.check(this, { channel: this.channel });
    if (findings.length > 0) {
      throw new Error(`the API server would refuse or change what this app makes, ${count(findings.length, 'finding')}:\n  ${
        Validation.format(findings).replaceAll('\n', '\n  ')}`);
    }
  }
}
