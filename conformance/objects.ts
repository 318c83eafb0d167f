import { parseAllDocuments } from 'yaml';

/** What every Kubernetes object has. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
  };
  readonly [field: string]: unknown;
}

/** The objects of rendered manifests, read as Kubernetes reads them: in YAML 1.1 `on` is no text. */
export function objectsOf(manifests: string): KubeObject[] {
  return parseAllDocuments(manifests, { version: '1.1' }).map(document => document.toJS() as KubeObject | null).filter(object => object !== null);
}
