/** Refuses what is not a port number. */
export function checkPort(port: number, what = 'port'): number {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${what} must be between 1 and 65535, got ${port}`);
  }
  return port;
}
