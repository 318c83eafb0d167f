import { Finding, FindingRule } from './finding';
import { checkManifests } from './report';
import { readFiles } from '../manifests/file-reader';
import { GatewayApiChannel } from '../semantics/gateway-api-channel';

/** Properties of `MeshValidation`, under `properties` in cdk8s.yaml. */
export interface MeshValidationProps {
  /**
   * Which CustomResourceDefinitions of the Gateway API the cluster has.
   *
   * @default GatewayApiChannel.STANDARD
   */
  readonly channel?: GatewayApiChannel;
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
  private readonly channel: GatewayApiChannel;

  /**
   * @throws if the channel is not one of the Gateway API
   */
  constructor(props: MeshValidationProps = {}) {
    this.channel = props.channel ?? GatewayApiChannel.STANDARD;
    // It comes from YAML, where no compiler looks.
    if (!Object.values(GatewayApiChannel).includes(this.channel)) {
      throw new Error(`channel must be ${Object.values(GatewayApiChannel).join(' or ')}, got '${String(this.channel)}'`);
    }
  }

  /**
   * Checks the manifests of an app; cdk8s-cli calls it.
   *
   * @param context the manifests, and the report to fill
   */
  public async validate(context: any): Promise<void> {
    const { manifests, report } = context as PluginContext;
    const { findings, objects, unchecked } = checkManifests(readFiles(manifests), this.channel);
    violations(findings).forEach(violation => report.addViolation(violation));
    report.submit(findings.length > 0 ? 'failure' : 'success', {
      Objects: String(objects),
      ...unchecked.size > 0 && { 'Not checked': [...unchecked].map(([kind, number]) => `${number} ${kind}`).join(', ') },
    });
  }
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
