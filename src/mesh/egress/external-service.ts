import { ExternalPort, ExternalPortOptions, ExternalProtocol, OriginatePortOptions, TcpPortOptions, TlsPortOptions } from './external-port';
import { checkIpSubnet } from '../../istio/ip-subnet';
import { checkHostname, isWildcard } from '../../semantics/hostname';
import { checkUnique } from '../../semantics/lists';
import { checkDnsLabel, hostSlug } from '../../semantics/names';

/** What is told of every external service. */
export interface ExternalServiceNaming {
  /**
   * The name of what is made for it.
   *
   * @default - its first host, with dashes for dots
   */
  readonly name?: string;

  /**
   * More hosts that are called alike.
   *
   * @default - none
   */
  readonly moreHosts?: string[];
}

/** What is told of an external service whose callers need not be known. */
export interface ExternalServiceNamingAndIdentity extends ExternalServiceNaming {
  /**
   * Whether the way from the application's proxy to the gateway is mTLS of the mesh, so that the gateway knows who calls.
   *
   * @default - true with a client list, false without
   */
  readonly identified?: boolean;
}

/** Options of an external host. */
export interface ExternalServiceOptions extends ExternalServiceNamingAndIdentity, ExternalPortOptions {}

/** Options of an external host that applications call with TLS. */
export interface ExternalTlsServiceOptions extends ExternalServiceNamingAndIdentity, TlsPortOptions {}

/** Options of an external host to which the gateway begins TLS. */
export interface OriginateOptions extends ExternalServiceNaming, OriginatePortOptions {}

/** Options of a database, or whatever else is known by address and port. */
export interface ExternalTcpOptions extends TcpPortOptions {
  /**
   * Its IP addresses; where there is no gateway on the way also blocks of them. Connections are told apart by them.
   *
   * @default - Istio gives out an address: then the proxies of the mesh must answer its name, with DNS capture
   */
  readonly addresses?: string[];

  /**
   * The name of what is made for it.
   *
   * @default - its host, with dashes for dots
   */
  readonly name?: string;

  /**
   * Whether the way from the application's proxy to the gateway is mTLS of the mesh, so that the gateway knows who calls.
   *
   * @default true
   */
  readonly identified?: boolean;
}

/** What an external service is in full. */
export interface ExternalServiceProps {
  /** The hosts, fully qualified. All are wildcards such as `*.example.com`, or none is. */
  readonly hostnames: string[];

  /** The ports, each with what is spoken there. */
  readonly ports: ExternalPort[];

  /**
   * The IP addresses by which TCP is told apart; where there is no gateway on the way also blocks of them.
   *
   * @default - Istio gives out an address
   */
  readonly addresses?: string[];

  /**
   * The name of what is made for it.
   *
   * @default - its first host, with dashes for dots
   */
  readonly name?: string;

  /**
   * Whether the way from the application's proxy to the gateway is mTLS of the mesh, so that the gateway knows who calls.
   *
   * @default - true with a client list, and where the gateway begins TLS; else false
   */
  readonly identified?: boolean;
}

