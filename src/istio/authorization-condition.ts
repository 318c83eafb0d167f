import {
  ConditionIdentities, ConditionNamespaces, ConditionPorts, ConditionRequestPrincipals, ConditionServiceAccounts, ConditionValues,
} from './authorization-condition-values';
import { checkPattern, checkText, checkTrustDomain, ValueCheck } from './authorization-values';
import { checkHeaderName } from './header-name';
import { checkIpSubnet } from './ip-subnet';
import { PolicyPlace } from './policy-place';
import { checkPort } from '../semantics/port';

/** What can read an attribute. */
interface AttributeReaders {
  /** HTTP only: other connections do not have it. */
  readonly http?: boolean;
  /** The node's proxy of an ambient mesh, too. */
  readonly ztunnel?: boolean;
  /** Not before an external authorizer is asked. */
  readonly late?: boolean;
}

interface AnyValues<T> {
  readonly values?: T[];
  readonly notValues?: T[];
}

interface WrittenCondition extends AnyValues<string> {
  readonly key: string;
}

/**
 * One attribute of a request or connection, and the values of which it must have one, or none. Both lists may be given, and each has at least one value.
 *
 * @see https://istio.io/latest/docs/reference/config/security/conditions/
 */
export class AuthorizationCondition {
  /**
   * `request.headers`: a header of the request, by exact value or with `*` at one end. HTTP only.
   *
   * @throws when the name is no header name, or there are no values
   */
  public static requestHeader(name: string, values: ConditionValues): AuthorizationCondition {
    checkHeaderName(name.replace(/^:/, ''), 'header of a condition');
    return AuthorizationCondition.text(`request.headers[${name}]`, values, checkText, { http: true });
  }

  /**
   * `source.ip`: the address of the peer, as IP addresses or blocks.
   *
   * @throws when a value is neither
   */
  public static sourceIp(values: ConditionValues): AuthorizationCondition {
    return AuthorizationCondition.text('source.ip', values, checkIpSubnet, { ztunnel: true });
  }

  /**
   * `remote.ip`: the address of the client itself, as X-Forwarded-For or the PROXY protocol has it, as IP addresses or blocks.
   *
   * @throws when a value is neither
   */
  public static remoteIp(values: ConditionValues): AuthorizationCondition {
    return AuthorizationCondition.text('remote.ip', values, checkIpSubnet, {});
  }

  /**
   * `source.namespace`: the namespace of the client.
   *
   * @throws when there are no values
   */
  public static sourceNamespace(values: ConditionNamespaces): AuthorizationCondition {
    return AuthorizationCondition.make('source.namespace', values, ({ value }) => value, { ztunnel: true, late: true });
  }

  /**
   * `source.serviceAccount`: the service account of the client, at most 16 values in each list.
   *
   * @throws when there are no values, or too many
   */
  public static sourceServiceAccount(values: ConditionServiceAccounts): AuthorizationCondition {
    for (const list of [values.values, values.notValues]) {
      if ((list?.length ?? 0) > 16) {
        throw new Error(`a condition on source.serviceAccount takes at most 16 values, got ${list!.length}: use a second rule`);
      }
    }
    return AuthorizationCondition.make('source.serviceAccount', values, (account, policy) => account._in(policy), { late: true });
  }

  /**
   * `source.principal`: the identity of the client.
   *
   * @throws when there are no values
   */
  public static sourcePrincipal(values: ConditionIdentities): AuthorizationCondition {
    return AuthorizationCondition.make('source.principal', values, (identity, policy) => identity._in(policy), { ztunnel: true, late: true });
  }

  /**
   * `source.trustDomain`: the trust domain of the client, exact or with `*` at one end.
   *
   * @throws when a value has a `/`
   */
  public static sourceTrustDomain(values: ConditionValues): AuthorizationCondition {
    return AuthorizationCondition.text('source.trustDomain', values, checkTrustDomain, { late: true });
  }

  /**
   * `request.auth.principal`: who the token says that the request is from. HTTP only.
   *
   * @throws when there are no values
   */
  public static requestPrincipal(values: ConditionRequestPrincipals): AuthorizationCondition {
    return AuthorizationCondition.make('request.auth.principal', values, ({ value }) => value, { http: true, late: true });
  }

  /**
   * `request.auth.audiences`: whom the token is for (`aud`). HTTP only.
   *
   * @throws when a value is empty
   */
  public static audiences(values: ConditionValues): AuthorizationCondition {
    return AuthorizationCondition.text('request.auth.audiences', values, checkText, { http: true, late: true });
  }

