/** Protocols that get along on one port, where hostnames tell their listeners apart; others need the port for themselves. */
export const FAMILIES: { [protocol: string]: string | undefined } = { HTTP: 'plain', HTTPS: 'TLS', TLS: 'TLS', TCP: 'TCP', UDP: 'UDP' };

/** Of these a port has one listener, as no hostname tells several apart. */
export const BY_PORT = ['TCP', 'UDP'];

/** Only one of these may have a port. */
const EXCLUSIVE = ['plain', 'TLS', 'TCP'];

/** What decides with which other listeners one collides. */
interface Listening {
  readonly port: number;
  readonly protocol: string;
  readonly hostname?: string;
}

/** Where an index of listeners has one: with all of its family on its port, and with those of them for the same hosts. */
export function placesOf({ port, protocol, hostname }: Listening): string[] {
  const place = placeOf(port, FAMILIES[protocol] ?? protocol);
  return [place, `${place} ${hostname ?? ''}`];
}

/** Where an index has the listeners that one collides with. */
export function rivalPlacesOf(listener: Listening): string[] {
  const family = FAMILIES[listener.protocol] ?? listener.protocol;
  const [all, sameHosts] = placesOf(listener);
  const others = EXCLUSIVE.includes(family) ? EXCLUSIVE.filter(other => other !== family) : [];
  return [BY_PORT.includes(family) ? all : sameHosts, ...others.map(other => placeOf(listener.port, other))];
}

/** No protocol has a blank. */
function placeOf(port: number, family: string): string {
  return `${port} ${family}`;
}
