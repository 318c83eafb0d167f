/** What Envoy logs: this, and what is worse. */
export enum EnvoyLogLevel {
  /** Everything. */
  TRACE = 'trace',
  /** What helps to find faults. */
  DEBUG = 'debug',
  /** What happens. */
  INFO = 'info',
  /** What may be wrong. */
  WARNING = 'warning',
  /** What is wrong. */
  ERROR = 'error',
  /** What ends the proxy. */
  CRITICAL = 'critical',
  /** Nothing. */
  OFF = 'off',
}

/** What Istio's own programs log: this, and what is worse. */
export enum IstioLogLevel {
  /** What helps to find faults. */
  DEBUG = 'debug',
  /** What happens. */
  INFO = 'info',
  /** What may be wrong. */
  WARN = 'warn',
  /** What is wrong. */
  ERROR = 'error',
  /** What ends the program. */
  FATAL = 'fatal',
  /** Nothing. */
  NONE = 'none',
}
