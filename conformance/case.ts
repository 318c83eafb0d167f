/** A folder under conformance/cases. */
export interface Case {
  /** The name of the folder. */
  readonly name: string;
  /** Its path. */
  readonly dir: string;
  /** The objects, as YAML of one or several documents: from manifests.yaml, or made by the chart that case.yaml names. */
  readonly manifests: string;
  /** What case.yaml says, for the engines. */
  readonly spec: CaseSpec;
}

/** case.yaml. */
export interface CaseSpec {
  /** What the case shows, in a sentence. */
  readonly about: string;
  /** The engines that judge it, by name. */
  readonly engines: readonly string[];
  /** The example or target app that makes the manifests, such as `examples/quickstart`; without it they are in manifests.yaml. */
  readonly app?: string;
  /** Why each warning of an engine is right, by the code of the warning. */
  readonly explained?: { readonly [code: string]: string };
  /** More for an engine, by its name. */
  readonly [engine: string]: unknown;
}
