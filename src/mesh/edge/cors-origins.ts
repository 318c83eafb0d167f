import { HttpCorsMethod, HttpCorsOptions } from '../../gateway-api/http-cors';
import { httpCorsSpec } from '../../gateway-api/http-cors-spec';

/** What a gateway that is told of CORS in words of its own has to know. */
export interface CorsAnswer {
  /** Patterns of the origins, each of a whole one, as RE2 and PCRE understand them. */
  readonly origins: string[];
  readonly methods: string[];
  readonly headers: string[];
  readonly exposed: string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds: number;
}

const ANY_HOST = '[-a-zA-Z0-9.]+';
/** What browsers write; `null` of documents without an origin is none. */
const ANY_ORIGIN = '[a-zA-Z][-+.a-zA-Z0-9]*://[^/?#]+';
const METHODS = Object.values(HttpCorsMethod).filter(method => method !== HttpCorsMethod.ALL);

/** Refuses what browsers would not take. */
export function corsAnswer(what: string, options: HttpCorsOptions): CorsAnswer {
  const { maxAge } = httpCorsSpec(options);
  const { allowOrigins = [], allowMethods = [], allowHeaders = [], exposeHeaders = [], allowCredentials = false } = options;
  if (allowOrigins.length === 0) {
    throw new Error(`${what} needs at least one origin, got none: pass allowOrigins`);
  }
  if (allowCredentials && allowHeaders.includes('*')) {
    throw new Error(`allowHeaders of ${what} must be named beside allowCredentials, got '*', which browsers then take for the name of a header`);
  }
  return {
    origins: allowOrigins.map(origin => origin === '*' ? ANY_ORIGIN : origin.replace(/[.]/g, '\\.').replace('*', ANY_HOST)),
    // With credentials, browsers take `*` for the name of a method.
    methods: allowCredentials && allowMethods.includes(HttpCorsMethod.ALL) ? METHODS : allowMethods,
    headers: allowHeaders,
    exposed: exposeHeaders,
    credentials: allowCredentials,
    maxAgeSeconds: maxAge!,
  };
}
