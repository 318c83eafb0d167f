import { relative, sep } from 'node:path';
import { packageVersion } from './package-version';
import { Finding, FindingRule } from '../validation/finding';
import { Report } from '../validation/report';
import { formatObject } from '../validation/report-text';

/** What the rules of findings are about. */
const RULES: { readonly [rule in FindingRule]: string } = {
  [FindingRule.UNREADABLE]: 'A file or document is no object of Kubernetes',
  [FindingRule.UNKNOWN_KIND]: 'The installed CustomResourceDefinitions do not serve the kind or its version',
  [FindingRule.UNKNOWN_FIELD]: 'The API server drops the field',
  [FindingRule.DUPLICATE_FIELD]: 'A field is written twice',
  [FindingRule.VERSION]: 'The installed release of the Gateway API, or of Istio, lacks it',
  [FindingRule.SCHEMA]: 'The schema does not take the value',
  [FindingRule.LIST_TYPE]: 'Items of a list must differ',
  [FindingRule.CEL]: 'A rule of the CustomResourceDefinition does not hold',
  [FindingRule.METADATA]: 'Kubernetes does not take the name, label or annotation',
};

/** SARIF 2.1.0, which code hosts show beside the lines. */
export function formatSarif({ findings, incomplete }: Report): string {
  const ids = Object.keys(RULES) as FindingRule[];
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk8s-mesh',
          version: packageVersion(),
          rules: ids.map(id => ({ id, shortDescription: { text: RULES[id] } })),
        },
      },
      invocations: [{ executionSuccessful: !incomplete }],
      results: findings.map(finding => ({
        ruleId: finding.rule,
        ruleIndex: ids.indexOf(finding.rule),
        level: 'error',
        message: { text: [formatObject(finding), finding.path, finding.message].filter(part => part !== '').join(': ') },
        locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(finding) }, region: { startLine: finding.line ?? 1 } } }],
      })),
    }],
  }, undefined, 2)}\n`;
}

/** The file as a relative URI. */
function uriOf({ file = '-' }: Finding): string {
  return file === '-' ? 'stdin' : relative(process.cwd(), file).split(sep).map(encodeURIComponent).join('/');
}
