import { Workload } from 'cdk8s-plus-28';
import { WorkloadSelector } from '../../istio/workload-selector';
import { IMeshClient, IMeshNamespace } from '../mesh-client';

/** Who may call what. */
export interface CallGraphRow {
  /** The caller: `<namespace>/<service account>`, or `<namespace>/*`, behind a trust domain when it is of another one; `*` for anybody, `nobody` for none. */
  readonly client: string;

  /**
   * What is called: `<namespace>/<workload>`, or `<namespace>/*` for everything in it. Where a route sends to pods of no workload of this app that is part of the
   * mesh, `<namespace>/` and their labels, as `shop/app=web`.
   */
  readonly callee: string;

  /**
   * The ports, as containers listen on them.
   *
   * @default - every port
   */
  readonly ports?: number[];

  /**
   * HTTP methods.
   *
   * @default - every method
   */
  readonly methods?: string[];

  /**
   * HTTP paths.
   *
   * @default - every path
   */
  readonly paths?: string[];

  /**
   * Hosts that requests name.
   *
   * @default - every host
   */
  readonly hosts?: string[];
}

const HEADER = ['client', 'callee', 'ports', 'methods', 'paths', 'hosts'];
const ANY = '*';
const NOBODY = 'nobody';

/**
 * The call graph of namespaces, as this app says it up to now: make it when all is said. It tells of `allowFrom` and of what routes of patterns need;
 * policies that were made one by one are not among it.
 *
 * @see https://istio.io/latest/docs/concepts/security/#authorization
 */
export class CallGraph {
  /**
   * What may be called in namespaces.
   *
   * @param namespaces at least one
   * @throws when there is none
   */
  public static of(...namespaces: IMeshNamespace[]): CallGraph {
    if (namespaces.length === 0) {
      throw new Error('a call graph needs at least one namespace, got none');
    }
    return new CallGraph(namespaces.flatMap(namespace => rowsOf(namespace)));
  }

  private constructor(
    /** Who may call what, by namespace in the order in which it was said. */
    public readonly rows: CallGraphRow[],
  ) {}

  /** The graph as a table in Markdown. */
  public toMarkdown(): string {
    const lines = this.rows.map(({ client, callee, ports, methods, paths, hosts }) => [client, callee, ...[ports, methods, paths, hosts].map(text)]);
    const line = (cells: string[]) => `| ${cells.map(cell => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
    return [line(HEADER), `|${HEADER.map(() => '---').join('|')}|`, ...lines.map(line), ''].join('\n');
  }
}

function text(values: (string | number)[] | undefined): string {
  return values === undefined ? ANY : values.join(', ');
}

function rowsOf({ name, _policies }: IMeshNamespace): CallGraphRow[] {
  if (!_policies.isClosed) {
    return [{ client: ANY, callee: `${name}/${ANY}` }];
  }
  const rows = _policies.calls.flatMap(({ to, selector, call: { client, ports, methods, paths, hosts, routedHosts } }) =>
    calleesOf(to, selector, _policies.members).map(callee => (
      { client: nameOf(client), callee: `${name}/${callee}`, ports, methods, paths, hosts: hosts ?? routedHosts })));
  return rows.length > 0 ? rows : [{ client: NOBODY, callee: `${name}/${ANY}` }];
}

/** Routes know pods only: the workloads are those whose pods have the labels. */
function calleesOf(to: string | undefined, selector: WorkloadSelector | undefined, workloads: readonly Workload[]): string[] {
  if (selector === undefined) {
    return [ANY];
  }
  if (to !== undefined) {
    return [to];
  }
  const wanted = Object.entries(selector.matchLabels);
  const known = workloads.filter(({ podMetadata }) => wanted.every(([key, value]) => podMetadata.getLabel(key) === value));
  return known.length > 0 ? known.map(({ name }) => name) : [wanted.map(entry => entry.join('=')).join(',')];
}

function nameOf({ clientNamespace, clientServiceAccount = ANY, clientTrustDomain }: IMeshClient): string {
  return [...clientTrustDomain === undefined ? [] : [clientTrustDomain], clientNamespace.name, clientServiceAccount].join('/');
}
