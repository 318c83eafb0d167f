import { ApiObject } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-28';
import type { WasmPluginSpec } from '../imports/extensions.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkDnsSubdomain } from '../semantics/names';

/** When a Wasm module is fetched. */
export enum WasmPullPolicy {
  /** Where the proxy does not have it yet. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Whenever the object changes. */
  ALWAYS = 'Always',
}

/** How a Wasm module is fetched that is at a URL. */
export interface WasmHttpOptions {
  /**
   * The SHA-256 checksum of the module: 64 lower case hexadecimal digits. What differs from it is not run.
   *
   * @default - it is not compared
   */
  readonly sha256?: string;

  /**
   * When it is fetched. Not with a checksum, which says already which module it is.
   *
   * @default WasmPullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: WasmPullPolicy;
}

/** How a Wasm module is fetched that is in an image. */
export interface WasmImageOptions {
  /**
   * The SHA-256 checksum of the image: 64 lower case hexadecimal digits. What differs from it is not run.
   *
   * @default - that of the digest in the name of the image; without one it is not compared
   */
  readonly sha256?: string;

  /**
   * When it is fetched. Not with a checksum or a digest, which say already which image it is.
   *
   * @default WasmPullPolicy.IF_NOT_PRESENT; WasmPullPolicy.ALWAYS with the tag `latest`
   */
  readonly imagePullPolicy?: WasmPullPolicy;

  /**
   * The Secret with the credentials for the registry, of type `kubernetes.io/dockerconfigjson`, in the namespace of the object.
   *
   * @default - none
   */
  readonly imagePullSecret?: ISecret;
}

/** What an object says of its Wasm module. */
type Source = Pick<Manifest<WasmPluginSpec>, 'url' | 'sha256' | 'imagePullPolicy' | 'imagePullSecret'>;

const SHA256 = /^[a-f0-9]{64}$/;
const DIGEST = '@sha256:';
// istiod reads the reference as a URL, in which only a port may follow the colon of the host: so there is always a registry.
const IMAGE = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/;

/**
 * A module of WebAssembly that proxies run, and where it comes from.
 *
 * @see https://istio.io/latest/docs/reference/config/proxy_extensions/wasm-plugin/
 */
export class WasmModule {
  /**
   * A module in an OCI image.
   *
   * @param image the image with its registry, such as `ghcr.io/shop/check-header:1.2.0`
   * @param options how it is fetched
   * @throws when the image has no registry or is written wrong, the checksum is none, or a pull policy stands beside a checksum
   */
  public static oci(image: string, options: WasmImageOptions = {}): WasmModule {
    const { sha256, imagePullPolicy, imagePullSecret } = options;
    const reference = image.replace(/^oci:\/\//, '');
    if (!IMAGE.test(reference)) {
      throw new Error(`image of a Wasm module must be written with its registry, as registry.example.com/name:tag, got '${image}'`);
    }
    checkPullPolicy(imagePullPolicy, sha256 ?? reference.split(DIGEST)[1]);
    return new WasmModule({ url: `oci://${reference}`, sha256: sha256 === undefined ? undefined : checkSha256(sha256), imagePullPolicy }, imagePullSecret);
  }

  /**
   * A module at a URL.
   *
   * @param url the URL, with the scheme http or https
   * @param options how it is fetched
   * @throws when the URL is none of http or https, the checksum is none, or a pull policy stands beside a checksum
   */
  public static http(url: string, options: WasmHttpOptions = {}): WasmModule {
    const { sha256, imagePullPolicy } = options;
    if (!/^https?:\/\/[^\s/]/.test(url) || !URL.canParse(url)) {
      throw new Error(`url of a Wasm module must be one of http or https, got '${url}': for an image use WasmModule.oci, for a file WasmModule.file`);
    }
    checkPullPolicy(imagePullPolicy, sha256);
    return new WasmModule({ url, sha256: sha256 === undefined ? undefined : checkSha256(sha256), imagePullPolicy });
  }

  /**
   * A module in the file system of the proxy, as of a volume that is mounted in its container.
   *
   * @param path the absolute path
   * @throws when the path is not absolute
   */
  public static file(path: string): WasmModule {
    if (!/^\/[^\s%?#]+$/.test(path)) {
      throw new Error(`path of a Wasm module must be absolute, without spaces, '%', '?' and '#', got '${path}'`);
    }
    return new WasmModule({ url: `file://${path}` });
  }

  private constructor(private readonly source: Source, private readonly secret?: ISecret) {}

  /**
   * The source, for an object of a namespace.
   *
   * @internal
   */
  public _toKube(namespace: string | undefined): Source {
    return this.secret ? { ...this.source, imagePullSecret: secretName(this.secret, namespace) } : this.source;
  }
}

function checkSha256(sha256: string): string {
  if (!SHA256.test(sha256)) {
    throw new Error(`sha256 must have 64 lower case hexadecimal digits, got '${sha256}'`);
  }
  return sha256;
}

function checkPullPolicy(policy: WasmPullPolicy | undefined, checksum: string | undefined): void {
  if (policy !== undefined && checksum !== undefined) {
    throw new Error(`imagePullPolicy has no effect on a Wasm module with a checksum, got ${policy}: leave one out`);
  }
}

/** istiod looks for the Secret only beside the object. */
function secretName(secret: ISecret, namespace: string | undefined): string {
  // A Secret imported by name has no object here, and so no namespace that could be known.
  const object = secret.node.defaultChild;
  const home = object && ApiObject.of(object).metadata.namespace;
  if (home !== namespace && object) {
    throw new Error(`imagePullSecret must be in the namespace of the object, ${formatNamespace(namespace)}, ` +
      `got Secret '${secret.name}' in ${formatNamespace(home)}: put a Secret beside the object`);
  }
  return checkDnsSubdomain(secret.name, 'name of the imagePullSecret');
}

function formatNamespace(namespace: string | undefined): string {
  return namespace === undefined ? 'which it does not name' : `'${namespace}'`;
}
