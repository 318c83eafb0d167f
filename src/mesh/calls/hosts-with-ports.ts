/** Hosts as a policy names them: clients may add the port, and would ask for another host then. */
export function withPorts(hosts: string[]): string[] {
  return hosts.flatMap(host => {
    if (host.endsWith('*')) {
      return [host];
    }
    if (host.startsWith('*')) {
      throw new Error(`host '${host}' of a policy would miss requests that add a port to the host: name each host, or leave hosts out`);
    }
    return [host, `${host}:*`];
  });
}