  /**
   * `request.auth.presenter`: to whom the token was given (`azp`). HTTP only.
   *
   * @throws when a value is empty
   */
  public static presenter(values: ConditionValues): AuthorizationCondition {
    return AuthorizationCondition.text('request.auth.presenter', values, checkText, { http: true, late: true });
  }

  /**
   * `request.auth.claims`: a claim of the token, a text or a list of texts. HTTP only.
   *
   * @param path the name of the claim, or its names from the outermost inwards: `['realm_access', 'roles']`
   * @throws when a name is empty or has brackets, or a value is empty
   */
  public static claim(path: string[], values: ConditionValues): AuthorizationCondition {
    if (path.length === 0 || path.some(name => !/^[^[\]]+$/.test(name))) {
      throw new Error(`claim of a condition must be names without brackets, got ${JSON.stringify(path)}: pass ['groups'], or ['realm_access', 'roles']`);
    }
    return AuthorizationCondition.text(`request.auth.claims${path.map(name => `[${name}]`).join('')}`, values, checkText, { http: true, late: true });
  }

  /**
   * `destination.ip`: the address that is called, as IP addresses or blocks.
   *
   * @throws when a value is neither
   */
  public static destinationIp(values: ConditionValues): AuthorizationCondition {
    return AuthorizationCondition.text('destination.ip', values, checkIpSubnet, { ztunnel: true });
  }

  /**
   * `destination.port`: the port that is called, 1 to 65535, as the workload itself listens.
   *
   * @throws when a value is no port
   */
  public static destinationPort(values: ConditionPorts): AuthorizationCondition {
    values.values?.forEach(port => checkPort(port, 'values of a condition on destination.port'));
    values.notValues?.forEach(port => checkPort(port, 'notValues of a condition on destination.port'));
    return AuthorizationCondition.make('destination.port', values, String, { ztunnel: true });
  }

  /**
   * `connection.sni`: the server name of the TLS connection, exact or with `*` at one end.
   *
   * @throws when a value is empty, or has a `*` inside
   */
  public static sni(values: ConditionValues): AuthorizationCondition {
    return AuthorizationCondition.text('connection.sni', values, checkPattern, {});
  }

  /**
   * `experimental.envoy.filters.*`: what a filter of Envoy tells of the request, such as `envoy.filters.network.mysql_proxy` and `db.table`.
   *
   * @param filter the name of the filter
   * @param key the key of its metadata
   * @param values exact texts or with `*` at one end; in brackets, as `[update]`, for an entry of a list
   * @throws when the filter is none of Envoy's, the key is empty, or there are no values
   */
  public static envoyFilter(filter: string, key: string, values: ConditionValues): AuthorizationCondition {
    if (!/^envoy\.filters\.[^[\]]+$/.test(filter)) {
      throw new Error(`filter of a condition must be one of Envoy's such as envoy.filters.network.mysql_proxy, got '${filter}'`);
    }
    checkText(key, 'key of a filter condition');
    return AuthorizationCondition.text(`experimental.${filter}[${key}]`, values, checkText, {});
  }

  private static text(key: string, values: ConditionValues, check: ValueCheck, readers: AttributeReaders): AuthorizationCondition {
    values.values?.forEach(value => check(value, `values of a condition on ${key}`));
    values.notValues?.forEach(value => check(value, `notValues of a condition on ${key}`));
    return AuthorizationCondition.make(key, values, value => value, readers);
  }

  private static make<T>(
    key: string, { values, notValues }: AnyValues<T>, write: (value: T, policy: PolicyPlace) => string, readers: AttributeReaders,
  ): AuthorizationCondition {
    if (values === undefined && notValues === undefined) {
      throw new Error(`a condition on ${key} must have at least one of values, notValues, got none`);
    }
    for (const [field, list] of [['values', values], ['notValues', notValues]] as const) {
      if (list?.length === 0) {
        throw new Error(`${field} of a condition on ${key} must have at least one value, got none: leave ${field} out to mean any`);
      }
    }
    return new AuthorizationCondition(key, readers, policy => ({
      key,
      values: values?.map(value => write(value, policy)),
      notValues: notValues?.map(value => write(value, policy)),
    }));
  }

  private constructor(
    /** The attribute. */
    public readonly key: string,
    /**
     * What can read it.
     *
     * @internal
     */
    public readonly _readers: AttributeReaders,
    /**
     * The condition as a policy writes it.
     *
     * @internal
     */
    public readonly _in: (policy: PolicyPlace) => WrittenCondition,
  ) {}
}
