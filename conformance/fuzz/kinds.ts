import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schema } from '../../src/validation/schema/schema';
import { Channel, CHANNELS } from '../apiserver';

const CRDS = join(__dirname, '..', '..', 'crds');
const OF_CHANNEL = /^gateway-api-(.+)$/;

/** A served version of a kind, as one channel has it. */
export interface Kind {
  readonly channel: Channel;
  readonly bundle: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly schema: Schema;
  /** The words that its rules and enums speak of. */
  readonly words: readonly string[];
}

interface Bundle {
  readonly bundle: string;
  readonly definitions: readonly {
    /** Those of Kubernetes itself are no custom resources. */
    readonly kind?: string;
    readonly spec: {
      readonly group: string;
      readonly names: { readonly kind: string };
      readonly scope: string;
      readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
    };
  }[];
}

function readBundles(): Bundle[] {
  return readdirSync(CRDS).filter(file => file.endsWith('.json') && file !== 'tsconfig.json').sort()
    .map(file => JSON.parse(readFileSync(join(CRDS, file), 'utf8')) as Bundle);
}

/** The schemas that a schema is made of, itself first. */
export function* schemasIn(schema: Schema): Generator<Schema> {
  yield schema;
  const below = [schema.items, schema.additionalProperties, schema.not, ...Object.values(schema.properties ?? {}),
    ...schema.allOf ?? [], ...schema.anyOf ?? [], ...schema.oneOf ?? []];
  for (const child of below) {
    if (typeof child === 'object') {
      yield* schemasIn(child);
    }
  }
}

function wordsOf(schema: Schema): string[] {
  const words = new Set<string>();
  for (const { enum: values, 'x-kubernetes-validations': rules } of schemasIn(schema)) {
    values?.forEach(value => words.add(String(value)));
    rules?.forEach(({ rule }) => [...rule.matchAll(/'([^'\\]*)'|"([^"\\]*)"/g)].forEach(([, single, double]) => words.add(single ?? double)));
  }
  return [...words].sort();
}

function kindsOf({ bundle, definitions }: Bundle, channels: readonly Channel[]): Kind[] {
  return definitions.filter(({ kind }) => kind === 'CustomResourceDefinition').flatMap(({ spec }) => spec.versions.flatMap(version => {
    const schema = version.schema.openAPIV3Schema;
    const common = { bundle, apiVersion: `${spec.group}/${version.name}`, kind: spec.names.kind, namespaced: spec.scope === 'Namespaced', schema, words: wordsOf(schema) };
    return channels.map(channel => ({ channel, ...common }));
  }));
}

/** Every kind: those of the Gateway API for each channel, the others, which are the same in both, once. */
export function allKinds(): Kind[] {
  return readBundles().flatMap(bundle => {
    const own = CHANNELS.filter(channel => channel === OF_CHANNEL.exec(bundle.bundle)?.[1]);
    return kindsOf(bundle, own.length > 0 ? own : ['standard']);
  });
}
