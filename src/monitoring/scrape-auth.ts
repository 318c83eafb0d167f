import { ScrapeProxy } from './scrape-proxy';
import { ScrapeSecret, ScrapeText } from './scrape-secret';
import { ScrapeTls } from './scrape-tls';
import { tlsToKube } from './scrape-tls-spec';

/** How Prometheus gets a token from an authorization server. */
export interface ScrapeOAuth2 {
  /** The name by which the server knows Prometheus. */
  readonly clientId: ScrapeText;

  /** The secret of that name. */
  readonly clientSecret: ScrapeSecret;

  /** Where tokens are fetched, with http:// or https://. */
  readonly tokenUrl: string;

  /**
   * The scopes that are asked for.
   *
   * @default - none
   */
  readonly scopes?: string[];

  /**
   * More parameters of the request.
   *
   * @default - none
   */
  readonly endpointParams?: { [name: string]: string };

  /**
   * How TLS is spoken to the server.
   *
   * @default - with the authorities that the container of Prometheus trusts
   */
  readonly tls?: ScrapeTls;

  /**
   * The proxy through which the server is reached.
   *
   * @default - none
   */
  readonly proxy?: ScrapeProxy;
}

const TOKEN_URL = /^(http|https):\/\/.+$/;

/**
 * How Prometheus says who it is to a target: in one way only. All Secrets are in the namespace of the monitor.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.HTTPConfig
 */
export class ScrapeAuth {
  /** With a user and a password. */
  public static basic(username: ScrapeSecret, password: ScrapeSecret): ScrapeAuth {
    return new ScrapeAuth({ basicAuth: { username: username._toKube(), password: password._toKube() } });
  }

  /** With a token: `Authorization: Bearer ...`. */
  public static bearer(token: ScrapeSecret): ScrapeAuth {
    return new ScrapeAuth({ authorization: { credentials: token._toKube() } });
  }

  /**
   * With credentials of another type: `Authorization: <type> ...`.
   *
   * @throws when the type is empty or Basic
   */
  public static authorization(type: string, credentials: ScrapeSecret): ScrapeAuth {
    const word = type.trim().toLowerCase();
    if (word === '' || word === 'basic') {
      throw new Error(`type of an authorization must be a word other than Basic, got '${type}': use ScrapeAuth.basic for a user and a password`);
    }
    return new ScrapeAuth({ authorization: { type, credentials: credentials._toKube() } });
  }

  /**
   * With a token that is fetched from an authorization server; since Prometheus 2.27.
   *
   * @throws when the address of the server does not start with http:// or https://
   */
  public static oauth2(options: ScrapeOAuth2): ScrapeAuth {
    const { clientId, clientSecret, tokenUrl, scopes, endpointParams, tls, proxy } = options;
    if (!TOKEN_URL.test(tokenUrl)) {
      throw new Error(`tokenUrl of OAuth2 must start with http:// or https://, got '${tokenUrl}'`);
    }
    return new ScrapeAuth({
      oauth2: {
        clientId: clientId._toKube(),
        clientSecret: clientSecret._toKube(),
        tokenUrl,
        scopes,
        endpointParams,
        tlsConfig: tls && tlsToKube(tls),
        ...proxy?._toKube(),
      },
    });
  }

  private constructor(private readonly spec: { [way: string]: object }) {}

  /** @internal */
  public _toKube(): object {
    return this.spec;
  }
}
