import { Certificate } from './certificate';
import type { GatewaySpecListenersTls } from '../imports/gateway.networking.k8s.io';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkQualifiedName } from '../semantics/qualified-name';

/** How a listener ends TLS. */
export interface TerminateTlsOptions {
  /**
   * The certificates to choose from, by server name, at most 64.
   *
   * @default - none; `options` must then say where the implementation finds them
   */
  readonly certificates?: Certificate[];

  /**
   * Settings of the implementation, at most 16.
   *
   * @default - none
   */
  readonly options?: { [key: string]: string };
}

/** How a listener passes TLS through. */
export interface PassthroughTlsOptions {
  /**
   * Settings of the implementation, at most 16.
   *
   * @default - none
   */
  readonly options?: { [key: string]: string };
}

const MAX_CERTIFICATES = 64;
const MAX_OPTIONS = 16;
const MAX_OPTION = 4096;

/**
 * What a listener does with TLS.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#listenertlsconfig
 */
export class ListenerTls {
  /**
   * TLS ends at the Gateway.
   *
   * @throws when there is neither a certificate nor a setting of the implementation, or too many of them
   */
  public static terminate(options: TerminateTlsOptions): ListenerTls {
    return ListenerTls._terminate('a listener', 'ListenerTls.passthrough', options);
  }

  /**
   * TLS is passed on as it is.
   *
   * @throws when there are more than 16 settings
   */
  public static passthrough(options: PassthroughTlsOptions = {}): ListenerTls {
    return ListenerTls._passthrough('a listener', options);
  }

  /** @internal */
  public static _terminate(what: string, otherwise: string, { certificates, options }: TerminateTlsOptions): ListenerTls {
    // Some implementations find certificates by their own settings.
    if (!certificates?.length && Object.keys(options ?? {}).length === 0) {
      throw new Error(`${what} needs a certificate: pass certificates, or use ${otherwise}`);
    }
    checkAtMost(MAX_CERTIFICATES, certificates?.length ?? 0, `certificates of ${what}`, 'use a second listener');
    return new ListenerTls('Terminate', certificates, checkOptions(what, options));
  }

  /** @internal */
  public static _passthrough(what: string, { options }: PassthroughTlsOptions): ListenerTls {
    return new ListenerTls('Passthrough', undefined, checkOptions(what, options));
  }

  private constructor(
    private readonly mode: 'Terminate' | 'Passthrough',
    private readonly certificates?: Certificate[],
    private readonly options?: { [key: string]: string },
  ) {}

  /**
   * Whether it stays sealed, so that only its server name is seen.
   *
   * @internal
   */
  public _isPassthrough(): boolean {
    return this.mode === 'Passthrough';
  }

  /** @internal */
  public _certificates(): Certificate[] {
    return this.certificates ?? [];
  }

  /** @internal */
  public _toKube(ownNamespace?: string): Manifest<GatewaySpecListenersTls> {
    return {
      mode: this.mode,
      certificateRefs: this.certificates?.map(certificate => certificate._toKube(ownNamespace)),
      options: this.options,
    };
  }
}

function checkOptions(what: string, options?: { [key: string]: string }): { [key: string]: string } | undefined {
  checkAtMost(MAX_OPTIONS, Object.keys(options ?? {}).length, `TLS options of ${what}`, 'leave some out');
  for (const [key, value] of Object.entries(options ?? {})) {
    checkQualifiedName(key, `TLS option of ${what}`);
    checkAtMost(MAX_OPTION, value.length, `characters of TLS option '${key}' of ${what}`, 'shorten it');
  }
  return options;
}
