import { isJsonObject, Json, JsonObject, JsonPath } from './json';

/** Where an object was found. */
export interface Origin {
  /** The file, as it was named; `-` is the standard input. */
  readonly file?: string;
  /** The construct that renders the object, by its path. */
  readonly construct?: string;
  /** The line in the file where a path leads, from 1. */
  line(path: JsonPath): number | undefined;
}

/** An object of Kubernetes, as it was rendered. */
export class ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;

  /**
   * @param value what was rendered, with a kind and an API version that are words
   * @param duplicates the keys that were written twice
   */
  constructor(readonly value: JsonObject, private readonly origin: Origin, readonly duplicates: readonly JsonPath[] = []) {
    this.apiVersion = String(value.apiVersion);
    this.kind = String(value.kind);
    const metadata = isJsonObject(value.metadata) ? value.metadata : {};
    this.name = typeof metadata.name === 'string' ? metadata.name : '';
    this.namespace = typeof metadata.namespace === 'string' ? metadata.namespace : undefined;
  }

  /** The group of its API; empty for the core. */
  get group(): string {
    const slash = this.apiVersion.indexOf('/');
    return slash < 0 ? '' : this.apiVersion.slice(0, slash);
  }

  /** The labels that are words. */
  get labels(): ReadonlyMap<string, string> {
    const labels = isJsonObject(this.value.metadata) ? this.value.metadata.labels : undefined;
    return new Map(Object.entries(isJsonObject(labels) ? labels : {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }

  get file(): string | undefined {
    return this.origin.file;
  }

  get construct(): string | undefined {
    return this.origin.construct;
  }

  /** The line of the file where a path of the object leads, from 1. It reads the document again: ask only for what is shown. */
  line(path: JsonPath = []): number | undefined {
    return this.origin.line(path);
  }
}

/** A file, or something in it, that is no object of Kubernetes. */
export interface ManifestProblem {
  readonly file?: string;
  readonly line?: number;
  /** Where it was rendered. */
  readonly construct?: string;
  readonly message: string;
  /** Whether it is the file that cannot be read or understood, so that there may be more in it. */
  readonly unreadable: boolean;
}

/** Why a value is no object of Kubernetes; undefined when it is one. */
export function whyNoObject(value: Json, what: string): string | undefined {
  if (!isJsonObject(value)) {
    return `${what} must be an object with apiVersion and kind, got ${describe(value)}`;
  }
  const wrong = ['apiVersion', 'kind'].find(key => typeof value[key] !== 'string' || value[key] === '');
  if (!wrong) {
    return undefined;
  }
  const received = Object.hasOwn(value, wrong) ? `got ${describe(value[wrong])}` : 'and it is missing';
  return `${what} is no object of Kubernetes: ${wrong} must be a word, ${received}`;
}

function describe(value: Json): string {
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  if (isJsonObject(value)) {
    return 'an object';
  }
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
