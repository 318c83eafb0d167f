import { ScrapeSecret } from './scrape-secret';

/** A proxy, as the Prometheus Operator writes it. */
interface ProxySpec {
  readonly proxyUrl?: string;
  readonly noProxy?: string;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyConnectHeader?: { [name: string]: ReturnType<ScrapeSecret['_toKube']>[] };
}

/** What may be said of a proxy. */
export interface ScrapeProxyOptions {
  /**
   * Headers that are sent to the proxy with CONNECT; since Prometheus 2.43.
   *
   * @default - none
   */
  readonly connectHeaders?: { [name: string]: ScrapeSecret[] };
}

/** What may be said of a proxy with an address. */
export interface ScrapeProxyUrlOptions extends ScrapeProxyOptions {
  /**
   * Addresses, ranges (CIDR) and domains that are reached without it; since Prometheus 2.43.
   *
   * @default - none
   */
  readonly noProxy?: string[];
}

const URL = /^(http|https|socks5):\/\/.+$/;

/**
 * The proxy through which Prometheus scrapes.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ProxyConfig
 */
export class ScrapeProxy {
  /**
   * A proxy at an address.
   *
   * @throws when the address does not start with http://, https:// or socks5://, or a header has no value
   */
  public static url(url: string, options: ScrapeProxyUrlOptions = {}): ScrapeProxy {
    if (!URL.test(url)) {
      throw new Error(`URL of a proxy must start with http://, https:// or socks5://, got '${url}'`);
    }
    if (options.noProxy?.length === 0) {
      throw new Error('noProxy of a proxy must name something, got none: leave it out');
    }
    return new ScrapeProxy({ proxyUrl: url, noProxy: options.noProxy?.join(','), proxyConnectHeader: headers(options) });
  }

  /**
   * The proxy that the environment of Prometheus names.
   *
   * @throws when a header has no value
   */
  public static environment(options: ScrapeProxyOptions = {}): ScrapeProxy {
    return new ScrapeProxy({ proxyFromEnvironment: true, proxyConnectHeader: headers(options) });
  }

  private constructor(private readonly spec: ProxySpec) {}

  /** @internal */
  public _toKube(): ProxySpec {
    return this.spec;
  }
}

function headers({ connectHeaders }: ScrapeProxyOptions): ProxySpec['proxyConnectHeader'] {
  return connectHeaders && Object.fromEntries(Object.entries(connectHeaders).map(([name, values]) => {
    if (values.length === 0) {
      throw new Error(`header '${name}' for a proxy needs at least one value, got none`);
    }
    return [name, values.map(value => value._toKube())];
  }));
}
