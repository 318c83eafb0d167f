/**
 * Writes down what istiod's validating webhook says of the objects of rules.yaml:
 *
 *   npx tsx conformance/webhook/record.ts            writes verdicts.json
 *   npx tsx conformance/webhook/record.ts --check    writes nothing, fails when it is not what the webhook says
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { objectOf, readRules, VERDICTS, WebhookVerdict } from './rules';
import { WorldCheck } from '../programs/istio/world-check';

async function record(): Promise<string> {
  const istiod = await WorldCheck.start();
  const said: [string, WebhookVerdict][] = [];
  for (const rule of readRules()) {
    const { refused: [refused], warned } = await istiod.ask({ mesh: '{}', objects: [objectOf(rule)], proxies: [] });
    said.push([rule.rule, { ...refused && { refused: refused.says }, ...warned.length > 0 && { warned: warned.map(({ says }) => says) } }]);
  }
  await istiod.close();
  // Protocol buffers write one space or two, another for each binary, so that nobody relies on it.
  return `${JSON.stringify(Object.fromEntries(said), (_, value) => typeof value === 'string' ? value.replace(/ {2,}/g, ' ') : value, 2)}\n`;
}

async function main(): Promise<void> {
  const verdicts = await record();
  if (!process.argv.includes('--check')) {
    writeFileSync(VERDICTS, verdicts);
  } else if (!existsSync(VERDICTS) || readFileSync(VERDICTS, 'utf8') !== verdicts) {
    console.error('the verdicts on the rules are not what the webhook says: run npx tsx conformance/webhook/record.ts, and look at what moved');
    process.exitCode = 1;
  }
}

void main();
