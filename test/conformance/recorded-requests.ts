import { join } from 'node:path';
import { CASES } from '../../conformance/case';
import { RequestVerdict, SharesVerdict } from '../../conformance/envoy/verdict';
import { recordedIn } from '../../conformance/recorded';

/** All that real Envoys did with the requests of a case, as it is recorded. */
export function requestsOf(name: string): { [request: string]: RequestVerdict } {
  return (recordedIn(join(CASES, name))?.engines.envoy ?? {}) as { [request: string]: RequestVerdict };
}

/** What they did with one of them. */
export function request(name: string, what: string): RequestVerdict {
  const verdict = requestsOf(name)[what];
  if (verdict === undefined) {
    throw new Error(`case ${name} has no verdict on '${what}'`);
  }
  return verdict;
}

/** What they did with one that is sent many times. */
export function shares(name: string, what: string): SharesVerdict {
  return request(name, what) as unknown as SharesVerdict;
}

export function backendOf({ backend }: RequestVerdict): string | undefined {
  return (backend as { backend: string } | undefined)?.backend;
}

export function headersAtBackend({ backend }: RequestVerdict): { [name: string]: string } {
  return (backend as { headers: { [name: string]: string } }).headers;
}
