/** The properties whose generated names are not upstream's. */
interface Spelling {
  consecutive5XxErrors: 'consecutive5xxErrors';
  isCa: 'isCA';
  meshTls: 'meshTLS';
  wellKnownCaCertificates: 'wellKnownCACertificates';
}

type Upstream<K> = K extends keyof Spelling ? Spelling[K] : K;

/**
 * What an L1 type is once it is written as JSON: words and numbers instead of enums, upstream's spelling of names.
 *
 * Specs are typed by L1 through this, so that src/imports is needed by the compiler only and never loaded.
 */
export type Manifest<T> =
  T extends string ? `${T}` :
    T extends number ? number :
      T extends readonly (infer U)[] ? readonly Manifest<U>[] :
        T extends object ? { readonly [K in keyof T as Upstream<K>]: Manifest<T[K]> } :
          T;
