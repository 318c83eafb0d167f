import { Size } from 'cdk8s';
import { BackendConfig, IBackend } from './backend';
import type { HttpRouteSpecRulesFiltersExternalAuth } from '../imports/gateway.networking.k8s.io';
import { checkHeaderName, headerKey } from '../semantics/header';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

/** How requests are checked by an authorization server that speaks gRPC. */
export interface GrpcExternalAuthOptions {
  /** The authorization server, which speaks Envoy's ext_authz protocol. */
  readonly backend: IBackend;

  /**
   * Headers of the request that are sent along, at most 64.
   *
   * @default - all headers
   */
  readonly allowedHeaders?: string[];

  /**
   * How much of the body is sent along, less than 64 KiB; 0 is none of it. A larger body is cut.
   *
   * @default - the body is not sent
   */
  readonly maxBodySize?: Size;
}

/** How requests are checked by an authorization server that speaks HTTP. */
export interface HttpExternalAuthOptions {
  /** The authorization server; it answers 200 to let a request pass. */
  readonly backend: IBackend;

  /**
   * The path that is put before that of the request, at most 1024 characters.
   *
   * @default - none
   */
  readonly path?: string;

  /**
   * Headers of the request that are sent along beside the customary ones, at most 64.
   *
   * @default - Host, Method, Path, Content-Length and Authorization
   */
  readonly allowedHeaders?: string[];

  /**
   * Headers of the answer that are copied to the request, at most 64.
   *
   * @default - all headers but Host
   */
  readonly allowedResponseHeaders?: string[];

  /**
   * How much of the body is sent along, less than 64 KiB; 0 is none of it. A larger body is cut.
   *
   * @default - the body is not sent
   */
  readonly maxBodySize?: Size;
}

type Spec = Manifest<HttpRouteSpecRulesFiltersExternalAuth>;

const PATH = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
const MAX_PATH = 1024;
const MAX_HEADERS = 64;
/** Controllers read 16 bits, though the definition takes more: they cannot read a route with more at all. */
const MAX_BODY = 65_535;

/**
 * Lets an authorization server decide whether a request passes; without an answer it does not. Of the experimental channel.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httpexternalauthfilter
 */
export class ExternalAuth {
  /**
   * A server that speaks gRPC, with Envoy's ext_authz protocol.
   *
   * @throws when a list of headers is longer than 64 or says a header twice, or the body's size is none
   */
  public static grpc(options: GrpcExternalAuthOptions): ExternalAuth {
    const allowedHeaders = headers(options.allowedHeaders, 'allowedHeaders');
    return new ExternalAuth(options.backend, { protocol: 'GRPC', grpc: { allowedHeaders }, forwardBody: body(options.maxBodySize) });
  }

  /**
   * A server that speaks HTTP.
   *
   * @throws when the path has other characters than a path, a list of headers is longer than 64 or says a header twice, or the body's size is none
   */
  public static http(options: HttpExternalAuthOptions): ExternalAuth {
    const { path } = options;
    if (path !== undefined && (path.length > MAX_PATH || !PATH.test(path))) {
      throw new Error(`path of ExternalAuth.http must be characters of a URL path, at most ${MAX_PATH}, got '${path}'`);
    }
    return new ExternalAuth(options.backend, {
      protocol: 'HTTP',
      http: {
        path,
        allowedHeaders: headers(options.allowedHeaders, 'allowedHeaders'),
        allowedResponseHeaders: headers(options.allowedResponseHeaders, 'allowedResponseHeaders'),
      },
      forwardBody: body(options.maxBodySize),
    });
  }

  private constructor(
    /** @internal */
    public readonly _backend: IBackend,
    private readonly spec: Omit<Spec, 'backendRef'>,
  ) {}

  /** @internal */
  public _toKube(backendRef: (backend: IBackend) => BackendConfig): Spec {
    return { ...this.spec, backendRef: backendRef(this._backend) };
  }
}

function headers(names: string[] | undefined, list: string): string[] | undefined {
  const what = `${list} of the external authorization`;
  checkAtMost(MAX_HEADERS, names?.length ?? 0, what, 'leave some out');
  names?.forEach(name => checkHeaderName(name, what));
  checkUnique(names ?? [], what, headerKey);
  return names;
}

function body(size: Size | undefined): Spec['forwardBody'] {
  if (size === undefined) {
    return undefined;
  }
  const maxSize = size.toKibibytes() * 1024;
  if (!Number.isInteger(maxSize) || maxSize > MAX_BODY) {
    throw new Error(`maxBodySize of the external authorization must be whole bytes, at most ${MAX_BODY}, got ${maxSize}`);
  }
  return { maxSize };
}
