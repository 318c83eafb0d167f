import { Namespace, ServiceAccount } from 'cdk8s-plus-28';
import { checkText } from './authorization-values';
import { PolicyPlace } from './policy-place';
import { checkDnsLabel, checkDnsSubdomain } from '../semantics/names';

/**
 * Namespaces of clients.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
 */
export class SourceNamespace {
  /** Any namespace: whoever connects with mTLS. */
  public static readonly ANY = new SourceNamespace('*');

  /** A namespace of this app. */
  public static of(namespace: Namespace): SourceNamespace {
    return new SourceNamespace(namespace.name);
  }

  /**
   * A namespace that is in the cluster already.
   *
   * @throws when the name breaks DNS rules
   */
  public static named(name: string): SourceNamespace {
    return new SourceNamespace(checkDnsLabel(name, 'source namespace'));
  }

  /**
   * Namespaces whose name starts like this.
   *
   * @throws when it can start no name
   */
  public static prefix(prefix: string): SourceNamespace {
    return new SourceNamespace(`${checkPiece(prefix, 'prefix')}*`);
  }

  /**
   * Namespaces whose name ends like this.
   *
   * @throws when it can end no name
   */
  public static suffix(suffix: string): SourceNamespace {
    return new SourceNamespace(`*${checkPiece(suffix, 'suffix')}`);
  }

  private constructor(
    /** The name or pattern as a policy writes it. */
    public readonly value: string,
  ) {}
}

function checkPiece(piece: string, what: string): string {
  if (!/^[-a-z0-9]{1,63}$/.test(piece)) {
    throw new Error(`${what} of source namespaces must be 1 to 63 lower case letters, digits and dashes, got '${piece}'`);
  }
  return piece;
}

/**
 * A service account of clients, in whatever trust domain.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
 */
export class SourceServiceAccount {
  /** A service account of this app. Without a namespace it is in that of the policy. */
  public static of(account: ServiceAccount): SourceServiceAccount {
    return new SourceServiceAccount(account.metadata.namespace, account.name);
  }

  /**
   * A service account that is in the cluster already, in the namespace of the policy.
   *
   * @throws when the name breaks DNS rules
   */
  public static named(name: string): SourceServiceAccount {
    return new SourceServiceAccount(undefined, checkDnsSubdomain(name, 'name of the service account'));
  }

  /**
   * A service account that is in the cluster already.
   *
   * @param namespace its namespace
   * @param name its name
   * @throws when a name breaks DNS rules
   */
  public static inNamespace(namespace: string, name: string): SourceServiceAccount {
    checkDnsLabel(namespace, 'namespace of the service account');
    return new SourceServiceAccount(namespace, checkDnsSubdomain(name, 'name of the service account'));
  }

  private constructor(private readonly namespace: string | undefined, private readonly name: string) {}

  /** @internal */
  public _in(policy: PolicyPlace): string {
    const namespace = this.namespace ?? policy.namespace;
    return namespace === undefined ? this.name : `${namespace}/${this.name}`;
  }
}

/**
 * Who a token says that a request is from: its issuer and subject.
 *
 * Istio takes what stands after the last `/` for the subject, so that subjects with a `/` can only be told by a condition on the claim `sub`.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
 */
export class RequestPrincipal {
  /** Any valid token. */
  public static readonly ANY = new RequestPrincipal('*');

  /**
   * One subject of one issuer.
   *
   * @throws when a part is empty or has a `*`, or the subject has a `/`
   */
  public static of(issuer: string, subject: string): RequestPrincipal {
    return new RequestPrincipal(`${checkExact(issuer, 'issuer')}/${checkSubject(subject)}`);
  }

  /**
   * Every subject of an issuer.
   *
   * @throws when it is empty or has a `*`
   */
  public static issuer(issuer: string): RequestPrincipal {
    return new RequestPrincipal(`${checkExact(issuer, 'issuer')}/*`);
  }

  /**
   * A subject, whoever issued the token.
   *
   * @throws when it is empty, or has a `*` or a `/`
   */
  public static subject(subject: string): RequestPrincipal {
    return new RequestPrincipal(`*/${checkSubject(subject)}`);
  }

  /**
   * Tokens whose issuer is exactly this, and whose subject starts so.
   *
   * @throws when a part is empty or has a `*`, or the subject has a `/`
   */
  public static subjectPrefix(issuer: string, prefix: string): RequestPrincipal {
    return new RequestPrincipal(`${checkExact(issuer, 'issuer')}/${checkSubject(prefix)}*`);
  }

  /**
   * Tokens whose issuer ends so, with exactly this subject.
   *
   * @throws when a part is empty or has a `*`, or the subject has a `/`
   */
  public static issuerSuffix(suffix: string, subject: string): RequestPrincipal {
    return new RequestPrincipal(`*${checkExact(suffix, 'issuer')}/${checkSubject(subject)}`);
  }

  /**
   * Subjects that end so, whoever issued the token.
   *
   * @throws when it is empty, or has a `*` or a `/`
   */
  public static subjectSuffix(suffix: string): RequestPrincipal {
    return new RequestPrincipal(`*${checkSubject(suffix)}`);
  }

  /**
   * Every subject of issuers that start so, up to their first `/`.
   *
   * @throws when it is empty, or has a `*` or a `/`
   */
  public static issuerPrefix(prefix: string): RequestPrincipal {
    if (checkExact(prefix, 'issuer').includes('/')) {
      throw new Error(`prefix of an issuer must have no '/', got '${prefix}': Istio would take what follows it for the subject, name whole issuers`);
    }
    return new RequestPrincipal(`${prefix}*`);
  }

  private constructor(
    /** The pattern as a policy writes it. */
    public readonly value: string,
  ) {}
}

function checkExact(value: string, what: string): string {
  checkText(value, `${what} of a request principal`);
  if (value.includes('*')) {
    throw new Error(`${what} of a request principal must have no '*', got '${value}': use RequestPrincipal.issuer or RequestPrincipal.subject for any`);
  }
  return value;
}

function checkSubject(subject: string): string {
  if (checkExact(subject, 'subject').includes('/')) {
    throw new Error(`subject of a request principal must have no '/', got '${subject}': use AuthorizationCondition.claim(['sub'], ...)`);
  }
  return subject;
}
