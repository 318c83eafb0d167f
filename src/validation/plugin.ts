import { Finding, FindingRule } from './finding';
import { Release } from './release';
import { checkManifests } from './report';
import { readFiles } from '../manifests/file-reader';
import { GatewayApiBundle } from '../semantics/gateway-api-bundle';
import { GatewayApiChannel } from '../semantics/gateway-api-channel';
import { IstioVersion } from '../semantics/istio-version';

/** Properties of `MeshValidation`, under `properties` in cdk8s.yaml. */
export interface MeshValidationProps {
  /**
   * The release of the Gateway API that the cluster has.
   *
   * @default GatewayApiBundle.V1_7
   */
  readonly bundle?: GatewayApiBundle;

  /**
   * The channel of the Gateway API that the cluster has.
   *
   * @default GatewayApiChannel.STANDARD
   */
  readonly channel?: GatewayApiChannel;

  /**
   * The release of Istio that the cluster runs.
   *
   * @default IstioVersion.V1_31
   */
  readonly istio?: IstioVersion;
}

/** What cdk8s-cli hands to a plugin, as far as it is needed here. */
interface PluginContext {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
  };
}

interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: { readonly resourceName: string; readonly locations: string[]; readonly manifestPath: string }[];
}

/** What helps against a finding of a rule, beside its message. */
const FIXES: { readonly [rule in FindingRule]: string } = {
  [FindingRule.UNREADABLE]: 'Correct the manifest, so that each document is an object of Kubernetes',
  [FindingRule.UNKNOWN_KIND]: 'Use a kind and version that the installed CustomResourceDefinitions serve',
  [FindingRule.UNKNOWN_FIELD]: 'Correct the name of the field, or remove it: the API server drops it',
  [FindingRule.DUPLICATE_FIELD]: 'Write the field once',
  [FindingRule.VERSION]: 'Leave it out, or install a release of the Gateway API, or of Istio, that has it',
  [FindingRule.SCHEMA]: 'Write a value that the schema takes',
  [FindingRule.LIST_TYPE]: 'Make the items of the list differ',
  [FindingRule.CEL]: 'Write values that the rule of the CustomResourceDefinition takes',
  [FindingRule.METADATA]: 'Write a name, label or annotation that Kubernetes takes',
};

/**
 * A validation plugin of cdk8s-cli, so that `cdk8s synth` of any app checks its manifests and reports as cdk8s does.
 *
 * Name it under `validations` in cdk8s.yaml, with the version of this package.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/
 */
export class MeshValidation {
  private readonly release: Release;

  /**
   * @throws if the bundle or the channel is not one of the Gateway API, or istio is no release of Istio
   */
  constructor(props: MeshValidationProps = {}) {
    // They come from YAML, where no compiler looks, and 1.6 is a number, as 1.30 is one that lost its zero.
    this.release = {
      bundle: oneOf('bundle', Object.values(GatewayApiBundle), String(props.bundle ?? GatewayApiBundle.V1_7)),
      channel: oneOf('channel', Object.values(GatewayApiChannel), String(props.channel ?? GatewayApiChannel.STANDARD)),
      istio: oneOf('istio', Object.values(IstioVersion), typeof props.istio === 'number' ? Number(props.istio).toFixed(2) : props.istio ?? IstioVersion.V1_31),
    };
  }

  /**
   * Checks the manifests of an app; cdk8s-cli calls it.
   *
   * @param context the manifests, and the report to fill
   */
  public async validate(context: any): Promise<void> {
    const { manifests, report } = context as PluginContext;
    const { findings, objects, unchecked } = checkManifests(readFiles(manifests), () => this.release);
    violations(findings).forEach(violation => report.addViolation(violation));
    report.submit(findings.length > 0 ? 'failure' : 'success', {
      Objects: String(objects),
      ...unchecked.size > 0 && { 'Not checked': [...unchecked].map(([kind, number]) => `${number} ${kind}`).join(', ') },
    });
  }
}

function oneOf<Word extends string>(name: string, words: readonly Word[], word: string): Word {
  const found = words.find(known => known === word);
  if (found === undefined) {
    throw new Error(`${name} must be ${words.join(' or ')}, got '${word}'`);
  }
  return found;
}

/** Findings of one rule and message together, as the report of cdk8s shows them. */
function violations(findings: readonly Finding[]): Violation[] {
  const found = new Map<string, Violation>();
  for (const { rule, message, name, kind, file, line, path } of findings) {
    const key = `${rule} ${message}`;
    const violation = found.get(key) ?? { ruleName: rule, recommendation: message, fix: FIXES[rule], violatingResources: [] };
    violation.violatingResources.push({
      // The name alone, by which cdk8s finds the construct.
      resourceName: name,
      manifestPath: file ?? '',
      locations: [`${[kind, path].filter(part => part !== '').join(' ')}${line === undefined ? '' : ` (line ${line})`}`.trim()],
    });
    found.set(key, violation);
  }
  return [...found.values()];
}
