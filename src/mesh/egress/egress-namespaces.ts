import { EgressRule } from './egress-body';
import { ExternalService } from './external-service';

/** Refuses clients finer than a namespace, where nobody stands between that could tell more. */
export function requireNamespaces({ hostname }: ExternalService, { clients }: EgressRule, because: string): void {
  const account = clients?.find(({ clientServiceAccount }) => clientServiceAccount !== undefined);
  if (account !== undefined) {
    throw new Error(`clients of external host '${hostname}' can only be namespaces, got service account '${account.clientServiceAccount}' of '${
      account.clientNamespace.name}', because ${because}: give those workloads a namespace of their own, or use a form with a gateway`);
  }
}
