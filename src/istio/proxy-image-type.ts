/**
 * Which build of the proxy's image is run.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/proxy-config/#ProxyImage
 */
export class ProxyImageType {
  /** The customary image. */
  public static readonly DEFAULT = new ProxyImageType('default');
  /** With tools for finding faults. */
  public static readonly DEBUG = new ProxyImageType('debug');
  /** Without a shell and a package manager. */
  public static readonly DISTROLESS = new ProxyImageType('distroless');

  /**
   * Another build, which must be in the registry that the mesh takes images from.
   *
   * @param imageType what the image's tag ends in
   * @throws when it cannot be the end of a tag
   */
  public static of(imageType: string): ProxyImageType {
    if (!/^[-_.A-Za-z0-9]{1,127}$/.test(imageType)) {
      throw new Error(`type of a proxy image must be 1 to 127 letters, digits or characters of -_., got '${imageType}'`);
    }
    return new ProxyImageType(imageType);
  }

  private constructor(
    /** The word. */
    public readonly imageType: string,
  ) {}
}
