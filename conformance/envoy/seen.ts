/** What a backend that was spoken to in TLS says of that. */
export interface TlsSeen {
  /** The name of the server that the client asked for. */
  readonly sni: string;
  /** The names in the certificate of the client, when it showed one. */
  readonly client?: string;
}

/** What a backend says that it saw. */
export interface Seen extends Partial<TlsSeen> {
  /** The forward proxy through which it was reached. */
  readonly tunnel?: string;
  readonly backend: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: { readonly [name: string]: string };
  /** The version of HTTP, when it was not 1.1. */
  readonly protocol?: string;
}

/** Proxies answer in their own words: those are no backend's. */
export function seenIn(text: string): Seen | undefined {
  try {
    const seen = JSON.parse(text) as Seen;
    return typeof seen.backend === 'string' ? seen : undefined;
  } catch {
    return undefined;
  }
}