/**
 * A service outside of the mesh: hosts, and ports of them.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export class ExternalService {
  /**
   * A host that applications call with TLS of their own.
   *
   * @param hostname the host, which may be a wildcard such as `*.example.com` where the way out can look up what each connection names
   * @throws when it is malformed or not fully qualified, or a port is none
   */
  public static tls(hostname: string, options: ExternalTlsServiceOptions = {}): ExternalService {
    return single(hostname, ExternalPort.tls(options), options, options.identified);
  }

  /**
   * A host that is called with plain HTTP: anybody on the way can read and change what is said.
   *
   * @param hostname the host, which may be a wildcard where the way out can look up what each request names
   * @throws when it is malformed or not fully qualified, or the port is none
   */
  public static http(hostname: string, options: ExternalServiceOptions = {}): ExternalService {
    return single(hostname, ExternalPort.http(options), options, options.identified);
  }

  /**
   * A host that applications call with plain HTTP and to which the gateway begins TLS, so that it sees requests and clients.
   *
   * @param hostname the host
   * @throws when it is malformed, not fully qualified or a wildcard, or a port is none
   */
  public static originate(hostname: string, options: OriginateOptions = {}): ExternalService {
    return single(hostname, ExternalPort.originate(options), options, true);
  }

  /**
   * A host that is called with plain gRPC: anybody on the way can read and change what is said.
   *
   * @param hostname the host, which may be a wildcard where the way out can look up what each request names
   * @throws when it is malformed or not fully qualified, or the port is none
   */
  public static grpc(hostname: string, options: ExternalServiceOptions = {}): ExternalService {
    return single(hostname, ExternalPort.grpc(options), options, options.identified);
  }

  /**
   * A host that applications call with plain gRPC and to which the gateway begins TLS.
   *
   * @param hostname the host
   * @throws when it is malformed, not fully qualified or a wildcard, or a port is none
   */
  public static originateGrpc(hostname: string, options: OriginateOptions = {}): ExternalService {
    return single(hostname, ExternalPort.originateGrpc(options), options, true);
  }

  /**
   * A database, or whatever else is known by address and port.
   *
   * @param hostname its host, by which the mesh knows it: DNS must know it too, unless there are addresses
   * @throws when it is malformed, not fully qualified or a wildcard, an address is none, or a port is none
   */
  public static tcp(hostname: string, options: ExternalTcpOptions): ExternalService {
    return single(hostname, ExternalPort.tcp(options), options, options.identified ?? true, options.addresses);
  }

  /**
   * Hosts with one or several ports.
   *
   * @throws when a host or a port is malformed, there is none, or two ports have one number
   */
  public static of(props: ExternalServiceProps): ExternalService {
    return new ExternalService(props);
  }

  /** The first host. */
  public readonly hostname: string;
  /** All hosts. */
  public readonly hostnames: string[];
  /** The ports. */
  public readonly ports: ExternalPort[];
  /** The name of what is made for it. */
  public readonly slug: string;

  /**
   * The IP addresses by which TCP is told apart.
   *
   * @default - Istio gives out an address
   */
  public readonly addresses?: string[];

  /** Whether the gateway knows who calls; `undefined` leaves it to the client list. */
  public readonly identified?: boolean;

  private constructor({ hostnames, ports, addresses, name, identified }: ExternalServiceProps) {
    if (hostnames.length === 0 || ports.length === 0) {
      throw new Error(`an external service needs hosts and ports, got ${hostnames.length} hosts and ${ports.length} ports`);
    }
    hostnames.forEach(checkExternalHost);
    checkUnique(hostnames, 'external hosts');
    [this.hostname] = hostnames;
    this.hostnames = [...hostnames];
    this.ports = [...ports];
    this.slug = name === undefined ? hostSlug(this.hostname) : checkDnsLabel(name, `name of external host '${this.hostname}'`);
    ports.forEach(port => port._check(this.hostname));
    checkNumbers(this.hostname, ports);
    this.addresses = addresses && [...addresses];
    addresses?.forEach(address => checkIpSubnet(address, `address of external host '${this.hostname}'`));
    this.checkWildcards();
    this.checkTcp();
    // Where the gateway begins TLS, what comes to it would be clear text otherwise.
    this.identified = identified ?? (ports.some(({ _originates }) => _originates) || undefined);
    if (this.identified === false && ports.some(({ _originates }) => _originates)) {
      throw new Error(`the way to external host '${this.hostname}' would be clear text up to where TLS begins: leave identified: false out`);
    }
  }

  /**
   * Whether what is called is any host of a domain.
   *
   * @internal
   */
  public get _isWildcard(): boolean {
    return isWildcard(this.hostname);
  }

  /**
   * What is spoken, in a word for messages.
   *
   * @internal
   */
  public get _spoken(): string {
    return [...new Set(this.ports.map(({ protocol }) => protocol))].join(' and ');
  }

  private checkWildcards(): void {
    const { hostname, hostnames, ports } = this;
    if (hostnames.some(host => isWildcard(host) !== isWildcard(hostname))) {
      throw new Error(`external hosts ${hostnames.join(', ')} are looked up in two ways: a service has wildcards only, or none`);
    }
    const bad = ports.find(port => port._originates || port.protocol === ExternalProtocol.TCP || port.proxy !== undefined);
    if (bad !== undefined && isWildcard(hostname)) {
      const why = bad.proxy !== undefined ? 'through a forward proxy' : `with ${bad.protocol}`;
      throw new Error(`external host must be one host ${why}, got '${hostname}': name the hosts one by one, or let applications begin TLS with ExternalService.tls`);
    }
  }

  private checkTcp(): void {
    const { hostname, hostnames, ports, addresses } = this;
    const tcp = ports.some(({ protocol }) => protocol === ExternalProtocol.TCP);
    if (tcp && hostnames.length > 1) {
      throw new Error(`external hosts ${hostnames.join(', ')} cannot be told apart by TCP: allow each by itself`);
    }
    if (addresses !== undefined && (!tcp || addresses.length === 0)) {
      throw new Error(`addresses of external host '${hostname}' are those by which TCP is told apart, got ${
        tcp ? 'none' : `them with ${this._spoken}`}: leave addresses out`);
    }
  }
}

function single(
  hostname: string, port: ExternalPort, { name, moreHosts = [] }: ExternalServiceNaming, identified?: boolean, addresses?: string[],
): ExternalService {
  return ExternalService.of({ hostnames: [hostname, ...moreHosts], ports: [port], name, identified, addresses });
}

function checkExternalHost(hostname: string): void {
  checkHostname(hostname, 'external host');
  if (!hostname.includes('.')) {
    throw new Error(`external host must be fully qualified, got '${hostname}'`);
  }
}

function checkNumbers(hostname: string, ports: ExternalPort[]): void {
  ports.forEach(({ port, protocol, hostPort }, index) => {
    const begun = ports.find((other, n) => n !== index && other._originates && other.hostPort === hostPort);
    if (begun !== undefined) {
      throw new Error(`port ${hostPort} of external host '${hostname}' is the one to which the mesh begins TLS for port ${begun.port}, got it for ${protocol} on port ${
        port} as well: begin TLS from one port, or let applications do it`);
    }
    const same = ports.slice(0, index).find(other => other.port === port);
    if (same !== undefined) {
      throw new Error(`port ${port} of external host '${hostname}' is for ${same.protocol} already, got ${protocol}: a port speaks one protocol`);
    }
  });
}
