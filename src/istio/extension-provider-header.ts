import { checkHeaderName, checkHeaderValue } from '../semantics/header';
import { checkUnique } from '../semantics/lists';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A header of the requests that go to a provider.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider-HttpHeader
 */
export class ProviderHeader {
  /**
   * With a value that everybody who reads the mesh configuration can see.
   *
   * @param name the name of the header
   * @param value its value
   * @throws when it is no name or value of a header
   */
  public static value(name: string, value: string): ProviderHeader {
    return new ProviderHeader({ name: checkHeaderName(name), value: checkHeaderValue(value, `value of header '${name}'`) });
  }

  /**
   * With the value of an environment variable of istiod, which proxies get to know. Istio 1.26 and later.
   *
   * @param name the name of the header
   * @param envName the variable, set in the pods of istiod
   * @throws when it is no name of a header or variable
   */
  public static env(name: string, envName: string): ProviderHeader {
    if (!VARIABLE.test(envName)) {
      throw new Error(`variable of header '${name}' must be letters, digits and '_' and start with no digit, got '${envName}'`);
    }
    return new ProviderHeader({ name: checkHeaderName(name), envName });
  }

  private constructor(private readonly header: { readonly name: string; readonly value?: string; readonly envName?: string }) {}

  /** @internal */
  public _toKube(): { readonly name: string; readonly value?: string; readonly envName?: string } {
    return this.header;
  }
}

/**
 * Checks and writes headers.
 *
 * @internal
 */
export function headersManifest(headers: ProviderHeader[] | undefined, what: string): object[] | undefined {
  const written = headers?.map(header => header._toKube());
  checkUnique(written?.map(({ name }) => name) ?? [], what, name => name.toLowerCase());
  return written;
}
