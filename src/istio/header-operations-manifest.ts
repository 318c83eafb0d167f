import { checkHeaderName, isAuthority } from './header-name';
import { IstioHeaders } from './header-operations';
import { checkHeaderValue } from './header-value';
import type { VirtualServiceSpecHttpHeaders } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Writes operations on headers; only a request's authority may be set or added. */
export function headersManifest(headers: IstioHeaders): Manifest<VirtualServiceSpecHttpHeaders> {
  const { request, response } = headers;
  const written = [request?.set, request?.add].flatMap(names).filter(name => !isAuthority(name));
  [...written, ...request?.remove ?? [], ...names(response?.set), ...names(response?.add), ...response?.remove ?? []].forEach(name => {
    if (isAuthority(name)) {
      throw new Error(`header '${name}' can only be set or added on requests`);
    }
    if (name.startsWith(':')) {
      throw new Error(`header '${name}' is a part of every request or answer, which header operations cannot change: use rewrite, or leave it out`);
    }
    checkHeaderName(name);
  });
  [request?.set, request?.add, response?.set, response?.add].forEach(values =>
    Object.entries(values ?? {}).forEach(([name, value]) => checkHeaderValue(value, name)));
  return { request, response };
}

/** The headers that write the authority, which only one may do. */
export function authorityWrites({ request }: IstioHeaders): string[] {
  return [request?.set, request?.add].flatMap(names).filter(isAuthority);
}

function names(headers?: { [key: string]: string }): string[] {
  return Object.keys(headers ?? {});
}
