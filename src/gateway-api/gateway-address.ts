import type { GatewaySpecAddresses } from '../imports/gateway.networking.k8s.io';
import { checkHostname } from '../semantics/hostname';
import { checkIpAddress } from '../semantics/ip-address';
import { Manifest } from '../semantics/manifest';
import { checkDnsSubdomain } from '../semantics/names';

/** Options of an address. */
export interface GatewayAddressOptions {
  /**
   * From where the address can be reached. Of the experimental channel, since 1.7.
   *
   * @default - as the implementation has it
   */
  readonly routability?: GatewayRoutability;
}

/**
 * From where an address of a Gateway can be reached.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspecaddress
 */
export class GatewayRoutability {
  /** From within the cluster. */
  public static readonly CLUSTER = new GatewayRoutability('Cluster');

  /**
   * A word of the implementation.
   *
   * @param name a domain, a slash and a word, such as `example.com/campus`
   * @throws when the name is not of that form, or the domain is `k8s.io` or below it
   */
  public static of(name: string): GatewayRoutability {
    const slash = name.indexOf('/');
    if (slash < 0 || slash === name.length - 1 || name.length > MAX_VALUE) {
      throw new Error(`routability must be a domain, a slash and a word such as example.com/campus, at most ${MAX_VALUE} characters, ` +
        `got '${name}': or use GatewayRoutability.CLUSTER`);
    }
    const domain = checkDnsSubdomain(name.slice(0, slash), 'domain of the routability');
    if (domain === 'k8s.io' || domain.endsWith('.k8s.io')) {
      throw new Error(`domain of the routability must be outside k8s.io, got '${domain}': use one of your implementation`);
    }
    return new GatewayRoutability(name);
  }

  private constructor(
    /** The word. */
    public readonly name: string,
  ) {}
}

const MAX_VALUE = 253;
const PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/**
 * An address that a Gateway asks for.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspecaddress
 */
export class GatewayAddress {
  /**
   * An IP address.
   *
   * @param value the IPv4 or IPv6 address; default: the implementation chooses one
   * @throws when the value is no IP address
   */
  public static ipAddress(value?: string, options: GatewayAddressOptions = {}): GatewayAddress {
    if (value?.includes('%')) {
      throw new Error(`address of type IPAddress must have no zone, got '${value}': leave out what starts with '%'`);
    }
    return new GatewayAddress('IPAddress', value === undefined ? undefined : checkIpAddress(value, 'address of type IPAddress'), options);
  }

  /**
   * A host name; for Istio that of the Service of a Gateway that you deploy yourself.
   *
   * @param value the host name; default: the implementation chooses one
   * @throws when the value is no DNS name
   */
  public static hostname(value?: string, options: GatewayAddressOptions = {}): GatewayAddress {
    return new GatewayAddress('Hostname', value === undefined ? undefined : checkHostname(value, 'address of type Hostname'), options);
  }

  /**
   * An address of a type that only the implementation knows.
   *
   * @param type a domain, a slash and a path, such as `example.com/pool`; or `NamedAddress`
   * @param value the address, at most 253 characters; default: the implementation chooses one
   * @throws when the type is not of that form, or the value too long
   */
  public static of(type: string, value?: string, options: GatewayAddressOptions = {}): GatewayAddress {
    if (type !== 'NamedAddress') {
      const [domain, ...path] = type.split('/');
      if (!PATH.test(path.join('/')) || type.length > MAX_VALUE) {
        throw new Error(`type of an address must be a domain and a path such as example.com/pool, at most ${MAX_VALUE} characters, got '${type}': ` +
          'or use GatewayAddress.ipAddress or GatewayAddress.hostname');
      }
      checkDnsSubdomain(domain, 'domain of the address type');
    }
    if ((value?.length ?? 0) > MAX_VALUE) {
      throw new Error(`address of type ${type} must have at most ${MAX_VALUE} characters, got ${value!.length}`);
    }
    return new GatewayAddress(type, value, options);
  }

  private constructor(
    /** The type of the address. */
    public readonly type: string,
    /**
     * The address.
     *
     * @default - the implementation chooses one of the type
     */
    public readonly value: string | undefined,
    private readonly options: GatewayAddressOptions,
  ) {}

  /** @internal */
  public _toKube(): Manifest<GatewaySpecAddresses> {
    return { type: this.type, value: this.value, routability: this.options.routability?.name };
  }
}
