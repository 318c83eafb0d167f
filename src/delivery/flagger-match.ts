/**
 * How a value of a request must look.
 *
 * @see https://docs.flagger.app/usage/how-it-works#canary-service
 */
export class FlaggerStringMatch {
  /** The whole value. */
  public static exact(value: string): FlaggerStringMatch {
    return new FlaggerStringMatch({ exact: value });
  }

  /** The beginning of the value. */
  public static prefix(value: string): FlaggerStringMatch {
    return new FlaggerStringMatch({ prefix: value });
  }

  /** The end of the value; for headers of an analysis only. */
  public static suffix(value: string): FlaggerStringMatch {
    return new FlaggerStringMatch({ suffix: value });
  }

  /** A regular expression for the whole value. */
  public static regex(pattern: string): FlaggerStringMatch {
    return new FlaggerStringMatch({ regex: pattern });
  }

  private constructor(private readonly spec: { exact?: string; prefix?: string; suffix?: string; regex?: string }) {}

  /** @internal */
  public _toKube(what: string, takesSuffix = false): { exact?: string; prefix?: string; suffix?: string; regex?: string } {
    if (this.spec.suffix !== undefined && !takesSuffix) {
      throw new Error(`${what} cannot be matched by its end, got suffix '${this.spec.suffix}': use FlaggerStringMatch.regex`);
    }
    return this.spec;
  }
}

/** Requests that the service is for: all that is said must hold. Gateway API takes the path, the method, headers and query parameters of it. */
export interface FlaggerServiceMatch {
  /**
   * A name for logs.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * The path.
   *
   * @default - any path
   */
  readonly uri?: FlaggerStringMatch;

  /**
   * The scheme; Istio only.
   *
   * @default - any scheme
   */
  readonly scheme?: FlaggerStringMatch;

  /**
   * The method.
   *
   * @default - any method
   */
  readonly method?: FlaggerStringMatch;

  /**
   * The host of the request; Istio only.
   *
   * @default - any host
   */
  readonly authority?: FlaggerStringMatch;

  /**
   * Headers by name.
   *
   * @default - any headers
   */
  readonly headers?: { [key: string]: FlaggerStringMatch };

  /**
   * Headers that must not look so, by name; Istio only.
   *
   * @default - none
   */
  readonly withoutHeaders?: { [key: string]: FlaggerStringMatch };

  /**
   * Query parameters by name.
   *
   * @default - any parameters
   */
  readonly queryParams?: { [key: string]: FlaggerStringMatch };

  /**
   * The port that the client called, 1 to 65535; Istio only.
   *
   * @default - any port
   */
  readonly port?: number;

  /**
   * Gateways of Istio, as `namespace/name` or `mesh`.
   *
   * @default - all of the service
   */
  readonly gateways?: string[];

  /**
   * Labels of the client's pod; Istio with sidecars only.
   *
   * @default - any client
   */
  readonly sourceLabels?: { [key: string]: string };

  /**
   * The namespace of the client's pod; Istio with sidecars only.
   *
   * @default - any namespace
   */
  readonly sourceNamespace?: string;

  /**
   * Whether letter case does not count in `uri`; Istio only.
   *
   * @default false
   */
  readonly ignoreUriCase?: boolean;
}

/** Requests of the users in a test of two versions: all that is said must hold. */
export interface FlaggerAnalysisMatch {
  /**
   * Headers by name.
   *
   * @default - any headers
   */
  readonly headers?: { [key: string]: FlaggerStringMatch };

  /**
   * Query parameters by name.
   *
   * @default - any parameters
   */
  readonly queryParams?: { [key: string]: FlaggerStringMatch };

  /**
   * Labels of the client's pod; Istio with sidecars only.
   *
   * @default - any client
   */
  readonly sourceLabels?: { [key: string]: string };
}
