import { Manifest } from './manifest';

/** An address that istiod gave out for a host of a ServiceEntry. */
interface Allocated {
  readonly host: string;
  readonly value: string;
}

/** Each host of a ServiceEntry without addresses has one that istiod gives out, and writes into its status. */
export function allocated(manifest: Manifest, index: number): Manifest {
  const { kind, spec } = manifest;
  const given = kind !== 'ServiceEntry' || spec.addresses?.length || spec.resolution === 'NONE';
  const addresses = (hosts: string[]) => hosts.map((host, n) => ({ host, value: `240.240.${index % 250}.${1 + n}` }));
  return given ? manifest : { ...manifest, status: { addresses: addresses(spec.hosts as string[]) } } as Manifest;
}

/** What a proxy that answers DNS says of a host: the address that istiod gave out for it, or for the wildcard that it is under. */
export function allocatedAddress(objects: readonly Manifest[], host: string): string | undefined {
  const entries = objects.filter(({ kind, apiVersion }) => kind === 'ServiceEntry' && apiVersion.startsWith('networking.istio.io/'));
  const addresses = entries.flatMap(({ status }) => (status as { readonly addresses?: readonly Allocated[] } | undefined)?.addresses ?? []);
  const under = (wildcard: string) => wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1));
  return (addresses.find(address => address.host === host) ?? addresses.find(address => under(address.host)))?.value;
}
