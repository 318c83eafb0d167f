import { BackendConfig } from './backend';

/** A backend with its share, as routes of every kind write it. Objects made by spreading would each have a shape of their own, and take three times the memory. */
export function weightedRef<F>({ group, kind, name, namespace, port }: BackendConfig, weight: number, filters?: F) {
  return { group, kind, name, namespace, port, weight, filters };
}
