import { checkIpAddress } from '../semantics/ip-address';
import { checkPort } from '../semantics/port';

const UNIX = 'unix://';
const LOOPBACK_ENDPOINT = /^(?:127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\[::\]):(\d+)$/;

/** Whether an address is that of a Unix domain socket. */
export function isUnixSocket(address: string): boolean {
  return address.startsWith(UNIX);
}

/** Refuses a Unix domain socket that is neither a file by its absolute path nor an abstract name. */
export function checkUnixSocket(address: string, what: string): string {
  const path = address.slice(UNIX.length);
  if (!/^[/@]/.test(path) || path.endsWith('/')) {
    throw new Error(`${what} must name a socket by absolute path (unix:///run/app.sock) or abstract name (unix://@app), got '${address}'`);
  }
  return address;
}

/** Refuses an address and a port that nothing can listen on together: a Unix domain socket has port 0, an IP address a port of its own. */
export function checkBind(bind: string | undefined, port: number, what: string): void {
  if (bind !== undefined && isUnixSocket(bind)) {
    checkUnixSocket(bind, `bind of ${what}`);
    if (port !== 0) {
      throw new Error(`port of ${what} must be 0 because it binds to a Unix domain socket, got ${port}`);
    }
    return;
  }
  if (bind !== undefined) {
    checkIpAddress(bind, `bind of ${what}`);
  }
  checkPort(port, `port of ${what}`);
}

/** Refuses an endpoint that is not in the pod itself. */
export function checkDefaultEndpoint(endpoint: string, what: string): string {
  if (isUnixSocket(endpoint)) {
    return checkUnixSocket(endpoint, what);
  }
  const port = LOOPBACK_ENDPOINT.exec(endpoint)?.[1];
  if (port === undefined) {
    throw new Error(`${what} must be 127.0.0.1:port, 0.0.0.0:port, [::1]:port, [::]:port or unix://, got '${endpoint}'`);
  }
  checkPort(Number(port), `port of ${what}`);
  return endpoint;
}
