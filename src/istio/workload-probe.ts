import { Duration } from 'cdk8s';
import { ConnectionScheme } from 'cdk8s-plus-28';
import { checkCount, MAX_INT32 } from './count';
import type { WorkloadGroupSpecProbe } from '../imports/networking.istio.io';
import { describeDuration } from '../semantics/duration';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/** When and how often a workload is probed. All durations are in whole seconds. */
export interface WorkloadProbeOptions {
  /**
   * How long after its start the workload is first probed.
   *
   * @default - at once
   */
  readonly initialDelay?: Duration;

  /**
   * How long an answer may take, at least 1 second.
   *
   * @default - 1 second
   */
  readonly timeout?: Duration;

  /**
   * The time between probes, at least 1 second.
   *
   * @default - 10 seconds
   */
  readonly period?: Duration;

  /**
   * How many probes in a row must succeed until an unhealthy workload is healthy, at least 1.
   *
   * @default 1
   */
  readonly successThreshold?: number;

  /**
   * How many probes in a row must fail until a healthy workload is unhealthy, at least 1.
   *
   * @default 1
   */
  readonly failureThreshold?: number;
}

/** Options of a probe by a connection. */
export interface TcpWorkloadProbeOptions extends WorkloadProbeOptions {
  /**
   * The host.
   *
   * @default - the workload
   */
  readonly host?: string;
}

/** Options of a probe by an HTTP request. */
export interface HttpWorkloadProbeOptions extends TcpWorkloadProbeOptions {
  /**
   * The path, and a query if there is one.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * HTTP or HTTPS.
   *
   * @default ConnectionScheme.HTTP
   */
  readonly scheme?: ConnectionScheme;

  /**
   * Headers of the request; a name may occur several times.
   *
   * @default - no headers
   */
  readonly headers?: WorkloadProbeHeader[];
}

/** A header of a probe. */
export interface WorkloadProbeHeader {
  /** The name: letters, digits and dashes. */
  readonly name: string;

  /** The value. */
  readonly value: string;
}

const HEADER_NAME = /^[-A-Za-z0-9]+$/;
const PATH = /^\/(?:[!-$&-~]|%[0-9A-Fa-f]{2})*$/;

/**
 * How the agent of a workload that is no pod finds out whether the workload takes traffic.
 *
 * There is no probe by gRPC: the field is in the schema, but Istio's admission refuses it.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-group/#ReadinessProbe
 */
export class WorkloadProbe {
  /**
   * By an HTTP request: answers from 200 to 399 are good. A certificate of HTTPS must be one that the workload's machine trusts.
   *
   * @param port the port, 1 to 65535
   * @throws when the port, the path, a header, a duration or a threshold is none
   */
  public static httpGet(port: number, options: HttpWorkloadProbeOptions = {}): WorkloadProbe {
    const { path, host, scheme, headers } = options;
    if (path !== undefined && !PATH.test(path)) {
      throw new Error(`path of a probe must start with '/' and have printable ASCII characters and percent escapes only, got '${path}'`);
    }
    const broken = headers?.find(({ name }) => !HEADER_NAME.test(name));
    if (broken !== undefined) {
      throw new Error(`header names of a probe must be letters, digits and dashes, got '${broken.name}'`);
    }
    return new WorkloadProbe({
      httpGet: { port: checkPort(port, 'port of a probe'), path, host: checkHost(host), scheme, httpHeaders: headers?.map(({ name, value }) => ({ name, value })) },
      ...timing(options),
    });
  }

  /**
   * By a connection.
   *
   * @param port the port, 1 to 65535
   * @throws when the port, a duration or a threshold is none
   */
  public static tcpSocket(port: number, options: TcpWorkloadProbeOptions = {}): WorkloadProbe {
    return new WorkloadProbe({ tcpSocket: { port: checkPort(port, 'port of a probe'), host: checkHost(options.host) }, ...timing(options) });
  }

  /**
   * By a command on the workload's machine: exit code 0 is good.
   *
   * @param command the program and its arguments
   * @throws when there is no program, an argument is empty, or a duration or a threshold is none
   */
  public static exec(command: string[], options: WorkloadProbeOptions = {}): WorkloadProbe {
    if (command.length === 0 || command.includes('')) {
      throw new Error(`command of a probe must be a program and arguments, none of them empty, got [${command.map(part => `'${part}'`).join(', ')}]`);
    }
    return new WorkloadProbe({ exec: { command: [...command] }, ...timing(options) });
  }

  private constructor(private readonly spec: Manifest<WorkloadGroupSpecProbe>) {}

  /** @internal */
  public _toKube(): Manifest<WorkloadGroupSpecProbe> {
    return this.spec;
  }
}

function timing({ initialDelay, timeout, period, successThreshold, failureThreshold }: WorkloadProbeOptions): Manifest<WorkloadGroupSpecProbe> {
  return {
    initialDelaySeconds: seconds(initialDelay, 'initialDelay', 0),
    timeoutSeconds: seconds(timeout, 'timeout', 1),
    periodSeconds: seconds(period, 'period', 1),
    successThreshold: checkCount(successThreshold, 'successThreshold of a probe', MAX_INT32, 1),
    failureThreshold: checkCount(failureThreshold, 'failureThreshold of a probe', MAX_INT32, 1),
  };
}

function seconds(duration: Duration | undefined, name: string, min: number): number | undefined {
  const count = duration?.toSeconds({ integral: false });
  if (count !== undefined && !(Number.isInteger(count) && count >= min && count <= MAX_INT32)) {
    throw new Error(`${name} of a probe must be in whole seconds, at least ${min}, got ${describeDuration(duration!)}`);
  }
  return count;
}

function checkHost(host: string | undefined): string | undefined {
  if (host === '') {
    throw new Error('host of a probe must not be empty: leave it out to mean the workload');
  }
  return host;
}
