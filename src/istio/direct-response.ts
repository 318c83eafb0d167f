import type { VirtualServiceSpecHttpDirectResponse } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** The largest body, which the control plane copies to every proxy. */
const MAX_BODY = 1024 * 1024;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * An answer of the proxy itself, without a destination.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse
 */
export class IstioDirectResponse {
  /**
   * A status without a body.
   *
   * @param status 200 to 599
   * @throws when the status is out of range
   */
  public static status(status: number): IstioDirectResponse {
    return new IstioDirectResponse({ status: checkStatus(status) });
  }

  /**
   * A status and a text.
   *
   * @param status 200 to 599
   * @param body at most 1 MB; keep it far below
   * @throws when the status is out of range, or the body is too large
   */
  public static text(status: number, body: string): IstioDirectResponse {
    return new IstioDirectResponse({ status: checkStatus(status), body: { string: checkSize(body, 'utf8') } });
  }

  /**
   * A status and bytes.
   *
   * @param status 200 to 599
   * @param base64 the body in base64 with padding, at most 1 MB when decoded; keep it far below
   * @throws when the status is out of range, or the body is empty, no base64 or too large
   */
  public static bytes(status: number, base64: string): IstioDirectResponse {
    if (base64 === '' || base64.length % 4 !== 0 || !BASE64.test(base64)) {
      throw new Error(`bytes of a direct response must be base64 with padding, got '${base64.slice(0, 32)}': pass buffer.toString('base64')`);
    }
    return new IstioDirectResponse({ status: checkStatus(status), body: { bytes: checkSize(base64, 'base64') } });
  }

  private constructor(private readonly spec: Manifest<VirtualServiceSpecHttpDirectResponse>) {}

  /** @internal */
  public _toKube(): Manifest<VirtualServiceSpecHttpDirectResponse> {
    return this.spec;
  }
}

function checkStatus(status: number): number {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new Error(`status of a direct response must be between 200 and 599, got ${status}`);
  }
  return status;
}

function checkSize(body: string, encoding: BufferEncoding): string {
  const size = Buffer.byteLength(body, encoding);
  if (size > MAX_BODY) {
    throw new Error(`body of a direct response must have at most ${MAX_BODY} bytes, got ${size}: let a Service answer`);
  }
  return body;
}
