import { BackendConfig, IBackend } from './backend';

/** A backend with its share, as routes of every kind write it. Objects made by spreading would each have a shape of their own, and take three times the memory. */
export function weightedRef<F>({ group, kind, name, namespace, port }: BackendConfig, weight: number, filters?: F) {
  return { group, kind, name, namespace, port, weight, filters };
}

/** A filter, which may send requests to a backend of its own, as a mirror does. */
interface Filter {
  readonly _backend?: IBackend;
}

/** What of a rule sends requests somewhere. */
interface Sending {
  readonly filters?: readonly Filter[];
  readonly backends?: readonly { readonly backend: IBackend; readonly filters?: readonly Filter[] }[];
}

/** Every backend that a rule mentions, those of its filters included. */
export function backendsOf({ backends = [], filters = [] }: Sending): IBackend[] {
  const ofFilters = [...filters, ...backends.flatMap(backend => backend.filters ?? [])].flatMap(filter => filter._backend ?? []);
  return [...backends.map(({ backend }) => backend), ...ofFilters];
}
