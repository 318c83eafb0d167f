/** What happens to the headers of requests and responses. */
export interface IstioHeaders {
  /**
   * Changes before the request is sent on.
   *
   * @default - none
   */
  readonly request?: IstioHeaderOperations;

  /**
   * Changes before the response is given back.
   *
   * @default - none
   */
  readonly response?: IstioHeaderOperations;
}

/** Changes of headers. Pseudo headers and `Host` are refused, except to set or add the authority of a request. */
export interface IstioHeaderOperations {
  /**
   * Headers to write over.
   *
   * @default - none
   */
  readonly set?: { [key: string]: string };

  /**
   * Values to add to headers.
   *
   * @default - none
   */
  readonly add?: { [key: string]: string };

  /**
   * Headers to take away.
   *
   * @default - none
   */
  readonly remove?: string[];
}
