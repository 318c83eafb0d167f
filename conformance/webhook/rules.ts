import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as yaml from 'yaml';

/** A rule of istiod's webhook, and an object that breaks it alone. */
export interface WebhookRule {
  readonly rule: string;
  readonly kind: string;
  readonly name?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  readonly spec: object;
}

/** What the webhook says of the object of a rule: that it refuses it, or warns of it, and why; nothing when it takes it. */
export interface WebhookVerdict {
  readonly refused?: string;
  readonly warned?: readonly string[];
}

const API_VERSIONS: { readonly [kind: string]: string } = {
  ...Object.fromEntries(['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'].map(kind => [kind, 'security.istio.io/v1'])),
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  ProxyConfig: 'networking.istio.io/v1beta1',
  Telemetry: 'telemetry.istio.io/v1',
  TrafficExtension: 'extensions.istio.io/v1alpha1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
};

/** A text too long to be written out. */
const LETTERS: yaml.ScalarTag = { tag: '!letters', resolve: count => 'a'.repeat(Number(count)) };

export const VERDICTS = join(__dirname, 'verdicts.json');

export function readRules(): readonly WebhookRule[] {
  return yaml.parse(readFileSync(join(__dirname, 'rules.yaml'), 'utf8'), { customTags: [LETTERS] }) as WebhookRule[];
}

/** What the webhook says of each rule's object, by rule. */
export function readVerdicts(): { readonly [rule: string]: WebhookVerdict } {
  return JSON.parse(readFileSync(VERDICTS, 'utf8')) as { [rule: string]: WebhookVerdict };
}

export function objectOf({ kind, name = 'a', labels, annotations, spec }: WebhookRule): object {
  return { apiVersion: API_VERSIONS[kind] ?? 'networking.istio.io/v1', kind, metadata: { name, namespace: 'shop', labels, annotations }, spec };
}
